"""What a first visit costs: bytes, and the time from navigation to the first change of the page."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.driving import BOOT_MS

RUNS = 7
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script>
window.trimtab = { early: [["consent", { observe: true, adapt: true }], ["event", "go"]] };
</script>
<script async src="/bench/trimtab.js"></script></head>
<body><h1 class="title">A long title<template data-trimtab-variant="short">Short.</template></h1>
<script>
new MutationObserver((_, me) => { window.changed_ms = performance.now(); me.disconnect(); })
  .observe(document.querySelector("h1"), { childList: true });
</script></body></html>
"""
POLICY = """
from trimtab import Policy, adjust, seconds

site = Policy("bench", holdout=0.001)
title = site.target("title", ".title")
site.adjust("short-title", on=title, when=lambda visitor: visitor.event("go").count >= 1, do=adjust.swap("short"),
            debounce=seconds(0))
"""
TOML = '[site]\nname = "bench"\n'


@dataclass(frozen=True)
class FirstVisit:
    """Medians of RUNS first visits, each with an empty cache: milliseconds from navigation."""

    boot_ms: float
    changed_ms: float


def write_site(folder: Path) -> Path:
    """A site whose rule asks for no waiting."""
    folder.mkdir()
    (folder / "trimtab.toml").write_text(TOML)
    (folder / "policy.py").write_text(POLICY)
    return folder


def measure(browser: Browser, address: str) -> FirstVisit:
    """Visits the page RUNS times as somebody who has never been there."""
    boots, changes = [], []
    for _ in range(RUNS):
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(address)
            page.wait_for_function("window.changed_ms !== undefined", timeout=BOOT_MS)
            boots.append(page.evaluate("trimtab.status().boot_ms"))
            changes.append(page.evaluate("window.changed_ms"))
    return FirstVisit(statistics.median(boots), statistics.median(changes))
