import marshal
import sys

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.bytecode import LEAN, PLAIN, Compiler
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import Packages

SOURCE = b'"""The docstring."""\n\ndef double(x):\n    assert x, {"b", "a"}\n    return 2 * x\n'
HEADER_BYTES = 16


def run(compiled: bytes) -> dict[str, object]:
    module: dict[str, object] = {}
    exec(marshal.loads(compiled[HEADER_BYTES:]), module)  # noqa: S102, S302  # made a moment ago
    return module


def test_a_file_is_compiled_beside_where_it_was(compiler: Compiler) -> None:
    compiled = compiler.compile({"pack/a.py": SOURCE, "pack/data.txt": b"as it is"})
    assert compiled.keys() == {"pack/a.pyc", "pack/data.txt"}
    assert compiled["pack/data.txt"] == b"as it is"
    assert run(compiled["pack/a.pyc"])["__doc__"] == "The docstring."


def test_a_lean_file_has_neither_docstrings_nor_asserts(compiler: Compiler) -> None:
    module = run(compiler.compile({"a.py": SOURCE}, LEAN)["a.pyc"])
    assert "__doc__" not in module
    assert module["double"](0) == 0  # type: ignore[operator]


def test_a_plain_file_keeps_its_asserts_wherever_it_is_compiled(
    fresh_cache: Cache, packages: Packages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    module = run(Compiler(fresh_cache, packages.python).compile({"a.py": SOURCE}, PLAIN)["a.pyc"])
    with pytest.raises(AssertionError):
        module["double"](0)  # type: ignore[operator]


def test_the_same_source_makes_the_same_bytes_at_any_time(
    compiler: Compiler, fresh_cache: Cache, packages: Packages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    again = Compiler(fresh_cache, packages.python)
    assert again.compile({"a.py": SOURCE}) == compiler.compile({"a.py": SOURCE})


def test_another_minor_version_than_the_browsers_is_refused(cache: Cache) -> None:
    here = ".".join(map(str, sys.version_info[:2]))
    with pytest.raises(
        TrimtabError, match=rf"this is Python {here} and the browser's is 3\.99, .*; run trimtab with Python 3\.99"
    ):
        Compiler(cache, (3, 99))


def test_a_file_that_cannot_be_compiled_is_told(compiler: Compiler) -> None:
    with pytest.raises(TrimtabError, match="pyodide py-compile failed"):
        compiler.compile({"a.py": b"def\n"})
