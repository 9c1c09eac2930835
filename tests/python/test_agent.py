"""The agent's whole unit suite passes in the light runtimes, woken with the suite in their memory."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.pyodide.test_suite import collected_here
from tests.python.agent import agent_suite
from tests.python.browser import run_suite
from tests.python.explained import TOO_DEEP
from tests.python.packing import Packer
from tests.runtimes import LIGHT

pytestmark = pytest.mark.proof
SUITE: Final = "tests/agent/"
VISITORS: Final = f"{SUITE}visitors/"
NO_DOCSTRINGS: Final = {
    f"{VISITORS}test_simulate.py::test_a_screen_reader_user_is_the_keyboard_user",
    f"{VISITORS}test_simulate.py::test_the_list_says_who_could_come_and_what_they_do",
}
"""The list that they ask for is the docstrings of made-up visitors. No pack has such visitors; what is compiled as a
pack's core is has no docstrings."""
NO_SOURCES: Final = {f"{SUITE}test_numbers.py::test_every_number_of_signals_and_governor_is_stated"}
"""It reads the sources of the agent's modules. A pack has byte code."""
OF_SOURCES: Final = f"{VISITORS}test_simulate_sources.py::"
"""Not run: all that they do is to read sources."""
EXPLAINED: Final = NO_DOCSTRINGS | NO_SOURCES


@pytest.mark.parametrize("runtime", LIGHT)
def test_every_test_of_the_agent_passes(browser: Browser, tmp_path: Path, runtime: str) -> None:
    packer = Packer()
    came = run_suite(browser, packer, agent_suite(packer), runtime, tmp_path, [SUITE])
    others = {test: outcome for test, outcome in came.outcomes.items() if outcome[0] != "passed"}
    assert others.keys() == EXPLAINED, others
    expected = {test for test in collected_here() if not test.startswith(OF_SOURCES)} - {TOO_DEEP}
    assert came.outcomes.keys() == expected
    assert came.workers == 1
