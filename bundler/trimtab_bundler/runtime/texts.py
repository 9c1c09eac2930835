"""Documentation texts of C, a twelfth of all data, and the proof that they are read for `__doc__` and nothing else.

They are found by their types, not by what is in them. A Python with all modules in C loaded tells where the
definitions of its functions, methods, attributes, modules and static types are (`node/definitions.mjs`); a field of
each points to its text. A type that a module makes has a copy of its text. There the field is a slot, in the
PyType_Spec with the name of a living type and the text that this type has. Looked up is that nobody else refers to a
text: no other pointer in the data, no number in a function, no global. The linker puts a text that another ends with
into that one, so what is looked at goes from the zero before a text to the zero after it.

What stays is the signature that a text begins with, which `inspect` reads.
"""

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trimtab.errors import TrimtabError
from trimtab_bundler.npm import run_node
from trimtab_bundler.probe import SCRIPTS
from trimtab_bundler.runtime.sections import Kind, Section, content_of, replaced
from trimtab_bundler.runtime.statics import DATA, Statics

FIELDS: Final[Mapping[str, tuple[int, int]]] = {
    "function": (0, 12),  # PyMethodDef
    "method": (0, 12),
    "getset": (0, 12),  # PyGetSetDef
    "member": (0, 16),  # PyMemberDef
    "wrapper": (0, 16),  # wrapperbase
    "module": (20, 24),  # PyModuleDef
    "type": (12, 88),  # PyTypeObject
}
"""Where in a definition the pointers to its name and to its text are, by what Python makes of it."""
SPEC_SLOTS: Final = 16
"""Where in a PyType_Spec, which begins with a pointer to a name, the pointer to its slots is."""
SLOT_BYTES: Final = 8
"""A number and a pointer. https://github.com/python/cpython/blob/3.13/Include/typeslots.h"""
TEXT_SLOT: Final = 56
LAST_SLOT: Final = 82
WORD_BYTES: Final = 4
SIGNATURE: Final = r"{}\((?:(?!\n\n).)*?\)\n--\n\n"
"""After a name without module and type, as `find_signature` and `skip_signature` in CPython's Objects/typeobject.c."""
DEFINING: Final = ("definitions.mjs", "defining.py")
"""The scripts by which a Python tells."""
TIMEOUT_S: Final = 120.0


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a Python tells of itself. Places count from the beginning of the data."""

    defined: Sequence[tuple[str, int, str]]
    """Kind, place and name; there are others too, which are not in the data."""
    made: Collection[tuple[str, str]]
    """Name and text of types that are not static."""


def read_definitions(pyodide: Path, base: int) -> Definitions:
    """Those of the Pyodide in this folder, whose data begin at `base`. Raises TrimtabError if it does not start."""
    script, defining = (SCRIPTS / name for name in DEFINING)
    job = {"pyodide": str(pyodide), "defining": str(defining)}
    try:
        ended = run_node([str(script)], stdin=json.dumps(job), timeout_s=TIMEOUT_S)
        told = json.loads(ended.stdout)
    except subprocess.TimeoutExpired:
        raise TrimtabError(f"Pyodide did not start within {TIMEOUT_S:.0f} s in Node; try again") from None
    except ValueError:
        why = " ".join(ended.stderr.split())[-300:]
        raise TrimtabError(f"Pyodide does not tell what it defines ({why}); another Pyodide?") from None
    defined = [(kind, address - base, name) for kind, address, name in told["defined"]]
    return Definitions(defined, {(name, text) for name, text in told["made"]})


def drop_texts(statics: Statics, definitions: Definitions) -> list[Section]:
    """The module's sections with zeros in the place of texts. Raises TrimtabError where it is not laid out as known."""
    fields = dict(_fields(statics, definitions)) | dict(_slots(statics, definitions.made))
    others = _referred(statics, fields)
    data = bytearray(statics.data)
    for begin, texts in _strings(statics, fields).items():
        end = statics.data.index(0, begin)
        if others.find(1, begin, end) >= 0:
            continue
        first = min(texts)
        data[first:end] = bytes(end - first)
        for text, names in texts.items():
            kept = text + max(_signature_bytes(name, statics.text(text)) for name in names)
            data[text:kept] = statics.data[text:kept]
    content = content_of(statics.sections, Kind.DATA)
    return replaced(statics.sections, Kind.DATA, content.removesuffix(statics.data) + data)


def _fields(statics: Statics, definitions: Definitions) -> Iterator[tuple[int, str]]:
    """Where definitions point to their texts, with their names."""
    without = set(FIELDS)
    for kind, place, told in definitions.defined:
        if not 0 <= place < len(statics.data):
            continue
        name_field, text_field = FIELDS[kind]
        pointer = statics.pointer(place + name_field, DATA)
        if pointer is None:  # it is written when Python runs
            continue
        name = statics.text(pointer)
        if not name or not told.endswith(_last(name)):  # PyInit__io defines "io"
            raise TrimtabError(f"what Python calls {told} is no {kind} in the data at {place}; another Pyodide?")
        if statics.pointer(place + text_field, DATA) is not None:
            without.discard(kind)
            yield place + text_field, name
    if without:
        raise TrimtabError(f"the runtime has no texts of any {' or '.join(sorted(without))}; another Pyodide?")


def _slots(statics: Statics, made: Collection[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Where types that modules make have their texts, with their names."""
    names = {name for name, text in made if text}
    for place, (base, pointer) in statics.pointers.items():
        slots = statics.pointer(place + SPEC_SLOTS, DATA)
        if base != DATA or slots is None or not 0 <= pointer < len(statics.data):
            continue
        name = statics.text(pointer)
        field = _text_slot(statics, slots) if name in names else None
        text = None if field is None else statics.pointer(field, DATA)
        if field is not None and text is not None and (name, statics.text(text)) in made:
            yield field, name


def _text_slot(statics: Statics, place: int) -> int | None:
    """Where among these slots the pointer to a text is; None if there is none, or they are no slots."""
    found = None
    while number := int.from_bytes(statics.data[place : place + WORD_BYTES], "little"):
        if number > LAST_SLOT:
            return None
        if number == TEXT_SLOT:
            found = place + WORD_BYTES
        place += SLOT_BYTES
    return found


def _strings(statics: Statics, fields: Mapping[int, str]) -> dict[int, dict[int, list[str]]]:
    """By where a string of C begins the texts in it, which end where it ends, and the names of what they are about."""
    found: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for field, name in fields.items():
        text = statics.pointer(field, DATA)
        assert text is not None
        found[statics.data.rfind(0, 0, text) + 1][text].append(name)
    return found


def _referred(statics: Statics, fields: Collection[int]) -> bytearray:
    """A 1 for each byte of data that something else than these fields refers to."""
    pointed = (place for field, (base, place) in statics.pointers.items() if base == DATA and field not in fields)
    marked = bytearray(len(statics.data))
    for place in {*pointed, *statics.uses.numbers, *statics.globals}:
        if 0 <= place < len(marked):
            marked[place] = 1
    return marked


def _signature_bytes(name: str, text: str) -> int:
    found = re.match(SIGNATURE.format(re.escape(_last(name))), text, re.DOTALL)
    return found.end() if found else 0


def _last(name: str) -> str:
    """Of a name with dots."""
    return name.rpartition(".")[2]
