"""Sets of UTF-16 code units, for patterns: what a class such as `[a-z]` or `\\s` holds, with or without case.

Source: ECMA-262, sections CharacterClassEscape, WordCharacters and Canonicalize (without the `u` flag).
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

from trimtab.experiments.conditions.numerals import SPACE

type CharSet = tuple[tuple[int, int], ...]
"""Ranges of code units, ends included, in order and apart."""

LAST_UNIT: Final = 0xFFFF
FIRST_BEYOND_ASCII: Final = 0x80


def charset(ranges: Iterable[tuple[int, int]]) -> CharSet:
    """The set of all units in the ranges, which may overlap and come in any order."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return tuple(merged)


def others(given: CharSet) -> CharSet:
    """All units that are not in the set."""
    gaps = []
    after = 0
    for low, high in given:
        if after < low:
            gaps.append((after, low - 1))
        after = high + 1
    return (*gaps, (after, LAST_UNIT)) if after <= LAST_UNIT else tuple(gaps)


def with_other_case(given: CharSet) -> CharSet:
    """The set and all units that JavaScript's `i` flag finds the same as one in it."""
    cases = _cases()
    units = (unit for low, high in given for unit in range(low, high + 1))
    return charset([*given, *((other, other) for unit in units for other in cases.get(unit, ()))])


def written(given: CharSet) -> str:
    """The set as part of a Python pattern; it takes exactly one unit."""
    return f"[{''.join(f'\\u{low:04x}-\\u{high:04x}' for low, high in given)}]" if given else "(?!)"


@cache
def _cases() -> dict[int, list[int]]:
    """For each unit that has other cases, itself and these. Made once, at the first pattern that needs them."""
    groups: dict[int, list[int]] = {}
    for unit in range(LAST_UNIT + 1):
        groups.setdefault(_upper(unit), []).append(unit)
    return {unit: units for units in groups.values() if len(units) > 1 for unit in units}


def _upper(unit: int) -> int:
    """JavaScript's Canonicalize: the upper-case unit, if there is one and it is not ASCII for something beyond."""
    upper = chr(unit).upper()
    if len(upper) != 1 or ord(upper) > LAST_UNIT or ord(upper) < FIRST_BEYOND_ASCII <= unit:
        return unit
    return ord(upper)


DIGITS: Final = charset([(ord("0"), ord("9"))])
WORD: Final = charset([*DIGITS, (ord("A"), ord("Z")), (ord("_"), ord("_")), (ord("a"), ord("z"))])
WHITE: Final = charset((ord(space), ord(space)) for space in SPACE)
LINE_ENDS: Final = charset((ord(end), ord(end)) for end in "\n\r\u2028\u2029")
EVERYTHING: Final = ((0, LAST_UNIT),)
CLASSES: Final = {
    "d": DIGITS,
    "D": others(DIGITS),
    "w": WORD,
    "W": others(WORD),
    "s": WHITE,
    "S": others(WHITE),
}
