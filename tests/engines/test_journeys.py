"""Consent, observing, deciding, adjusting, undoing and reporting, and what may break on the way: in every engine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.driving import Place, Serve, build
from tests.engines.conftest import Tab
from tests.sites import lean_toml, write_pages, write_site

POLICY = """
from trimtab import Policy, adjust

site = Policy("engines", holdout=0.001, typing=True)
title = site.target("title", ".title")
story = site.target("story", "story-card >>> .story")
site.adjust("short-title", on=title, when=lambda visitor: visitor.event("go").count >= 1, do=adjust.swap("short"))
site.adjust("deep", on=story, when=lambda visitor: visitor.scroll.depth > 0.9, do=adjust.add_class("deep"))


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">{policy}
<script src="before.js"></script><script async src="/engines/trimtab.js"></script></head>
<body><h1 class="title">A long title<template data-trimtab-variant="short">Short.</template></h1>
<input class="field" aria-label="field"><div style="height:4000px"></div><story-card></story-card></body></html>
"""
BEFORE = """
window.trimtab ??= { early: [], automated: true };
if (location.search === "?alone") delete window.SharedWorker;
const { Worker: Real } = window;
window.Worker = class extends Real { constructor(...how) { super(...how); window.worker = this; } };
customElements.define("story-card", class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "open" }).innerHTML = '<p class="story">吾輩は猫である and more.</p>';
  }
});
addEventListener("pageshow", (event) => (window.restored = event.persisted));
"""
TITLE = "document.querySelector('.title').innerText.trim()"
THERE = "typeof window.trimtab?.status === 'function'"
RUNNING = "trimtab.status().state === 'running'"
REFUSES = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self'; worker-src 'none'\">"
STRICT = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self' 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self'; worker-src 'self'\">"
)
REPORT_S = 20


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("engines"))
    return build(site, tmp_path_factory.mktemp("pack") / "out")


@pytest.fixture
def place(pack: Path, tmp_path: Path, serve: Serve) -> Iterator[Place]:
    kinds = {"index.html": "", "strict.html": STRICT, "refuses.html": REFUSES}
    pages = {name: PAGE.format(policy=policy) for name, policy in kinds.items()}
    others = {"before.js": BEFORE, "next.html": "<!doctype html><title>Next</title>"}
    with serve(pack, write_pages(tmp_path / "pages", pages | others)) as running:
        yield running


def begin(tab: Tab, place: Place, name: str = "index.html") -> None:
    tab.goto(f"{place.address}/{name}")
    tab.wait(THERE)
    tab.run("trimtab.consent({observe: true, adapt: true, remember: true, share: true})")


def goes_short(tab: Tab) -> None:
    tab.run("trimtab.event('go')")
    tab.wait(f"{TITLE} === 'Short.'")


def test_from_consent_to_the_report(tab: Tab, place: Place) -> None:
    begin(tab, place)
    tab.wait(RUNNING)
    goes_short(tab)
    tab.run("scrollTo(0, 4000)")
    tab.wait("document.querySelector('story-card').shadowRoot.querySelector('.story.deep')")
    tab.run("history.pushState(null, '', '/other')")
    tab.wait("trimtab.status().report === 'sealed'")
    status = tab.run("return trimtab.status()")
    assert (status["errors"], status["refused"], status["dropped"]) == (0, 0, 0)
    tab.goto(f"{place.address}/next.html")
    until = time.monotonic() + REPORT_S
    while not place.reports() and time.monotonic() < until:
        tab.run("await new Promise((done) => setTimeout(done, 100))")
    assert place.reports() == 1


def test_a_denial_leaves_nothing_and_gives_the_page_back(tab: Tab, place: Place) -> None:
    begin(tab, place)
    tab.wait(RUNNING)
    goes_short(tab)
    tab.run("trimtab.consent({})")
    assert tab.run(f"return {TITLE}") == "A long title"
    assert tab.run("return Object.keys(localStorage).concat(Object.keys(sessionStorage))") == ["trimtab.budget"]
    tab.goto(f"{place.address}/next.html")
    tab.goto(f"{place.address}/index.html")
    tab.wait(THERE)
    assert tab.run("return [trimtab.status().state, window.worker ?? null]") == ["off", None]
    assert place.reports() == 0


def test_it_works_under_a_strict_policy_of_the_page(tab: Tab, place: Place) -> None:
    begin(tab, place, "strict.html")
    tab.wait(RUNNING)
    goes_short(tab)


def test_a_policy_that_refuses_workers_leaves_the_page_alone(tab: Tab, place: Place) -> None:
    begin(tab, place, "refuses.html")
    tab.wait("trimtab.status().state === 'stopped'")
    assert tab.run("return trimtab.status().why").startswith("worker: ")
    assert tab.run(f"return {TITLE}") == "A long title"


def test_after_a_worker_that_is_killed_the_heavier_runtime_goes_on_and_after_that_the_page_is_restored(
    tab: Tab, place: Place
) -> None:
    begin(tab, place, "index.html?alone")
    tab.wait(RUNNING)
    tab.run("window.worker.terminate(); trimtab.event('go')")
    tab.wait(f"{TITLE} === 'Short.'")
    assert tab.run("return [trimtab.status().runtime, trimtab.status().fallback_why]") == [
        "stock", "worker: it did not answer in time",
    ]  # fmt: skip
    tab.run("window.worker.terminate(); trimtab.event('go')")
    tab.wait("trimtab.status().state === 'stopped'")
    assert tab.run(f"return [{TITLE}, trimtab.status().why]") == [
        "A long title", "worker: it did not answer in time",
    ]  # fmt: skip


def test_a_page_that_comes_back_is_as_it_was_left(tab: Tab, place: Place) -> None:
    begin(tab, place)
    tab.wait(RUNNING)
    goes_short(tab)
    tab.goto(f"{place.address}/next.html")
    tab.back()
    tab.wait("window.restored !== undefined")
    if not tab.run("return window.restored"):
        pytest.skip(f"{tab.engine} loads the page anew here")
    assert tab.run(f"return [{TITLE}, trimtab.status().state]") == ["Short.", "running"]


def test_a_denial_on_the_next_page_holds_on_the_one_that_comes_back(tab: Tab, place: Place) -> None:
    begin(tab, place)
    tab.wait(RUNNING)
    goes_short(tab)
    tab.goto(f"{place.address}/strict.html")
    tab.wait(THERE)
    tab.run("trimtab.consent({observe: false, adapt: false, remember: false, share: false})")
    tab.back()
    tab.wait(f"window.restored !== undefined && {THERE}")
    tab.wait("trimtab.status().state === 'off'")
    assert tab.run(f"return {TITLE}") == "A long title"
    assert tab.run("return Object.keys(localStorage).concat(Object.keys(sessionStorage))") == ["trimtab.budget"]
