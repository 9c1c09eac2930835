"""Which of two plain values JavaScript finds smaller. Dates need no rule: in ISO 8601 they are ordered as texts are.

Source: ECMA-262, section IsLessThan: two texts by their UTF-16 code units, everything else as numbers.
"""

import math

from trimtab.experiments.conditions.conversions import to_number, to_text
from trimtab.experiments.conditions.plain import Plain
from trimtab.hashing import code_units


def compare(first: Plain, second: Plain) -> int | None:
    """-1, 0 or 1 if the first is smaller, equal or larger; None if they cannot be ordered, as 5 and "five"."""
    first, second = _primitive(first), _primitive(second)
    if isinstance(first, str) and isinstance(second, str):
        return compare_texts(first, second)
    numbers = to_number(first), to_number(second)
    if any(map(math.isnan, numbers)):
        return None
    return (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])


def compare_texts(first: str, second: str) -> int:
    """-1, 0 or 1, by UTF-16 code units: beyond U+FFFF these are ordered otherwise than characters."""
    units = code_units(first), code_units(second)
    return (units[0] > units[1]) - (units[0] < units[1])


def _primitive(value: Plain) -> Plain:
    return to_text(value) if isinstance(value, list | dict) else value
