"""What the passes take out of Pyodide's WebAssembly, and that they say so when it is another one."""

from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.runtime.engine import Engine
from trimtab_bundler.runtime.prune import RELOCATIONS, TRAP, drop_data, empty_relocations, keep_exports, stub_functions
from trimtab_bundler.runtime.sections import External, Kind, Section, content_of, emit, exports, leb128, parse

HALF_A_MEGABYTE = 500_000


def exporting(*names: str) -> Section:
    entries = [leb128(len(name)) + name.encode() + bytes([External.FUNCTION]) + leb128(1) for name in names]
    return Section(Kind.EXPORT, leb128(len(entries)) + b"".join(entries))


def function(*bodies: bytes) -> Section:
    return Section(Kind.CODE, leb128(len(bodies)) + b"".join(leb128(len(body)) + body for body in bodies))


NO_IMPORTS = Section(Kind.IMPORT, b"\0")


def test_only_exports_that_are_asked_for_stay_with_their_numbers() -> None:
    kept = keep_exports([exporting("one", "two", "three")], {"two", "other"})
    assert [(export.name, export.index) for export in exports(kept)] == [("two", 1)]


def test_relocations_become_a_function_that_does_nothing_and_all_others_stay() -> None:
    sections = [NO_IMPORTS, exporting(RELOCATIONS), function(b"\0\x01\x0b", b"\0\x01\x01\x0b", b"\0\x00\x0b")]
    assert empty_relocations(sections)[2] == function(b"\0\x01\x0b", b"\0\x0b", b"\0\x00\x0b")


def test_a_module_without_relocations_is_refused() -> None:
    with pytest.raises(TrimtabError, match=RELOCATIONS):
        empty_relocations([NO_IMPORTS, exporting("other"), function(b"\0\x0b")])


def test_functions_that_are_not_kept_become_a_trap_and_keep_their_numbers() -> None:
    sections = [NO_IMPORTS, function(b"\0\x01\x0b", b"\0\x01\x01\x0b", b"\0\x01\x01\x01\x0b")]
    assert stub_functions(sections, {0, 2})[1] == function(b"\0\x01\x0b", TRAP, b"\0\x01\x01\x01\x0b")
    with pytest.raises(TrimtabError, match="of 3 functions one number 3"):
        stub_functions(sections, {3})


def test_data_that_are_laid_into_the_memory_go_with_their_count() -> None:
    active = Section(Kind.DATA, b"\x01\x00\x41\x08\x0b\x02ab")
    assert drop_data([active, Section(Kind.DATA_COUNT, b"\x01"), NO_IMPORTS]) == [NO_IMPORTS]


def test_data_that_code_may_ask_for_later_are_not_dropped() -> None:
    with pytest.raises(TrimtabError, match="not laid into its memory"):
        drop_data([Section(Kind.DATA, b"\x01\x01\x02ab")])


def test_of_pyodide_less_than_half_is_left(engine: Engine, pyodide: Path) -> None:
    stock, lean = parse((pyodide / "pyodide.asm.wasm").read_bytes()), parse(engine.wasm)
    assert len(emit(lean)) < len(emit(stock)) / 2
    assert len(content_of(stock, Kind.CODE)) - len(content_of(lean, Kind.CODE)) > HALF_A_MEGABYTE
    assert {section.kind for section in stock} - {section.kind for section in lean} == {Kind.DATA, Kind.DATA_COUNT}
    assert len(exports(lean)) < len(exports(stock)) / 20
