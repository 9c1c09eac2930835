"""CPython's own tests of the modules that a policy is likely to import, as a suite: those of this interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.python.packing import Packer, Suite
from trimtab_bundler.imports import Import, read_imports
from trimtab_bundler.wheels import core_wheel

TESTED: Final = [
    "json",
    "math",
    "statistics",
    "random",
    "bisect",
    "heapq",
    "collections",
    "dataclasses",
    "re",
    "datetime",
    "struct",
    "array",
    "functools",
    "itertools",
    "operator",
    "string",
    "fractions",
    "decimal",
    "enum",
    "typing",
    "contextlib",
    "copy",
]
LIBRARY: Final = Path(sysconfig.get_path("stdlib"))
RUNNER: Final = "unittesting"
LOADING: Final = b"import unittesting\nunittesting.load('test.test_datetime')\n"
"""What is done while the pack is made: the tests of `datetime` import other versions of it when they are loaded."""
HIDDEN: Final = (
    *(
        "_pydatetime",
        "_pylong",
        "_strptime",
        "asyncio",
        "unittest",
        "unittest.mock",
        "sre_compile",
        "sre_constants",
        "sre_parse",
    ),
    *(f"encodings.utf_{name}" for name in ("8_sig", "16", "16_le", "16_be", "32", "32_le", "32_be")),
)
"""What they import by names that no reader of their source finds."""
NOT_IN_PYODIDE: Final = ("_pydecimal.py",)
"""Pyodide leaves it out of the library; the tests of `decimal` compare with it."""
DATA: Final = ("test/mathdata/*", "test/decimaltestdata/*", "test/data/*", "test/archivetestdata/R*", "test/*.pck")
HERE: Final = Path(__file__).parent


def cpython_suite(packer: Packer) -> Suite:
    """All of them."""
    files = dict(_files())
    sources = {name: content for name, content in files.items() if name.endswith(".py")}
    own = {f"{RUNNER}.py": (HERE / f"{RUNNER}.py").read_bytes(), "loading.py": LOADING}
    tests = packer.wheel("tests", sources | own)
    data = {name: content for name, content in files.items() if not name.endswith(".py")}
    return Suite([core_wheel(packer.compiler), tests], [Import(name) for name in HIDDEN], RUNNER, data)


def modules_testing(name: str) -> list[str]:
    """The modules with the tests of this module of the library."""
    inner = [path.stem for path in sorted((LIBRARY / "test" / f"test_{name}").glob("test_*.py"))]
    return [f"test.test_{name}", *(f"test.test_{name}.{each}" for each in inner)]


def _named(module: str) -> Iterator[str]:
    """The modules of the `test` package that a test imports when it is run."""
    path = LIBRARY.joinpath(*module.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for wanted in read_imports(source.read_bytes()):
        names = [wanted.module, *(f"{wanted.module}.{name}" for name in wanted.names)]
        yield from (
            name for name in names if name.startswith("test.") and (LIBRARY / f"{name.replace('.', '/')}.py").is_file()
        )


def _files() -> Iterator[tuple[str, bytes]]:
    """The tests, all modules of the `test` package that importing them brings, and data; by their paths."""
    roots = [f"test.test_{name}" for name in TESTED]
    for folder in ("test_json", "test_dataclasses"):
        roots += [f"test.{folder}.{path.stem}" for path in (LIBRARY / "test" / folder).glob("[!_]*.py")]
    roots.append("test.datetimetester")
    roots += [name for root in roots for name in _named(root)]
    script = "import importlib, json, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\n"
    script += "print(json.dumps([m.__file__ for n, m in sys.modules.items() if n.partition('.')[0] == 'test']))"
    ended = subprocess.run([sys.executable, "-c", script, *roots], capture_output=True, text=True, check=True)
    for path in sorted(map(Path, json.loads(ended.stdout))):
        yield path.relative_to(LIBRARY).as_posix(), path.read_bytes()
    for pattern in (*NOT_IN_PYODIDE, *DATA):
        for path in sorted(LIBRARY.glob(pattern)):
            yield path.relative_to(LIBRARY).as_posix(), path.read_bytes()
