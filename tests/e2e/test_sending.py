"""Whatever becomes of a page, each device counts at most once a day, and what it could not send goes later.

Each way of ending is tried in browsers that hold a report for the page (`fetchLater`) and in those that do not.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Page, Playwright

from tests.e2e.driving import BOOT_MS, Place, agree, open_page, wait_for_state
from tests.sites import lean_toml, write_pages, write_site
from trimtab.messages import unpack_report
from trimtab_bundler.browsing import REPORTING

POLICY = """
from trimtab import Policy

site = Policy("sending", holdout=0.001)


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"


@site.question(answers=("none", "moved"))
def moved(outcome):
    return "moved" if outcome.event("go").count >= 1 else "none"
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script async src="/sending/trimtab.js"></script></head>
<body><h1>A title</h1><a href="/next.html">Next</a></body></html>
"""
CALENDAR = """
window.days = Number(new URLSearchParams(location.search).get("days"));
const now = Date.now;
Date.now = () => now() + window.days * 86400000;
"""
"""The page lives so many days later than it does."""
NO_LATER = "delete window.fetchLater; delete Window.prototype.fetchLater;"
SETTLE_MS = 700
"""What is sent twice comes at once with the first, or when the next page loads."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("sending"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {"index.html": PAGE, "next.html": "<!doctype html><title>Next</title>"})


@pytest.fixture(params=["held by the browser", "sent when it hides"])
def holds(request: pytest.FixtureRequest) -> bool:
    """Whether the browser has fetchLater."""
    return bool(request.param == "held by the browser")


@pytest.fixture
def tabs(context: BrowserContext, holds: bool) -> BrowserContext:
    """A browser whose calendar the test turns."""
    return prepare(context, holds=holds)


def prepare(context: BrowserContext, *, holds: bool) -> BrowserContext:
    context.add_init_script(REPORTING + CALENDAR + ("" if holds else NO_LATER))
    return context


def visit(tabs: BrowserContext, place: Place, *, days: int = 0) -> Page:
    """Opens a page so many days from now, and the visitor agrees."""
    page = tabs.new_page()
    open_page(page, f"{place.address}/?days={days}")
    agree(page)
    return page


def wait_for_report(page: Page, state: str) -> None:
    page.wait_for_function("state => trimtab.status().report === state", arg=state, timeout=BOOT_MS)


def go(page: Page) -> None:
    """Something happens in the visit, and its report says so."""
    wait_for_state(page, "running")
    page.evaluate("trimtab.event('go')")
    page.evaluate("trimtab.settled()")


def counted(place: Place) -> list[int]:
    """How many reports were counted, day by day."""
    with sqlite3.connect(f"file:{place.data / 'trimtab.sqlite'}?mode=ro", uri=True) as store:
        return [n for (n,) in store.execute("SELECT sum(n) FROM counts GROUP BY day ORDER BY day")]


def expect_counted(watching: Page, place: Place, *reports: int) -> None:
    """So many reports of each day arrive, and no more."""
    for _ in range(100):
        if counted(place) == list(reports):
            break
        watching.wait_for_timeout(100)
    watching.wait_for_timeout(SETTLE_MS)
    assert counted(place) == list(reports)


def crash(page: Page) -> None:
    """The system kills the page's process: no handler runs."""
    with page.expect_event("crash"), contextlib.suppress(Error):
        page.goto("chrome://crash")


def test_a_bounce_of_300_ms_counts_as_any_other_visit(tabs: BrowserContext, place: Place) -> None:
    page = visit(tabs, place)
    page.wait_for_timeout(300)
    page.goto("about:blank")
    expect_counted(page, place, 1)
    again = visit(tabs, place)
    wait_for_report(again, "spent")


def test_python_goes_on_with_what_was_drawn_before_it_ran(tabs: BrowserContext, place: Place) -> None:
    page = visit(tabs, place)
    wait_for_report(page, "sealed")
    early = page.evaluate("[trimtab.status().state, localStorage.getItem('trimtab.sealed')]")
    assert early[0] != "running", "sealed before Python ran"
    go(page)
    late = page.evaluate("localStorage.getItem('trimtab.sealed')")
    first, second = (unpack_report(bytes.fromhex(text.partition(":")[2])) for text in (early[1], late))
    assert (first.id, first.day, first.arm) == (second.id, second.day, second.arm)
    assert first.answer != second.answer, "with two answers and one told, another truth tells the other one"
    page.goto("about:blank")
    expect_counted(page, place, 1)


def test_a_tab_that_a_phone_kills_counts_once(
    browser: Browser, playwright: Playwright, place: Place, holds: bool
) -> None:
    phone: dict[str, Any] = playwright.devices["Pixel 7"]
    with browser.new_context(**phone) as context:
        tabs = prepare(context, holds=holds)
        page = visit(tabs, place)
        wait_for_report(page, "sealed")
        go(page)
        crash(page)
        watching = tabs.new_page()
        expect_counted(watching, place, *([1] if holds else []))

        again = visit(tabs, place)
        wait_for_report(again, "spent")
        again.close(run_before_unload=True)
        expect_counted(watching, place, *([1] if holds else []))

        later = visit(tabs, place, days=1)  # what the tab could not send goes now
        wait_for_report(later, "sealed")
        expect_counted(watching, place, 1)
        later.goto("about:blank")
        expect_counted(watching, place, 1, 1)


def test_a_visit_that_ends_offline_is_counted_later_and_once(tabs: BrowserContext, place: Place) -> None:
    page = visit(tabs, place)
    wait_for_report(page, "sealed")
    go(page)
    tabs.set_offline(True)
    page.goto("about:blank")
    expect_counted(page, place)
    tabs.set_offline(False)

    today = visit(tabs, place)
    wait_for_report(today, "spent")
    today.goto("about:blank")
    expect_counted(today, place)  # another tab may still live the same visit

    tomorrow = visit(tabs, place, days=1)
    wait_for_report(tomorrow, "sealed")
    expect_counted(tomorrow, place, 1)
    tomorrow.goto("about:blank")
    expect_counted(tomorrow, place, 1, 1)


def test_a_visit_over_midnight_counts_for_the_day_it_began(tabs: BrowserContext, place: Place) -> None:
    page = visit(tabs, place)
    wait_for_report(page, "sealed")
    page.evaluate("window.days = 1")
    go(page)
    page.goto("about:blank")
    expect_counted(page, place, 1)

    tomorrow = visit(tabs, place, days=1)
    wait_for_report(tomorrow, "sealed")
    tomorrow.goto("about:blank")
    expect_counted(tomorrow, place, 1, 1)


def test_two_tabs_over_midnight_count_once_for_each_day(tabs: BrowserContext, place: Place) -> None:
    page = visit(tabs, place)
    wait_for_report(page, "sealed")
    page.evaluate("window.days = 1")
    tomorrow = visit(tabs, place, days=1)  # sends what the first tab still holds
    wait_for_report(tomorrow, "sealed")
    wait_for_report(page, "sent")
    go(page)
    page.goto("about:blank")
    tomorrow.goto("about:blank")
    expect_counted(tomorrow, place, 1, 1)


def test_what_was_asked_is_asked_again_after_thirty_days(tabs: BrowserContext, place: Place) -> None:
    for days, state in [(0, "sealed"), (1, "sealed"), (2, "spent"), (29, "spent"), (30, "sealed"), (30, "spent")]:
        page = visit(tabs, place, days=days)
        wait_for_report(page, state)
        page.goto("about:blank")
    budget = page.context.new_page()
    budget.goto(place.address)
    record = json.loads(budget.evaluate("localStorage['trimtab.budget']"))
    assert len(record["days"]) == len(set(record["asked"])) == 2, "the first day has left the record"
    with sqlite3.connect(f"file:{place.data / 'trimtab.sqlite'}?mode=ro", uri=True) as store:
        asked = [each for (each,) in store.execute("SELECT question FROM counts ORDER BY day")]
    assert sorted(asked[:2]) == [0, 1]


def test_ten_tabs_at_once_count_once(tabs: BrowserContext, place: Place) -> None:
    pages = [tabs.new_page() for _ in range(10)]
    for page in pages:
        page.goto(f"{place.address}/?days=0", wait_until="commit")
    for page in pages:
        page.wait_for_function("typeof window.trimtab?.status === 'function'", timeout=BOOT_MS)
        agree(page)
    for page in pages:
        page.wait_for_function("trimtab.status().report !== 'none'", timeout=BOOT_MS)
    states = sorted(page.evaluate("trimtab.status().report") for page in pages)
    assert states == ["sealed", *["spent"] * 9]
    for page in pages[1:]:
        page.close(run_before_unload=True)
    pages[0].goto("about:blank")
    expect_counted(pages[0], place, 1)


def test_a_tab_that_cannot_see_yet_what_another_has_stored_pays_nothing(tabs: BrowserContext, place: Place) -> None:
    first = visit(tabs, place)
    wait_for_report(first, "sealed")
    second = tabs.new_page()
    second.add_init_script("Storage.prototype.getItem = () => null")
    open_page(second, f"{place.address}/?days=0")
    agree(second)
    wait_for_report(second, "spent")
    second.close(run_before_unload=True)
    first.goto("about:blank")
    expect_counted(first, place, 1)


def test_reloads_and_copies_of_a_tab_count_once(tabs: BrowserContext, place: Place) -> None:
    page = visit(tabs, place)
    wait_for_report(page, "sealed")
    wait_for_state(page, "running")
    with page.expect_popup() as opened:
        page.evaluate("void window.open(location.href)")  # with a copy of the tab's own storage
    copy = opened.value
    copy.wait_for_function("typeof window.trimtab?.status === 'function'")
    agree(copy)
    wait_for_report(copy, "spent")
    page.reload()
    page.wait_for_function("typeof window.trimtab?.status === 'function'")
    agree(page)
    wait_for_report(page, "spent")
    copy.goto("about:blank")
    page.goto("about:blank")
    expect_counted(page, place, 1)


def test_a_page_out_of_the_back_forward_cache_counts_once(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], place: Place, holds: bool
) -> None:
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"])
    with browser, browser.new_context() as context:
        tabs = prepare(context, holds=holds)
        tabs.add_init_script("addEventListener('pageshow', event => { window.restored = event.persisted })")
        page = visit(tabs, place)
        wait_for_report(page, "sealed")
        wait_for_state(page, "running")
        page.goto(f"{place.address}/next.html")
        page.go_back(wait_until="commit")
        page.wait_for_function("window.restored !== undefined")
        assert page.evaluate("window.restored") is True
        go(page)
        page.goto("about:blank")
        expect_counted(page, place, 1)
