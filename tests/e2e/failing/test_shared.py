"""Pages of one origin share a worker, and nothing else: each has a Python of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.driving import BOOT_MS, Place, share_no_worker
from tests.e2e.failing.page import LIGHT, PAGE, SHORT, begin_seeing
from tests.sites import write_site
from tests.trapping import trap_in

POLICY = """
import random

from trimtab import Policy, adjust

site = Policy("broken")
title = site.target("title", ".title")
heard = []


def gone(visitor):
    if visitor.event("go").count:
        heard.append(random.random())
    return visitor.event("look").count >= 1 and len(heard) > 0


site.adjust("short-title", on=title, when=gone, do=adjust.swap("short"))


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"
"""
"""It keeps what it has heard where it should not: in the module."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, LIGHT)


def workers(page: Page) -> list[str]:
    """The names of the shared workers of this browser."""
    browser = page.context.browser
    assert browser
    session = browser.new_browser_cdp_session()
    targets = session.send("Target.getTargets", {"filter": [{"type": "shared_worker"}]})["targetInfos"]
    session.detach()
    return [str(target["title"]) for target in targets]


def begin_worker_with(pack: Path, before: str) -> None:
    """The pack's worker runs this before its own script."""
    (script,) = pack.glob("worker.*.js")
    for twin in pack.glob(f"{script.name}.*"):
        twin.unlink()
    script.write_text(before + script.read_text())


def look(page: Page) -> None:
    page.evaluate("trimtab.event('look')")
    page.evaluate("trimtab.settled()")


def test_two_pages_share_a_worker_and_what_one_does_never_reaches_the_other(
    page: Page, context: BrowserContext, place: Place, site: Path
) -> None:
    begin_seeing(page, place, site)
    page.evaluate("trimtab.event('go')")
    with context.new_page() as other:
        begin_seeing(other, place, site)
        assert len(workers(page)) == 1
        look(other)
        expect(other.locator(".title")).not_to_have_text(SHORT)
        assert other.evaluate("trimtab.log()") == []
    look(page)
    expect(page.locator(".title")).to_have_text(SHORT, timeout=BOOT_MS)
    assert page.evaluate("trimtab.status().fallbacks") == 0


def test_a_trap_in_the_visit_of_one_page_is_none_in_the_others(
    page: Page, context: BrowserContext, place: Place, site: Path, pack: Path, pages: Path
) -> None:
    (pages / "lean.html").write_text(PAGE.replace("<script async", '<script async data-runtime="lean"'))
    begin_worker_with(pack, trap_in(1))
    begin_seeing(page, place, site)
    with context.new_page() as other:  # asks for what may have fallen by now
        begin_seeing(other, replace(place, address=f"{place.address}/lean.html"), site)
        page.evaluate("trimtab.event('go')")
        page.wait_for_function("trimtab.status().fallbacks === 1", timeout=BOOT_MS)
        assert page.evaluate("trimtab.status().runtime") == "stock"
        other.evaluate("trimtab.event('go')")
        look(other)
        expect(other.locator(".title")).to_have_text(SHORT, timeout=BOOT_MS)
        status = other.evaluate("trimtab.status()")
        assert (status["runtime"], status["fallbacks"]) == ("lean", 0)


NO_SPARE = """
const told = new BroadcastChannel("spare");
const instantiate = WebAssembly.instantiate;
let woken = 0;
WebAssembly.instantiate = (module, imports) => {
  const isLight = module instanceof WebAssembly.Module && imports?.env;
  if (!isLight || (woken += 1) !== 2) return instantiate(module, imports);
  told.postMessage("refused");
  return Promise.reject(new RangeError("no memory"));
};
"""
"""The second Python of a worker, which is woken before anybody asks for it, cannot be."""


def test_a_spare_python_that_could_not_be_woken_is_given_to_nobody(
    page: Page, context: BrowserContext, place: Place, site: Path, pack: Path
) -> None:
    begin_worker_with(pack, NO_SPARE)
    page.add_init_script("new BroadcastChannel('spare').onmessage = () => (window.refused = true)")
    begin_seeing(page, place, site)
    page.wait_for_function("window.refused", timeout=BOOT_MS)
    with context.new_page() as other:
        status = begin_seeing(other, place, site)
        assert (status["runtime"], status["fallbacks"], len(workers(page))) == ("lean", 0, 1)


def test_a_page_that_comes_back_goes_on_where_it_was(page: Page, place: Place, site: Path) -> None:
    begin_seeing(page, place, site)
    page.evaluate("trimtab.event('go')")
    page.evaluate("trimtab.settled()")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    look(page)
    expect(page.locator(".title")).to_have_text(SHORT, timeout=BOOT_MS)
    assert page.evaluate("trimtab.status().fallbacks") == 0


def test_a_browser_without_shared_workers_has_one_for_the_page(page: Page, place: Place, site: Path) -> None:
    share_no_worker(page)
    status = begin_seeing(page, place, site)
    assert (status["runtime"], len(page.workers), workers(page)) == ("lean", 1, [])
