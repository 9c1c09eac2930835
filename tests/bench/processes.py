"""The processes in which a browser has its pages and their workers: what they hold, and how they do on a slow device.

Linux alone, as their memory is read from /proc: https://docs.kernel.org/filesystems/proc.html
"""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

PRIVATE: Final = r"^Private_\w+:\s+(\d+) kB"
SLICE_S: Final = 0.004
"""Such a part of the time a slowed process runs on; then it waits for the others."""


def renderers(browser: Browser) -> list[int]:
    """Their numbers."""
    session = browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return [each["id"] for each in told if each["type"] == "renderer"]


def private_bytes(processes: Sequence[int]) -> int:
    """What they hold in memory that no other process shares."""
    texts = (Path(f"/proc/{number}/smaps_rollup").read_text() for number in processes)
    found = [int(kilobytes) for text in texts for kilobytes in re.findall(PRIVATE, text, re.MULTILINE)]
    return sum(found) * 1024


@contextmanager
def slowed(processes: Sequence[int], times: float) -> Iterator[None]:
    """As long as the body runs they have one part of the time in so many: they are stopped for the others.

    What a browser's own throttling leaves out (workers) is slow as well.
    """
    over = threading.Event()

    def tell(what: signal.Signals) -> None:
        for number in processes:
            with suppress(ProcessLookupError):
                os.kill(number, what)

    def slow() -> None:
        while not over.wait(SLICE_S):
            tell(signal.SIGSTOP)
            over.wait(SLICE_S * (times - 1))
            tell(signal.SIGCONT)

    thread = threading.Thread(target=slow)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
