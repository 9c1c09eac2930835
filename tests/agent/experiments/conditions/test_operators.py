import pytest

from trimtab.experiments.conditions import Plain
from trimtab.experiments.conditions.operators import OPERATORS


@pytest.mark.parametrize(
    ("actual", "operator", "given"),
    [
        (5, "$eq", 5.0),
        (2**53 + 1, "$eq", 2**53),
        (10**400, "$eq", 10**500),
        ("a", "$eq", "a"),
        (None, "$eq", None),
        (True, "$ne", 1),
        (0, "$ne", False),
        ([1], "$ne", [1]),
        (5, "$lt", "10"),
        ("10", "$lt", "5"),
        (None, "$lt", 5),
        ("\U00010400", "$lt", "\uffff"),
        ([5], "$lte", 5),
        (5, "$gte", 5),
        (-(10**400), "$lt", -1e308),
        ("2026-11-23T08:00:00Z", "$gt", "2026-11-23"),
        ("b", "$gte", "a"),
        ("1.10.0", "$vgt", "v1.9.0"),
        ("1.0.0", "$vgt", "1.0.0-rc.1"),
        ("1.0.0+build5", "$veq", "1.0.0"),
        (None, "$veq", 0),
        (2, "$vgte", "2"),
        ("1.2", "$vlte", "1.2"),
        ("1.2", "$vlt", "1.3"),
        ("1.2", "$vne", "1.3"),
        ("a", "$in", ["a", "b"]),
        (["x", "a"], "$in", ["a", "b"]),
        ("A", "$ini", ["a", 5]),
        (5, "$ini", ["a", 5]),
        ("A", "$nin", ["a"]),
        ("x", "$nini", ["a"]),
        (0, "$exists", True),
        (None, "$exists", 0),
        (None, "$exists", ""),
        ("", "$exists", []),
        (None, "$type", "null"),
        (True, "$type", "boolean"),
        (5, "$type", "number"),
        ("5", "$type", "string"),
        ([], "$type", "array"),
        ({}, "$type", "object"),
        ("deep reader", "$regex", "^deep"),
        (None, "$regex", "null"),
        ("Deep", "$regexi", "^dEEP$"),
    ],
)
def test_the_operator_is_met(actual: Plain, operator: str, given: Plain) -> None:
    assert OPERATORS[operator](actual, given)


@pytest.mark.parametrize(
    ("actual", "operator", "given"),
    [
        ("5", "$eq", 5),
        ("a", "$lt", 5),
        ("a", "$gte", 5),
        (5, "$lte", "five"),
        ({}, "$gt", 1),
        ("100000.0.0", "$vgt", "99999.0.0"),
        ("a", "$in", "abc"),
        ("a", "$nin", "xyz"),
        ("a", "$nini", None),
        (["a"], "$nin", ["a"]),
        (["a"], "$in", [["a"]]),
        (None, "$exists", 1),
        (5, "$type", "integer"),
        ("a", "$regex", None),
        ("a", "$regex", "("),
        ("Deep", "$regex", "deep"),
    ],
)
def test_the_operator_is_not_met(actual: Plain, operator: str, given: Plain) -> None:
    assert not OPERATORS[operator](actual, given)
