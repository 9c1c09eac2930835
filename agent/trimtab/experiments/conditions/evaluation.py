"""Evaluating a condition: its logic, its paths, and the operators that look into lists and further conditions.

Source: sections `evalCondition`, `evalConditionValue`, `elemMatch` and `evalOperatorCondition` of GrowthBook's SDK
specification, docs.growthbook.io/lib/build-your-own (0.7.1).
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from trimtab.experiments.conditions.conversions import as_json, to_number, to_text
from trimtab.experiments.conditions.errors import ConditionError
from trimtab.experiments.conditions.groups import Described, Groups, Scope, listed_values, referred
from trimtab.experiments.conditions.operators import OPERATORS, is_in
from trimtab.experiments.conditions.paths import find
from trimtab.experiments.conditions.plain import Plain, double, is_true


def evaluate_condition(
    condition: Mapping[str, Plain], attributes: Mapping[str, Plain], groups: Groups | None = None
) -> bool:
    """Whether the attributes meet the condition; `groups` are the saved groups that it may name, by id.

    An operator that is not known is never met. Raises ConditionError for a condition that has not the form of one,
    as soon as the evaluation comes upon it.
    """
    return _holds(dict(condition), dict(attributes), Scope(groups or {}))


def _holds(condition: Plain, subject: Plain, scope: Scope) -> bool:
    """Whether the subject, an object with attributes or an item of a list, meets every entry of the condition."""
    if not isinstance(condition, dict):
        raise ConditionError(f"condition {condition!r}; use an object such as {{'country': 'US'}}")
    return all(_entry_holds(key, given, subject, scope) for key, given in condition.items())


def _entry_holds(key: str, given: Plain, subject: Plain, scope: Scope) -> bool:
    match key:
        case "$and":
            return all(_holds(condition, subject, scope) for condition in _conditions(key, given))
        case "$or":
            return _any_holds(_conditions(key, given), subject, scope)
        case "$nor":
            return not _any_holds(_conditions(key, given), subject, scope)
        case "$not":
            return not _holds(given, subject, scope)
        case "$savedGroup":
            return _is_in_saved_group(given, subject, scope)
    return _matches(given, find(subject, key), scope)


def _conditions(key: str, given: Plain) -> list[Plain]:
    if not isinstance(given, list):
        raise ConditionError(f"condition {key}: {given!r}; use a list of conditions")
    return given


def _any_holds(conditions: list[Plain], subject: Plain, scope: Scope) -> bool:
    """An empty list is met: the specification says so."""
    return not conditions or any(_holds(condition, subject, scope) for condition in conditions)


def _is_in_saved_group(reference: Plain, subject: Plain, scope: Scope) -> bool:
    match referred(reference, scope):
        case None:
            return False
        case Described(group, condition):
            return _holds(condition, subject, scope.enter(group))
        case members:
            return is_in(find(subject, members.path), members.values)


def _matches(given: Plain, actual: Plain, scope: Scope, *, fold: bool = False) -> bool:
    """Whether a value is what the condition gives: the same after conversion, or what all of its operators want."""
    match given:
        case None:
            return actual is None
        case str():
            text = to_text(actual)
            return text.lower() == given.lower() if fold else text == given
        case bool():
            return actual is not None and is_true(actual) is given
        case dict() if _is_operators(given):
            return all(_operate(operator, actual, wanted, scope) for operator, wanted in given.items())
        case list() | dict():
            return as_json(actual) == as_json(given)
    return to_number(actual) == double(given)


def _is_operators(given: Mapping[str, Plain]) -> bool:
    return bool(given) and all(key.startswith("$") for key in given)


def _operate(operator: str, actual: Plain, given: Plain, scope: Scope) -> bool:
    if plain := OPERATORS.get(operator):
        return plain(actual, given)
    deeper = DEEPER.get(operator)
    return deeper is not None and deeper(actual, given, scope)


def _has_size(actual: Plain, given: Plain, scope: Scope) -> bool:
    return isinstance(actual, list) and _matches(given, len(actual), scope)


def _has_match(actual: Plain, given: Plain, scope: Scope) -> bool:
    """$elemMatch: operators look at an item itself, any other condition at what is in it. Null is never met."""
    if not isinstance(actual, list):
        return False
    check = _matches if isinstance(given, dict) and _is_operators(given) else _holds
    return any(check(given, item, scope) for item in actual if item is not None)


def _has_all(actual: Plain, given: Plain, scope: Scope, *, fold: bool) -> bool:
    if not isinstance(given, list) or not isinstance(actual, list):
        return False
    return all(any(_matches(wanted, item, scope, fold=fold) for item in actual) for wanted in given)


def _in_group(actual: Plain, given: Plain, scope: Scope, *, wanted: bool) -> bool:
    """A group that is no list is never met, not even by $notInGroup."""
    values = listed_values(given, scope)
    return values is not None and is_in(actual, values) is wanted


DEEPER: Final[dict[str, Callable[[Plain, Plain, Scope], bool]]] = {
    "$not": lambda actual, given, scope: not _matches(given, actual, scope),
    "$size": _has_size,
    "$elemMatch": _has_match,
    "$all": partial(_has_all, fold=False),
    "$alli": partial(_has_all, fold=True),
    "$inGroup": partial(_in_group, wanted=True),
    "$notInGroup": partial(_in_group, wanted=False),
}
