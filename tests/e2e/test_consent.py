"""Consent that holds: nothing before a yes, no more than was agreed to, and everything undone after a no."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.driving import EVERYTHING, Place, agree, begin, open_page, share_no_worker, wait_for_state
from tests.sites import lean_toml, write_pages, write_site

PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script async src="/consent/trimtab.js"></script></head>
<body><h1 class="title">A long title<template data-trimtab-variant="short">Short.</template></h1>
<input class="field" aria-label="field"><p class="story">{"word " * 2000}</p></body></html>
"""
POLICY = """
from trimtab import Policy, adjust

site = Policy("consent", holdout=0.001, typing=True)
title = site.target("title", ".title")
field = site.target("field", ".field")
site.adjust("short-title", on=title, when=lambda visitor: visitor.event("go").count >= 1, do=adjust.swap("short"))


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"
"""
LISTENERS = """
window.heard = [];
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, ...rest) {
  if (new Error().stack.includes("trimtab.js")) window.heard.push(type);
  return listen.call(this, type, ...rest);
};
"""
TRAPS = """
window.peeked = [];
for (const [type, names] of [[KeyboardEvent, ["key", "code", "keyCode", "charCode"]], [InputEvent, ["data"]],
                             [HTMLInputElement, ["value"]]]) {
  for (const name of names) {
    const real = Object.getOwnPropertyDescriptor(type.prototype, name);
    if (!real) continue;
    Object.defineProperty(type.prototype, name, { ...real, get() {
      if (new Error().stack.includes("trimtab.js")) window.peeked.push(name);
      return real.get.call(this);
    } });
  }
}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("consent"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {"index.html": PAGE})


def stored(page: Page) -> list[str]:
    keys: list[str] = page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage)).sort()")
    return keys


def test_before_consent_there_is_no_listener_no_storage_and_no_request_but_the_tag(page: Page, place: Place) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url.removeprefix(place.address)))
    page.add_init_script(LISTENERS)
    open_page(page, place.address)
    page.mouse.move(200, 200)
    page.mouse.wheel(0, 300)
    page.keyboard.press("a")
    page.wait_for_timeout(1500)
    assert requests == ["/", "/consent/trimtab.js"]
    assert page.evaluate("window.heard") == []
    assert stored(page) == []
    assert page.context.cookies() == []
    assert page.evaluate("trimtab.status().why") == "no consent to observe"


def test_observing_alone_stores_nothing_and_changes_nothing(page: Page, place: Place) -> None:
    begin(page, place.address, observe=True)
    page.evaluate("trimtab.event('go')")
    page.wait_for_function("trimtab.log().some(entry => entry.reason === 'no-consent-to-adapt')")
    assert page.locator(".title").inner_text() == "A long title"
    assert stored(page) == []
    page.goto("about:blank")
    assert place.reports() == 0


def test_what_is_stored_is_what_was_agreed_to(page: Page, place: Place) -> None:
    begin(page, place.address)
    page.wait_for_function("trimtab.status().report === 'sealed'")
    page.wait_for_function("'trimtab.visit' in sessionStorage")
    assert stored(page) == ["trimtab.budget", "trimtab.sealed", "trimtab.seed", "trimtab.visit"]


def test_global_privacy_control_denies_sharing_whatever_the_site_says(page: Page, place: Place) -> None:
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })")
    open_page(page, place.address)
    agree(page)
    status = wait_for_state(page, "running")
    assert (status["consent"], status["sharing"]) == ({**EVERYTHING, "share": False}, "gpc")
    assert page.evaluate("trimtab.report().then(({ why }) => why)") == "sharing: gpc"
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.")
    assert stored(page) == ["trimtab.seed", "trimtab.visit"]
    page.goto("about:blank")
    page.wait_for_timeout(500)
    assert place.reports() == 0


def test_a_visit_that_a_program_drives_makes_no_report_unless_it_is_asked_for(page: Page, place: Place) -> None:
    page.add_init_script("delete window.trimtab")
    open_page(page, place.address)
    agree(page)
    status = wait_for_state(page, "running")
    assert (status["consent"], status["sharing"]) == ({**EVERYTHING, "share": False}, "webdriver")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
    assert stored(page) == ["trimtab.seed", "trimtab.visit"]
    page.goto("about:blank")
    page.wait_for_timeout(500)
    assert place.reports() == 0


def test_global_privacy_control_that_only_the_worker_is_told_of_makes_no_report(page: Page, place: Place) -> None:
    told = "Object.defineProperty(WorkerNavigator.prototype, 'globalPrivacyControl', { get: () => true });"

    def tell(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"{told}{answer.text()}")

    share_no_worker(page)
    page.route("**/worker.*.js", tell)
    begin(page, place.address)
    page.wait_for_function("'trimtab.budget' in localStorage")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
    assert page.evaluate("trimtab.status().report") == "none"
    page.goto("about:blank")
    page.wait_for_timeout(500)
    assert place.reports() == 0


def test_withdrawal_restores_the_page_forgets_seed_and_report_and_stops_everything(page: Page, place: Place) -> None:
    share_no_worker(page)
    open_page(page, place.address)
    before = page.evaluate("document.querySelector('.title').outerHTML")
    agree(page)
    wait_for_state(page, "running")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.")
    page.wait_for_function("trimtab.status().report === 'sealed'")
    at_once = page.evaluate(
        "trimtab.consent({}), [document.querySelector('.title').outerHTML, Object.keys(localStorage).join()]"
    )
    assert at_once == [before, "trimtab.budget"], "in the same task; the days of reports stay, so that one a day holds"
    page.wait_for_function("trimtab.status().state === 'off'")
    said = "(({ segments, arm, adjustments }) => [trimtab.log(), segments, arm, adjustments])(trimtab.status())"
    told = page.evaluate(said)
    assert told == [[], [], None, [{"name": "short-title", "state": "idle", "reason": ""}]]
    page.wait_for_timeout(500)
    assert page.workers == []
    page.goto("about:blank")
    page.wait_for_timeout(1000)
    assert place.reports() == 0


def test_a_visitor_who_agrees_again_is_served_again(page: Page, place: Place) -> None:
    open_page(page, place.address)
    for _ in range(2):
        agree(page)
        wait_for_state(page, "running")
        page.evaluate("trimtab.event('go')")
        expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
        page.evaluate("trimtab.consent({})")
        assert page.locator(".title").inner_text() == "A long title"


def test_a_site_that_answers_nothing_first_makes_one_report_and_keeps_the_arm(page: Page, place: Place) -> None:
    seeds = set()
    for _ in range(3):
        open_page(page, place.address)
        page.evaluate("trimtab.consent({})")
        agree(page)
        wait_for_state(page, "running")
        page.wait_for_function("trimtab.status().report !== 'none'")
        seeds.add(page.evaluate("localStorage.getItem('trimtab.seed')"))
        page.goto("about:blank")
        page.wait_for_timeout(1500)
    assert place.reports() == 1
    assert len(seeds) == 1


def test_saying_no_and_yes_again_makes_no_second_report(page: Page, place: Place) -> None:
    open_page(page, place.address)
    agree(page)
    page.wait_for_function("trimtab.status().report === 'sealed'", timeout=60_000)
    page.evaluate("trimtab.consent({}), localStorage.removeItem('trimtab.budget')")
    agree(page)
    wait_for_state(page, "running")
    page.wait_for_timeout(1500)
    status = page.evaluate("trimtab.status()")
    assert status["report"] == "none"
    assert "has drawn" in status["report_why"]
    assert stored(page) == ["trimtab.seed", "trimtab.visit"]
    page.goto("about:blank")
    page.wait_for_timeout(1000)
    assert place.reports() == 0


def test_typed_characters_are_never_read(page: Page, place: Place) -> None:
    page.add_init_script(TRAPS)
    begin(page, place.address)
    page.locator(".field").click()
    page.keyboard.type("secret", delay=60)
    page.keyboard.press("Backspace")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.peeked") == []
    assert page.evaluate("[document.querySelector('.field').value, window.peeked.length]") == ["secre", 0]


def test_a_second_visit_on_the_same_day_makes_no_second_report(page: Page, place: Place) -> None:
    for visit in range(2):
        begin(page, place.address)
        expected = "sealed" if visit == 0 else "spent"
        page.wait_for_function("expected => trimtab.status().report === expected", arg=expected)
        why = "" if visit == 0 else "1 report a day, and today's is made"
        assert page.evaluate("trimtab.status().report_why") == why
        page.goto("about:blank")
        page.wait_for_timeout(1500)
    assert place.reports() == 1
