"""The instructions of a WebAssembly function, one after the other, as far as Emscripten's output goes: no vectors.

https://webassembly.github.io/spec/core/binary/instructions.html
"""

from collections.abc import Iterator, Mapping
from typing import Final

from trimtab.errors import TrimtabError

CALL: Final = 0x10
GLOBAL_GET: Final = 0x23
LOADS_AND_STORES: Final = range(0x28, 0x3F)
I32_STORE: Final = 0x36
I32_CONST: Final = 0x41
I32_ADD: Final = 0x6A
I32_SUB: Final = 0x6B
BR_TABLE: Final = 0x0E
SELECT_TYPED: Final = 0x1C
PREFIX: Final = 0xFC
NUMBERS: Final[Mapping[int, int]] = (
    dict.fromkeys([0x00, 0x01, 0x05, 0x0A, 0x0B, 0x0F, 0x19, 0x1A, 0x1B, 0xD1, *range(0x45, 0xC5)], 0)
    | dict.fromkeys([0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0C, 0x0D, CALL, 0x12, 0x18], 1)
    | dict.fromkeys([*range(0x20, 0x27), 0x3F, 0x40, I32_CONST, 0x42, 0xD0, 0xD2], 1)
    | dict.fromkeys([0x11, 0x13, *LOADS_AND_STORES], 2)
)
"""How many numbers follow an instruction; the last is told: a constant, an index, the offset of a load or store."""
BYTES: Final[Mapping[int, int]] = {0x43: 4, 0x44: 8}
"""How many bytes follow: constants with a point."""
PREFIXED: Final = (0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1)
"""How many numbers follow PREFIX and one of these: conversions, copies and fills of memory and tables."""


def instructions(body: bytes) -> Iterator[tuple[int, int]]:
    """Code and number of each instruction; 0 where it has none, or none that a pass wants to know.

    `body` is a function as `sections.bodies` gives it. Numbers are signed only after I32_CONST. Raises TrimtabError at
    an instruction that is not known here. Two million of them are read for an engine, so this calls little.
    """
    types, place = _number(body, 0)
    for _ in range(types):  # of locals: how many, of which type
        place = _number(body, place)[1] + 1
    while place < len(body):
        code = body[place]
        place += 1
        value = 0
        if (count := NUMBERS.get(code)) is not None:
            for _ in range(count):
                value = shift = 0
                byte = 0x80
                while byte & 0x80:
                    byte = body[place]
                    place += 1
                    value |= (byte & 0x7F) << shift
                    shift += 7
                if code == I32_CONST and byte & 0x40:
                    value -= 1 << shift
        else:
            place = _skip(body, code, place)
        yield code, value


def _skip(body: bytes, code: int, place: int) -> int:
    """Where the next instruction begins after one of another shape."""
    if code in BYTES:
        return place + BYTES[code]
    count, after = _number(body, place)
    if code == SELECT_TYPED:
        return after + count
    if code == BR_TABLE:
        following = count + 1
    elif code == PREFIX and count < len(PREFIXED):
        following = PREFIXED[count]
    else:
        raise TrimtabError(f"the runtime has an instruction {code:#04x} that is not known here; another Pyodide?")
    for _ in range(following):
        after = _number(body, after)[1]
    return after


def _number(body: bytes, place: int) -> tuple[int, int]:
    """An unsigned number, and what follows it."""
    value = shift = 0
    while body[place] & 0x80:
        value |= (body[place] & 0x7F) << shift
        shift += 7
        place += 1
    return value | body[place] << shift, place + 1
