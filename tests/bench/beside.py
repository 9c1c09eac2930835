"""What a visit costs the page's own thread: trimtab beside tools that watch or change pages, each at its defaults.

The same scripted visit (wheel, pointer, typing) of VISIT_S on a page of so many nodes in Chromium: with nothing, with
each tool, and with listeners that note nothing, which is what watching costs at least. No tool has a server to talk to:
what they ask for is not there.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import cycle, product
from pathlib import Path
from typing import Any, Final

import brotli  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT

VISIT_S: Final = 60
NODES: Final = (2_000, 20_000)
BEAT_MS: Final = 50
MODULES: Final = ROOT / "node_modules"
SCRIPTS: Final[Mapping[str, Path]] = {
    "growthbook": MODULES / "@growthbook/growthbook/dist/bundles/index.min.js",
    "posthog": MODULES / "posthog-js/dist/array.js",
    "rrweb": MODULES / "rrweb/umd/rrweb.min.js",
    "web-vitals": MODULES / "web-vitals/dist/web-vitals.iife.js",
}
POLICY: Final = """
from trimtab import Policy, adjust, seconds

site = Policy("beside", holdout=0.001, typing=True)
title = site.target("title", "h1")
story = site.target("story", ".story")
field = site.target("field", ".field")
late = site.target("late", ".late")


@site.segment(enter_after=seconds(1), leave_after=seconds(4))
def skimmer(v):
    return (v.scroll.speed_px_s > 300) & (v.reading(story).words_per_minute > 400)


site.adjust("short-title", on=title, when=skimmer, do=adjust.swap("short"))


@site.question(answers=("none", "skimmed"))
def skimmed(outcome):
    return "skimmed" if outcome.was(skimmer) else "none"
"""
START: Final[Mapping[str, str]] = {
    "nothing": "",
    "listeners alone": """<script>
const worker = new Worker("/nobody.js");
let timer = 0;
const tell = () => { timer = 0; worker.postMessage(0); };
const hear = () => { timer ||= setTimeout(tell, 500); };
for (const type of ["scroll", "pointermove", "keydown", "input", "click", "focusin", "focusout"])
  document.addEventListener(type, hear, { passive: true, capture: true });
</script>""",
    "trimtab": """<script>window.trimtab ??= { early: [["consent", { observe: true, adapt: true }]] }</script>
<script async src="/beside/trimtab.js"></script>""",
    "growthbook": """<script src="/growthbook.js"></script><script>
const gb = new growthbook.GrowthBook({ attributes: { id: "visitor" }, url: location.href, experiments: [{
  key: "title", status: "running", hashAttribute: "id", weights: [0, 1], coverage: 1,
  variations: [{}, { domMutations: [
    { selector: "h1", attribute: "html", action: "set", value: "Short." },
    { selector: ".late", attribute: "class", action: "append", value: "changed" }] }] }] });
addEventListener("DOMContentLoaded", () => gb.init({ payload: { features: {} } }));
</script>""",
    "posthog": """<script src="/posthog.js"></script><script>
posthog.init("phc_nothing", { api_host: location.origin });
</script>""",
    "rrweb": """<script src="/rrweb.js"></script><script>
window.recorded = 0;
addEventListener("DOMContentLoaded", () => rrweb.record({ emit() { window.recorded += 1; } }));
</script>""",
}
HEAD: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<link rel="icon" href="data:,"><script src="/web-vitals.js"></script><script>
window.seen = { inp: 0, cls: 0, tasks: 0, blocked: 0 };
webVitals.onINP(({ value }) => (seen.inp = value), { reportAllChanges: true });
webVitals.onCLS(({ value }) => (seen.cls = value), { reportAllChanges: true });
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) { seen.tasks += 1; seen.blocked += duration - 50; }
}).observe({ type: "longtask", buffered: true });
</script>"""


@dataclass(frozen=True, slots=True)
class Cost:
    """One visit: ms of scripts and of all tasks on the page's thread, long tasks and ms beyond 50 of them, INP in ms,
    CLS, and heap in MB at the end."""

    script_ms: float
    task_ms: float
    long_tasks: float
    blocked_ms: float
    inp_ms: float
    cls: float
    heap_mb: float


def write_site(folder: Path) -> Path:
    """The site whose policy watches the page."""
    folder.mkdir()
    (folder / "trimtab.toml").write_text('[site]\nname = "beside"\n')
    (folder / "policy.py").write_text(POLICY)
    return folder


def write_pages(folder: Path) -> None:
    """A page for each tool and number of nodes, with the tools' scripts beside them."""
    (folder / "nobody.js").write_text("onmessage = () => {};")
    for name, path in SCRIPTS.items():
        (folder / f"{name}.js").write_bytes(path.read_bytes())
    for tool, start in START.items():
        for nodes in NODES:
            rows = (nodes - 20) // 4
            row = "<div class='row'><p>Some words of a row of the page, and <b>more</b> <i>words</i> of it.</p></div>"
            head = "<h1>A long title<template data-trimtab-variant='short'>Short.</template></h1><input class='field'>"
            body = f"{head}{row * rows}"
            (folder / _file(tool, nodes)).write_text(
                f"{HEAD}{start}</head><body><main class='story'>{body}</main></body></html>"
            )


def _file(tool: str, nodes: int) -> str:
    return f"{tool.replace(' ', '-')}-{nodes}.html"


def visits(browser: Browser, address: str, runs: int, nodes: int) -> dict[str, list[Cost]]:
    """The costs of each tool, run by run; the tools take turns, so that a busy moment meets all of them."""
    costs: dict[str, list[Cost]] = {tool: [] for tool in START}
    for _, tool in product(range(runs), START):
        with browser.new_context(viewport={"width": 1200, "height": 800}) as context:
            costs[tool].append(_visit(context.new_page(), f"{address}/{_file(tool, nodes)}", tool))
    return costs


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each number."""
    return Cost(*(statistics.median(getattr(cost, field.name) for cost in costs) for field in fields(Cost)))


def _visit(page: Page, url: str, tool: str) -> Cost:
    page.route("**/*", lambda route: route.continue_() if route.request.method == "GET" else route.abort())
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(url)
    if tool == "trimtab":
        page.evaluate("trimtab.ready")  # to look again and again would be work of the page's thread
    _behave(page)
    metrics = {metric["name"]: metric["value"] for metric in cdp.send("Performance.getMetrics")["metrics"]}
    seen: dict[str, Any] = page.evaluate("seen")
    return Cost(
        metrics["ScriptDuration"] * 1000, metrics["TaskDuration"] * 1000, seen["tasks"], seen["blocked"],
        seen["inp"], seen["cls"], metrics["JSHeapUsedSize"] / 1e6,
    )  # fmt: skip


def _behave(page: Page) -> None:
    """So many beats of BEAT_MS: three seconds of the wheel, two of the pointer, one of keys, over and over."""
    way = cycle([1] * 180 + [-1] * 180)
    for beat in range(VISIT_S * 1000 // BEAT_MS):
        within = beat % 120
        if within < 60:
            page.mouse.wheel(0, 100 * next(way))
        elif within < 100:
            page.mouse.move(200 + 7 * within, 100 + 5 * (within % 40))
        elif within == 100:
            page.evaluate("document.querySelector('.field').focus({ preventScroll: true })")
        elif beat % 3 == 0:
            page.keyboard.press("a")
        page.wait_for_timeout(BEAT_MS)


def sizes(tag: Path) -> dict[str, int]:
    """Bytes of each tool's scripts, in brotli 11; of trimtab the tag, and the visit that it loads with consent."""
    scripts = {name: [path] for name, path in SCRIPTS.items() if name in START}
    scripts["trimtab"] = [tag, *tag.parent.glob("visit.*.js")]
    return {
        name: sum(len(brotli.compress(path.read_bytes(), quality=11)) for path in paths)
        for name, paths in scripts.items()
    }


def print_table(browser: Browser, address: str, tag: Path, runs: int, sizes_of_page: Sequence[int] = NODES) -> None:
    """All of it, with ratios to the page that has nothing in the same run."""
    size = sizes(tag)
    print(f"\na visit of {VISIT_S} s on the page's own thread, medians of {runs} (the start of each tool included)")
    print(f"{'':<30}{'brotli':>9}{'script':>9}{'task':>9}{'ratio':>7}{'added':>8}{'long':>6}{'blocked':>9}"
          f"{'INP':>6}{'CLS':>8}{'heap':>8}")  # fmt: skip
    for nodes in sizes_of_page:
        costs = visits(browser, address, runs, nodes)
        for tool, found in costs.items():
            cost, pairs = middle(found), list(zip(found, costs["nothing"], strict=True))
            ratio = statistics.median(each.task_ms / nothing.task_ms for each, nothing in pairs)
            added = statistics.median(each.task_ms - nothing.task_ms for each, nothing in pairs) / (VISIT_S * 1000)
            print(f"{f'{tool}, {nodes:,} nodes':<30}{size.get(tool, 0):>9,}{cost.script_ms:>6.0f} ms"
                  f"{cost.task_ms:>6.0f} ms{ratio:>7.2f}{added:>8.1%}{cost.long_tasks:>6.0f}{cost.blocked_ms:>6.0f} ms"
                  f"{cost.inp_ms:>6.0f}{cost.cls:>8.4f}{cost.heap_mb:>5.1f} MB", flush=True)  # fmt: skip
