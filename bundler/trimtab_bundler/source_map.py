"""Which part of a script comes from which module, as its source map tells. https://tc39.es/ecma426/"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

DIGITS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
VALUE: Final = 31
MORE: Final = 32
BITS: Final = 5
UNIT_BYTES: Final = 2
"""Columns count the units of UTF-16."""
NOBODY: Final = ""


def split_by_source(text: str, source_map: Mapping[str, Any]) -> dict[str, str]:
    """All of the script, by the module that each piece is from; under "" what is nobody's."""
    pieces: dict[str, list[str]] = defaultdict(list)
    source = 0
    lines = text.split("\n")
    mappings = str(source_map["mappings"]).split(";")
    for number, line in enumerate(lines):
        units = (line if number == len(lines) - 1 else f"{line}\n").encode("utf-16-le")
        marks = [(0, NOBODY)]
        column = 0
        for segment in filter(None, mappings[number].split(",") if number < len(mappings) else []):
            moved, *origin = _numbers(segment)
            column += moved
            source += origin[0] if origin else 0
            marks.append((column, source_map["sources"][source] if origin else NOBODY))
        ends = [start * UNIT_BYTES for start, _ in marks[1:]] + [len(units)]
        for (start, owner), end in zip(marks, ends, strict=True):
            pieces[owner].append(units[start * UNIT_BYTES : end].decode("utf-16-le"))
    return {owner: joined for owner, parts in pieces.items() if (joined := "".join(parts))}


def _numbers(segment: str) -> Iterator[int]:
    """The numbers of a segment: each in groups of five bits, the lowest first, its sign in the lowest of all."""
    value = shift = 0
    for letter in segment:
        digit = DIGITS.index(letter)
        value |= (digit & VALUE) << shift
        shift += BITS
        if not digit & MORE:
            yield -(value >> 1) if value & 1 else value >> 1
            value = shift = 0
