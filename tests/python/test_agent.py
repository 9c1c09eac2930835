"""The agent's whole unit suite passes in the light runtimes, woken with the suite in their memory."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.pyodide.test_suite import collected_here
from tests.python.agent import agent_suite
from tests.python.browser import run_suite
from tests.python.packing import Packer
from tests.runtimes import LIGHT

pytestmark = pytest.mark.proof
SUITE: Final = "tests/agent/"
EXPLAINED: Final[frozenset[str]] = frozenset()


@pytest.mark.parametrize("runtime", LIGHT)
def test_every_test_of_the_agent_passes(browser: Browser, tmp_path: Path, runtime: str) -> None:
    packer = Packer()
    came = run_suite(browser, packer, agent_suite(packer), runtime, tmp_path, [SUITE])
    others = {test: outcome for test, outcome in came.outcomes.items() if outcome[0] != "passed"}
    assert others.keys() == EXPLAINED, others
    assert came.outcomes.keys() == collected_here()
    assert came.workers == 1
