"""Runs inside Pyodide: pytest, a file at a time."""

import json
import os
import sys
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, PathFinder, SourceFileLoader
from pathlib import Path

from _pytest._code.code import TracebackEntry
from explained import TOO_DEEP  # type: ignore[import-not-found]  # tests/python/explained.py, likewise
from inside import run_tests  # type: ignore[import-not-found]  # tests/pyodide/inside.py, beside this file in the pack

ROOT = Path(__file__).parent
SUITE = "tests/agent"
NOT_THERE = ("_oracle", "_sources")
"""Tests of the first name compare with numpy, pandas and scipy, which a browser does not have; those of the second read
sources of the agent, and a pack has byte code."""


def list_units(asked_json: str) -> str:
    """Each file as [name, [name]], as JSON; of these folders and files (a JSON list)."""
    find_files()
    files = (path for path in sorted((ROOT / SUITE).rglob("test_*.py")) if not path.stem.endswith(NOT_THERE))
    names = [path.relative_to(ROOT).as_posix() for path in files]
    return json.dumps([[name, [name]] for name in names if name.startswith(tuple(json.loads(asked_json)))])


def run(unit_json: str) -> str:
    """Runs [name, [name]] and gives [id, what came of it, why] for each test, as JSON."""
    name, _ = json.loads(unit_json)
    arguments = [name, "-q", "-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin", "--deselect", TOO_DEEP]
    came = json.loads(run_tests(json.dumps({"folder": str(ROOT), "arguments": arguments})))
    passed = [[test, "passed", ""] for test in came["passed"]]
    return json.dumps([*passed, *([test, "failed", why] for test, why in came["others"].items())])


def find_files() -> None:
    """A woken Python imports nothing from files. Pytest does, and these tests read what lies beside them.

    And it asks for the line of each function of a traceback: one of a pack's library has none.
    """
    TracebackEntry.lineno = property(lambda entry: (entry._rawentry.tb_lineno or 1) - 1)  # type: ignore[assignment]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = True
    sys.path.append(str(ROOT))
    sys.path_hooks.append(FileFinder.path_hook((SourceFileLoader, SOURCE_SUFFIXES)))
    sys.meta_path.append(PathFinder)
