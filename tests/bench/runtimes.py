"""The runtimes of a pack beside each other: bytes, first decision, memory, and what a page waits for afterwards.

Interleaved: every round visits each runtime once. A first decision is the time from navigation until the page hears
that its visitor is in a segment that asks for no waiting. The first change comes two seconds after the page at the
earliest, however soon it is decided, so it tells runtimes apart on slow machines alone. "As published" is the stock
runtime with the whole library as Pyodide gives it, in source. MicroPython cannot run the core; it is there as the
smallest Python that a page could load, started and asked for a sum.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import brotli  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Browser, BrowserContext, CDPSession

from tests.bench.bars import draw
from tests.bench.processes import private_bytes, renderers, slowed
from tests.bench.slow_line import slow_line
from tests.conftest import ROOT
from tests.e2e.driving import BOOT_MS, build
from tests.runtimes import LIGHT
from tests.sites import write_site
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import gather
from trimtab_bundler.progress import Progress

ROUNDS: Final = 7
MICROPYTHON: Final = ROOT / "node_modules/@micropython/micropython-webassembly-pyscript"
MICRO: Final = "micropython"
PUBLISHED: Final = "as published"
LIBRARY: Final = "python_stdlib.zip"
FILES: Final = ("micropython.mjs", "micropython.wasm")
POLICY: Final = """
from trimtab import Policy, adjust, seconds

site = Policy("bench", holdout=0.001)
title = site.target("title", ".title")


@site.segment(enter_after=seconds(0), leave_after=seconds(0))
def going(visitor):
    return visitor.event("go").count >= 1


site.adjust("short-title", on=title, when=going, do=adjust.swap("short"), debounce=seconds(0))
"""
TOML: Final = '[site]\nname = "bench"\nruntime = "profiled"\n'
TOML_PUBLISHED: Final = '[site]\nname = "published"\nruntime = "stock"\n'
PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script>
ALONE
window.trimtab = { early: [["consent", { observe: true, adapt: true }], ["event", "go"]] };
document.addEventListener("trimtab:segment", () => (window.decided_ms ??= performance.now()));
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
  .observe({ type: "longtask", buffered: true });
</script>
<script async data-runtime="RUNTIME" src="/bench/trimtab.js"></script></head>
<body><h1 class="title">A long title<template data-trimtab-variant="short">Short.</template></h1>
</body></html>
"""
OF_MICROPYTHON: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<link rel="icon" href="data:,"></head><body><script>
const begin = () => {
  const began_ms = performance.now();
  const worker = new Worker("/micropython.js", { type: "module" });
  worker.onmessage = () => { window.decided_ms = performance.now(); window.boot_ms = decided_ms - began_ms; };
};
addEventListener("load", () => requestIdleCallback(begin));
</script></body></html>
"""
WORKER_OF_MICROPYTHON: Final = """
import { loadMicroPython } from "./micropython.mjs";
const python = await loadMicroPython({ url: new URL("./micropython.wasm", import.meta.url).href });
postMessage(python.runPython("1 + 1"));
"""
ALONE: Final = "delete window.SharedWorker;"
DECIDED: Final = "window.decided_ms !== undefined"
SLOWER: Final = 4
SETTLED_MS: Final = 5000
"""By then what was only needed for the beginning is mostly given back."""


@dataclass(frozen=True)
class Figures:
    """What one runtime costs: milliseconds and bytes, each a list of one value a round."""

    of: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def median(self, name: str) -> float | None:
        """None: not measured."""
        return statistics.median(self.of[name]) if self.of.get(name) else None


def _figures(runtimes: list[str]) -> dict[str, Figures]:
    """Of these runtimes, and of what is measured beside them."""
    return {name: Figures() for name in [*runtimes, PUBLISHED, MICRO]}


def write_pages(pages: Path, runtimes: list[str]) -> None:
    """A page for each runtime, with a worker of its own and with a shared one, and MicroPython's."""
    published = PAGE.replace("/bench/", "/published/").replace("RUNTIME", "stock")
    (pages / f"{PUBLISHED}-alone.html").write_text(published.replace("ALONE", ALONE))
    for name in runtimes:
        page = PAGE.replace("RUNTIME", name)
        (pages / f"{name}.html").write_text(page.replace("ALONE", ""))
        (pages / f"{name}-alone.html").write_text(page.replace("ALONE", ALONE))
    (pages / f"{MICRO}-alone.html").write_text(OF_MICROPYTHON)
    (pages / "micropython.js").write_text(WORKER_OF_MICROPYTHON)
    for name in FILES:
        (pages / name).write_bytes((MICROPYTHON / name).read_bytes())


def build_published(folder: Path) -> Path:
    """A pack of the stock runtime, with the library as Pyodide publishes it in the place of what is needed of it."""
    pack = build(write_site(folder / "published-site", POLICY, TOML_PUBLISHED), folder / "published")
    whole = (gather(Cache.of_user(), Progress(sys.stderr)).pyodide / LIBRARY).read_bytes()
    (library,) = pack.glob("stdlib.*.zip")
    for path, content in (("", whole), (".br", brotli.compress(whole)), (".gz", gzip.compress(whole))):
        library.with_name(library.name + path).write_bytes(content)
    return pack


def measure(browser: Browser, address: str, runtimes: list[str], rounds: int) -> dict[str, Figures]:
    """Visits the pages of these runtimes in turn."""
    figures = _figures(runtimes)
    for _ in range(rounds):
        for name, of in figures.items():
            with browser.new_context() as context:
                _visit(context, f"{address}/{name}-alone.html", of, "cold")
                _visit(context, f"{address}/{name}-alone.html", of, "warm")
                if name in LIGHT:
                    _visit_shared(context, browser, f"{address}/{name}.html", of)
    return figures


def measure_slow(browser: Browser, address: str, runtimes: list[str], rounds: int) -> dict[str, Figures]:
    """First visits over a line as slow as Lighthouse's "slow 4G"."""
    figures = _figures(runtimes)
    with slow_line(address) as slowly:
        for _ in range(rounds):
            for name, of in figures.items():
                with browser.new_context() as context:
                    _visit(context, f"{slowly}/{name}-alone.html", of, "slow")
    return figures


def measure_slow_device(browser: Browser, address: str, runtimes: list[str], rounds: int) -> dict[str, Figures]:
    """Visits with a warm cache, the page's process and all in it having a quarter of the time."""
    figures = _figures(runtimes)
    for _ in range(rounds):
        for name, of in figures.items():
            with browser.new_context() as context:
                _visit(context, f"{address}/{name}-alone.html", Figures(), "cold")
                with context.new_page() as page:
                    page.goto(f"{address}/blank.html")
                    with slowed(renderers(browser), SLOWER):
                        page.goto(f"{address}/{name}-alone.html")
                        page.wait_for_function(DECIDED, timeout=SLOWER * BOOT_MS)
                    of.of["slowed decision"].append(page.evaluate("window.decided_ms"))
    return figures


def measure_held(browser: Browser, address: str, runtimes: list[str], rounds: int) -> dict[str, Figures]:
    """What a page's process holds beyond that of an empty page: of light ones with the worker that pages share."""
    figures = _figures(runtimes)
    for _ in range(rounds):
        before = _held(browser, f"{address}/blank.html", "true")
        for name, of in figures.items():
            page = name if name in LIGHT else f"{name}-alone"
            of.of["held"].append(_held(browser, f"{address}/{page}.html", DECIDED) - before)
    return figures


def _held(browser: Browser, url: str, until: str) -> int:
    with browser.new_context() as context, context.new_page() as page:
        page.goto(url)
        page.wait_for_function(until, timeout=BOOT_MS)
        page.wait_for_timeout(SETTLED_MS)
        return private_bytes(renderers(browser))


def _visit(context: BrowserContext, url: str, figures: Figures, kind: str) -> None:
    with context.new_page() as page:
        page.goto(url)
        page.wait_for_function(DECIDED, timeout=BOOT_MS)
        figures.of[f"{kind} decision"].append(page.evaluate("window.decided_ms"))
        figures.of[f"{kind} boot"].append(page.evaluate("window.boot_ms ?? trimtab.status().boot_ms"))
        figures.of["longest task"].append(page.evaluate("Math.max(0, ...(window.tasks ?? []))"))


def _visit_shared(context: BrowserContext, browser: Browser, url: str, figures: Figures) -> None:
    """Pages while the worker lives: beside the first one, and after it in its tab; then consent that goes and comes."""
    with context.new_page() as page:
        page.goto(url)
        page.wait_for_function(DECIDED, timeout=BOOT_MS)
        page.wait_for_timeout(SPARE_MS)
        _visit(context, url, figures, "another")
        page.wait_for_timeout(SPARE_MS)
        page.goto(url)
        page.wait_for_function(DECIDED, timeout=BOOT_MS)
        figures.of["next boot"].append(page.evaluate("trimtab.status().boot_ms"))
        page.wait_for_timeout(SPARE_MS)
        session = context.new_cdp_session(page)
        session.send("Performance.enable")  # counts from here on
        before = _busy_ms(session)
        page.evaluate(AGAIN)
        figures.of["main thread"].append(_busy_ms(session) - before)
        figures.of["restarted"].append(page.evaluate("trimtab.status().boot_ms"))
        for name, value in _heap_of_worker(browser).items():
            figures.of[name].append(value)


SPARE_MS: Final = 1500
"""By then the worker has woken another Python."""
AGAIN: Final = """async () => {
  trimtab.consent({});
  trimtab.consent({ observe: true, adapt: true });
  while (trimtab.status().state !== "running") await new Promise((done) => setTimeout(done, 5));
}"""


def _busy_ms(session: CDPSession) -> float:
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ScriptDuration"]) * 1000


def _heap_of_worker(browser: Browser) -> Mapping[str, float]:
    session = browser.new_browser_cdp_session()
    found = session.send("Target.getTargets", {"filter": [{"type": "shared_worker"}]})["targetInfos"]
    with _attached(session, found[0]["targetId"]) as ask:
        ask("HeapProfiler.enable")
        ask("HeapProfiler.collectGarbage")
        usage = ask("Runtime.getHeapUsage")
    session.detach()
    return {"heap": usage["usedSize"], "buffers": usage.get("backingStorageSize", 0)}


@contextmanager
def _attached(session: CDPSession, target: str) -> Iterator[Callable[[str], dict[str, Any]]]:
    """Asks a worker of the browser by the protocol that Playwright has no session for."""
    answers: dict[int, dict[str, Any]] = {}

    def hear(event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        answers[message.get("id", -1)] = message

    session.on("Target.receivedMessageFromTarget", hear)
    attached = session.send("Target.attachToTarget", {"targetId": target, "flatten": False})["sessionId"]

    def ask(method: str) -> dict[str, Any]:
        number = len(answers) + 1
        message = json.dumps({"id": number, "method": method})
        session.send("Target.sendMessageToTarget", {"sessionId": attached, "message": message})
        while number not in answers:
            session.send("Browser.getVersion")  # what Playwright hears, it hears while it waits for something
        answer: dict[str, Any] = answers[number]["result"]
        return answer

    yield ask
    session.send("Target.detachFromTarget", {"sessionId": attached})


ROWS: Final = (
    ("bytes of a first visit, brotli", "bytes", "B"),
    ("first decision, empty cache", "cold decision", "ms"),
    ("first decision, cache warm", "warm decision", "ms"),
    ("Python ready, cache warm", "warm boot", "ms"),
    ("first decision, slow 4G, empty cache", "slow decision", "ms"),
    ("first decision, cache warm, a quarter of the processor", "slowed decision", "ms"),
    ("another page, Python ready", "another boot", "ms"),
    ("another page, first decision", "another decision", "ms"),
    ("next page of the tab, Python ready", "next boot", "ms"),
    ("consent that goes and comes, Python ready", "restarted", "ms"),
    ("main thread of that", "main thread", "ms"),
    ("longest task of a visit, 0: none above 50 ms", "longest task", "ms"),
    ("the page's process, beyond an empty page's", "held", "B"),
    ("worker's memory: heap of JavaScript", "heap", "B"),
    ("worker's memory: buffers, WebAssembly's not counted", "buffers", "B"),
)
DRAWN: Final = ("bytes", "cold decision", "warm decision", "slow decision")


def count_bytes(pack: Path, published: Path, config: Mapping[str, Any], figures: Mapping[str, Figures]) -> None:
    """What a first visit downloads with each runtime: the tag, the visit, the worker, and the runtime's own files."""
    sizes = {entry["path"]: entry["br"] for entry in json.loads((pack / "manifest.json").read_text())["files"]}
    (library,), (whole,) = (list(each.glob("stdlib.*.br")) for each in (pack, published))
    shared = sum(size for path, size in sizes.items() if path.startswith(("trimtab.js", "visit.", "worker.")))
    for runtime in config["runtimes"]:
        own = json.dumps(runtime)
        folder = runtime.get("folder", "\0")
        paths = [path for path in sizes if f'"{path}"' in own or path.startswith(folder)]
        figures[runtime["name"]].of["bytes"].append(shared + sum(sizes[path] for path in paths))
    stock = figures["stock"].of["bytes"][-1]
    figures[PUBLISHED].of["bytes"].append(stock - library.stat().st_size + whole.stat().st_size)
    packed = (brotli.compress((MICROPYTHON / name).read_bytes()) for name in FILES)
    figures[MICRO].of["bytes"].append(sum(len(content) for content in packed))


def print_table(figures: Mapping[str, Figures], plot: Path) -> None:
    """Medians, a row for each figure; and the picture of some of them."""
    print(f"\n{'the runtimes beside each other, medians':<60}" + "".join(f"{name:>14}" for name in figures))
    for title, name, unit in ROWS:
        told = [figures[each].median(name) for each in figures]
        print(f"{f'{title}, {unit}':<60}" + "".join(f"{'–' if v is None else f'{v:,.0f}':>14}" for v in told))
    groups = {
        title: {each: value for each in figures if (value := figures[each].median(name)) is not None}
        for title, name, _ in ROWS
        if name in DRAWN
    }
    plot.write_text(draw(groups, {title: unit for title, _, unit in ROWS}))
    print(f"drawn in {plot}")


@dataclass(frozen=True)
class Packs:
    """What is measured: the pack with all runtimes, what it tells its worker, and the one with the whole library."""

    all: Path
    config: Mapping[str, Any]
    published: Path


def print_all(browser: Browser, address: str, packs: Packs, rounds: int, plot: Path) -> None:
    """All of it."""
    names = [str(runtime["name"]) for runtime in packs.config["runtimes"]]
    figures = measure(browser, address, names, rounds)
    for measured in (measure_slow, measure_slow_device, measure_held):
        for name, few in measured(browser, address, names, max(1, rounds // 3)).items():
            figures[name].of.update(few.of)
    count_bytes(packs.all, packs.published, packs.config, figures)
    print_table(figures, plot)
