from collections.abc import Callable
from pathlib import Path

import pytest

from tests.wheels import toml_with, write_wheel
from trimtab.errors import TrimtabError
from trimtab_bundler.site import read_site

type SiteMaker = Callable[..., Path]

LINUX = "cp313-cp313-manylinux_2_17_x86_64"
PURE_AGAIN = "list a version of it whose file ends in py3-none-any.whl, or put what it does into the policy's file"
GET = "pip download --no-deps --only-binary :all: -d wheels"


def told(folder: Path) -> str:
    with pytest.raises(TrimtabError) as raised:
        read_site(folder)
    return str(raised.value)


def test_the_modules_of_a_listed_wheel_are_read_and_what_describes_it_is_not(make_site: SiteMaker) -> None:
    folder = make_site(toml=toml_with("counting"))
    files = {"counting/__init__.py": "A = 1\n", "counting/data.json": "{}", "counting/a-b.py": "", "one.py": ""}
    write_wheel(folder / "wheels", "counting", files)
    (wheel,) = read_site(folder).wheels
    assert (wheel.project, wheel.number, wheel.modules) == ("counting", "1.0", {"counting", "one"})
    assert wheel.sources == {"counting/__init__.py": b"A = 1\n", "one.py": b""}


def test_a_wheel_for_python_2_and_3_is_pure_too(make_site: SiteMaker) -> None:
    folder = make_site(toml='[site]\nname = "a"\nwheels = ["six-1.0-py2.py3-none-any.whl"]\n')
    write_wheel(folder, "six", {"six.py": ""}, tag="py2.py3-none-any")
    assert read_site(folder).wheels[0].modules == {"six"}


@pytest.mark.parametrize("wheels", ['"a.whl"', "[3]", "true"])
def test_a_list_that_is_none_is_told(make_site: SiteMaker, wheels: str) -> None:
    said = told(make_site(toml=f'[site]\nname = "a"\n\nwheels = {wheels}\n'))
    assert said.startswith("trimtab.toml:4: [site] wheels is ")
    assert said.endswith(', not a list of texts; write wheels = ["wheels/NAME.whl"]')


def test_a_policy_elsewhere_has_no_wheels(make_site: SiteMaker) -> None:
    folder = make_site(toml='[site]\nname = "a"\npolicy = "../mine.py"\nwheels = ["a.whl"]\n')
    (folder.parent / "mine.py").write_text("")
    assert told(folder) == (
        "trimtab.toml:4: [site] wheels are for a policy in this folder, and '../mine.py' is not; "
        "put the policy into the site's folder, or below it"
    )


def test_a_wheel_that_is_not_there_is_told_with_how_to_get_it(make_site: SiteMaker) -> None:
    assert told(make_site(toml=toml_with("counting"))) == (
        "trimtab.toml:4: [site] wheels: 'wheels/counting-1.0-py3-none-any.whl' is no file here; "
        f"get it with {GET} NAME, or correct the path"
    )


def damaged(folder: Path) -> None:
    path = write_wheel(folder, "counting", {"counting.py": "A = 1\n"})
    path.write_bytes(path.read_bytes().replace(b"A = 1", b"A = 2"))


def without_description(folder: Path) -> None:
    write_wheel(folder, "other", {"counting.py": ""}).rename(folder / "counting-1.0-py3-none-any.whl")


@pytest.mark.parametrize(
    ("write", "what"),
    [
        (
            lambda folder: (folder / "counting-1.0-py3-none-any.whl").write_bytes(b"no zip"),
            "is no zip, or a broken one",
        ),
        (damaged, "is no zip, or a broken one"),
        (without_description, "has no WHEEL in a .dist-info"),
    ],
)
def test_what_is_no_wheel_is_told(make_site: SiteMaker, write: Callable[[Path], object], what: str) -> None:
    folder = make_site(toml=toml_with("counting"))
    (folder / "wheels").mkdir()
    write(folder / "wheels")
    name = "wheels/counting-1.0-py3-none-any.whl"
    assert told(folder) == f"trimtab.toml:4: [site] wheels: {name!r} {what}; get it again with {GET} counting"


def test_a_wheel_with_a_name_of_its_own_is_told(make_site: SiteMaker) -> None:
    folder = make_site(toml='[site]\nname = "a"\nwheels = ["mine.whl"]\n')
    (folder / "mine.whl").write_bytes(b"")
    assert told(folder) == (
        "trimtab.toml:3: [site] wheels: 'mine.whl' is not called as a wheel is; "
        "give it the name back that it was downloaded with"
    )


@pytest.mark.parametrize(
    ("tag", "purelib", "file", "what"),
    [
        (LINUX, "false", "counting.py", f"is not pure Python (tag {LINUX})"),
        ("py3-none-any", "false", "counting.py", "is not pure Python (Root-Is-Purelib: false)"),
        ("py2-none-any", "true", "counting.py", "is not pure Python (tag py2-none-any)"),
        (LINUX, "false", "counting/fast.so", "brings counting/fast.so"),
        ("py3-none-any", "true", "counting/fast.cp313-win_amd64.pyd", "brings counting/fast.cp313-win_amd64.pyd"),
    ],
)
def test_a_wheel_that_no_browser_can_import_is_told(
    make_site: SiteMaker, tag: str, purelib: str, file: str, what: str
) -> None:
    name = f"counting-1.0-{tag}.whl"
    folder = make_site(toml=f'[site]\nname = "a"\nwheels = ["{name}"]\n')
    write_wheel(folder, "counting", {file: ""}, tag=tag, purelib=purelib)
    why = f"{what}, and a browser can load nothing that is compiled for a machine or for another Python"
    assert told(folder) == f"trimtab.toml:3: [site] wheels: {name!r} {why}; {PURE_AGAIN}"


def test_two_wheels_with_a_module_of_one_name_are_told(make_site: SiteMaker) -> None:
    folder = make_site(toml=toml_with("counting", "counter"))
    write_wheel(folder / "wheels", "counting", {"counting.py": "", "common/a.py": ""})
    write_wheel(folder / "wheels", "counter", {"counter.py": "", "common/b.py": ""})
    first, second = (f"wheels/{name}-1.0-py3-none-any.whl" for name in ("counting", "counter"))
    assert told(folder) == (
        f"trimtab.toml:4: [site] wheels: {second!r} has a module 'common', and so has {first!r}; "
        "take one of the two out of the list"
    )


@pytest.mark.parametrize("module", ["json", "trimtab", "msgpack", "trimtab_policy", "js", "pyodide"])
def test_a_wheel_that_would_hide_what_is_there_is_told(make_site: SiteMaker, module: str) -> None:
    folder = make_site(toml=toml_with("counting"))
    write_wheel(folder / "wheels", "counting", {"counting.py": "", f"{module}/__init__.py": ""})
    name = "wheels/counting-1.0-py3-none-any.whl"
    assert told(folder) == (
        f"trimtab.toml:4: [site] wheels: {name!r} has a module {module!r}, which would hide the one of Python, "
        "of the browser or of trimtab; take it out of the list, or list another one"
    )
