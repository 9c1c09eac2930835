"""Reading a JavaScript pattern and writing the Python pattern that matches the same.

Source: ECMA-262, sections Patterns and annex B.1.2 (what browsers accept beyond the grammar), without the `u` flag.
Refused with ConditionError, because the two engines differ or Python has no such thing: backreferences and octal
escapes (`\\1`), `\\c`, `\\k`, two groups of one name, flags inside a pattern, more than 1000 repetitions, and (by
`patterns.py`) a look-behind of variable length.
"""

import re
from typing import Final

from trimtab.experiments.conditions.charsets import CLASSES, LINE_ENDS, WORD, CharSet, charset, others, with_other_case
from trimtab.experiments.conditions.charsets import written as set_of
from trimtab.experiments.conditions.errors import ConditionError

MOST_REPEATS: Final = 1000
REPEATED: Final = re.compile(r"(?:[*+?]|\{([0-9]+)(?:,([0-9]*))?\})\??")
OPENING: Final = re.compile(r"\((?:\?(?::|(?P<look>=|!|<=|<!)|<(?P<name>[A-Za-z_$][A-Za-z0-9_$]*)>))?")
FLAGS_OR_NAME: Final = re.compile(r"\?(?:[ims-]|<[^=!])")
HEXADECIMAL: Final = re.compile(r"x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}")
NUL: Final = re.compile(r"0(?![0-9])")
CONTROLS: Final = {"0": 0x00, "f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09, "v": 0x0B}
BACKSPACE: Final = 0x08
WORD_SET: Final = set_of(WORD)
ASSERTIONS: Final = {
    "^": r"\A",
    "$": r"\Z",
    "\\b": f"(?:(?<={WORD_SET})(?!{WORD_SET})|(?<!{WORD_SET})(?={WORD_SET}))",
    "\\B": f"(?:(?<={WORD_SET})(?={WORD_SET})|(?<!{WORD_SET})(?!{WORD_SET}))",
}


class NotAPattern(Exception):
    """JavaScript would raise a SyntaxError."""


class PatternReader:
    """Reads one pattern, given as a text of UTF-16 code units, from left to right. `fold` is the `i` flag."""

    def __init__(self, pattern: str, *, fold: bool) -> None:
        self._pattern = pattern
        self._fold = fold
        self._at = 0
        self._names: set[str] = set()

    def translate(self) -> str:
        """The Python pattern. Raises NotAPattern, or ConditionError for what cannot be matched alike."""
        translated = self._choices()
        if self._at < len(self._pattern):
            raise NotAPattern
        return translated

    def _choices(self) -> str:
        """Up to the end, or to a parenthesis that closes."""
        parts = []
        while (sign := self._pattern[self._at : self._at + 1]) not in ("", ")"):
            parts.append(self._next() if sign == "|" else self._term())
        return "".join(parts)

    def _term(self) -> str:
        repeatable, atom = self._atom()
        repeated = REPEATED.match(self._pattern, self._at)
        if repeated is None:
            return atom
        least, most = (int(count or 0) for count in repeated.groups(default="0"))
        if not repeatable or (repeated[2] and most < least):
            raise NotAPattern
        if max(least, most) > MOST_REPEATS:
            raise self._refused(f"more than {MOST_REPEATS} repetitions")
        self._at = repeated.end()
        return atom + repeated[0]

    def _atom(self) -> tuple[bool, str]:
        """What can be repeated (or not), and how Python writes it."""
        start = self._at
        sign = self._next()
        if sign == "\\":
            sign += self._next()
        if sign in ASSERTIONS:
            return False, ASSERTIONS[sign]
        if sign == "(":
            return self._group(start)
        if sign in ("*", "+", "?", "\\") or (sign == "{" and REPEATED.match(self._pattern, start)):
            raise NotAPattern
        if sign == "[":
            return True, set_of(self._class())
        if sign == ".":
            return True, set_of(others(LINE_ENDS))
        return True, set_of(self._folded(self._escaped(sign[1]) if sign[1:] else _only(ord(sign))))

    def _group(self, start: int) -> tuple[bool, str]:
        opening = OPENING.match(self._pattern, start)
        assert opening is not None
        if FLAGS_OR_NAME.match(self._pattern, opening.end()) or opening["name"] in self._names:
            raise self._refused("flags inside, or a group's name that is unusual or there twice")
        self._names |= {opening["name"]} - {None}
        self._at = opening.end()
        inside = self._choices()
        if self._next() != ")":
            raise NotAPattern
        look = opening["look"] or ""
        return not look.startswith("<"), f"(?:(?{look}{inside}))" if look else f"(?:{inside})"

    def _class(self) -> CharSet:
        """What is between brackets."""
        negated = self._take("^")
        ranges: list[tuple[int, int]] = []
        while not self._take("]"):
            low = self._class_atom()
            if self._pattern.startswith("-]", self._at) or not self._take("-"):
                ranges += low
            else:
                ranges += _range(low, self._class_atom())
        inside = self._folded(charset(ranges))
        return others(inside) if negated else inside

    def _class_atom(self) -> CharSet:
        sign = self._next()
        if sign != "\\":
            return _only(ord(sign or self._end()))
        sign = self._next() or self._end()
        return _only(BACKSPACE) if sign == "b" else self._escaped(sign)

    def _escaped(self, sign: str) -> CharSet:
        """What a backslash and the sign, which has been read, stand for."""
        if sign in CLASSES:
            return CLASSES[sign]
        if hexadecimal := HEXADECIMAL.match(self._pattern, self._at - 1):
            self._at = hexadecimal.end()
            return _only(int(hexadecimal[0][1:], 16))
        if sign in "0123456789ck" and not NUL.match(self._pattern, self._at - 1):
            raise self._refused(f"\\{sign}")
        return _only(CONTROLS.get(sign, ord(sign)))

    def _folded(self, given: CharSet) -> CharSet:
        return with_other_case(given) if self._fold else given

    def _next(self) -> str:
        """The next sign, which is then read; "" at the end."""
        self._at += 1
        return self._pattern[self._at - 1 : self._at]

    def _take(self, sign: str) -> bool:
        """Reads the sign if it is the next one."""
        found = self._pattern.startswith(sign, self._at)
        self._at += found
        return found

    def _end(self) -> str:
        raise NotAPattern

    def _refused(self, what: str) -> ConditionError:
        return ConditionError(f"pattern {self._pattern!r}: {what}; write it without")


def _only(unit: int) -> CharSet:
    return ((unit, unit),)


def _range(low: CharSet, high: CharSet) -> CharSet:
    """`low-high`. Where one of them is a class such as `\\d`, the line between them stands for itself."""
    (first, last), (beyond, end) = (low[0][0], low[-1][1]), (high[0][0], high[-1][1])
    if first != last or beyond != end:
        return (*low, *_only(ord("-")), *high)
    if first > end:
        raise NotAPattern
    return ((first, end),)
