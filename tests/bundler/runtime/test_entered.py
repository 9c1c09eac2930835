"""What was recorded of a workload holds for the module that it was recorded of, and for no other."""

from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.runtime import entered
from trimtab_bundler.runtime.sections import bodies, parse

A_QUARTER = 4


def test_what_was_written_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(entered, "FOLDER", tmp_path / "profiles")
    functions = frozenset({0, 7, 8, 13_090})
    entered.write_entered(b"module", functions)
    assert entered.read_entered(b"module") == functions


def test_of_another_pyodide_nothing_is_known(pyodide: Path) -> None:
    changed = (pyodide / "pyodide.asm.wasm").read_bytes() + b"\0"
    with pytest.raises(TrimtabError, match="make profile"):
        entered.read_entered(changed)


def test_of_the_pinned_pyodide_it_is_known_what_is_needed(pyodide: Path) -> None:
    wasm = (pyodide / "pyodide.asm.wasm").read_bytes()
    kept, functions = entered.read_entered(wasm), len(bodies(parse(wasm)))
    assert max(kept) < functions
    assert functions / A_QUARTER < len(kept) < functions / 2
