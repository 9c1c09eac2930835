"""A denial on one page holds on every other page of the origin: in other tabs, and in the back/forward cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect

from tests.e2e.driving import EVERYTHING, Place, agree, begin, open_page, share_no_worker, wait_for_state
from tests.sites import lean_toml, write_pages, write_site

POLICY = """
from trimtab import Policy, adjust

site = Policy("travels", holdout=0.001)
title = site.target("title", ".title")
site.adjust("short-title", on=title, when=lambda visitor: visitor.event("go").count >= 1, do=adjust.swap("short"))


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"
"""
NOTHING = "{observe: false, adapt: false, remember: false, share: false}"
HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script>window.trimtab ??= {early: []}</script>
<script>addEventListener("pageshow", (event) => (window.restored = event.persisted))</script>
"""
TAG = '<script async src="/travels/trimtab.js"></script>'
BODY = """</head><body><h1 class="title">A long title<template data-trimtab-variant="short">Short.</template></h1>
</body></html>"""
# A message of another channel, there and back: what was said before has arrived by then.
ARRIVED = """() => new Promise((heard) => {
  const [here, there] = [new BroadcastChannel("test"), new BroadcastChannel("test")];
  there.onmessage = heard;
  here.postMessage(null);
})"""
PAGES = {
    "index": "",
    "denies": f"<script>trimtab.early.push(['consent', {NOTHING}])</script>",
    "silent": "",
    "forgetful": "<script>trimtab.early.push(['consent', {observe: true, remember: false}])</script>",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("travels"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {f"{name}.html": HEAD + script + TAG + BODY for name, script in PAGES.items()}
    return write_pages(tmp_path_factory.mktemp("pages"), pages | {"untagged.html": HEAD + BODY})


@pytest.fixture
def cached(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], place: Place
) -> Iterator[tuple[Page, Place]]:
    """A page of a browser that keeps pages in its back/forward cache."""
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"])
    with browser, browser.new_context() as context:
        yield context.new_page(), place


def adapted(page: Page, place: Place, **capabilities: bool) -> None:
    """The page runs, and shows its change."""
    begin(page, place.address, **capabilities)
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)


def stored(page: Page) -> list[str]:
    keys: list[str] = page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage)).sort()")
    return keys


def leave_and_come_back(page: Page, place: Place, between: str) -> bool:
    """Whether the page comes from the cache. The page between has heard its own scripts by then."""
    open_page(page, f"{place.address}/{between}.html")
    page.evaluate(ARRIVED)
    page.go_back(wait_until="commit")  # a page that is restored does not load
    page.wait_for_function("window.restored !== undefined && typeof window.trimtab?.status === 'function'")
    restored: bool = page.evaluate("window.restored")
    return restored


@pytest.mark.parametrize("denial", [f"trimtab.consent({NOTHING})", "trimtab.off()"])
def test_a_denial_in_one_tab_restores_the_other_and_wipes_what_it_remembers(
    page: Page, place: Place, denial: str
) -> None:
    share_no_worker(page)
    adapted(page, place)
    page.wait_for_function("trimtab.status().report === 'sealed' && 'trimtab.visit' in sessionStorage")
    # Opened after the tag's own, so it hears each message in the task after the tag's.
    page.evaluate(
        """() => { new BroadcastChannel("trimtab.observe").onmessage = () => {
             window.next = [document.querySelector(".title").innerText, trimtab.status().state] } }"""
    )
    with page.context.new_page() as other:
        open_page(other, f"{place.address}/silent.html")
        other.evaluate(denial)
        page.wait_for_function("window.next")
        assert page.evaluate("window.next") == ["A long title", "off"]
        page.wait_for_function("Object.values(trimtab.status().consent_by).every((by) => by === 'tab')")
        assert stored(page) == ["trimtab.budget"]
    page.wait_for_timeout(500)
    assert page.workers == []

    agree(page)
    wait_for_state(page, "running")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
    page.goto("about:blank")
    page.wait_for_timeout(500)
    assert place.reports() == 0, "the report that was withdrawn is gone, and the day's coins are drawn"


def test_one_denied_capability_takes_that_one_along_and_a_grant_takes_none(page: Page, place: Place) -> None:
    adapted(page, place, observe=True, adapt=True)
    with page.context.new_page() as other:
        other.goto(f"{place.address}/forgetful.html")
        other.wait_for_function("window.trimtab?.status?.().consent.observe")
        agree(other)
        other.evaluate("trimtab.consent({observe: true, adapt: false})")
        page.wait_for_function("trimtab.status().consent_by.adapt === 'tab'")
    status = page.evaluate("trimtab.status()")
    assert page.locator(".title").inner_text() == "A long title"
    assert (status["state"], status["consent"]) == (
        "running",
        {"observe": True, "adapt": False, "remember": False, "share": False},
    )


def test_a_tab_that_was_on_a_page_without_the_tag_at_a_denial_remembers_nothing_of_before(
    page: Page, place: Place
) -> None:
    adapted(page, place)
    page.wait_for_function("trimtab.status().report === 'sealed' && 'trimtab.visit' in sessionStorage")
    page.goto(f"{place.address}/untagged.html")
    with page.context.new_page() as other:
        open_page(other, f"{place.address}/denies.html")
        assert stored(other) == ["trimtab.budget"]
    open_page(page, f"{place.address}/silent.html")
    assert stored(page) == ["trimtab.budget"]
    agree(page)
    assert wait_for_state(page, "running")["resumed"] is False
    assert page.locator(".title").inner_text() == "A long title"


def test_a_denial_on_the_next_page_holds_on_the_one_before(cached: tuple[Page, Place]) -> None:
    page, place = cached
    adapted(page, place, observe=True, adapt=True)
    leave_and_come_back(page, place, "denies")
    assert page.locator(".title").inner_text() == "A long title"
    assert (page.evaluate("trimtab.status().state"), stored(page)) == ("off", [])


def test_a_denial_in_another_tab_holds_on_a_page_in_the_cache(cached: tuple[Page, Place]) -> None:
    page, place = cached
    adapted(page, place)
    page.goto(f"{place.address}/silent.html")
    with page.context.new_page() as other:
        other.goto(f"{place.address}/denies.html")
        other.wait_for_function("window.trimtab?.status?.().consent_by.observe === 'site'")
    page.go_back(wait_until="commit")
    page.wait_for_function("typeof window.trimtab?.status === 'function'")
    assert page.locator(".title").inner_text() == "A long title"
    assert not page.evaluate("trimtab.status().consent.observe")


def test_a_no_to_what_a_page_never_did_leaves_it_in_the_cache(cached: tuple[Page, Place]) -> None:
    page, place = cached
    adapted(page, place, observe=True, adapt=True)
    assert leave_and_come_back(page, place, "forgetful") is True
    assert page.locator(".title").inner_text() == "Short."
    assert page.evaluate("trimtab.status().state") == "running"


def test_a_page_of_the_cache_stops_where_what_it_remembered_is_gone(cached: tuple[Page, Place]) -> None:
    """As in WebKit, whose pages in the cache are told of nothing."""
    page, place = cached
    adapted(page, place, **{**EVERYTHING, "share": False})
    page.evaluate("addEventListener('pagehide', () => localStorage.clear())")
    assert leave_and_come_back(page, place, "silent") is True
    page.wait_for_function("trimtab.status().state === 'off'")
    assert page.locator(".title").inner_text() == "A long title"
    assert stored(page) == []
