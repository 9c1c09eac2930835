"""Tables of codecs for Chinese, Japanese and Korean, a sixth of all data, and the proof that nobody else reads them.

They are found by their types, not by what is in them. `PyInit_…` of a module takes the address of its PyModuleDef; that
has slots, and in them the function that sets the module up; this one takes the addresses of its indices, arrays of 256
`{map, first, last}` (CPython, Modules/cjkcodecs/cjkcodecs.h), which say where their maps begin and end. All of them are
`static` in C: maps are named in an index alone, and an index by functions of its module. Looked up is that data point
into them from an index alone, and that each function with the address of an index sets the module up, or is led to by
such functions and nothing else. So where the module is not loaded and cannot be (`node/freeze.mjs`), nobody reads them.

One module has no tables and reads those of others, which it imports when a codec is made (`_codecs_iso2022.c` there).
It goes where it is not loaded; where it is, all of its codecs have been made (`node/freezing.py`).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from struct import Struct
from typing import Final

from trimtab.errors import TrimtabError
from trimtab_bundler.runtime.instructions import I32_CONST, instructions
from trimtab_bundler.runtime.statics import DATA, FUNCTIONS, Statics

INIT: Final = "PyInit_"
READER: Final = "_codecs_iso2022"
NAME: Final = 20
SLOTS: Final = 36
"""Where in a PyModuleDef the pointers to its name and to its slots are."""
SLOT_BYTES: Final = 8
"""A number and, half of it further, a pointer."""
ROWS: Final = 256
"""Of an index: one for each first byte of what is looked up."""
ROW: Final = Struct("<IBBH")
"""Pointer to a part of a map, the first and the last second byte that it is for, and nothing."""
INDEX_BYTES: Final = ROWS * ROW.size
UNIT_BYTES: Final = 2
"""Of a map."""

type Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """What one module alone reaches: its PyModuleDef, which changes when it is loaded, and ranges of addresses."""

    module: str
    definition: int
    indices: Ranges
    maps: Ranges


def find_tables(statics: Statics) -> list[Tables]:
    """The tables of all codecs, and the reader without any. Raises TrimtabError if there are none, or if something else
    may read one."""
    found: list[Tables] = []
    setting_up: set[int] = set()
    for name in statics.exported:
        definition = _definition(statics, name)
        functions = set(_set_up(statics, definition)) if definition else set()
        if not functions:
            continue
        added = (number for number, users in statics.uses.numbers.items() if users & functions)
        if indices := [number for number in added if _is_index(statics, number)]:
            own = _joined((index, index + INDEX_BYTES) for index in indices)
            maps = _joined(part for index in indices for part in _maps(statics, index))
            found.append(Tables(name.removeprefix(INIT), definition, own, maps))
            setting_up |= functions
    if not found:
        raise TrimtabError("the runtime has no tables of codecs; another Pyodide?")
    _check_pointers(statics, found)
    _check_functions(statics, found, setting_up)
    return [*found, _reader(statics)]


def _reader(statics: Statics) -> Tables:
    export = f"{INIT}{READER}"
    definition = _definition(statics, export) if export in statics.exported else 0
    if not definition:
        raise TrimtabError(f"the runtime has no {READER}; another Pyodide?")
    return Tables(READER, definition, (), ())


def _definition(statics: Statics, export: str) -> int:
    """The PyModuleDef of a module, by the export that makes it; 0: it is none, or has none."""
    if not export.startswith(INIT):
        return 0
    for code, value in instructions(statics.functions[statics.exported[export]]):
        name = statics.pointer(value + NAME, DATA) if code == I32_CONST else None
        if name is not None and statics.text(name) == export.removeprefix(INIT):
            return value
    return 0


def _set_up(statics: Statics, definition: int) -> Iterator[int]:
    """The places of the functions in the slots of a PyModuleDef."""
    slot = statics.pointer(definition + SLOTS, DATA)
    while slot is not None and statics.data[slot]:
        function = statics.pointer(slot + SLOT_BYTES // 2, FUNCTIONS)
        if function is not None:
            yield statics.table[function]
        slot += SLOT_BYTES


def _is_index(statics: Statics, place: int) -> bool:
    rows = statics.data[place : place + INDEX_BYTES] if place >= 0 else b""
    if len(rows) < INDEX_BYTES:
        return False
    used = 0
    for row, (empty, first, last, nothing) in zip(
        range(place, place + INDEX_BYTES, ROW.size), ROW.iter_unpack(rows), strict=True
    ):
        is_used = statics.pointer(row, DATA) is not None
        is_row = first <= last if is_used else not (empty or first or last)
        if not is_row or nothing or row + ROW.size // 2 in statics.pointers:
            return False
        used += is_used
    return used > 0


def _maps(statics: Statics, index: int) -> Iterator[tuple[int, int]]:
    for row in range(index, index + INDEX_BYTES, ROW.size):
        part = statics.pointer(row, DATA)
        if part is not None:
            _, first, last, _ = ROW.unpack_from(statics.data, row)
            yield part, part + (last - first + 1) * UNIT_BYTES


def _joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same addresses in as few ranges as possible."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(ranges):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return tuple(joined)


def _check_pointers(statics: Statics, tables: Collection[Tables]) -> None:
    """Data point into tables from an index alone."""
    indices = _addresses(statics, (each for table in tables for each in table.indices))
    within = _addresses(statics, (each for table in tables for each in (*table.indices, *table.maps)))
    for place, (base, target) in statics.pointers.items():
        if base == DATA and 0 <= target < len(within) and within[target] and not indices[place]:
            raise TrimtabError(f"data at {place} point into a table of codecs, at {target}; another Pyodide?")


def _check_functions(statics: Statics, tables: Collection[Tables], setting_up: Collection[int]) -> None:
    """Who has the address of an index sets a module up, or nothing leads to it but what does."""
    within = _addresses(statics, (each for table in tables for each in table.indices))
    using = {
        place
        for number in statics.uses.numbers
        if 0 <= number < len(within) and within[number]
        for place in statics.uses.numbers[number]
    }
    named = set(statics.exported.values())
    pointed = {number for base, number in statics.pointers.values() if base == FUNCTIONS}
    for place in using - set(setting_up):
        slots = {slot for slot, function in enumerate(statics.table) if function == place}
        leading = statics.uses.callers[place] | {
            taker for slot in slots for taker in statics.uses.numbers[slot] & statics.uses.takers
        }
        if place in named or slots & pointed or not leading <= set(setting_up):
            raise TrimtabError(f"function {place} may read a table of codecs without its module; another Pyodide?")


def _addresses(statics: Statics, ranges: Iterable[tuple[int, int]]) -> bytearray:
    """A 1 for each byte of data within one of these ranges."""
    marked = bytearray(len(statics.data))
    for begin, end in ranges:
        marked[begin:end] = bytes([1]) * (end - begin)
    return marked
