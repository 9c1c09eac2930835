"""What stands in JavaScript and in Python is the same in both."""

import json
import re
from pathlib import Path

import pytest

from trimtab import PolicyError, adjust
from trimtab.governor.calm import SETTLE_MS
from trimtab.governor.ledger import UNDONE_BY, WAITS_FOR
from trimtab.values import NO_TARGET, Kind, Reason

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "agent" / "trimtab" / "browser" / "page"
ATTRIBUTES = json.loads((ROOT / "tests" / "cases" / "attributes.json").read_text(encoding="utf-8"))["attributes"]
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
