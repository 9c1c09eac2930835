import json
import re
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.bundler.conftest import POLICY
from tests.sites import write_site
from tests.wheels import toml_with, write_wheel
from trimtab_bundler.archive import read_zip
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import Packages
from trimtab_bundler.pack import Pack, build_pack
from trimtab_bundler.progress import Progress
from trimtab_bundler.report import report
from trimtab_bundler.stdlib import ZIP

LINE = re.compile(r" *([\d,]+) +([\d,]+)  (  )?(\S+) +(\S.*)")


class Row(NamedTuple):
    br: int
    bytes: int
    is_inside: bool
    name: str
    why: str


@pytest.fixture(scope="module")
def rows(built: tuple[Pack, Path], packages: Packages) -> list[Row]:
    pack, out = built
    return rows_of(pack, json.loads((out / "manifest.json").read_bytes())["files"], packages)


def rows_of(pack: Pack, entries: list[dict[str, Any]], packages: Packages) -> list[Row]:
    _, *lines = report(pack, entries, read_zip((packages.pyodide / ZIP).read_bytes()))
    parsed = [match.groups() for match in map(LINE.fullmatch, lines) if match]
    assert len(parsed) == len(lines)
    return [
        Row(int(br.replace(",", "")), int(size.replace(",", "")), indent is not None, name, why)
        for br, size, indent, name, why in parsed
    ]


def inside(rows: list[Row], path: str) -> list[Row]:
    (at,) = (number for number, row in enumerate(rows) if row.name == path)
    return list(takewhile(lambda row: row.is_inside, rows[at + 1 :]))


def test_every_file_is_there_with_its_sizes_the_largest_first(rows: list[Row], built: tuple[Pack, Path]) -> None:
    entries = json.loads((built[1] / "manifest.json").read_bytes())["files"]
    files = [row for row in rows if not row.is_inside]
    assert {row.name: (row.br, row.bytes) for row in files} == {
        entry["path"]: (entry["br"], entry["bytes"]) for entry in entries
    }
    assert [row.br for row in files] == sorted((row.br for row in files), reverse=True)


def test_what_is_in_a_file_adds_up_to_it(rows: list[Row], built: tuple[Pack, Path]) -> None:
    pack, _ = built
    for file in pack.files:
        parts = inside(rows, file.path)
        assert [row.br for row in parts] == sorted((row.br for row in parts), reverse=True)
        if not file.path.endswith((".js", ".whl", ".zip")) or file.path.startswith(("runtime-", "tag.")):
            assert not parts
            continue
        (whole,) = (row for row in rows if row.name == file.path)
        assert len(parts) > 1
        assert abs(sum(row.br for row in parts) - whole.br) <= len(parts)
        if file.path.endswith(".js"):
            assert sum(row.bytes for row in parts) == whole.bytes


def test_of_a_script_each_module_says_itself_what_it_is_for(rows: list[Row], built: tuple[Pack, Path]) -> None:
    (visit,) = (file.path for file in built[0].files if file.path.startswith("visit."))
    why = {row.name: row.why for row in inside(rows, visit)}
    assert why["page/still.js"] == "Does anything visible move?"
    assert why["page/adjust/swap.js"].startswith("Show a block that the author")
    assert "page/adjust/move.js" not in why


def test_a_python_module_is_there_for_the_first_that_imports_it(rows: list[Row]) -> None:
    why = {row.name: row.why for row in rows}
    assert why["trimtab_policy.pyc"] == "Python begins with it"
    assert why["trimtab/pipeline.pyc"] == "for trimtab.browser.entry"
    assert why["dataclasses.pyc"].startswith("for trimtab.")
    assert why["_pyodide/_core_docs.pyc"] == "for Python itself"


def test_the_modules_of_a_listed_wheel_are_there_for_who_imports_them(
    packages: Packages, cache: Cache, progress: Progress, tmp_path: Path
) -> None:
    files = {"counting/__init__.py": "from .b import f\n", "counting/b.py": "def f(): ...\n"}
    write_site(tmp_path, f"import counting\n{POLICY}", toml_with("counting", runtime="stock"))
    write_wheel(tmp_path / "wheels", "counting", files)
    pack = build_pack(tmp_path, cache, progress)
    rows = rows_of(pack, [{"path": file.path, "br": 1} for file in pack.files], packages)
    (wheel,) = (row for row in rows if row.name.startswith("wheel-counting."))
    assert wheel.why == "a wheel that the site lists, as far as the policy needs it"
    why = {row.name: row.why for row in inside(rows, wheel.name)}
    assert (why["counting/__init__.pyc"], why["counting/b.pyc"]) == ("for trimtab_policy", "for counting")
    assert why["counting-1.0.dist-info/WHEEL"] == "what makes it a wheel"
