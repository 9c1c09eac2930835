"""The agent's unit tests as a suite: the whole agent, pytest and hypothesis are in the pack, the tests are files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from tests.conftest import ROOT
from tests.python.packing import Packer, Suite
from trimtab_bundler.bytecode import LEAN
from trimtab_bundler.imports import Import, read_imports

TOOLS: Final = ("pytest", "pluggy", "iniconfig", "packaging", "pygments", "hypothesis", "sortedcontainers")
NOT_WHOLE: Final = (
    *("_pytest/_py/", "pygments/"),
    *("hypothesis/extra/", "hypothesis/strategies/_internal/attrs.py", "hypothesis/vendor/"),
)
"""Of these the modules that are asked for by name alone; others want packages that are not here."""
NAMED: Final = (
    "hypothesis/extra/__init__.py",
    "hypothesis/vendor/__init__.py",
    "hypothesis/vendor/pretty.py",
    "_pytest/_py/__init__.py",
    "_pytest/_py/error.py",
    "_pytest/_py/path.py",
)
READ: Final = ("agent", "demo_site", "tests/agent", "tests/cases")
"""Folders with files that the tests read."""
HERE: Final = Path(__file__).parent
RUNNER: Final = "pytesting"
HIDDEN: Final = (
    *("importlib.machinery", "asyncio", "inspect", "unittest", "unittest.mock", "doctest", "pdb"),
    "encodings.utf_8_sig",  # of what reads traces, which is in no pack
)


def agent_suite(packer: Packer) -> Suite:
    """All of them, with the whole agent: its visitors are tested too."""
    runner = {f"{RUNNER}.py": HERE / "pytesting.py", "inside.py": ROOT / "tests" / "pyodide" / "inside.py"}
    runner["explained.py"] = HERE / "explained.py"
    agent = {path.relative_to(ROOT / "agent").as_posix(): path.read_bytes() for path in _python(ROOT / "agent/trimtab")}
    wheels = [
        packer.wheel("core", agent, LEAN),
        packer.wheel("tools", dict(_tools())),
        packer.wheel("suite", {name: path.read_bytes() for name, path in runner.items()}),
    ]
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in _read()}
    return Suite(wheels, [Import(name) for name in HIDDEN + library_of_tests()], RUNNER, files)


def library_of_tests() -> tuple[str, ...]:
    """What of the standard library the tests import: it is in the pack."""
    found = [each for path in _python(ROOT / "tests" / "agent") for each in read_imports(path.read_bytes())]
    return tuple(sorted({each.module for each in found if each.top in sys.stdlib_module_names}))


def _read() -> Iterator[Path]:
    yield ROOT / "pyproject.toml"
    yield ROOT / "tests" / "conftest.py"
    for folder in READ:
        yield from (path for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and path.suffix != ".pyc")


def _python(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def _tools() -> Iterator[tuple[str, bytes]]:
    for name in TOOLS:
        for file in distribution(name).files or ():
            path = file.as_posix()
            if file.suffix == ".py" and (not path.startswith(NOT_WHOLE) or path in NAMED or _of_pygments(path)):
                yield path, Path(str(file.locate())).read_bytes()


def _of_pygments(path: str) -> bool:
    """The part that colours Python and differences."""
    folder, _, name = path.rpartition("/")
    known = {
        "pygments": name not in ("__main__.py", "cmdline.py", "sphinxext.py"),
        "pygments/filters": True,
        "pygments/formatters": name in ("__init__.py", "_mapping.py", "terminal.py"),
        "pygments/lexers": name in ("__init__.py", "_mapping.py", "diff.py", "python.py"),
        "pygments/styles": name in ("__init__.py", "_mapping.py", "default.py"),
    }
    return known.get(folder, False)
