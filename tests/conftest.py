"""Fixtures that every test may use: the browser that `make test` found or installed."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # the agent's tests run where there is neither Playwright nor the bundler
    from playwright.sync_api import BrowserContext

ROOT = Path(__file__).resolve().parent.parent

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's background job: the programs we start must hear it
    signal.signal(signal.SIGINT, signal.default_int_handler)

QUIET = (  # no request and no dialogue of the browser's own
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
BRIEF = "--js-flags=--liftoff-only"
"""WebAssembly stays as it is compiled first: optimising takes longer than the visit of a test, each time anew."""


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], request: pytest.FixtureRequest
) -> dict[str, Any]:
    """pytest-playwright's launch options, with the browser of this checkout and without its own traffic."""
    record = ROOT / ".trimtab" / "browser"
    if not record.exists():
        pytest.fail("no browser is set up here; run `python3 bootstrap.py browser` (or `make test`)")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses its sandbox to root
    brief = [BRIEF] if request.config.option.markexpr == "not proof" else []  # a proof goes on for minutes
    args = [*QUIET, *brief, *sandbox]
    return {**browser_type_launch_args, "executable_path": record.read_text().strip(), "args": args}


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """A tab whose visits are counted although a program drives them."""
    from trimtab_bundler.browsing import REPORTING  # noqa: PLC0415  as above

    context.add_init_script(REPORTING)
    return context
