"""Consent managers as they are in the world: the IAB's own code from npm, Google's commands, ones that misbehave."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.driving import Place, agree, open_page, wait_for_state
from tests.e2e.managing import bundle_manager
from tests.sites import write_pages, write_site
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import gather
from trimtab_bundler.progress import Progress

TOML = """[site]
name = "asks"
runtime = "lean"

[consent.tcf]
[consent.gpp]
[consent.google]
"""
POLICY = """
from trimtab import Policy, adjust

site = Policy("asks", holdout=0.001)
title = site.target("title", ".title")
site.adjust("short-title", on=title, when=lambda visitor: visitor.event("go").count >= 1, do=adjust.swap("short"))


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"
"""
HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'
TITLE = '<h1 class="title">A long title<template data-trimtab-variant="short">Short.</template></h1>'
BODY = f"</head><body>{TITLE}</body></html>"
TAG = '<script async src="/asks/trimtab.js"></script>'
TAG_FIRST = '<script src="/asks/trimtab.js"></script>'
GTAG = "<script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) }</script>"
HEADS = {
    "tcf": f'<script src="/tcf.js"></script><script>manager.stub()</script>{TAG}',
    "tcf-late": f'{TAG_FIRST}<script src="/tcf.js"></script><script>manager.stub(), manager.load()</script>',
    "gpp": f'<script src="/gpp.js"></script><script>manager.load()</script>{TAG}',
    "google": f"{GTAG}{TAG}",
    "plain": TAG,
    "own": f"<script>window.__tcfapi = (command, version, tell) => (window.tell = tell)</script>{TAG}",
    "throws": f"<script>window.__tcfapi = window.__gpp = () => {{ throw new Error('broken') }}</script>{TAG}",
}
MOST = ["observe", "adapt", "remember"]
ALL = [*MOST, "share"]

type Go = Callable[[str], Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, TOML)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    packages = gather(Cache.of_user(), Progress(sys.stderr))
    managers = {f"{name}.js": bundle_manager(packages, name) for name in ("tcf", "gpp")}
    pages = {f"{name}.html": HEAD + head + BODY for name, head in HEADS.items()}
    return write_pages(tmp_path_factory.mktemp("pages"), managers | pages)


@pytest.fixture
def go(page: Page, place: Place) -> Go:
    """Opens one of the pages, and gives it once the tag is there."""

    def start(name: str) -> Page:
        open_page(page, f"{place.address}/{name}.html")
        return page

    return start


def granted(page: Page) -> list[str]:
    consent: dict[str, bool] = page.evaluate("trimtab.status().consent")
    return [capability for capability in ALL if consent[capability]]


def decided_by(page: Page) -> dict[str, str]:
    by: dict[str, str] = page.evaluate("trimtab.status().consent_by")
    return by


def stored(page: Page) -> list[str]:
    keys: list[str] = page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage)).sort()")
    return keys


def says(page: Page, script: str) -> list[str]:
    """What is granted in the very task in which somebody says something."""
    return [*page.evaluate(f"{script}, Object.entries(trimtab.status().consent).filter(([, y]) => y).map(([c]) => c)")]


def test_a_stub_behind_which_nobody_comes_is_no_consent(go: Go) -> None:
    page = go("tcf")
    page.wait_for_timeout(1000)
    assert (granted(page), set(decided_by(page).values()), stored(page)) == ([], {""}, [])
    assert (page.workers, page.evaluate("trimtab.status().errors")) == ([], 0)


@dataclass(frozen=True)
class Speaker:
    """Who speaks about consent: on which page, what comes first, and how it says yes and no to everything."""

    page: str
    first: str
    yes: str
    no: str
    keeps: str = "trimtab.budget"
    """The keys that are left after its no."""


SPEAKERS = {
    "visitor": Speaker(
        "plain",
        "void 0",
        "trimtab.choose({observe: true, adapt: true, remember: true, share: true})",
        "trimtab.choose({observe: false, adapt: false, remember: false, share: false})",
        "trimtab.budget,trimtab.choice",
    ),
    "site": Speaker(
        "plain",
        "void 0",
        "trimtab.consent({observe: true, adapt: true, remember: true, share: true})",
        "trimtab.consent({})",
    ),
    "tcf": Speaker("tcf", "manager.load(), manager.ask()", "manager.answer([1, 6, 8])", "manager.answer([])"),
    "gpp": Speaker("gpp", "manager.signal('ready')", "manager.europe([1, 6, 8])", "manager.europe([])"),
    "google": Speaker(
        "google",
        "gtag('consent', 'default', {personalization_storage: 'denied', analytics_storage: 'denied'})",
        "gtag('consent', 'update', {personalization_storage: 'granted', analytics_storage: 'granted'})",
        "gtag('consent', 'update', {personalization_storage: 'denied', analytics_storage: 'denied'})",
    ),
}
LEFT = """[document.querySelector(".title").innerText, trimtab.status().state,
          Object.keys(localStorage).sort().join(), Object.keys(sessionStorage).join()]"""


@pytest.mark.parametrize("name", SPEAKERS)
def test_from_pending_to_granted_to_denied_to_granted(page: Page, go: Go, place: Place, name: str) -> None:
    speaker = SPEAKERS[name]
    go(speaker.page)
    assert says(page, speaker.first) == []
    assert stored(page) == []
    assert says(page, speaker.yes) == ALL
    assert set(decided_by(page).values()) == {name}
    wait_for_state(page, "running")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
    page.wait_for_function("trimtab.status().report === 'sealed' && 'trimtab.visit' in sessionStorage")

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    nothing = ["A long title", "off", speaker.keeps, ""]
    assert page.evaluate(f"trimtab.event('go'), {speaker.no}, {LEFT}") == nothing, "in the middle of a batch, at once"
    page.wait_for_timeout(500)
    assert (page.evaluate(LEFT), asked, page.workers) == (nothing, [], [])

    assert says(page, f"{speaker.yes}, {speaker.no}") == [], "within one task the last word counts"
    assert says(page, f"{speaker.no}, {speaker.yes}") == ALL
    wait_for_state(page, "running")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
    page.goto("about:blank")
    page.wait_for_timeout(500)
    assert place.reports() == 0, "the report that was withdrawn is gone, and the day's coins are drawn"


def test_a_browser_that_begins_to_ask_for_no_sharing_takes_the_report_back_with_the_next_word(
    page: Page, go: Go, place: Place
) -> None:
    go("plain")
    agree(page)
    page.wait_for_function("trimtab.status().report === 'sealed'")
    page.evaluate("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true })")
    agree(page)
    assert granted(page) == MOST
    assert page.evaluate("[trimtab.status().sharing, localStorage.getItem('trimtab.sealed')]") == ["gpc", None]
    page.evaluate("delete navigator.globalPrivacyControl")
    agree(page)
    assert granted(page) == ALL
    page.goto("about:blank")
    page.wait_for_timeout(500)
    assert place.reports() == 0


def test_to_look_at_the_dialogue_again_is_no_no(go: Go) -> None:
    page = go("tcf")
    assert says(page, "manager.load(), manager.answer([1, 6, 8])") == ALL
    assert says(page, "manager.ask([1, 6, 8])") == ALL


def test_tcf_grants_what_its_purposes_say_and_nothing_where_the_law_does_not_apply(go: Go) -> None:
    page = go("tcf")
    page.evaluate("manager.load()")
    assert says(page, "manager.answer([6])") == ["observe", "adapt"]
    assert says(page, "manager.answer([1, 6])") == MOST
    assert says(page, "manager.answer([1, 8])") == ["share"]
    assert says(page, "manager.stayOut()") == []
    assert set(decided_by(page).values()) == {""}


def test_a_manager_that_comes_after_the_tag_is_heard(go: Go) -> None:
    page = go("tcf-late")
    page.wait_for_load_state("load")
    assert says(page, "manager.answer([1, 6])") == MOST


def test_a_no_of_a_manager_holds_against_the_sites_call_and_the_sites_against_the_managers(go: Go) -> None:
    page = go("tcf")
    agree(page)
    assert decided_by(page) == dict.fromkeys(ALL, "site")
    assert says(page, "manager.load(), manager.answer([1, 6])") == MOST
    assert decided_by(page) == {**dict.fromkeys(MOST, "site"), "share": "tcf"}
    assert says(page, "manager.answer([1, 6, 8]), trimtab.consent({observe: true})") == ["observe"]
    assert says(page, "trimtab.off(), manager.answer([1, 6, 8])") == []


def test_a_manager_that_fails_or_lies_takes_its_grant_along(go: Go) -> None:
    page = go("own")
    yes = """tell({eventStatus: "tcloaded", gdprApplies: true, publisher: {consents: {1: true, 6: true}}}, true)"""
    for broken in (
        "tell(null, false)",
        "tell({ get eventStatus() { throw new Error() } }, true)",
        'tell({ eventStatus: "tcloaded", gdprApplies: true, publisher: { get consents() { throw 1 } } }, true)',
        'tell({ eventStatus: "tcloaded", cmpStatus: "error" }, true)',
    ):
        assert says(page, yes) == MOST
        assert says(page, broken) == []
    assert page.evaluate("trimtab.status().errors") == 2


def test_a_manager_that_disappears_leaves_its_last_word_for_this_page_alone(go: Go) -> None:
    page = go("tcf")
    assert says(page, "manager.load(), manager.answer([1, 6]), delete window.__tcfapi") == MOST
    assert says(page, "trimtab.off()") == []
    assert granted(go("plain")) == []


def test_managers_that_throw_are_no_consent_and_no_error_of_the_page(page: Page, go: Go) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    go("throws")
    assert (granted(page), errors, page.evaluate("trimtab.status().errors")) == ([], [], 2)
    agree(page, observe=True)
    assert granted(page) == ["observe"]


def test_gpp_counts_when_it_is_ready_and_pauses_everything_when_it_is_not(go: Go) -> None:
    page = go("gpp")
    assert says(page, "manager.europe([1, 6, 8])") == []
    assert says(page, "manager.signal('ready')") == ALL
    assert set(decided_by(page).values()) == {"gpp"}
    wait_for_state(page, "running")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
    seed = page.evaluate("localStorage.getItem('trimtab.seed')")

    assert says(page, "manager.signal('not ready')") == []
    assert page.locator(".title").inner_text() == "A long title"
    assert page.evaluate("localStorage.getItem('trimtab.seed')") == seed, "a pause is no refusal"
    assert says(page, "manager.signal('ready')") == ALL
    assert says(page, "manager.america('SaleOptOut', 1)") == MOST
    assert says(page, "manager.fail()") == []
    assert stored(page) == ["trimtab.budget"]


def test_google_consent_mode_is_heard_before_and_after_the_page_puts_its_own_push_there(go: Go) -> None:
    page = go("google")
    default = "gtag('consent', 'default', {personalization_storage: 'denied', analytics_storage: 'denied'})"
    assert says(page, default) == []
    assert says(page, "gtag('consent', 'update', {personalization_storage: 'granted'})") == MOST
    page.evaluate(
        """() => { const { push } = dataLayer; window.pushed = 0;
           dataLayer.push = (...entries) => (window.pushed += 1, push.apply(dataLayer, entries)) }"""
    )
    assert says(page, "gtag('consent', 'update', {analytics_storage: 'granted'})") == ALL
    page.evaluate("dataLayer = []")
    assert says(page, "gtag('consent', 'update', {personalization_storage: 'denied'})") == ["share"]
    assert page.evaluate("[pushed, dataLayer.length]") == [1, 1]


def test_google_commands_from_before_the_tag_count(page: Page, go: Go) -> None:
    page.add_init_script(
        "window.dataLayer = [['consent', 'update', {personalization_storage: 'granted', analytics_storage: 'denied'}]]"
    )
    go("google")
    assert granted(page) == MOST
    assert decided_by(page) == dict.fromkeys(ALL, "google")


def test_what_the_visitor_refused_holds_on_the_next_page_and_in_the_other_tab(page: Page, go: Go) -> None:
    go("plain")
    agree(page, observe=True, adapt=True)
    with page.context.new_page() as other:
        other.goto(page.url)
        other.evaluate("localStorage.setItem('trimtab.choice', '-n-n')")
        page.wait_for_function("!trimtab.status().consent.adapt")
    go("plain")
    agree(page)
    assert granted(page) == ["observe", "remember"]
    assert decided_by(page) == {"observe": "site", "adapt": "visitor", "remember": "site", "share": "visitor"}


def test_a_managers_no_in_one_tab_holds_in_the_other_until_its_own_manager_says_yes(page: Page, go: Go) -> None:
    go("tcf")
    assert says(page, "manager.load(), manager.answer([1, 6, 8])") == ALL
    with page.context.new_page() as other:
        other.goto(page.url)
        other.wait_for_function("typeof window.trimtab?.status === 'function'")
        assert says(other, "manager.load(), manager.answer([6, 8])") == ["observe", "adapt"]
    page.wait_for_function("['remember', 'share'].every((one) => trimtab.status().consent_by[one] === 'tab')")
    assert granted(page) == ["observe", "adapt"]
    assert says(page, "manager.answer([1, 6, 8])") == ALL


def test_a_call_that_throws_half_way_leaves_no_grant(go: Go) -> None:
    page = go("plain")
    agree(page)
    status: dict[str, Any] = page.evaluate(
        "trimtab.consent({observe: true, get adapt() { throw new Error() }}), trimtab.status()"
    )
    assert (granted(page), status["state"], status["errors"]) == ([], "off", 1)


def test_a_denial_in_the_middle_of_a_batch_is_followed_by_no_change(go: Go) -> None:
    page = go("plain")
    agree(page, observe=True, adapt=True)
    wait_for_state(page, "running")
    page.wait_for_timeout(2500)  # beyond the page's first moments the decision falls with the event
    page.evaluate("trimtab.event('go'), trimtab.consent({observe: true})")
    page.wait_for_function("trimtab.log().some(entry => 'adjustment' in entry)", timeout=15_000)
    page.wait_for_timeout(500)
    assert page.locator(".title").inner_text() == "A long title"
    agree(page, observe=True, adapt=True)
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
