"""Runs a suite in a real browser, and compares what came of it in two runtimes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from tests.hosting import hosting
from tests.python.packing import Packer, Suite, serve_scripts

CONDUCT: Final = "async (job) => (await import('/tests/python/conducting.js')).conduct(job)"


@dataclass(frozen=True, slots=True)
class Came:
    """What came of each test, and why; how long each unit took; how many workers it took: one more for each trap."""

    outcomes: Mapping[str, tuple[str, str]]
    took_ms: Mapping[str, float]
    workers: int

    def ended(self, outcome: str) -> set[str]:
        """The tests of which this came."""
        return {test for test, (came, _) in self.outcomes.items() if came == outcome}

    def beside(self, other: Came) -> dict[str, tuple[tuple[str, str], tuple[str, str]]]:
        """What came of each test here, and there."""
        tests = sorted(self.outcomes.keys() | other.outcomes.keys())
        here, there = ([came.outcomes.get(test, ("not there", "")) for test in tests] for came in (self, other))
        return dict(zip(tests, zip(here, there, strict=True), strict=True))


def run_suite(
    browser: Browser,
    packer: Packer,
    suite: Suite,
    runtime: str,
    folder: Path,
    asked: object,
    kept: Collection[int] | None = None,
) -> Came:
    """Runs the units that the suite's runner lists when it is asked so.

    `kept`: the functions of a light runtime that are no trap. A unit that falls into one is then told as one test.
    """
    pages = folder / runtime
    serve_scripts(pages)
    job = packer.pack(suite, runtime, pages / "pack", kept) | {"asked": asked, "whole": kept is not None}
    with hosting(pages) as address, browser.new_page() as page:
        page.goto(address)
        came = page.evaluate(CONDUCT, job)
    outcomes = {test: (outcome, why) for test, outcome, why in came["outcomes"]}
    assert len(outcomes) == len(came["outcomes"]), "two tests have one name"
    return Came(outcomes, came["took_ms"], came["workers"])
