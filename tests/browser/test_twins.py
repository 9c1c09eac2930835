"""What stands in JavaScript and in Python is the same in both."""

import json
import re
from pathlib import Path

import pytest

from trimtab import PolicyError, adjust
from trimtab.adjust.marks import ATTRIBUTE_NAME, FORBIDDEN_ATTRIBUTES
from trimtab.adjust.styles import CALLS, PROPERTIES
from trimtab.governor.calm import SETTLE_MS
from trimtab.governor.ledger import UNDONE_BY, WAITS_FOR
from trimtab.timeline import GRID_MS
from trimtab.values import NO_TARGET, Kind, Reason

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "agent" / "trimtab" / "browser" / "page"
CASES = ROOT / "tests" / "cases"
ATTRIBUTES, STYLES = (
    json.loads((CASES / "attributes.json").read_text(encoding="utf-8"))[word] for word in ("attributes", "styles")
)
ADJUSTMENTS = json.loads((CASES / "adjustments.json").read_text(encoding="utf-8"))["adjustments"]
MADE = [
    adjust.attribute("title", "Ours"),
    adjust.add_class("roomy"),
    adjust.enlarge(1.5),
    adjust.event("shop:compare", {"columns": 2}),
    adjust.hide(),
    adjust.level("easier"),
    adjust.move("last"),
    adjust.pace(8),
    adjust.prompt("help"),
    adjust.scale(1.25),
    adjust.show(),
    adjust.size(1.25),
    adjust.style(font_size="20px", line_height=1.7),
    adjust.swap("short"),
    adjust.text("Ours"),
]
CONSTANT = re.compile(r"^export const ([A-Z]+) = (-?\d+);", re.MULTILINE)


def test_the_page_numbers_its_rows_as_python_does() -> None:
    numbers = {name: int(number) for name, number in CONSTANT.findall((PAGE / "messages.js").read_text())}
    assert numbers == {kind.name: int(kind) for kind in Kind} | {"NONE": NO_TARGET, "COLUMNS": 6}


def test_the_page_numbers_what_a_change_waits_for_as_the_governor_does() -> None:
    (numbers,) = re.findall(r"^export const WAITS = \{ (.+) \};", (PAGE / "messages.js").read_text(), re.MULTILINE)
    reasons = {
        "layout": Reason.WOULD_MOVE_LAYOUT,
        "pointer": Reason.UNDER_POINTER,
        "focus": Reason.FOCUS_INSIDE,
        "hydration": Reason.TO_HYDRATE,
    }
    assert numbers == ", ".join(f"{word}: {WAITS_FOR.index(reason)}" for word, reason in reasons.items())


def test_the_page_knows_the_grid_of_decisions() -> None:
    (number,) = re.findall(r"^export const GRID_MS = (\d+);", (PAGE / "messages.js").read_text(), re.MULTILINE)
    assert int(number) == GRID_MS


def test_the_page_keeps_apart_what_the_governor_does() -> None:
    (number,) = re.findall(r"^const SETTLE_MS = (\d+);", (PAGE / "applier.js").read_text(), re.MULTILINE)
    assert int(number) == SETTLE_MS


def test_the_page_numbers_who_took_a_change_back_as_the_governor_does() -> None:
    (numbers,) = re.findall(r"^export const BY = \{ (.+) \};", (PAGE / "messages.js").read_text(), re.MULTILINE)
    words = {number: reason.removeprefix("undone-by-") for number, reason in UNDONE_BY.items()}
    assert numbers == ", ".join(f"{word}: {number}" for number, word in ({0: "governor"} | words).items())


@pytest.mark.parametrize("case", ATTRIBUTES, ids=lambda case: f"{case['name']}={case['value']}")
def test_the_build_refuses_the_attributes_that_the_tag_refuses(case: dict[str, object]) -> None:
    name, value = str(case["name"]), str(case["value"])
    if case["safe"]:
        assert dict(adjust.attribute(name, value).arguments) == {"name": name, "value": value}
    else:
        with pytest.raises(PolicyError, match="attribute"):
            adjust.attribute(name, value)


@pytest.mark.parametrize("case", STYLES, ids=lambda case: f"{case['name']}: {case['value']}")
def test_the_build_refuses_the_styles_that_the_tag_refuses(case: dict[str, object]) -> None:
    name, value = str(case["name"]), str(case["value"])
    if case["safe"]:
        assert adjust.style(**{name: value}).to_json() == {"kind": "style", "style": {name: value}}
    else:
        with pytest.raises(PolicyError, match="style"):
            adjust.style(**{name: value})


def test_both_have_the_same_lists_to_the_letter() -> None:
    attributes = (PAGE / "adjust" / "safe_attribute.js").read_text()
    assert f"/^({FORBIDDEN_ATTRIBUTES.pattern})$/" in attributes
    assert f"/^{ATTRIBUTE_NAME.pattern}$/" in attributes
    styles = (PAGE / "adjust" / "style.js").read_text()
    assert f"/^({PROPERTIES.pattern})$/" in styles
    assert f"/^({CALLS.pattern})$/" in styles


def test_the_page_gets_each_kind_as_it_knows_it() -> None:
    known = [{"do": each["do"], "parts": each["parts"]} for each in ADJUSTMENTS]
    assert [{"do": do.to_json(), "parts": list(do.parts)} for do in MADE] == known


def test_each_kind_has_its_file_its_function_and_its_line_in_the_table() -> None:
    kinds = [do.kind for do in MADE]
    files = {path.stem for path in (PAGE / "adjust").glob("*.js") if "export const KIND " in path.read_text()}
    assert files == set(kinds)
    functions = {adjust.add_class: "class"} | {getattr(adjust, kind): kind for kind in kinds if kind != "class"}
    assert {each.__name__ for each in functions} == set(adjust.__all__) - {"Do"}
    table = re.findall(r"^\| `adjust\.(\w+)\(", (ROOT / "agent" / "README.md").read_text(), re.MULTILINE)
    assert sorted(table) == sorted(each.__name__ for each in functions)
    listed = re.findall(
        r'^import \{ KIND as \w+ \} from "\./(\w+)\.js";', (PAGE / "adjust" / "kinds.js").read_text(), re.MULTILINE
    )
    assert listed == sorted(kinds)
