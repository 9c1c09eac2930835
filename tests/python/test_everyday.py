"""What rules do on any day, the profiled runtime does too, though no made-up visitor has a reason for it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.python import everyday
from tests.python.browser import run_suite
from tests.python.lines import everyday_suite, read_lines
from tests.python.packing import Packer
from tests.runtimes import PROFILED


def test_no_line_traps_and_each_gives_what_it_gives_here(browser: Browser, tmp_path: Path) -> None:
    packer = Packer()
    came = run_suite(browser, packer, everyday_suite(packer), PROFILED, tmp_path, None)
    here = {line: ("passed", repr(eval(line, vars(everyday)))) for line in read_lines()}  # noqa: S307  they are ours
    assert came.outcomes == here
    assert came.workers == 1
