"""What runs inside Pyodide: pytest, with a plugin that notes the outcome of every test."""

import json
import os

import pytest


class Outcomes:
    """A pytest plugin: which tests passed, and what the others said."""

    def __init__(self) -> None:
        self.passed: list[str] = []
        self.others: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest after each phase of each test."""
        if report.passed:
            if report.when == "call":
                self.passed.append(report.nodeid)
        else:
            self.others[report.nodeid] = report.longreprtext or report.outcome

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Called by pytest after each file."""
        if not report.passed:
            self.others[report.nodeid] = report.longreprtext or report.outcome


def run_tests(task_json: str) -> str:
    """Runs pytest with these arguments in this folder: {"folder", "arguments"} gives {"passed", "others"}."""
    task = json.loads(task_json)
    os.chdir(task["folder"])
    outcomes = Outcomes()
    pytest.main(task["arguments"], plugins=[outcomes])
    return json.dumps({"passed": outcomes.passed, "others": outcomes.others})
