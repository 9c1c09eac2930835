"""Plain values, as JSON has them, and what JavaScript finds true, the same, and of which kind.

Source: ECMA-262, sections ToBoolean, IsStrictlyEqual and Array.prototype.includes, for the values that JSON can hold.
The condition language is defined by a program in JavaScript, so these rules are part of it.
"""

import math
from typing import TypeGuard

type Plain = bool | int | float | str | list[Plain] | dict[str, Plain] | None
"""What `json.loads` gives."""


def is_number(value: Plain) -> TypeGuard[int | float]:
    """Whether JSON calls it a number; for Python, True is one too."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def double(number: float) -> float:
    """The number as JavaScript holds it, in 64 bits: whole numbers beyond 2⁵³ lose digits, huge ones are infinite."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def is_true(value: Plain) -> bool:
    """What `if (value)` finds: an empty list and an empty object are true."""
    return isinstance(value, list | dict) or bool(value)


def are_same(first: Plain, second: Plain) -> bool:
    """What `first === second` finds. A list or object is the same as itself only, so never as one of the condition."""
    if is_number(first) and is_number(second):
        return double(first) == double(second)
    return type(first) is type(second) and not isinstance(first, list | dict) and first == second


def contains(values: list[Plain], value: Plain) -> bool:
    """What `values.includes(value)` finds."""
    return any(are_same(candidate, value) for candidate in values)


def kind_of(value: Plain) -> str:
    """The word that `$type` compares: null, boolean, number, string, array or object."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"
    return "number"
