"""The data of Pyodide's WebAssembly as they are when it starts, what in them is a pointer, and who uses them.

Addresses count from the beginning of the data.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from trimtab.errors import TrimtabError
from trimtab_bundler.runtime.instructions import (
    CALL,
    GLOBAL_GET,
    I32_ADD,
    I32_CONST,
    I32_STORE,
    I32_SUB,
    LOADS_AND_STORES,
    instructions,
)
from trimtab_bundler.runtime.prune import RELOCATIONS
from trimtab_bundler.runtime.sections import (
    External,
    Kind,
    Reader,
    Section,
    bodies,
    content_of,
    exports,
    imported_functions,
    imports,
)

DATA: Final = "__memory_base"
FUNCTIONS: Final = "__table_base"
"""What a pointer counts from: where the data begin, or the table of functions."""
END: Final = 0x0B


@dataclass(frozen=True, slots=True)
class Uses:
    """Who uses what, as sets of places of functions."""

    numbers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By a number in them, or an offset of what they load and store: an address or a place of the table, if one adds it
    to a base."""
    callers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By the place of a function that they call."""
    takers: set[int] = field(default_factory=set)
    """Those that know where the table of functions is."""


@dataclass(frozen=True)
class Statics:
    """A module's data, functions and pointers. Raises TrimtabError where it is not laid out as Emscripten does."""

    sections: Sequence[Section]

    @cached_property
    def data(self) -> bytes:
        """The only segment."""
        reader = Reader(content_of(self.sections, Kind.DATA))
        count = reader.number()
        _begin_segment(reader, count)
        return reader.take(reader.number())

    @cached_property
    def functions(self) -> list[bytes]:
        """Those that the module defines."""
        return bodies(self.sections)

    @cached_property
    def imported(self) -> int:
        """How many functions are counted before them."""
        return len(imported_functions(self.sections))

    @cached_property
    def exported(self) -> dict[str, int]:
        """The places among them of those that have a name."""
        given = exports(self.sections)
        return {each.name: each.index - self.imported for each in given if each.kind == External.FUNCTION}

    @cached_property
    def table(self) -> list[int]:
        """The places of those that are called by pointers, in the order of the table."""
        reader = Reader(content_of(self.sections, Kind.ELEMENT))
        count = reader.number()
        _begin_segment(reader, count)
        return [reader.number() - self.imported for _ in range(reader.number())]

    @cached_property
    def bases(self) -> list[str]:
        """The names of the globals that the module is given."""
        return [name for _, name, kind in imports(self.sections) if kind == External.GLOBAL]

    @cached_property
    def globals(self) -> list[int]:
        """The numbers that the module's own globals begin with: many say where something lies in the data."""
        reader = Reader(content_of(self.sections, Kind.GLOBAL))
        return [_begin_global(reader) for _ in range(reader.number())]

    @cached_property
    def uses(self) -> Uses:
        """Of all functions but the one that writes the pointers."""
        uses = Uses()
        table = self.bases.index(FUNCTIONS)
        for place, body in enumerate(self.functions):
            if place == self.exported[RELOCATIONS]:
                continue
            for code, value in instructions(body):
                if code == I32_CONST or code in LOADS_AND_STORES:
                    uses.numbers[value].add(place)
                elif code == CALL:
                    uses.callers[value - self.imported].add(place)
                elif code == GLOBAL_GET and value == table:
                    uses.takers.add(place)
        return uses

    @cached_property
    def pointers(self) -> dict[int, tuple[str, int]]:
        """For each place of a pointer what it counts from, and how far.

        As the function has them that writes them: it adds numbers to bases, and stores the sums at such sums.
        """
        stack: list[tuple[str, int]] = []
        found = {}
        for code, value in instructions(self.functions[self.exported[RELOCATIONS]]):
            if code == GLOBAL_GET:
                stack.append((self.bases[value], 0))
            elif code == I32_CONST:
                stack.append(("", value))
            elif code in (I32_ADD, I32_SUB):
                (_, number), (base, before) = stack.pop(), stack.pop()
                stack.append((base, before + number if code == I32_ADD else before - number))
            elif code == I32_STORE:
                pointer, (_, place) = stack.pop(), stack.pop()
                found[place + value] = pointer
            elif code != END:
                raise TrimtabError(f"pointers are written by an instruction {code:#04x} too; another Pyodide?")
        return found

    def pointer(self, place: int, base: str) -> int | None:
        """How far the pointer at this place is from its base; None if there is no such pointer."""
        kind, number = self.pointers.get(place, ("", 0))
        return number if kind == base else None

    def text(self, place: int) -> str:
        """A text of C."""
        return self.data[place : self.data.index(0, place)].decode("latin-1")


def _begin_segment(reader: Reader, count: int) -> None:
    """Past what says where a segment lies: 0, `global.get` of a base, end."""
    known = count == 1 and reader.number() == 0 and reader.byte() == GLOBAL_GET
    reader.number()
    if not known or reader.byte() != END:
        raise TrimtabError("the runtime has more than one segment of data or functions; another Pyodide?")


def _begin_global(reader: Reader) -> int:
    """What stands in a global: its type, whether it changes, `i32.const` of a number, end."""
    reader.take(2)
    known = reader.byte() == I32_CONST
    value = reader.number()
    if not known or reader.byte() != END:
        raise TrimtabError("the runtime has globals that do not begin with a number; another Pyodide?")
    return value
