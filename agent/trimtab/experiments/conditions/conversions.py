"""How JavaScript turns a plain value into a text, a number or JSON before it compares.

Source: ECMA-262, sections ToString, ToPrimitive, ToNumber, OrdinaryOwnPropertyKeys and JSON.stringify.
"""

import json
import math
import re
from typing import Final

from trimtab.experiments.conditions.numerals import number_text, read_number
from trimtab.experiments.conditions.plain import Plain, double

INDEX: Final = re.compile(r"0|[1-9][0-9]{0,9}")
MOST_INDICES: Final = 2**32 - 1


def to_text(value: Plain) -> str:
    """What `String(value)` gives: "null", "true", "5", the items of a list with commas, "[object Object]"."""
    match value:
        case str():
            return value
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case list():
            return ",".join("" if item is None else to_text(item) for item in value)
        case dict():
            return "[object Object]"
    return number_text(double(value))


def to_number(value: Plain) -> float:
    """What `Number(value)` gives: 0 for null, 1 for true, what a text says, and not a number for most other things."""
    match value:
        case None:
            return 0.0
        case str():
            return read_number(value)
        case list() | dict():
            return read_number(to_text(value))
    return double(value)


def as_json(value: Plain) -> str:
    """A text that is equal for two values exactly if `JSON.stringify` gives equal ones, so the order of keys counts."""
    match value:
        case str():
            return json.dumps(value)
        case list():
            return f"[{','.join(map(as_json, value))}]"
        case dict():
            return f"{{{','.join(f'{json.dumps(key)}:{as_json(value[key])}' for key in _keys(value))}}}"
        case bool() | None:
            return to_text(value)
    number = double(value)
    return number_text(number) if math.isfinite(number) else "null"


def is_index(key: str) -> bool:
    """Whether JavaScript takes a property's name for the index of a list."""
    return INDEX.fullmatch(key) is not None and int(key) < MOST_INDICES


def _keys(value: dict[str, Plain]) -> list[str]:
    """JavaScript's order: indices first, by size, then the others as they came."""
    return [*sorted(filter(is_index, value), key=int), *(key for key in value if not is_index(key))]
