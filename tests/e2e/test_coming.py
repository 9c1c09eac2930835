"""Between the consent and the visit's script: what is said is kept, a withdrawal holds, and nobody need ever come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.driving import Place, agree, open_page, see_everything, wait_for_state
from tests.sites import lean_toml, write_pages, write_site

POLICY = """
from trimtab import Policy, adjust

site = Policy("coming")
title = site.target("title", ".title")
site.adjust("short-title", on=title, when=lambda visitor: visitor.event("go").count >= 2, do=adjust.swap("short"))
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script async src="/coming/trimtab.js"></script></head>
<body><h1 class="title">A long title<template data-trimtab-variant="short">Short.</template></h1></body></html>
"""

type Release = Callable[[], None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("coming"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {"index.html": PAGE})


@pytest.fixture
def hold(page: Page, place: Place, site: Path) -> Release:
    """A visitor who will see everything is on a page whose visit's script is held back; the function lets it come."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route("**/visit.*.js", keep)
    see_everything(page, site)
    open_page(page, place.address)

    def release() -> None:
        for _ in range(100):
            if held:
                break
            page.wait_for_timeout(100)
        for route in held:
            route.continue_()

    return release


def test_what_the_page_tells_before_the_script_is_there_is_told_when_it_is(
    page: Page, hold: Release, console: list[str]
) -> None:
    agree(page)
    page.evaluate("trimtab.event('go'), trimtab.event('go')")
    status = page.evaluate("trimtab.status()")
    assert (status["state"], status["why"]) == ("waiting", "its script is on the way")
    assert page.evaluate("trimtab.explain()") == ("Nothing can be told: trimtab is waiting (its script is on the way).")
    hold()
    wait_for_state(page, "running")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
    assert console == []


def test_who_withdraws_before_the_script_is_there_is_not_visited(page: Page, hold: Release) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    agree(page)
    page.evaluate("trimtab.event('go'), trimtab.consent({})")
    with page.expect_response("**/visit.*.js"):
        hold()
    page.wait_for_timeout(500)
    status = page.evaluate("trimtab.status()")
    assert (status["state"], status["why"], status["errors"]) == ("off", "no consent to observe", 0)
    assert not [url for url in requests if "worker." in url]
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") <= 1  # the fixture's
    agree(page)
    wait_for_state(page, "running")


def test_a_capability_that_is_withdrawn_before_the_script_is_there_is_denied_to_the_visit(
    page: Page, hold: Release
) -> None:
    agree(page)
    page.evaluate("trimtab.consent({ observe: true, remember: true })")
    hold()
    assert wait_for_state(page, "running")["consent"] == {
        "observe": True,
        "adapt": False,
        "remember": True,
        "share": False,
    }
    page.evaluate("trimtab.event('go'), trimtab.event('go')")
    page.wait_for_function("trimtab.log().some(entry => entry.reason === 'no-consent-to-adapt')")
    assert page.evaluate("document.querySelector('.title').firstChild.textContent") == "A long title"


def test_a_script_that_is_refused_leaves_the_page_alone_and_says_so(
    page: Page, place: Place, site: Path, console: list[str]
) -> None:
    page.route("**/visit.*.js", lambda route: route.abort())
    see_everything(page, site)
    open_page(page, place.address)
    agree(page)
    page.evaluate("trimtab.event('go'), trimtab.undo()")
    page.evaluate("trimtab.ready")
    page.evaluate("trimtab.settled()")
    status = page.evaluate("trimtab.status()")
    assert (status["state"], status["errors"]) == ("stopped", 0)
    assert status["why"].startswith("pack: TypeError")
    assert page.evaluate("trimtab.consent({}), trimtab.status().state") == "off"
    assert len(console) == 1, console  # the browser's own line about what it could not load
