"""A module is taken apart and put together again without a byte of it changing."""

from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.runtime.sections import HEAD, Kind, Reader, Section, content_of, emit, leb128, parse, replaced


@pytest.mark.parametrize(("number", "written"), [(0, "00"), (127, "7f"), (128, "8001"), (624_485, "e58e26")])
def test_numbers_are_written_as_the_format_has_them(number: int, written: str) -> None:
    assert leb128(number).hex() == written
    assert Reader(leb128(number)).number() == number


def test_pyodide_comes_out_as_it_went_in(pyodide: Path) -> None:
    module = (pyodide / "pyodide.asm.wasm").read_bytes()
    sections = parse(module)
    assert emit(sections) == module
    assert {Kind.CODE, Kind.DATA, Kind.EXPORT, Kind.IMPORT} <= {section.kind for section in sections}


@pytest.mark.parametrize("broken", [b"", HEAD[:4], b"\0asm\2\0\0\0", HEAD + b"\x0a\x05\x00"])
def test_what_is_no_whole_module_is_refused(broken: bytes) -> None:
    with pytest.raises(TrimtabError, match="delete trimtab's cache"):
        parse(broken)


def test_a_section_that_is_not_there_once_is_named() -> None:
    with pytest.raises(TrimtabError, match="0 code sections, not one"):
        content_of([Section(Kind.DATA, b"")], Kind.CODE)


def test_one_section_is_replaced_or_taken_away() -> None:
    sections = [Section(Kind.IMPORT, b"a"), Section(Kind.DATA, b"b")]
    assert replaced(sections, Kind.DATA, b"c") == [Section(Kind.IMPORT, b"a"), Section(Kind.DATA, b"c")]
    assert replaced(sections, Kind.DATA, None) == [Section(Kind.IMPORT, b"a")]
