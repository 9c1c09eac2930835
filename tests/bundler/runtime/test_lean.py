"""Two visitors who wake with the same memory are two; and the memory is the same whenever and wherever it is made."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from tests.bundler.runtime.building import Building
from trimtab.errors import PolicyError
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import run_node
from trimtab_bundler.runtime.engine import Engine
from trimtab_bundler.runtime.freeze import WAKE
from trimtab_bundler.runtime.lean import Lean

POLICY = """
import random
from trimtab import Policy, Visitor, adjust

site = Policy("drawing")
title = site.target("title", ".title")
own = random.Random()
fixed = random.Random(7)


def shown(visitor: Visitor) -> bool:
    return visitor.event("go").count >= 1


site.adjust("short-title", on=title, when=shown, do=adjust.swap("short"))


def fail():
    return 1 / 0
"""
OF_POLICY = "sys.modules['trimtab_policy']"
OF_RANDOM = "sys.modules['random'].random()"
OF_TIME = "sys.modules['time']"


@pytest.fixture
def ask(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    def answers(lean: Lean, *expressions: str, zone: str = "UTC") -> list[str]:
        monkeypatch.setitem(os.environ, "TZ", zone)
        images = []
        for file in lean.files:
            if file.path.endswith(".bin"):
                images.append(tmp_path / file.path)
                images[-1].write_bytes(file.content)
        numbers = {name: lean.config[name] for name in ("pages", "slots")}
        job = {"engine": str(engine.folder), "wake": str(files("trimtab.browser").joinpath(WAKE)), **numbers}
        job |= {"images": [str(path) for path in images], "expressions": list(expressions)}
        script = Path(__file__).with_name("waking.mjs")
        ended = run_node([str(script)], stdin=json.dumps(job), timeout_s=120)
        assert ended.returncode == 0, ended.stderr[-2_000:]
        told: list[str] = json.loads(ended.stdout)
        return told

    return answers


def test_two_visitors_draw_other_numbers_but_for_those_that_the_policy_has_fixed(
    building: Building, ask: Callable[..., list[str]]
) -> None:
    lean = building.build(POLICY, Cache.of_user())
    expressions = (OF_RANDOM, f"{OF_POLICY}.own.random()", f"{OF_POLICY}.fixed.random()")
    first, second = ask(lean, *expressions), ask(lean, *expressions)
    assert first[0] != second[0]
    assert first[1] != second[1]
    assert first[2] == second[2]


def test_the_time_zone_is_the_visitors(building: Building, ask: Callable[..., list[str]]) -> None:
    lean = building.build(POLICY, Cache.of_user())
    expressions = (f"{OF_TIME}.timezone", f"{OF_TIME}.altzone", f"{OF_TIME}.localtime(0).tm_hour")
    assert ask(lean, *expressions, zone="America/New_York") == ["18000", "14400", "19"]
    assert ask(lean, *expressions, zone="Asia/Kolkata") == ["-19800", "-19800", "5"]
    assert ask(lean, *expressions, zone="Australia/Sydney") == ["-36000", "-39600", "10"]


def test_a_failure_names_file_and_line(building: Building, ask: Callable[..., list[str]]) -> None:
    lean = building.build(POLICY, Cache.of_user())
    code = f"{OF_POLICY}.fail.__code__"
    (line,) = {number for number, text in enumerate(POLICY.split("\n"), 1) if "1 / 0" in text}
    (lines,) = ask(lean, f"[{code}.co_filename, [line for _, _, line in {code}.co_lines()][-1]]")
    assert lines == f"['/wheels/policy.whl/trimtab_policy.py', {line}]" or lines.endswith(f"policy.py', {line}]")


def test_only_the_core_and_the_policy_know_their_lines_and_what_is_built_in_is_made(
    building: Building, ask: Callable[..., list[str]]
) -> None:
    lean = building.build(POLICY, Cache.of_user())
    lines = "[line for _, _, line in {}.__code__.co_lines() if line]"
    core, library = lines.format("sys.modules['trimtab.places'].here"), lines.format("sys.modules['re'].compile")
    frozen = "sys.modules['_frozen_importlib']._bootstrap_external._get_cached"
    told = ask(lean, core, library, lines.format(frozen), "sys.modules['_imp'].find_frozen('zipimport')")
    assert told[0] != "[]"
    assert told[1:] == ["[]", "[]", "None"]


def test_what_is_written_in_c_has_signatures_but_no_docstrings(
    building: Building, ask: Callable[..., list[str]]
) -> None:
    lean = building.build(POLICY, Cache.of_user())
    made, module = "sys.modules['functools'].partial", "sys.modules['math']"
    told = [f"{name}.__doc__" for name in ("str.join", "len", "str", "ValueError", "str.__len__", made, module)]
    assert ask(lean, *told) == [*["None"] * 5, "", ""]
    signatures = (f"{name}.__text_signature__" for name in ("str.join", "len", "str.__len__"))
    assert ask(lean, *signatures) == ["($self, iterable, /)", "($module, obj, /)", "($self, /)"]
    assert ask(lean, "str.join('-', ['a', 'b'])", "len('ab')", "ValueError('why')") == ["a-b", "2", "why"]


CODEC = "[name for name in sys.builtin_module_names if name == '_codecs_jp']"
ENCODED = "'\N{HIRAGANA LETTER A}'.encode('shift_jis')"


def test_what_nobody_imports_of_codecs_is_not_there(building: Building, ask: Callable[..., list[str]]) -> None:
    lean = building.build(POLICY, Cache.of_user())
    assert ask(lean, CODEC, "sys.modules['_imp'].is_builtin('_codecs_jp')") == ["[]", "0"]


def test_a_codec_that_a_policy_imports_encodes(building: Building, ask: Callable[..., list[str]]) -> None:
    importing = POLICY.replace("import random\n", "import random\nimport encodings.shift_jis\n")
    lean = building.build(importing, Cache.of_user())
    assert ask(lean, CODEC, ENCODED) == ["['_codecs_jp']", "b'\\x82\\xa0'"]


@pytest.mark.parametrize(
    ("importing", "module", "encoding", "text"),
    [
        ("import _codecs_jp", "_codecs_jp", "shift_jis", "\N{HIRAGANA LETTER A}"),
        ("import _codecs_hk", "_codecs_hk", "big5hkscs", "\u9ad4"),  # read in a table of _codecs_tw
        ("import _codecs_iso2022", "_codecs_iso2022", "iso2022_jp_2", "\N{HIRAGANA LETTER A}\ud55c\u7b80"),
        ("__import__('_codecs_' + 'iso2022')", "_codecs_iso2022", "iso2022_kr", "\ud55c"),
    ],
)
def test_a_codec_in_c_that_only_a_policy_imports_has_all_tables_that_it_reads(
    building: Building, ask: Callable[..., list[str]], importing: str, module: str, encoding: str, text: str
) -> None:
    lean = building.build(f"{importing}\n{POLICY}", Cache.of_user())
    codec = f"sys.modules['{module}'].getcodec('{encoding}')"
    assert ask(lean, f"{codec}.encode({text!a})[0]") == [str(text.encode(encoding))]


def test_a_rule_encodes_by_switching_between_the_tables_of_others(
    building: Building, ask: Callable[..., list[str]]
) -> None:
    importing = POLICY.replace("import random\n", "import random\nimport encodings.iso2022_jp\n")
    rule = '    return "\\u3042".encode("iso2022_jp")\n    return visitor'
    lean = building.build(importing.replace("    return visitor", rule), Cache.of_user())
    assert ask(lean, f"{OF_POLICY}.shown(None)") == [str("\u3042".encode("iso2022_jp"))]


def test_the_same_site_makes_the_same_bytes_twice(building: Building, tmp_path: Path) -> None:
    one, two = (building.build(POLICY, Cache(tmp_path / name)) for name in ("one", "two"))
    assert one == two


def test_what_fails_in_the_policy_is_told_with_its_line(building: Building) -> None:
    failing = POLICY.replace("import random\n", "import random\nimport sys\n").replace(
        "    return visitor", "    if sys.platform == 'emscripten':\n        import sqlite3\n    return visitor"
    )
    with pytest.raises(PolicyError, match="sqlite3"):
        building.build(failing, Cache.of_user())


COMPUTED = 'colorsys = importlib.import_module("color" + "sys")'
CAREFUL = f"try:\n    {COMPUTED}\nexcept ImportError:\n    colorsys = None"


@pytest.mark.parametrize("importing", [COMPUTED, CAREFUL])
def test_what_a_policy_imports_by_a_computed_name_is_there(
    building: Building, ask: Callable[..., list[str]], importing: str
) -> None:
    lean = building.build(f"import importlib\n{importing}\n{POLICY}", Cache.of_user())
    assert ask(lean, f"{OF_POLICY}.colorsys.__name__") == ["colorsys"]


def test_so_is_what_a_rule_imports_so_behind_an_event(building: Building, ask: Callable[..., list[str]]) -> None:
    rule = POLICY.replace("count >= 1", 'count >= 1 and bool(importlib.import_module("color" + "sys"))')
    lean = building.build(f"import importlib\n{rule}", Cache.of_user())
    assert ask(lean, "sys.modules['colorsys'].__name__") == ["colorsys"]


def test_a_computed_name_that_is_nowhere_is_told_with_its_line(building: Building) -> None:
    failing = 'import sys\nif sys.platform == "emscripten":\n    __import__("sql" + "ite3")\n'
    with pytest.raises(PolicyError) as raised:
        building.build(failing + POLICY, Cache.of_user())
    said = "fails in the browser's Python: ModuleNotFoundError: No module named 'sqlite3'"
    assert str(raised.value) == f"policy.py:3: {said}; correct it"


def test_the_parts_fit_each_other(building: Building, engine: Engine) -> None:
    lean = building.build(POLICY, Cache.of_user())
    paths = {file.path: file for file in lean.files}
    assert lean.config["unit"] == engine.unit
    assert engine.unit.encode() in paths[lean.config["script"]].content
    assert all(paths[path].sri == sri for path, sri in [lean.config["module"], *lean.config["images"]])
    assert replace(lean, config={}) != lean
