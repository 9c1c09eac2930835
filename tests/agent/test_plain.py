"""Values as plain JSON, and back."""

import json
import math
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.errors import StateError
from trimtab.plain import MAX_CHARACTERS, MAX_DEPTH, MAX_FLOAT, dump, parse, plain, read


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    colour: Colour | None = None


class Pair(NamedTuple):
    left: int
    right: str


CASES: list[tuple[Any, Any, str]] = [
    (int | None, None, "null"),
    (bool, True, "true"),
    (int, 2**64, "18446744073709551616"),
    (str, "“a”", r'"\u201ca\u201d"'),
    (float, 0.1, "0.1"),
    (float, 3, "3"),
    (float, math.inf, '"inf"'),
    (float, -math.inf, '"-inf"'),
    (Colour, Colour.RED, '"red"'),
    (bytes, b"\x00\xff", '"00ff"'),
    (tuple[float, str], (1.0, "a"), '[1.0,"a"]'),
    (tuple[int, ...], (1, 2, 3), "[1,2,3]"),
    (list[int | None], [1, None], "[1,null]"),
    (deque[float], deque([1.5]), "[1.5]"),
    (set[int], {3, 1, 2}, "[1,2,3]"),
    (frozenset[str], frozenset("ba"), '["a","b"]'),
    (dict[int, Point], {7: Point(math.inf)}, '[[7,{"x":"inf","colour":null}]]'),
    (Point, Point(-0.0, Colour.RED), '{"x":-0.0,"colour":"red"}'),
    (Pair, Pair(1, "b"), '{"left":1,"right":"b"}'),
    (list[Point | Pair], [Pair(1, "b"), Point(2.0)], '[{"left":1,"right":"b"},{"x":2.0,"colour":null}]'),
]


@pytest.mark.parametrize(("kind", "value", "text"), CASES, ids=[text for _, _, text in CASES])
def test_a_value_goes_to_json_and_comes_back(kind: Any, value: Any, text: str) -> None:
    assert dump(plain(value)) == text
    back = read(kind, parse(text, "it"), "it")
    assert (back, type(back)) == (value, type(value))
    if not isinstance(value, frozenset):  # it has no order of its own
        assert repr(back) == repr(value)


def test_what_is_not_a_number_is_damage() -> None:
    with pytest.raises(StateError, match='it is "nan", not float'):
        read(float, plain(math.nan), "it")


@given(st.floats(allow_nan=False).filter(lambda number: math.isinf(number) or abs(number) <= MAX_FLOAT))
def test_a_float_comes_back_to_the_bit(number: float) -> None:
    back = read(float, parse(dump(plain(number)), "it"), "it")
    assert (back, math.copysign(1, back)) == (number, math.copysign(1, number))


@pytest.mark.parametrize(
    ("kind", "saved", "message"),
    [
        (int, 1.0, "it is 1.0, not int"),
        (int, True, "it is true, not int"),
        (int, 2**64 + 1, "not int"),
        (float, math.inf, "it is Infinity, not float"),
        (float, 10**400, "not float"),
        (float, -2e18, "not float"),
        (float, "infinity", 'it is "infinity", not float'),
        (bool, 1, "it is 1, not bool"),
        (str, None, "it is null, not str"),
        (Colour, "blue", 'it is "blue", not Colour'),
        (Colour, [], r"it is \[\], not Colour"),
        (bytes, "0", 'it is "0", not bytes'),
        (tuple[int, int], [1], r"it is \[1\], not an array of 2"),
        (tuple[int, int], [1, "2"], r'it\[1\] is "2", not int'),
        (set[int], {}, r"it is \{\}, not an array"),
        (dict[int, int], [[1, 2, 3]], r"it\[0\] is \[1, 2, 3\], not an array of 2"),
        (Point, {"x": 1}, r'it is \{"x": 1\}, not an object with x, colour'),
        (Point, {"x": "1", "colour": None}, 'it.x is "1", not float'),
        (int | None, "x" * 99, "not int or NoneType"),
        (object, 1, "it is 1, not object"),
    ],
)
def test_what_does_not_fit_its_type_is_damage(kind: Any, saved: Any, message: str) -> None:
    with pytest.raises(StateError, match=message):
        read(kind, saved, "it")


def test_a_value_of_no_plain_form_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="object has no plain form"):
        plain(object())


@pytest.mark.parametrize(
    "text",
    ["", "{", "]", "nul", "[" * 100_000, '{"a":' * 100_000, "[]" * 9, "1" * 5_000, "x" * (MAX_CHARACTERS + 1)],
    ids=["empty", "open", "closed", "word", "arrays", "objects", "many", "digits", "long"],
)
def test_a_text_that_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(StateError, match="it is "):
        parse(text, "it")


def test_a_name_may_have_brackets() -> None:
    text = json.dumps(["[" * 100, '\\"]}' * 100])
    assert parse(text, "it") == json.loads(text)


def test_a_state_may_be_as_deep_as_ours_are() -> None:
    deep = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert dump(parse(deep, "it")) == deep
    with pytest.raises(StateError):
        parse(f"[{deep}]", "it")
