"""Python source to the byte code of the browser's Python, with pyodide-build's `pyodide py-compile`."""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from trimtab.errors import TrimtabError
from trimtab_bundler.archive import EPOCH_S, read_zip, write_zip
from trimtab_bundler.cache import Cache

PLAIN: Final = 0
LEAN: Final = 2
"""Without asserts and docstrings, which are a sixth of the bytes of the standard library."""


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles for `python`, the browser's (major, minor). What was compiled before comes from the cache."""

    cache: Cache
    python: tuple[int, int]

    def __post_init__(self) -> None:
        if sys.version_info[:2] != self.python:
            here, there = (".".join(map(str, pair)) for pair in (sys.version_info[:2], self.python))
            raise TrimtabError(
                f"this is Python {here} and the browser's is {there}, so compiled files would not load there; "
                f"run trimtab with Python {there}"
            )

    def compile(self, files: Mapping[str, bytes], level: int = PLAIN) -> dict[str, bytes]:
        """The same files with each .py as .pyc beside where it was. `level` is Python's optimisation level."""
        source = write_zip(files)
        tool = f"{version('pyodide-build')} {sys.implementation.cache_tag} {level} without columns"
        key = hashlib.sha256(tool.encode() + b"\0" + source).hexdigest()
        return read_zip(self.cache.blob("bytecode", key, lambda: _compile(source, level)))


def _compile(source: bytes, level: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "compiled.zip")
        archive.write_bytes(source)
        command = [sys.executable, "-m", "pyodide_cli", "py-compile", "--silent", "--compression-level", "0"]
        ended = subprocess.run(
            [*command, archive], env=_environment(level), capture_output=True, text=True, check=False
        )
        if ended.returncode != 0:
            why = (ended.stderr.strip().splitlines() or ["no message"])[-1]
            raise TrimtabError(f"pyodide py-compile failed ({why}); check that pyodide-build is whole")
        return write_zip(read_zip(archive.read_bytes()))  # py-compile writes the time of day into it


def _environment(level: int) -> dict[str, str]:
    """Fixed wherever it could show in the result: no date of the day, and the same optimisation everywhere.

    No columns either, which are half of what says where code stands: no browser has the source to point into.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON") or name == "PYTHONPATH"}
    fixed = {"SOURCE_DATE_EPOCH": str(EPOCH_S), "PYTHONHASHSEED": "0", "PYTHONNODEBUGRANGES": "1"}
    return kept | fixed | {"PYTHONOPTIMIZE": str(level) if level else ""}
