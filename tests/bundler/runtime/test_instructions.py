"""Instructions are read to the end of their function, whatever follows them, or the one that is not known is told."""

from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.runtime.instructions import CALL, I32_ADD, I32_CONST, instructions
from trimtab_bundler.runtime.sections import bodies, parse

END = 0x0B


def body(*parts: int, local_types: bytes = b"\0") -> bytes:
    return local_types + bytes([*parts, END])


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        ([I32_CONST, 0x7F, I32_CONST, 0x80, 0x01, I32_ADD], [(I32_CONST, -1), (I32_CONST, 128), (I32_ADD, 0)]),
        ([CALL, 0x80, 0x02], [(CALL, 256)]),
        ([0x28, 2, 0x88, 0x01], [(0x28, 136)]),  # i32.load: alignment and offset
        ([0x0E, 2, 0, 1, 0], [(0x0E, 0)]),  # br_table
        ([0x44, 1, 2, 3, 4, 5, 6, 7, 8, 0x43, 1, 2, 3, 4], [(0x44, 0), (0x43, 0)]),
        ([0xFC, 10, 0, 0, 0xFC, 11, 0, 0xFC, 3], [(0xFC, 0)] * 3),  # memory.copy, memory.fill, a conversion
        ([0x1C, 1, 0x7F], [(0x1C, 0)]),  # select of a type
    ],
)
def test_each_is_told_with_its_number(parts: list[int], read: list[tuple[int, int]]) -> None:
    assert list(instructions(body(*parts))) == [*read, (END, 0)]


def test_locals_come_before_them() -> None:
    assert list(instructions(body(I32_ADD, local_types=b"\x02\x01\x7f\x83\x01\x7e"))) == [(I32_ADD, 0), (END, 0)]


def test_one_that_is_not_known_is_told() -> None:
    with pytest.raises(TrimtabError, match="0xfd"):
        list(instructions(body(0xFD, 0)))


def test_all_of_pyodides_functions_are_read_to_their_end(pyodide: Path) -> None:
    functions = bodies(parse((pyodide / "pyodide.asm.wasm").read_bytes()))
    assert {list(instructions(function))[-1] for function in functions} == {(END, 0)}
