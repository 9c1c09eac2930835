"""Two visitors of the demo's news site, driven through a real browser, and what came of it: for a terminal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trimtab.errors import TrimtabError
from trimtab.messages import unpack_answers, unpack_report
from trimtab_bundler.browsing import RECORD, REPORTING, open_browser, read_record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NEWS: Final = "news/"
DASHBOARD: Final = "sites/daily-news"
CONSENT: Final = "Adapt and share"
"""The button of the demo's consent bar."""
BOOT_MS: Final = 60_000
SENDING_MS: Final = 10_000
ARMS: Final = ".arms li"
"""Where the dashboard lists how many reports each arm has."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """How somebody goes through a page: rows of (pixels a turn of the wheel, milliseconds between, how many turns)."""

    name: str
    turns: tuple[tuple[int, int, int], ...]

    @property
    def manner(self) -> str:
        """In words."""
        return ", then ".join(f"{turns} turns of {px} px, {ms} ms apart" for px, ms, turns in self.turns)


VISITORS: Final = (
    Visitor("A skimming visitor", ((200, 300, 14), (100, 300, 30))),
    Visitor("A reading visitor", ((300, 300, 3), (40, 4000, 6))),
)
"""One is through two fifths of the story in four seconds and on the move for the eight that it takes to be noticed; the
other goes to the story, then 10 px a second, which is about 245 words a minute in this layout."""


def check_browser(site: Path) -> None:
    """Raises TrimtabError if there is no browser to visit with: better before all is packed than after."""
    with open_browser(read_record(site.absolute().parent / RECORD), "--visit"):
        pass


def run_visits(address: str, site: Path, tell: Callable[[str], None]) -> None:
    """Let each visitor read the news, and tell what was noticed, decided, changed and sent. Raises TrimtabError."""
    with open_browser(read_record(site.absolute().parent / RECORD), "--visit") as browser:
        for visitor in VISITORS:
            tell(f"\n{visitor.name} ({visitor.manner})")
            for line in _visit(browser, address, visitor):
                tell(f"  {line}")
        tell(f"\nThe dashboard at {address}{DASHBOARD} now counts: {_counted(browser, address, len(VISITORS))}")


def _visit(browser: "Browser", address: str, visitor: Visitor) -> Iterator[str]:
    """Consent, wait for Python, scroll, and leave; line by line what was seen of it."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.add_init_script(REPORTING)
        page = context.new_page()
        page.goto(address + NEWS)
        page.get_by_role("button", name=CONSENT, exact=True).click()
        status = _settle(page)
        yield f"started:  Python in the worker after {status['boot_ms']} ms, arm {status['arm']}"
        page.mouse.move(640, 400)
        for wheel_px, pause_ms, turns in visitor.turns:
            for _ in range(turns):
                page.mouse.wheel(0, wheel_px)
                page.wait_for_timeout(pause_ms)
        yield from _tell_log(page.evaluate("trimtab.log()"))
        yield from _tell_changes(page.evaluate("trimtab.status().adjustments"))
        yield _tell_sealed(page.evaluate("localStorage.getItem('trimtab.sealed')"))
        page.goto("about:blank")  # leaving sends it


def _counted(browser: "Browser", address: str, expected: int) -> str:
    """What the dashboard says of each arm, once the reports have come in."""
    with browser.new_page() as page:
        for _ in range(SENDING_MS // 500):
            page.goto(address + DASHBOARD)
            arms = [" ".join(text.split()) for text in page.locator(ARMS).all_inner_texts()]
            if sum(int(word) for arm in arms for word in arm.split() if word.isdigit()) >= expected:
                break
            page.wait_for_timeout(500)
        return ", ".join(arms)


def _settle(page: "Page") -> dict[str, Any]:
    page.wait_for_function("['running', 'stopped'].includes(window.trimtab?.status?.().state)", timeout=BOOT_MS)
    status: dict[str, Any] = page.evaluate("trimtab.status()")
    if status["state"] != "running":
        raise TrimtabError(f"trimtab does not run in this browser ({status['why']}); look at the page yourself")
    return status


def _tell_log(log: list[dict[str, Any]]) -> Iterator[str]:
    for entry in log:
        at, because = f"after {entry['t_ms'] / 1000:.1f} s", f" ({entry['because']})" if entry.get("because") else ""
        if "segment" in entry:
            yield f"noticed:  {at}: {'' if entry['entered'] else 'no longer '}{entry['segment']}{because}"
        else:
            yield f"decided:  {at}: {entry['adjustment']} {entry['decision']}, {entry['reason']}{because}"
    if not log:
        yield "noticed:  nothing, so nothing was decided"


def _tell_changes(adjustments: list[dict[str, Any]]) -> Iterator[str]:
    changed = [f"{each['name']} is {each['state']}" for each in adjustments if each["state"] != "idle"]
    yield f"changed:  {', '.join(changed) or 'nothing; the page is as its author wrote it'}"


def _tell_sealed(sealed: str | None) -> str:
    if sealed is None:
        return "sealed:   nothing, so nothing leaves"
    body = bytes.fromhex(sealed.split(":")[-1])  # the page keeps it as day:hexadecimal
    report = unpack_report(body)
    told = unpack_answers(report.answer, 8 * len(report.answer)) or ()
    answers = f"answer {', '.join(map(str, told))} with its noise"
    fields = f"question {report.question}, arm {report.arm}, day {report.day}, {answers}"
    return f"sent:     {len(body)} bytes when the page was left: {fields}, a random id"
