from collections.abc import Callable
from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.site import Site, read_site


def test_a_site_is_read_with_defaults(make_site: Callable[..., Path]) -> None:
    folder = make_site(toml='[site]\nname = "daily-news"\n')
    assert read_site(folder) == Site("daily-news", folder / "policy.py", "", runtime="profiled")


def test_every_setting_is_read(make_site: Callable[..., Path]) -> None:
    text = '[site]\nname = "a-1"\npolicy = "mine.py"\ncollect = "https://c.example.org/in"\nruntime = "stock"\n'
    folder = make_site(toml=text)
    (folder / "mine.py").write_text("")
    assert read_site(folder) == Site("a-1", folder / "mine.py", "https://c.example.org/in", runtime="stock")


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("", 'trimtab.toml:1: [site] is missing; begin with [site] and name = "my-site"'),
        ("site = 3\n", 'trimtab.toml:1: [site] is missing; begin with [site] and name = "my-site"'),
        ("\n[site]\n", 'trimtab.toml:2: [site] name is missing; add name = "my-site"'),
        (
            '[site]\nname = "a"\n\nnmae = 1\n',
            "trimtab.toml:4: [site] nmae is not known; use name, policy, collect, runtime, wheels",
        ),
        ('[site]\nname = "a"\n[tag]\n', "trimtab.toml:3: 'tag' is not known; put every setting below [site]"),
        (
            '[site]\nname = "a"\n[site.x]\ny = 1\n',
            "trimtab.toml:3: [site] x is not known; use name, policy, collect, runtime, wheels",
        ),
        ("[site]\nname = 7\n", 'trimtab.toml:2: [site] name is 7, not a text; put it in quotes: "…"'),
        (
            '[site]\nname = "a"\npolicy = ["p"]\n',
            "trimtab.toml:3: [site] policy is ['p'], not a text; put it in quotes: \"…\"",
        ),
        (
            '[site]\nname = "a"\npolicy = "no.py"\n',
            "trimtab.toml:3: [site] policy 'no.py' is no file here; name the policy's file",
        ),
        (
            '[site]\nname = "a"\ncollect = "ftp://x"\n',
            "trimtab.toml:3: [site] collect is 'ftp://x'; give an http(s) address or a path",
        ),
        (
            '[site]\nname = "a\n',
            "trimtab.toml:2: not TOML: Illegal character '\\n' (at line 2, column 10); correct the line",
        ),
        (
            '[site]\nname = "a"\n[a',
            (
                "trimtab.toml:3: not TOML: Expected ']' at the end of a table declaration (at end of document); "
                "correct the line"
            ),
        ),
    ],
)
def test_a_mistake_is_told_with_line_and_mend(make_site: Callable[..., Path], toml: str, told: str) -> None:
    with pytest.raises(TrimtabError) as raised:
        read_site(make_site(toml=toml))
    assert str(raised.value) == told


@pytest.mark.parametrize(
    "name", ["", "Daily", "-a", "a-", "a--b", "a b", "a/b", "..", "ä", "a" * 49, "sites", "healthz"]
)
def test_a_name_that_does_not_fit_into_an_address_is_refused(make_site: Callable[..., Path], name: str) -> None:
    with pytest.raises(TrimtabError, match=r"^trimtab\.toml:2: \[site\] name is '.*'; use a-z, 0-9 and single hyphens"):
        read_site(make_site(toml=f'[site]\nname = "{name}"\n'))


def test_a_file_that_is_not_utf8_is_refused_with_its_line(make_site: Callable[..., Path]) -> None:
    folder = make_site()
    (folder / "trimtab.toml").write_bytes(b'[site]\nname = "caf\xe9"\n')
    with pytest.raises(TrimtabError, match=r"^trimtab\.toml:2: not UTF-8; save the file as UTF-8$"):
        read_site(folder)


def test_a_folder_without_the_file_is_told_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(
        TrimtabError, match=r"trimtab\.toml: No such file or directory; make it with two lines: \[site\]"
    ):
        read_site(tmp_path)


def test_a_site_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "policy.py").write_text("")
    with pytest.raises(TrimtabError, match=r"policy\.py: a file; give the folder of the site"):
        read_site(tmp_path / "policy.py")
