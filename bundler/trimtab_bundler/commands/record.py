"""`trimtab record POLICY URL -o FILE`: a tester's own visit as a trace, in a file on their own machine."""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trimtab.errors import TrimtabError
from trimtab.loading import load_policy, policy_file, policy_hash
from trimtab_bundler.browsing import find_record, open_browser
from trimtab_bundler.bundling import Bundler
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import gather
from trimtab_bundler.progress import Progress
from trimtab_bundler.recording import Recording

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

SUMMARY: Final = "open a browser and write what a tester does to a local file"
TICK_MS: Final = 100
"""How often it is looked whether the tester has finished."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "policy",
        type=policy_file,
        metavar="POLICY",
        help="the site's folder, or its policy.py, whose targets are observed",
    )
    parser.add_argument("url", metavar="URL", help="the page to visit; a tag on it does nothing meanwhile")
    parser.add_argument("-o", "--out", type=Path, required=True, help="where to write the trace")
    parser.add_argument("--seconds", type=float, help="end after so long (default: when the window closes, or Ctrl-C)")
    parser.add_argument("--headless", action="store_true", help="without a window, for tests of pages that move")


def run(args: argparse.Namespace) -> int:
    """Records until the tester closes the window, and writes a trace for each page that was visited."""
    policy = load_policy(args.policy)
    recording = Recording(policy.declaration(policy_hash(policy, args.policy.read_bytes())))
    if not args.out.absolute().parent.is_dir():
        raise TrimtabError(f"{args.out}: there is no such folder; make it first")
    cache = Cache.of_user()
    bundler = Bundler(gather(cache, Progress(sys.stderr)), cache)
    recorded = find_record(Path(), args.policy.parent)
    with (
        _interruptible() as interrupted,
        open_browser(recorded, "record", headless=args.headless, ends_on_interrupt=False) as browser,
        browser.new_context(no_viewport=not args.headless) as context,
    ):
        recording.attach(context, bundler)
        open_page(context, args.url)
        print(f"trimtab record: {args.url}; close the window when you have finished", flush=True)
        wait_for_end(context, args.seconds, interrupted)
    for path in write(recording, args.out):
        print(f"trimtab record: {path}", flush=True)
    return 0


def write(recording: Recording, out: Path) -> Sequence[Path]:
    """Writes the first visit to `out` and further ones beside it. Raises TrimtabError if there was none."""
    written = []
    for number, visit in enumerate(recording.visits(), 1):
        path = out if number == 1 else out.with_stem(f"{out.stem}-{number}")
        path.write_text("".join(f"{line}\n" for line in recording.trace(visit)), encoding="utf-8", newline="\n")
        written.append(path)
    if not written:
        raise TrimtabError("no page was loaded, so nothing is written; check the address and record again")
    return written


def open_page(context: "BrowserContext", url: str) -> None:
    """Opens a window with the page. Raises TrimtabError if there is none at the address."""
    from playwright.sync_api import Error  # noqa: PLC0415  # only what opens a browser needs it

    try:
        context.new_page().goto(url)
    except Error as error:
        raise TrimtabError(f"{url} cannot be opened ({error.message.splitlines()[0]}); check the address") from None


def wait_for_end(context: "BrowserContext", seconds: float | None, interrupted: Callable[[], bool]) -> None:
    """Until every window is closed, the browser is gone, the time is over, or somebody interrupts."""
    from playwright.sync_api import Error  # noqa: PLC0415  # only what opens a browser needs it

    ends_s = time.monotonic() + seconds if seconds is not None else float("inf")
    while context.pages and time.monotonic() < ends_s and not interrupted():
        if not (context.browser and context.browser.is_connected()):
            return
        try:
            context.pages[0].wait_for_timeout(TICK_MS)
        except Error:
            continue  # that window has been closed meanwhile


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Notes an interrupt (Ctrl-C) instead of raising it, so that what has been recorded is written."""
    seen: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    try:
        yield lambda: bool(seen)
    finally:
        signal.signal(signal.SIGINT, before)
