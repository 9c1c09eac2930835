"""`make bench`: prints the figures. Compare within one run only: these machines are shared."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench import beside, runtimes, to_paint
from tests.bench.steps import growth_in_an_hour, in_browser, in_cpython
from tests.bench.stream import FRAME_MS, SECOND_MS
from tests.conftest import QUIET, ROOT
from tests.e2e.driving import build, config_of
from tests.sites import write_site
from trimtab_bundler.serving import serving

PLOT = ROOT / ".trimtab" / "runtimes.svg"
SITES = ("news", "shop", "course")
SPANS = {"a busy frame": FRAME_MS, "a busy second": SECOND_MS}


def main(runs: int, nodes: Sequence[int], rounds: int, plot: Path) -> None:
    """Builds what is measured, measures, and prints tables."""
    with tempfile.TemporaryDirectory(prefix="trimtab-bench-") as work, sync_playwright() as playwright:
        folder = Path(work)
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(
            executable_path=(ROOT / ".trimtab" / "browser").read_text().strip(), args=[*QUIET, *sandbox]
        )
        packs = [build(ROOT / "demo_site" / site, folder / site) for site in SITES]
        light = write_site(folder / "site", runtimes.POLICY, runtimes.TOML)
        bench = build(light, folder / "bench")
        published = runtimes.build_published(folder)
        config = config_of(light)
        pages = _write_pages(folder / "pages", [runtime["name"] for runtime in config["runtimes"]])
        side = build(beside.write_site(folder / "beside-site"), folder / "beside")
        paint = build(to_paint.write_site(folder / "paint-site"), folder / "paint")
        with serving([*packs, bench, published, side, paint], folder / "data", pages, 0) as given:
            address = given.rstrip("/")
            print("one step, a batch of 60 events, ms (Pyodide: rows in, JSON out)")
            print(f"{'':<24}{'CPython median':>16}{'p95':>8}{'Pyodide median':>16}{'p95':>8}{'ratio':>8}")
            for site, (name, span_ms) in product(SITES, SPANS.items()):
                here = in_cpython(ROOT / "demo_site" / site, span_ms)
                with browser.new_page() as page:
                    there = in_browser(page, ROOT / "demo_site" / site, address, span_ms)
                figures = f"{here.median:>16.3f}{here.p95:>8.3f}{there.median:>16.3f}{there.p95:>8.3f}"
                print(f"{site + ', ' + name:<24}{figures}{there.median / here.median:>8.1f}")
            if rounds:
                runtimes.print_all(browser, address, runtimes.Packs(bench, config, published), rounds, plot)
            _print_wait(browser, address)
            if runs:
                beside.print_table(browser, address, side / "trimtab.js", runs, nodes)
        early, late = growth_in_an_hour(ROOT / "demo_site" / "news")
        print(f"\nmemory of a visit after a minute {early:,} bytes, after an hour {late:,} bytes")
        browser.close()


def _print_wait(browser: Browser, address: str) -> None:
    """What a visitor waits for after a click."""
    painted = to_paint.measure(browser, address)
    print(f"\na click to its change on the screen, {painted.clicks} clicks, Python awake, no waiting asked for")
    print(f"  median {painted.median_ms:.0f} ms, p95 {painted.p95_ms:.0f} ms")


def _write_pages(pages: Path, names: list[str]) -> Path:
    """All pages that are visited."""
    pages.mkdir()
    runtimes.write_pages(pages, names)
    (pages / "blank.html").write_text("<!doctype html><title>Blank</title>")
    beside.write_pages(pages)
    to_paint.write_page(pages)
    return pages


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="tests.bench")
    parser.add_argument("--runs", type=int, default=3, help="runs of the visits of a minute side by side; 0: none")
    parser.add_argument("--nodes", type=int, choices=beside.NODES, help="those on the page of so many nodes alone")
    parser.add_argument("--rounds", type=int, default=7, help="visits of each runtime; 0: none")
    parser.add_argument("--plot", type=Path, default=PLOT, help="where to draw the runtimes")
    given = parser.parse_args()
    main(given.runs, [given.nodes] if given.nodes else beside.NODES, given.rounds, given.plot)
