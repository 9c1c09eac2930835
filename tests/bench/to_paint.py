"""How long after a real click its change is on the screen, with a warm worker and rules that ask for no waiting."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from tests.e2e.driving import BOOT_MS

PAGES: Final = 3
CHANGES: Final = 20
NODES: Final = 2_000
SPACE_MS: Final = 700
"""More than `governor.calm.SETTLE_MS`, before which a second change waits."""
ARRIVAL_MS: Final = 2_500
"""More than `governor.calm.ARRIVAL_MS`, in which nothing changes."""
POLICY: Final = f"""
from trimtab import Policy, adjust, seconds

site = Policy("paint", holdout=0.001, cap_per_visit=1000, cap_per_minute=1000)
for n in range({CHANGES}):
    line = site.target(f"line-{{n}}", f"#line-{{n}}")
    site.adjust(f"words-{{n}}", on=line, when=lambda visitor, n=n: visitor.event(f"go-{{n}}").count >= 1,
                do=adjust.text("Changed"), debounce=seconds(0))
"""
SCRIPT: Final = """
window.took = [];
let clicked = 0;
let changed = false;
addEventListener("click", (event) => { clicked = event.timeStamp; }, { capture: true });
new MutationObserver(([{ target }]) => { changed ||= target.id.startsWith("line-"); })
  .observe(document.body, { childList: true, subtree: true });
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => {
  if (changed) took.push(performance.now() - clicked);
  changed = false;
};
const frame = () => {
  port2.postMessage(0); // comes once this frame is laid out and painted
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
"""


@dataclass(frozen=True, slots=True)
class ToPaint:
    """Milliseconds from the event's own time stamp to the end of the frame that shows the change; how many clicks."""

    median_ms: float
    p95_ms: float
    clicks: int


def write_site(folder: Path) -> Path:
    """A site with a change for each button."""
    folder.mkdir()
    (folder / "trimtab.toml").write_text('[site]\nname = "paint"\n')
    (folder / "policy.py").write_text(POLICY)
    return folder


def write_page(folder: Path) -> None:
    """Buttons, the lines that they change, and rows until there are NODES."""
    pairs = "".join(
        f"<button data-trimtab-event='go-{n}'>{n}</button><p id='line-{n}'>Waiting</p>" for n in range(CHANGES)
    )
    rows = "<div><p>Some words of a row of the page.</p></div>" * ((NODES - 2 * CHANGES) // 2)
    early = '{ early: [["consent", { observe: true, adapt: true }]] }'
    (folder / "paint.html").write_text(
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>A page</title>"
        "<link rel='icon' href='data:,'>"
        f"<script>window.trimtab ??= {early}</script><script async src='/paint/trimtab.js'></script></head>"
        f"<body>{pairs}{rows}<script>{SCRIPT}</script></body></html>"
    )


def measure(browser: Browser, address: str) -> ToPaint:
    """Clicks on each button of PAGES pages, one change after another. Raises TimeoutError if one does not come."""
    took: list[float] = []
    for _ in range(PAGES):
        with browser.new_context(viewport={"width": 1200, "height": 800}) as context:
            page = context.new_page()
            page.goto(f"{address}/paint.html")
            page.wait_for_function("window.trimtab?.status?.().state === 'running'", timeout=BOOT_MS)
            page.wait_for_timeout(ARRIVAL_MS)
            for n in range(CHANGES):
                page.click(f"[data-trimtab-event=go-{n}]")
                page.wait_for_function(f"took.length === {n + 1}")
                page.wait_for_timeout(SPACE_MS)
            took += page.evaluate("took")
    return ToPaint(statistics.median(took), statistics.quantiles(took, n=20)[-1], len(took))
