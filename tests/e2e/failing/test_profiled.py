"""The profiled runtime on real pages: it wakes and decides, and where a function is missing the lean one goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.driving import BOOT_MS, Place
from tests.e2e.failing.page import PAGE, SHORT, begin_seeing
from tests.sites import write_site

POLICY = """
import sys
from trimtab import Policy, adjust

site = Policy("broken")
title = site.target("title", ".title")


def shown(visitor):
    if visitor.event("odd").count == 40 and sys.platform == "emscripten":
        sys.addaudithook(lambda event, given: None)
    return visitor.event("go").count >= 1


site.adjust("short-title", on=title, when=shown, do=adjust.swap("short"))
"""
"""Nobody who is made up is as odd, and no test of a module that a policy may import adds such a hook."""

ODD = "for (let times = 0; times < 40; times += 1) trimtab.event('odd')"
FALLEN = "trimtab.status().fallbacks === 1"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, '[site]\nname = "broken"\nruntime = "profiled"\n')


def test_the_profiled_runtime_wakes_and_decides(page: Page, place: Place, site: Path) -> None:
    status = begin_seeing(page, place, site)
    assert (status["runtime"], status["fallbacks"]) == ("profiled", 0)
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text(SHORT, timeout=BOOT_MS)
    assert page.evaluate("trimtab.status().errors") == 0


def test_where_a_function_is_missing_the_lean_runtime_goes_on_and_decides_as_if_nothing_had_happened(
    page: Page, place: Place, site: Path
) -> None:
    begin_seeing(page, place, site)
    page.evaluate(ODD)
    page.wait_for_function(FALLEN, timeout=BOOT_MS)
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text(SHORT, timeout=BOOT_MS)
    status = page.evaluate("trimtab.status()")
    assert (status["state"], status["runtime"]) == ("running", "lean")
    assert page.evaluate("localStorage.getItem('trimtab.failed').split(':')[1]") == "0"  # it says nothing of the device


def test_a_page_of_the_same_day_begins_with_the_lean_runtime(page: Page, place: Place, site: Path) -> None:
    begin_seeing(page, place, site)
    page.evaluate(ODD)
    page.wait_for_function(FALLEN, timeout=BOOT_MS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    status = begin_seeing(page, place, site)
    assert (status["runtime"], status["fallbacks"]) == ("lean", 0)
    assert not [name for name in asked if name.startswith("profiled.")]
    page.evaluate(ODD)
    page.evaluate("trimtab.settled()")
    assert page.evaluate("trimtab.status().fallbacks") == 0


def test_pages_that_ask_for_different_runtimes_share_nothing(
    page: Page, context: BrowserContext, place: Place, site: Path, pages: Path
) -> None:
    (pages / "lean.html").write_text(PAGE.replace("<script async", '<script async data-runtime="lean"'))
    begin_seeing(page, place, site)
    with context.new_page() as other:
        status = begin_seeing(other, replace(place, address=f"{place.address}/lean.html"), site)
        assert status["runtime"] == "lean"
        for each in (page, other):
            each.evaluate(ODD)
        page.wait_for_function(FALLEN, timeout=BOOT_MS)
        other.evaluate("trimtab.settled()")
        assert other.evaluate("trimtab.status().fallbacks") == 0
