"""A WebAssembly module as its sections: taken apart, and put together again. https://webassembly.github.io/spec/core/binary

What a pass does not touch keeps its bytes.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from trimtab.errors import TrimtabError

HEAD: Final = b"\0asm\1\0\0\0"
"""The magic number and version 1 of the binary format."""


class Kind(IntEnum):
    """Numbers of the sections that a pass looks into."""

    IMPORT = 2
    FUNCTION = 3
    GLOBAL = 6
    EXPORT = 7
    ELEMENT = 9
    CODE = 10
    DATA = 11
    DATA_COUNT = 12


class External(IntEnum):
    """What an import or export is."""

    FUNCTION = 0
    TABLE = 1
    MEMORY = 2
    GLOBAL = 3
    TAG = 4


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its number, and what follows its size."""

    kind: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Export:
    """What the module gives: the number is an index into the space of its kind, imports first."""

    name: str
    kind: int
    index: int


class Reader:
    """Reads numbers and names from bytes. Raises TrimtabError at an unexpected end."""

    def __init__(self, content: bytes, place: int = 0) -> None:
        self.content = content
        self.place = place

    @property
    def ended(self) -> bool:
        """Whether all has been read."""
        return self.place >= len(self.content)

    def take(self, size: int) -> bytes:
        """So many bytes."""
        if self.place + size > len(self.content):
            raise TrimtabError("a WebAssembly module ends in the middle; delete trimtab's cache and build again")
        self.place += size
        return self.content[self.place - size : self.place]

    def byte(self) -> int:
        """One byte."""
        return self.take(1)[0]

    def number(self) -> int:
        """An unsigned number in LEB128."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def name(self) -> str:
        """A name with its length before it."""
        return self.take(self.number()).decode()


def leb128(value: int) -> bytes:
    """An unsigned number as the format has it, in as few bytes as possible."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def parse(module: bytes) -> list[Section]:
    """The sections of a module in their order."""
    reader = Reader(module)
    if reader.take(len(HEAD)) != HEAD:
        raise TrimtabError("this is no WebAssembly module of version 1; delete trimtab's cache and build again")
    found = []
    while not reader.ended:
        kind = reader.byte()
        found.append(Section(kind, reader.take(reader.number())))
    return found


def emit(sections: Iterable[Section]) -> bytes:
    """The module that has these sections."""
    parts = [HEAD]
    for section in sections:
        parts += [bytes([section.kind]), leb128(len(section.content)), section.content]
    return b"".join(parts)


def content_of(sections: Iterable[Section], kind: Kind) -> bytes:
    """The content of the only section of this kind. Raises TrimtabError if there is none."""
    found = [section.content for section in sections if section.kind == kind]
    if len(found) != 1:
        raise TrimtabError(f"the runtime has {len(found)} {kind.name.lower()} sections, not one; another Pyodide?")
    return found[0]


def bodies(sections: Iterable[Section]) -> list[bytes]:
    """The functions that the module defines, each as its locals and its instructions; imported ones count before."""
    code = Reader(content_of(sections, Kind.CODE))
    return [code.take(code.number()) for _ in range(code.number())]


def with_bodies(sections: Iterable[Section], new: Collection[bytes]) -> list[Section]:
    """The same sections with these functions."""
    code = leb128(len(new)) + b"".join(leb128(len(body)) + body for body in new)
    return replaced(sections, Kind.CODE, code)


def replaced(sections: Iterable[Section], kind: Kind, content: bytes | None) -> list[Section]:
    """The same sections with another content of this kind, or without it (None)."""
    new = [] if content is None else [Section(kind, content)]
    return [each for section in sections for each in (new if section.kind == kind else [section])]


def imported_functions(sections: Iterable[Section]) -> list[tuple[str, str]]:
    """Module and name of each imported function, in the order of their numbers."""
    return [(module, name) for module, name, kind in imports(sections) if kind == External.FUNCTION]


def imports(sections: Iterable[Section]) -> Iterator[tuple[str, str, int]]:
    """Module, name and kind of each import."""
    reader = Reader(content_of(sections, Kind.IMPORT))
    for _ in range(reader.number()):
        module, name, kind = reader.name(), reader.name(), reader.byte()
        match kind:
            case External.FUNCTION:
                reader.number()
            case External.TABLE:
                reader.byte()
                _skip_limits(reader)
            case External.MEMORY:
                _skip_limits(reader)
            case External.GLOBAL:
                reader.take(2)
            case External.TAG:
                reader.byte()
                reader.number()
            case _:
                raise TrimtabError(f"the runtime imports something of unknown kind {kind}; another Pyodide?")
        yield module, name, kind


def _skip_limits(reader: Reader) -> None:
    flags = reader.byte()
    reader.number()
    if flags & 1:
        reader.number()


def exports(sections: Iterable[Section]) -> list[Export]:
    """What the module gives."""
    reader = Reader(content_of(sections, Kind.EXPORT))
    return [Export(reader.name(), reader.byte(), reader.number()) for _ in range(reader.number())]
