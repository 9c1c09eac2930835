import math

import pytest

from trimtab.experiments.conditions import Plain
from trimtab.experiments.conditions.conversions import as_json, to_number, to_text
from trimtab.experiments.conditions.numerals import number_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (5.0, "5"),
        (-5.5, "-5.5"),
        (0.1, "0.1"),
        (100.0, "100"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (123456789012345680000.0, "123456789012345680000"),
        (1e-6, "0.000001"),
        (1.25e-5, "0.0000125"),
        (1e-7, "1e-7"),
        (-1.25e-7, "-1.25e-7"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_are_written_as_in_javascript(number: float, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (2**53 + 1, "9007199254740992"),
        ([1, None, [2, "a"]], "1,,2,a"),
        ([], ""),
        ({"a": 1}, "[object Object]"),
    ],
)
def test_values_become_texts(value: Plain, text: str) -> None:
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (None, 0),
        (True, 1),
        ("", 0),
        (" \n\u00a0\ufeff", 0),
        (" 5. ", 5),
        (".5", 0.5),
        ("-1e3", -1000),
        ("1e400", math.inf),
        ("0x1F", 31),
        ("0o17", 15),
        ("0b101", 5),
        ("+Infinity", math.inf),
        ("-Infinity", -math.inf),
        ([], 0),
        (["7"], 7),
        (10**400, math.inf),
    ],
)
def test_values_become_numbers(value: Plain, number: float) -> None:
    assert to_number(value) == number


@pytest.mark.parametrize("value", ["five", "5px", "1_000", ".", "-0x10", "0b2", "inf", "nan", "\u0665", [1, 2], {}])
def test_what_says_no_number_becomes_none(value: Plain) -> None:
    assert math.isnan(to_number(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "10": 2, "2": 3, "01": 4}, '{"2":3,"10":2,"b":1,"01":4}'),
        ([1.0, None, True, "ä", math.inf], '[1,null,true,"\\u00e4",null]'),
        ({"4294967295": 1, "4294967294": 2}, '{"4294967294":2,"4294967295":1}'),
    ],
)
def test_values_are_written_as_json_in_javascripts_order(value: Plain, text: str) -> None:
    assert as_json(value) == text
