"""The operators that compare one value with one given in the condition; those that look deeper are in `evaluation.py`.

Source: section `evalOperatorCondition` of GrowthBook's SDK specification and, for `$ini`, `$nini` and `$regexi`, which
are not in it, the behaviour of its JavaScript. A missing value is null: below 5, in no list, and "null" to a pattern.
"""

from collections.abc import Callable
from typing import Final

from trimtab.experiments.conditions.order import compare
from trimtab.experiments.conditions.patterns import matches_pattern
from trimtab.experiments.conditions.plain import Plain, are_same, contains, is_true, kind_of
from trimtab.experiments.conditions.versions import compare_versions

type Operator = Callable[[Plain, Plain], bool]
"""From the value of the attribute and the one in the condition to whether they go together."""


def is_in(actual: Plain, values: list[Plain], *, fold: bool = False) -> bool:
    """Whether the value, or for a list any of its items, is among the values; `fold` ignores the case of texts."""
    items = actual if isinstance(actual, list) else [actual]
    if fold:
        items, values = [_lower(item) for item in items], [_lower(value) for value in values]
    return any(contains(values, item) for item in items)


def _lower(value: Plain) -> Plain:
    return value.lower() if isinstance(value, str) else value


def _member(*, fold: bool, wanted: bool) -> Operator:
    """$in and its kin. What is no list in the condition is never met, not even by those that deny."""
    return lambda actual, given: isinstance(given, list) and is_in(actual, given, fold=fold) is wanted


def _exists(actual: Plain, given: Plain) -> bool:
    return (actual is not None) is is_true(given)


OPERATORS: Final[dict[str, Operator]] = {
    "$eq": are_same,
    "$ne": lambda actual, given: not are_same(actual, given),
    "$lt": lambda actual, given: compare(actual, given) == -1,
    "$lte": lambda actual, given: compare(actual, given) in (-1, 0),
    "$gt": lambda actual, given: compare(actual, given) == 1,
    "$gte": lambda actual, given: compare(actual, given) in (0, 1),
    "$veq": lambda actual, given: compare_versions(actual, given) == 0,
    "$vne": lambda actual, given: compare_versions(actual, given) != 0,
    "$vlt": lambda actual, given: compare_versions(actual, given) < 0,
    "$vlte": lambda actual, given: compare_versions(actual, given) <= 0,
    "$vgt": lambda actual, given: compare_versions(actual, given) > 0,
    "$vgte": lambda actual, given: compare_versions(actual, given) >= 0,
    "$in": _member(fold=False, wanted=True),
    "$ini": _member(fold=True, wanted=True),
    "$nin": _member(fold=False, wanted=False),
    "$nini": _member(fold=True, wanted=False),
    "$exists": _exists,
    "$type": lambda actual, given: kind_of(actual) == given,
    "$regex": matches_pattern,
    "$regexi": lambda actual, given: matches_pattern(actual, given, fold=True),
}
