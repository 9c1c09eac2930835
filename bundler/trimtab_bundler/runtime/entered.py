"""Which functions of Pyodide's WebAssembly a large fixed workload enters: recorded by `make profile`, kept as data.

The workload is CPython's own tests of the modules that a policy may import, and our agent's tests. What was recorded
holds for one module alone, whose hash it is named after; functions are counted from the first that is no import.
"""

import base64
import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path
from textwrap import wrap
from typing import Final

from trimtab.errors import TrimtabError

FOLDER: Final = Path(__file__).parent / "profiles"
HASH_DIGITS: Final = 16
COLUMNS: Final = 120


def read_entered(wasm: bytes) -> frozenset[int]:
    """The functions of this module that the workload enters. Raises TrimtabError if it has not been recorded."""
    path = path_of(wasm)
    if not path.is_file():
        raise TrimtabError("nobody has recorded which functions of this Pyodide are needed (make profile does)")
    bits = base64.b64decode(path.read_text())
    return frozenset(8 * place + bit for place, byte in enumerate(bits) for bit in range(8) if byte >> bit & 1)


def write_entered(wasm: bytes, functions: Collection[int]) -> Path:
    """Keeps what was recorded, and says where."""
    bits = bytearray(max(functions) // 8 + 1)
    for number in functions:
        bits[number // 8] |= 1 << number % 8
    path = path_of(wasm)
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(_lines(bytes(bits))))
    return path


def path_of(wasm: bytes) -> Path:
    """Where it is kept what this module's functions are needed for."""
    return FOLDER / f"{hashlib.sha256(wasm).hexdigest()[:HASH_DIGITS]}.txt"


def _lines(bits: bytes) -> Iterator[str]:
    for line in wrap(base64.b64encode(bits).decode(), COLUMNS):
        yield f"{line}\n"
