"""A browser driven by Playwright: the one that a checkout's setup has found, or else Playwright's own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trimtab.errors import TrimtabError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RECORD: Final = Path(".trimtab", "browser")
"""Where a checkout's setup keeps the path of the browser, or the word `playwright` for Playwright's own."""
OWN: Final = "playwright"
REPORTING: Final = "window.trimtab ??= { early: [], automated: true }"
"""Run before a page's own scripts: its visits report although a program drives them."""
FLAGS: Final = (  # no request and no dialogue of the browser's own
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def read_record(record: Path) -> str | None:
    """The browser that this file records; None if it is not there."""
    return record.read_text().strip() if record.is_file() else None


def find_record(*starts: Path) -> str:
    """The browser recorded in one of these folders or the nearest one above it; else Playwright's own."""
    for start in starts:
        for folder in (start.absolute(), *start.absolute().parents):
            if recorded := read_record(folder / RECORD):
                return recorded
    return OWN


@contextmanager
def open_browser(
    recorded: str | None, wanted_by: str, *, headless: bool = True, ends_on_interrupt: bool = True
) -> Iterator["Browser"]:
    """The browser, closed afterwards. `wanted_by` is what the person typed that needs it. Raises TrimtabError.

    With `ends_on_interrupt=False` Ctrl-C does not end the browser by itself: the caller sees to it.
    """
    missing = f"{wanted_by} needs Playwright and a browser; run `python3 bootstrap.py browser` in the checkout"
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415  # only what opens a browser needs it
    except ModuleNotFoundError:
        raise TrimtabError(missing) from None
    if recorded is None:
        raise TrimtabError(missing)
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # refused to root
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=None if recorded == OWN else recorded,
                args=[*FLAGS, *sandbox],
                handle_sigint=ends_on_interrupt,
                headless=headless,
            )
        except Error as error:
            raise TrimtabError(f"{recorded} does not start ({error.message.splitlines()[0]}); {missing}") from None
        with browser:
            yield browser
