"""What a profile did not see: each third of CPython's tests, run with what the other two thirds enter."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.profiling.recording import CPYTHON, Recorded, record_cpython
from tests.profiling.rotating import THIRDS, kept_without, thirds
from tests.python.browser import Came, run_suite
from tests.python.cpython import TESTED, cpython_suite, modules_testing
from tests.python.explained import NOT_RUN
from tests.python.packing import Packer

pytestmark = pytest.mark.proof
MOST: Final = 1 / 3
"""Of the classes. Which ones is not quite foreseen: what is prepared once was recorded for who came first."""
AFTER: Final = f"{CPYTHON}: "


@pytest.fixture(scope="module")
def packer() -> Packer:
    return Packer()


@pytest.fixture(scope="module")
def recorded(packer: Packer) -> Recorded:
    return {name.removeprefix(AFTER): functions for name, functions in record_cpython(packer).items()}


@pytest.mark.parametrize("third", range(THIRDS))
def test_who_was_not_watched_mostly_does_not_trap_and_then_gets_what_everybody_gets(
    browser: Browser, packer: Packer, recorded: Recorded, tmp_path: Path, third: int
) -> None:
    held = thirds(recorded)[third]
    modules = [module for name in TESTED for module in modules_testing(name)]
    asked = {"modules": modules, "not_run": NOT_RUN, "units": held}

    def run(folder: str, kept: frozenset[int] | None) -> Came:
        return run_suite(browser, packer, cpython_suite(packer), "lean", tmp_path / folder, asked, kept)

    kept = kept_without(held, recorded)
    whole, pruned = run("whole", None), run("pruned", kept)
    trapped = pruned.ended("trap")
    others = {test: came for test, came in pruned.outcomes.items() if test not in trapped}
    print(f"\n{len(trapped)} of {len(held)} classes trap; in the others {len(others)} tests end as they should")
    assert len(trapped) < MOST * len(held)
    assert pruned.took_ms.keys() == set(held)
    assert others
    assert others == {test: whole.outcomes[test] for test in others}
