"""Of the documentation texts of C a light runtime has the signatures; and a text that anybody else could read stays."""

from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.runtime.engine import Engine
from trimtab_bundler.runtime.script import base_of_data
from trimtab_bundler.runtime.sections import Kind, content_of, parse
from trimtab_bundler.runtime.statics import DATA, Statics
from trimtab_bundler.runtime.texts import FIELDS, Definitions, drop_texts, read_definitions

METHOD = b"Concatenate any number of strings."
SIGNATURE = b"join($self, iterable, /)\n--\n\n"
FUNCTION = b"Return the number of items in a container."
MADE_TYPE = b"JSON scanner object"
OF_EACH_KIND = (
    *(METHOD, FUNCTION, MADE_TYPE),
    b"dictionary for instance variables",  # a getset
    b"the function (or other callable) implementing a method",  # a member
    b"Return repr(self).",  # a wrapper
    b"This module provides access to the mathematical functions",
    b"int([x]) -> integer",  # a static type
)
A_QUARTER_OF_A_MEGABYTE = 250_000


@pytest.fixture(scope="module")
def definitions(pyodide: Path, engine: Engine) -> Definitions:
    return read_definitions(pyodide, base_of_data((engine.whole / "pyodide.asm.js").read_text()))


@pytest.fixture(scope="module")
def read(pyodide: Path, definitions: Definitions) -> Statics:
    """All has been looked up in it, which takes seconds."""
    statics = Statics(parse((pyodide / "pyodide.asm.wasm").read_bytes()))
    drop_texts(statics, definitions)
    return statics


@pytest.fixture
def statics(read: Statics) -> Statics:
    return deepcopy(read)


def left(statics: Statics, definitions: Definitions) -> bytes:
    """The data without texts."""
    content = content_of(drop_texts(statics, definitions), Kind.DATA)
    assert len(content) == len(content_of(statics.sections, Kind.DATA))
    return content[-len(statics.data) :]


def test_texts_of_each_kind_go_and_signatures_stay(statics: Statics, definitions: Definitions) -> None:
    data = left(statics, definitions)
    assert [text for text in OF_EACH_KIND if text not in statics.data] == []
    assert [text for text in OF_EACH_KIND if text in data] == []
    assert SIGNATURE + b"\0" in data
    assert data.count(0) - statics.data.count(0) > A_QUARTER_OF_A_MEGABYTE


def test_what_functions_have_the_address_of_is_as_it_was(statics: Statics, definitions: Definitions) -> None:
    data = left(statics, definitions)
    numbers = [number for number in statics.uses.numbers if 0 <= number < len(data)]
    ends = [statics.data.find(0, number) for number in numbers]
    others = [
        statics.text(number)
        for number, end in zip(numbers, ends, strict=True)
        if data[number:end] != statics.data[number:end]
    ]
    assert others == []


@pytest.mark.parametrize("how", ["by a number", "by a pointer", "by a global"])
@pytest.mark.parametrize("into", [-1, 0, 10, len(METHOD) - 1])
def test_one_that_something_else_refers_into_stays_whole(
    statics: Statics, definitions: Definitions, how: str, into: int
) -> None:
    place = statics.data.index(METHOD) + into
    if how == "by a number":
        statics.uses.numbers[place].add(0)
    elif how == "by a pointer":
        statics.pointers[8] = (DATA, place)
    else:
        statics.globals.append(place)
    data = left(statics, definitions)
    assert SIGNATURE + METHOD in data
    assert FUNCTION not in data


def test_one_that_ends_a_string_which_something_else_reads_stays(statics: Statics, definitions: Definitions) -> None:
    """The linker lays a text into another that ends with it."""
    field = field_of(statics, SIGNATURE)
    place = statics.data.index(SIGNATURE)
    statics.pointers[field] = (DATA, place + len(SIGNATURE))
    statics.uses.numbers[place].add(0)
    assert SIGNATURE + METHOD in left(statics, definitions)


def test_one_that_ends_another_goes_with_it(statics: Statics, definitions: Definitions) -> None:
    place = statics.data.index(SIGNATURE + METHOD)
    statics.pointers[field_of(statics, FUNCTION)] = (DATA, place + len(SIGNATURE) + 5)
    data = left(statics, definitions)
    assert data[place : place + len(SIGNATURE) + 1] == SIGNATURE + b"\0"
    assert METHOD not in data


def field_of(statics: Statics, text: bytes) -> int:
    """Where a definition points to the string that this is in."""
    begin = statics.data.rfind(0, 0, statics.data.index(text)) + 1
    (field,) = (field for field, pointer in statics.pointers.items() if pointer == (DATA, begin))
    return field


@pytest.mark.parametrize("kind", FIELDS)
def test_a_kind_without_any_text_is_noticed(statics: Statics, definitions: Definitions, kind: str) -> None:
    others = [each for each in definitions.defined if each[0] != kind]
    with pytest.raises(TrimtabError, match=f"no texts of any {kind}; another Pyodide"):
        drop_texts(statics, replace(definitions, defined=others))


def test_a_definition_that_is_laid_out_in_another_way_is_noticed(statics: Statics, definitions: Definitions) -> None:
    (place,) = {place for kind, place, name in definitions.defined if (kind, name) == ("function", "len")}
    with pytest.raises(TrimtabError, match=f"what Python calls abs is no function in the data at {place}"):
        drop_texts(statics, Definitions([("function", place, "abs")], []))


def test_a_python_that_does_not_tell_is_no_python(tmp_path: Path) -> None:
    with pytest.raises(TrimtabError, match="does not tell what it defines"):
        read_definitions(tmp_path, 0)
