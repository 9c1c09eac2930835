"""The panel as its visitor meets it: with a keyboard, a screen reader, a phone, in German, under a strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.axe import faults, focused
from tests.e2e.driving import Place, agree, begin, open_page, see_everything
from tests.sites import lean_toml, write_pages, write_site
from trimtab_bundler.browsing import REPORTING

STRICT = (
    "default-src 'none'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "connect-src 'self'; worker-src 'self'"
)
TRUSTED = "; require-trusted-types-for 'script'; trusted-types trimtab"
PAGE = """<!doctype html>
<html lang="LANG"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="CSP">
<script async src="/panel/trimtab.js"></script></head>
<body><main><h1 class="title">A long title</h1>
<trimtab-panel><button>What adapts here?</button></trimtab-panel>
<trimtab-panel><button>In our words</button><script type="application/json">
{"title": "Our own title", "names": {"short-title": "the shorter title"}}</script></trimtab-panel>
</main></body></html>
"""
POLICY = """
from trimtab import Policy, adjust, seconds

site = Policy("panel", holdout=0.001)
title = site.target("title", ".title")


@site.segment(enter_after=seconds(0), leave_after=seconds(0))
def eager_reader(visitor):
    return visitor.event("go").count >= 1


site.adjust("short-title", on=title, when=eager_reader, do=adjust.text("Short."))


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("panel"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    kinds = (("index", "en", STRICT), ("de", "de-AT", STRICT), ("trusted", "en", STRICT + TRUSTED))
    pages = {f"{name}.html": PAGE.replace("LANG", lang).replace("CSP", csp) for name, lang, csp in kinds}
    return write_pages(tmp_path / "pages", pages)


def visit(page: Page, place: Place, site: Path, path: str = "") -> Page:
    """A visit in which everything was agreed to and one change is on the page."""
    see_everything(page, site)
    begin(page, f"{place.address}/{path}")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=30_000)
    page.evaluate("trimtab.settled()")
    assert page.evaluate("trimtab.report().then(({ answer }) => answer)") == "went"
    return page


def open_panel(page: Page) -> Locator:
    page.get_by_role("button", name="What adapts here?").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def test_before_it_is_asked_for_nothing_of_it_is_loaded(page: Page, place: Place) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    open_page(page, place.address)
    assert not [url for url in requests if "panel." in url]
    open_panel(page)
    assert len([url for url in requests if "panel." in url]) == 1


def test_it_opens_before_any_consent_under_a_strict_policy_with_trusted_types(
    page: Page, place: Place, console: list[str]
) -> None:
    open_page(page, f"{place.address}/trusted.html")
    dialog = open_panel(page)
    expect(dialog).to_contain_text("Nothing: you have not allowed it.")
    expect(dialog).to_contain_text("Nothing: you have not agreed to share.")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert console == []


def test_it_says_what_was_noticed_changed_and_would_be_shared(
    page: Page, place: Place, site: Path, console: list[str]
) -> None:
    dialog = open_panel(visit(page, place, site))
    expect(dialog.get_by_role("region", name="What was noticed")).to_contain_text("eager reader")
    changed = dialog.get_by_role("region", name="What was changed")
    expect(changed).to_contain_text("short title")
    expect(changed).to_contain_text("On the page now")
    changed.get_by_text("Why?").click()
    expect(changed).to_contain_text("you were taken for “eager reader”")
    shared = dialog.get_by_role("region", name="What would be shared next")
    report = page.evaluate("trimtab.report()")
    expect(shared).to_contain_text("“went”. The possible answers are none, went.")
    expect(shared.get_by_role("definition").first).to_contain_text("went")
    expect(shared.get_by_role("definition").last).to_contain_text(report["told"][0])
    expect(shared).to_contain_text("89 of 100 cases")
    expect(shared).to_contain_text("(ε 2.08)")
    expect(shared).to_contain_text("“everyone”")
    expect(shared).to_contain_text("0 more within thirty days")
    assert console == []


def test_a_change_is_taken_back_by_keyboard_and_said_politely(page: Page, place: Place, site: Path) -> None:
    visit(page, place, site)
    page.get_by_role("button", name="What adapts here?").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="How this page adapts to you")
    expect(dialog).to_be_visible()
    assert focused(page) == "How this page adapts to you"
    for _ in range(2):
        page.keyboard.press("Tab")
    assert focused(page) == "Undo"
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("short title is taken back.")
    expect(page.locator(".title")).to_have_text("A long title")
    assert focused(page) == "Why?", "the button is gone, and the focus is still in the panel"
    expect(dialog).to_contain_text("You took it back; it does not come again in this visit")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert focused(page) == "What adapts here?"


def test_the_focus_stays_inside_and_the_panel_opens_again(page: Page, place: Place) -> None:
    open_page(page, place.address)
    for _ in range(2):
        dialog = open_panel(page)
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.localName") in ("trimtab-sheet", "body")
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)


def test_the_visitor_allows_and_denies_each_thing_by_itself(page: Page, place: Place, site: Path) -> None:
    dialog = open_panel(visit(page, place, site))
    share, adapt = (dialog.get_by_role("switch", name=name) for name in ("Share one", "Change small"))
    expect(share).to_be_checked()
    share.press("Space")
    expect(dialog.get_by_role("status")).to_have_text("No longer allowed: Share one noised answer a day")
    expect(dialog).to_contain_text("Nothing: you have not agreed to share.")
    assert page.evaluate("trimtab.status().consent") == {
        "observe": True, "adapt": True, "remember": True, "share": False
    }  # fmt: skip
    assert "trimtab.sealed" not in page.evaluate("Object.keys(localStorage)")
    adapt.press("Space")
    expect(page.locator(".title")).to_have_text("A long title")
    dialog.get_by_role("switch", name="Notice how").press("Space")
    expect(adapt).to_be_disabled()
    expect(dialog).to_contain_text("Nothing: you have not allowed it.")
    assert page.evaluate("trimtab.status().state") == "off"


def test_a_browser_that_asks_not_to_share_cannot_be_overruled_by_mistake(page: Page, place: Place) -> None:
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })")
    open_page(page, place.address)
    agree(page)
    dialog = open_panel(page)
    expect(dialog.get_by_role("switch", name="Notice how")).to_be_checked()
    expect(dialog.get_by_role("switch", name="Share one")).to_be_disabled()
    why = dialog.get_by_text("Your browser asks pages not to share (Global Privacy Control).")
    expect(why).to_have_count(2)  # beside the switch, and where the next report would stand


def test_that_programs_do_not_share_is_said_in_the_language_of_the_page(page: Page, place: Place) -> None:
    page.add_init_script("delete window.trimtab")
    begin(page, f"{place.address}/de.html")
    dialog = open_panel(page)
    expect(dialog.get_by_role("switch", name="Eine verrauschte Antwort")).to_be_disabled()
    expect(dialog.get_by_text("Ein Programm steuert diesen Browser, und Programme teilen nichts.")).to_have_count(2)


def test_off_restores_the_page_and_says_so(page: Page, place: Place, site: Path) -> None:
    dialog = open_panel(visit(page, place, site))
    dialog.get_by_role("button", name="Switch it off").click()
    expect(page.locator(".title")).to_have_text("A long title")
    expect(dialog).to_contain_text("Nothing: it is off until the page is loaded again.")
    for switch in dialog.get_by_role("switch").all():
        expect(switch).to_be_disabled()


def test_it_speaks_the_language_of_the_page(page: Page, place: Place, site: Path) -> None:
    dialog = open_panel(visit(page, place, site, "de.html"))
    expect(dialog).to_contain_text("Wie diese Seite sich Ihnen anpasst")
    assert page.locator("trimtab-sheet").get_attribute("lang") == "de"
    dialog.get_by_text("Warum?").click()
    expect(dialog).to_contain_text("galten Sie als „eager reader“")
    expect(dialog).to_contain_text("(ε 2,08)")


def test_a_site_gives_its_own_words(page: Page, place: Place, site: Path) -> None:
    visit(page, place, site)
    page.get_by_role("button", name="In our words").click()
    dialog = page.get_by_role("dialog", name="Our own title")
    expect(dialog).to_contain_text("the shorter title")
    dialog.get_by_text("Why?").click()
    expect(dialog).to_contain_text("the shorter title had to wait")
    page.keyboard.press("Escape")
    page.evaluate("trimtab.panel({ lang: 'fr', title: 'Ce qui change', close: 'Fermer' })")
    expect(page.get_by_role("dialog", name="Ce qui change")).to_be_visible()
    assert page.locator("trimtab-sheet").get_attribute("lang") == "fr"


@pytest.fixture(params=["desktop", "phone", "dark phone", "forced colours"])
def seen_on(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    width, height = (1280, 800) if request.param == "desktop" else (360, 740)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if "dark" in request.param else "light",
        forced_colors="active" if "forced" in request.param else "none",
        reduced_motion="reduce",
    )
    context.add_init_script(REPORTING)
    yield context
    context.close()


def test_axe_finds_no_fault_and_nothing_is_cut_off(seen_on: BrowserContext, place: Place, site: Path) -> None:
    page = visit(seen_on.new_page(), place, site)
    dialog = open_panel(page)
    dialog.get_by_text("Why?").click()
    expect(dialog).to_contain_text("you were taken for")
    assert faults(page) == []
    assert page.evaluate(
        "() => { const { scrollWidth, clientWidth } = document.querySelector('trimtab-sheet').shadowRoot"
        ".querySelector('dialog'); return scrollWidth - clientWidth; }"
    ) == 0  # fmt: skip
    assert page.evaluate("document.querySelector('trimtab-sheet').shadowRoot.getAnimations().length") == 0
