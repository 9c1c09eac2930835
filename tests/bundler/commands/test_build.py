import json
import re
from pathlib import Path

import pytest

from tests.bundler.conftest import POLICY, TOML, SiteMaker
from trimtab_bundler.cli import main
from trimtab_bundler.pack import Pack
from trimtab_bundler.rendering import render_csp


def build(*arguments: str | Path) -> int:
    return main(["build", *map(str, arguments)])


def test_a_build_prints_what_it_weighs_and_how_to_embed_it(
    make_site: SiteMaker, tmp_path: Path, built: tuple[Pack, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(make_site(), "-o", tmp_path / "out") == 0
    printed = capsys.readouterr().out
    files = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["files"]
    later = {built[0].tag.path, *built[0].on_demand}
    assert {path.partition(".")[0] for path in later} >= {"tag", "panel", "stdlib"}
    total = sum(entry["br"] for entry in files if entry["path"] not in later)
    assert f"a pack of daily-news, {total:,} bytes (brotli) on a first visit" in printed
    assert '<script async src="daily-news/trimtab.js"></script>' in printed
    assert f"on the page's origin:  {render_csp('')}" in printed
    assert f"on another origin:     {render_csp('https://PACK')}" in printed


def test_a_report_is_printed_to_who_asks_for_it(
    make_site: SiteMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(make_site(), "-o", tmp_path / "out", "--report") == 0
    assert re.search(r"\n +[\d,]+ +[\d,]+ +runtime-\w+/pyodide.asm.wasm +Python\n", capsys.readouterr().out)


def test_a_base_is_where_pages_find_the_pack(
    make_site: SiteMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(make_site(), "-o", tmp_path / "out", "--base", "https://cdn.example.org/news") == 0
    printed = capsys.readouterr().out
    assert 'src="https://cdn.example.org/news/trimtab.js"' in printed
    assert render_csp("https://cdn.example.org") in printed
    assert "'self'" not in printed


def test_a_pinned_tag_is_printed_with_its_hash(
    make_site: SiteMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(make_site(), "-o", tmp_path / "out", "--pin") == 0
    tag = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["tag"]
    wanted = f'src="daily-news/{tag["path"]}" integrity="{tag["sri"]}" crossorigin="anonymous"'
    assert wanted in capsys.readouterr().out


def test_a_preview_is_called_one(make_site: SiteMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(make_site(), "-o", tmp_path / "out", "--preview") == 0
    assert "a preview pack of daily-news" in capsys.readouterr().out


def test_two_names_of_one_site_are_told(
    make_site: SiteMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "trimtab.toml calls the site 'morning-news', policy.py calls the policy 'daily-news'"
    assert build(make_site(), "-o", tmp_path / "out") == 0
    assert "calls the" not in capsys.readouterr().err
    other = make_site("other", toml=TOML.replace("daily-news", "morning-news"))
    assert build(other, "-o", tmp_path / "packed") == 0
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("policy", "toml", "told"),
    [
        (POLICY.replace("on=summary", "on=sumary"), TOML, "policy.py:14: "),
        (POLICY.replace("seconds(2)", "2"), TOML, "policy.py:9: "),
        (POLICY.replace('swap("short"))', 'swap("short"), cap=0)'), TOML, "policy.py:14: "),
        (f"import numpy\n{POLICY}", TOML, "policy.py:1: import of 'numpy', which the browser does not have; use the "),
        (f"import sqlite3\n{POLICY}", TOML, "policy.py:1: import of 'sqlite3' fails in the browser's Python ("),
        (f"{POLICY}\n1 / 0\n", TOML, "policy.py:22: ZeroDivisionError: division by zero; "),
        (f"{POLICY}\ndef\n", TOML, "policy.py:22: SyntaxError: invalid syntax; "),
        ("", TOML, "policy.py: 0 policies in the module; "),
        (POLICY, '[site]\nname = "Daily News"\n', "trimtab.toml:2: [site] name is 'Daily News'; use a-z"),
        (POLICY, '[site]\nname = "daily-news"\ncolour = "red"\n', "trimtab.toml:3: [site] colour is not known; use "),
    ],
)
def test_a_mistake_is_one_line_with_file_line_and_mend_and_writes_nothing(
    make_site: SiteMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str], policy: str, toml: str, told: str
) -> None:
    site = make_site(policy=policy, toml=toml)
    assert build(site, "-o", tmp_path / "out") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    *progress, line = printed.err.splitlines()
    assert line.startswith(f"trimtab: {told}")
    assert "; " in line
    assert all(each.startswith("trimtab: finding what is needed") for each in progress)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_mistake_leaves_the_pack_that_is_there(make_site: SiteMaker, tmp_path: Path) -> None:
    assert build(make_site(), "-o", tmp_path / "out") == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert build(make_site(policy="1 / 0"), "-o", tmp_path / "out") == 2
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_a_folder_that_is_not_ours_is_refused_before_any_work(
    make_site: SiteMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make_site(policy="1 / 0")
    assert build(site, "-o", site) == 2
    assert "is there and is no pack of trimtab; give another folder, or remove it first" in capsys.readouterr().err


@pytest.mark.parametrize("base", ["ftp://example.org/", "https://example.org/?a", 'x" onload="', "javascript:1"])
def test_a_base_that_is_no_address_is_refused(
    make_site: SiteMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str], base: str
) -> None:
    assert build(make_site(), "-o", tmp_path / "out", "--base", base) == 2
    assert "is no address of a folder" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
