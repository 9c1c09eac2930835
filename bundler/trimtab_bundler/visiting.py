"""Two visitors of the demo's news site, driven through a real browser, and what came of it: for a terminal."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trimtab.errors import TrimtabError
from trimtab.experiments import assign
from trimtab.loading import load_policy
from trimtab.messages import unpack_report
from trimtab.policy import Policy
from trimtab_bundler.browsing import RECORD, open_browser, read_record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route

NEWS: Final = "news/"
CONSENT: Final = "Adapt and share"
"""The button of the demo's consent bar."""
BOOT_MS: Final = 60_000
ARM: Final = "summaries/adaptive"
FORCED: Final = re.compile(r' data-arm="[^"]*"')
"""The demo's pages force an arm, so that everybody sees them adapt; but a visit with a forced arm never reports."""
SENDING_MS: Final = 500
# What fetchLater sends, or a page that is already gone, is not seen from here: so the page has no fetchLater, and is
# told that it was hidden while it still stands.
SEEN_WHEN_SENT: Final = "delete window.fetchLater"
HIDE: Final = """
Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
document.dispatchEvent(new Event("visibilitychange"));
"""


@dataclass(frozen=True, slots=True)
class Visitor:
    """How somebody goes through a page: a turn of the wheel every `pause_ms`."""

    name: str
    wheel_px: int
    pause_ms: int
    turns: int


VISITORS: Final = (
    Visitor("A skimming visitor", wheel_px=300, pause_ms=250, turns=30),
    Visitor("A reading visitor", wheel_px=40, pause_ms=3000, turns=6),  # 13 px/s: about 300 words a minute
)


def run_visits(address: str, site: Path, tell: Callable[[str], None]) -> None:
    """Let each visitor read the news, and tell what was noticed, decided, changed and sent. Raises TrimtabError."""
    seed = _seed(load_policy(site / NEWS / "policy.py"))
    with open_browser(read_record(site.absolute().parent / RECORD), "--visit") as browser:
        for visitor in VISITORS:
            tell(f"\n{visitor.name} ({visitor.turns} turns of {visitor.wheel_px} px, {visitor.pause_ms} ms apart)")
            for line in _visit(browser, address, visitor, seed):
                tell(f"  {line}")


def _seed(policy: Policy) -> str:
    """A device's seed with which it draws the arm that adapts, as nearly half of all devices do."""
    seeds = (f"{number:032x}" for number in count())
    return next(seed for seed in seeds if str(assign(policy, seed, "")) == ARM)


def _unforce(route: "Route") -> None:
    response = route.fetch()
    route.fulfill(response=response, body=FORCED.sub("", response.text()))


def _visit(browser: "Browser", address: str, visitor: Visitor, seed: str) -> Iterator[str]:
    """Consent, wait for Python, scroll, and leave; line by line what was seen of it."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.add_init_script(SEEN_WHEN_SENT)
        sent: list[Request] = []
        context.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
        page.route(address + NEWS, _unforce)
        page.goto(address + NEWS)
        page.evaluate("seed => localStorage.setItem('trimtab.seed', seed)", seed)
        page.get_by_role("button", name=CONSENT, exact=True).click()
        status = _settle(page)
        yield f"started:  Python in the worker after {status['boot_ms']} ms, arm {status['arm']}"
        page.mouse.move(640, 400)
        for _ in range(visitor.turns):
            page.mouse.wheel(0, visitor.wheel_px)
            page.wait_for_timeout(visitor.pause_ms)
        yield from _tell_log(page.evaluate("trimtab.explain()"))
        yield from _tell_changes(page.evaluate("trimtab.status().adjustments"))
        page.evaluate(HIDE)
        page.wait_for_timeout(SENDING_MS)
        yield from _tell_sent(sent)


def _settle(page: "Page") -> dict[str, Any]:
    page.wait_for_function("window.trimtab?.ready", timeout=BOOT_MS)
    page.wait_for_function("['running', 'stopped'].includes(trimtab.status().state)", timeout=BOOT_MS)
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


def _tell_sent(sent: "list[Request]") -> Iterator[str]:
    for request in sent:
        body = request.post_data_buffer or b""
        report = unpack_report(body)
        fields = (
            f"question {report.question}, arm {report.arm}, day {report.day}, answer {report.answer} with its noise"
        )
        yield f"sent:     {len(body)} bytes to {request.url} when the page was left: {fields}, a random id"
    if not sent:
        yield "sent:     nothing"
