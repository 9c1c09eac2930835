"""The pass that makes every function tell that it was entered: a store of a 1 as its first instruction.

It stores into a memory of its own, the second one: Python's memory stays as it is, whatever becomes of it, so that what
is watched is what visitors get. Node has had several memories since version 22.
"""

from collections.abc import Sequence
from typing import Final

from trimtab_bundler.runtime.sections import (
    External,
    Kind,
    Reader,
    Section,
    bodies,
    content_of,
    leb128,
    replaced,
    with_bodies,
)

MODULE: Final = "watch"
MEMORY: Final = "entered"
"""Under these names the module asks for the memory: a byte a function, in their order."""
PAGE_BYTES: Final = 65_536
CONST: Final = 0x41
STORE_BYTE: Final = 0x3A
OF_MEMORY: Final = 1 << 6
"""Beside the alignment: the number of the memory follows."""
SECOND: Final = 1


def watch_entries(sections: Sequence[Section]) -> list[Section]:
    """With a memory `watch.entered` asked for, in which each function leaves a 1 at its number when it is entered."""
    functions = bodies(sections)
    pages = -(-len(functions) // PAGE_BYTES)
    memory = _named(MODULE) + _named(MEMORY) + bytes([External.MEMORY, 0]) + leb128(pages)
    imported = Reader(content_of(sections, Kind.IMPORT))
    count = imported.number()
    rest = imported.content[imported.place :]
    watching = with_bodies(sections, [_watched(place, body) for place, body in enumerate(functions)])
    return replaced(watching, Kind.IMPORT, leb128(count + 1) + rest + memory)


def _watched(place: int, body: bytes) -> bytes:
    begin = _after_locals(body)
    store = bytes([STORE_BYTE, OF_MEMORY, SECOND, 0])
    entered = bytes([CONST]) + signed_leb128(place) + bytes([CONST, 1]) + store
    return body[:begin] + entered + body[begin:]


def _after_locals(body: bytes) -> int:
    reader = Reader(body)
    for _ in range(reader.number()):  # so many of a type
        reader.number()
        reader.byte()
    return reader.place


def signed_leb128(value: int) -> bytes:
    """A number that is not negative, as the format has it where it could be."""
    out = bytearray()
    while value > 0x3F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _named(name: str) -> bytes:
    return leb128(len(name)) + name.encode()
