"""Runs inside Pyodide: suites of `unittest`, a class at a time, and what came of each test."""

import importlib
import io
import json
import os
import sys
import unittest
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import override

from test import support  # type: ignore[import-not-found]  # CPython's own, without types

type ErrorInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]

support.use_resources = ()  # as CPython's own runner has it, unless it is told otherwise


class Outcomes(unittest.TestResult):
    """What came of each test, in their order; of a test with parts, the worst."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[unittest.TestCase, tuple[str, str]] = {}

    @override
    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.told.setdefault(test, ("passed", ""))

    @override
    def addError(self, test: unittest.TestCase, err: ErrorInfo) -> None:
        self.told[test] = ("failed", _say(err))

    @override
    def addFailure(self, test: unittest.TestCase, err: ErrorInfo) -> None:
        self.told[test] = ("failed", _say(err))

    @override
    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: ErrorInfo | None) -> None:
        if err is not None:
            self.told[test] = ("failed", _say(err))

    @override
    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        if self.told.get(test, ("passed",))[0] == "passed":
            self.told[test] = ("skipped", reason)

    @override
    def addExpectedFailure(self, test: unittest.TestCase, err: ErrorInfo) -> None:
        self.told[test] = ("expected to fail", _say(err))

    @override
    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        self.told[test] = ("passed, not expected to", "")


def _say(err: ErrorInfo) -> str:
    kind, error, _ = err
    return f"{kind.__name__ if kind else kind}: {error}"[:500]


ASKED_AT_IMPORT = {"test.test_decimal": "skip_expected"}
"""Modules that ask when they are imported whether their data are there, and where they note that they are not. A woken
Python has imported them before there was a file."""

_loaded: dict[str, unittest.TestSuite] = {}
_named: dict[str, list[unittest.TestCase]] = {}


def load(module: str) -> None:
    """Loads the tests of a module as the module itself says what they are; of a package, those in its own file."""
    loader = unittest.TestLoader()
    before = dict(sys.modules)
    imported = importlib.import_module(module)
    if module in ASKED_AT_IMPORT:
        setattr(imported, ASKED_AT_IMPORT[module], not os.path.isdir(imported.directory))  # noqa: PTH112  as there
    if hasattr(imported, "__path__"):
        found = [each for each in vars(imported).values() if isinstance(each, type)]
        cases = [each for each in found if issubclass(each, unittest.TestCase) and each.__module__ == module]
        _loaded[module] = unittest.TestSuite(map(loader.loadTestsFromTestCase, cases))
    else:
        _loaded[module] = loader.loadTestsFromModule(imported)
    sys.modules.update(before)  # tests of `datetime` take theirs out


def list_units(asked_json: str) -> str:
    """Each class of tests of these modules as [name, ids], as JSON; without the tests that are not to be run.

    Asked with {"modules", "not_run"}, and {"units"} if not all of the classes are to be run.
    """
    asked = json.loads(asked_json)
    for module in asked["modules"]:
        if module not in _loaded:
            load(module)
        for test in _flat(_loaded[module]):
            if test.id() not in asked["not_run"]:
                _named.setdefault(f"{module} {type(test).__qualname__}", []).append(test)
    units = asked.get("units", _named)
    return json.dumps([[name, _ids(tests)] for name, tests in _named.items() if name in units])


def run(unit_json: str) -> str:
    """Runs [name, ids] and gives [id, what came of it, why] for each, as JSON."""
    name, ids = json.loads(unit_json)
    tests = dict(zip(_ids(_named[name]), _named[name], strict=True))
    outcomes = Outcomes()
    stdout, sys.stdout = sys.stdout, io.StringIO()
    try:
        unittest.TestSuite([tests[each] for each in ids]).run(outcomes)
    finally:
        sys.stdout = stdout
    told = {tests[each]: each for each in ids}
    lines = [[told.get(test, f"{name}: {test}"), *said] for test, said in outcomes.told.items()]
    return json.dumps([*lines, *([each, "not run", ""] for each in ids if tests[each] not in outcomes.told)])


def _ids(tests: Sequence[unittest.TestCase]) -> list[str]:
    """The tests' own ids; a repeated one with its number."""
    seen: dict[str, int] = {}
    ids = []
    for test in tests:
        number = seen[test.id()] = seen.get(test.id(), 0) + 1
        ids.append(test.id() if number == 1 else f"{test.id()} #{number}")
    return ids


def _flat(suite: unittest.TestSuite) -> Iterator[unittest.TestCase]:
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from _flat(each)
        else:
            yield each
