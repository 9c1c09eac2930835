"""The passes over Pyodide's WebAssembly: what a module does not need that is given its memory as it was.

Functions keep their numbers, and the table of functions its places: the memory points into it.
"""

from collections.abc import Collection, Sequence
from typing import Final

from trimtab.errors import TrimtabError
from trimtab_bundler.runtime.sections import (
    Kind,
    Reader,
    Section,
    bodies,
    content_of,
    exports,
    imported_functions,
    leb128,
    replaced,
    with_bodies,
)

RELOCATIONS: Final = "__wasm_apply_data_relocs"
EMPTY: Final = b"\0\x0b"
"""The body of a function without locals that does nothing."""
TRAP: Final = b"\0\x00\x0b"
"""The body of a function without locals that is `unreachable`."""
ACTIVE: Final = 0
"""A data segment that is laid into memory 0 when the module starts."""


def keep_exports(sections: Sequence[Section], names: Collection[str]) -> list[Section]:
    """Without the exports that nothing asks for: Pyodide has thousands, for dynamic libraries, and a pack has none."""
    kept = [export for export in exports(sections) if export.name in names]
    entries = [leb128(len(e.name.encode())) + e.name.encode() + bytes([e.kind]) + leb128(e.index) for e in kept]
    return replaced(sections, Kind.EXPORT, leb128(len(entries)) + b"".join(entries))


def empty_relocations(sections: Sequence[Section]) -> list[Section]:
    """With nothing in the function that writes addresses into fresh data: half a megabyte, and the image has them."""
    number = next((export.index for export in exports(sections) if export.name == RELOCATIONS), None)
    if number is None:
        raise TrimtabError(f"the runtime has no {RELOCATIONS}; this Pyodide is laid out in another way")
    place = number - len(imported_functions(sections))
    functions = bodies(sections)
    functions[place] = EMPTY
    return with_bodies(sections, functions)


def stub_functions(sections: Sequence[Section], kept: Collection[int]) -> list[Section]:
    """With a trap in the place of each function that is not among `kept`, counted from the first that is no import.

    Who enters one all the same ends there, and a heavier runtime goes on: nothing is decided wrongly.
    """
    functions = bodies(sections)
    if max(kept, default=0) >= len(functions):
        raise TrimtabError(f"of {len(functions)} functions one number {max(kept)} is to stay; delete trimtab's cache")
    return with_bodies(sections, [body if place in kept else TRAP for place, body in enumerate(functions)])


def drop_data(sections: Sequence[Section]) -> list[Section]:
    """Without the data that are laid into the memory at the start: the image has them as Python left them.

    Raises TrimtabError if there are others, which code may ask for at any time.
    """
    data = Reader(content_of(sections, Kind.DATA))
    if any(data.number() != ACTIVE or not _skip_segment(data) for _ in range(data.number())):
        raise TrimtabError("the runtime has data that are not laid into its memory at the start; another Pyodide?")
    return replaced(replaced(sections, Kind.DATA, None), Kind.DATA_COUNT, None)


def _skip_segment(data: Reader) -> bool:
    """Past the address (global.get or i32.const of a number, end) and the bytes of an active segment."""
    known = data.byte() in (0x23, 0x41)
    data.number()
    known &= data.byte() == 0x0B
    data.take(data.number())
    return known
