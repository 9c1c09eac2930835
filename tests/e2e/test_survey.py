"""The survey as its visitor meets it: asked once, moving nothing, by keyboard, in German, under a strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.axe import faults, focused
from tests.e2e.driving import BOOT_MS, EVERYTHING, Place, agree, begin, open_page, wait_for_report, wait_for_state
from tests.sites import lean_toml, write_pages, write_site
from trimtab_bundler.browsing import REPORTING

STRICT = (
    '<meta http-equiv="Content-Security-Policy" content="'
    "default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
    "worker-src 'self'; require-trusted-types-for 'script'; trusted-types trimtab\">"
)
PAGE = """<!doctype html>
<html lang="LANG"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">
CSP
<link rel="stylesheet" href="site.css"><script async src="/asking/trimtab.js"></script></head>
<body><main><h1>A page</h1>BODY</main></body></html>
"""
STYLE = """
.tall { height: 3000px; }
.roomy { display: block; min-height: 20em; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } }
"""
HERE = "<trimtab-survey></trimtab-survey><p>What comes after it.</p>"
OURS = """<trimtab-survey><script type="application/json">{"lang": "fr", "question": "Et cette page ?"}</script>
</trimtab-survey>"""
BODIES = {
    "index": f'<div class="tall"></div>{HERE}',
    "here": HERE,
    "roomy": '<trimtab-survey class="roomy"></trimtab-survey><p>What comes after it.</p>',
    "two": f'<div class="tall"></div>{HERE}{HERE}',
    "other": f'<div class="tall"></div>{HERE.replace("-survey>", "-survey question=other>", 1)}',
    "ours": f'<div class="tall"></div>{OURS}',
    "none": '<div class="tall"></div>',
}
POLICY = """
from trimtab import Policy

site = Policy("asking", holdout=0.001, built_in=["satisfaction"])
"""
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) shifted += value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("asking"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    kinds = [(name, "en", "", body) for name, body in BODIES.items()]
    kinds += [("de", "de-CH", "", BODIES["index"]), ("strict", "en", STRICT, BODIES["index"])]
    pages = {
        f"{name}.html": PAGE.replace("LANG", lang).replace("CSP", csp).replace("BODY", body)
        for name, lang, csp, body in kinds
    }
    return write_pages(tmp_path / "pages", {**pages, "site.css": STYLE})


def visit(page: Page, place: Place, path: str = "") -> Locator:
    """A visit that shares, and whose report is sealed. Gives the buttons of whatever survey is there."""
    page.add_init_script(SHIFTS)
    begin(page, f"{place.address}/{path}")
    page.wait_for_function("trimtab.status().report === 'sealed'")
    return page.locator("trimtab-survey").get_by_role("button")


def sees(page: Page, place: Place, path: str = "") -> Locator:
    """A visit that has gone to where it is asked. Gives the group."""
    buttons = visit(page, place, path)
    expect(buttons).to_have_count(6)
    group = page.locator("trimtab-survey").get_by_role("group")
    group.scroll_into_view_if_needed()
    page.wait_for_function("localStorage.getItem('trimtab.asked') !== null")
    return group


def next_day(page: Page, place: Place, *, path: str = "") -> Locator:
    """The same device, as if it had never made a report: only what it was asked is still there."""
    page.goto("about:blank")
    wait_for_report(page, place)
    open_page(page, f"{place.address}/none.html")
    page.evaluate("localStorage.removeItem('trimtab.budget')")
    return visit(page, place, path)


def test_nothing_of_it_is_loaded_for_who_does_not_share(page: Page, place: Place) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    begin(page, place.address, **{**EVERYTHING, "share": False})
    page.evaluate("trimtab.settled()")
    assert not [url for url in requests if "/survey." in url]
    assert page.evaluate("document.querySelector('trimtab-survey').shadowRoot") is None
    agree(page)
    expect(page.locator("trimtab-survey").get_by_role("button")).to_have_count(6)
    assert len([url for url in requests if "/survey." in url]) == 1


def test_it_asks_under_a_strict_policy_with_trusted_types(page: Page, place: Place, console: list[str]) -> None:
    open_page(page, f"{place.address}/strict.html")
    agree(page)
    buttons = page.locator("trimtab-survey").get_by_role("button")
    expect(buttons).to_have_count(6, timeout=BOOT_MS)
    buttons.last.click()
    expect(page.locator("trimtab-survey").get_by_role("group")).to_have_text("Thank you.")
    assert console == []


def test_what_is_answered_is_what_the_report_is_about_and_nothing_moves(page: Page, place: Place) -> None:
    group = sees(page, place)
    assert page.evaluate("document.activeElement.localName") == "body", "it takes no focus"
    after = page.get_by_text("What comes after it.")
    before = after.bounding_box()
    group.get_by_role("button", name="4 of 5").click()
    expect(group).to_have_text("Thank you.")
    assert focused(page) == "Thank you."
    assert after.bounding_box() == before
    page.evaluate("trimtab.settled()")
    report = page.evaluate("trimtab.report()")
    assert (report["question"], report["answer"]) == ("satisfaction", "4")
    assert page.evaluate("shifted") == 0


def test_it_waits_for_where_nothing_in_view_moves_or_for_the_room_that_the_page_has_kept(
    page: Page, place: Place
) -> None:
    buttons = visit(page, place, "here.html")
    page.evaluate("trimtab.settled()")
    page.wait_for_function("customElements.get('trimtab-survey') !== undefined")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    expect(buttons).to_have_count(0)
    assert page.evaluate("[shifted, localStorage.getItem('trimtab.asked')]") == [0, None]
    page.evaluate("document.querySelector('trimtab-survey').className = 'roomy'")
    page.evaluate("scrollTo(0, 0), document.querySelector('h1').style.marginBlockEnd = '2000px'")
    expect(buttons).to_have_count(6)
    page.goto("about:blank")

    roomy = next_day(page, place, path="roomy.html")
    expect(roomy).to_have_count(6)
    page.wait_for_function("localStorage.getItem('trimtab.asked') === 'satisfaction'")
    assert page.evaluate("shifted") == 0


def test_a_device_is_asked_once(page: Page, place: Place) -> None:
    sees(page, place)
    assert page.evaluate("localStorage.getItem('trimtab.asked')") == "satisfaction"
    buttons = next_day(page, place)
    page.evaluate("trimtab.settled()")
    expect(buttons).to_have_count(0)
    assert page.evaluate("document.querySelector('trimtab-survey').shadowRoot") is None


def test_who_has_not_seen_it_is_asked_again(page: Page, place: Place) -> None:
    expect(visit(page, place)).to_have_count(6)
    assert page.evaluate("localStorage.getItem('trimtab.asked')") is None
    expect(next_day(page, place)).to_have_count(6)


@pytest.mark.parametrize("how", ["button", "Escape"])
def test_it_can_be_waved_away(page: Page, place: Place, how: str) -> None:
    group = sees(page, place)
    if how == "button":
        group.get_by_role("button", name="No answer").click()
    else:
        group.get_by_role("button", name="2 of 5").focus()
        page.keyboard.press("Escape")
    expect(group).to_have_count(0)
    page.evaluate("document.querySelector('main').append(document.createElement('trimtab-survey'))")
    page.evaluate("trimtab.settled()")
    expect(page.locator("trimtab-survey").get_by_role("button")).to_have_count(0)
    assert page.evaluate("trimtab.report().then(({ answer }) => answer)") == "none"


def test_by_keyboard(page: Page, place: Place) -> None:
    group = sees(page, place)
    names = []
    for _ in range(6):
        page.keyboard.press("Tab")
        inner = "document.activeElement.shadowRoot.activeElement"
        names.append(page.evaluate(f"{inner}.ariaLabel"))
    assert names == ["No answer", "1 of 5, Poor", "2 of 5", "3 of 5", "4 of 5", "5 of 5, Excellent"]
    page.keyboard.press("Enter")
    expect(group).to_have_text("Thank you.")
    page.evaluate("trimtab.settled()")
    assert page.evaluate("trimtab.report().then(({ answer }) => answer)") == "5"


@pytest.mark.parametrize("denied", ["share", "observe"])
def test_a_denial_takes_it_back_at_once_with_what_was_stored(page: Page, place: Place, denied: str) -> None:
    sees(page, place)
    left = page.evaluate(
        "consent => { trimtab.consent(consent);"
        " return document.querySelector('trimtab-survey').shadowRoot.childElementCount; }",
        {**EVERYTHING, denied: False},
    )
    assert left == 0
    assert page.evaluate("localStorage.getItem('trimtab.asked')") is None
    agree(page)
    wait_for_state(page, "running")
    page.evaluate("trimtab.settled()")
    expect(page.locator("trimtab-survey").get_by_role("button")).to_have_count(0)


def test_of_two_places_one_asks_and_a_late_one_may(page: Page, place: Place) -> None:
    expect(visit(page, place, "two.html")).to_have_count(6)
    page.evaluate("document.querySelector('trimtab-survey').remove()")
    page.evaluate("document.querySelector('main').append(document.querySelector('trimtab-survey'))")
    expect(page.locator("trimtab-survey").get_by_role("button")).to_have_count(6)


def test_another_question_is_not_asked_and_a_page_without_a_place_asks_nothing(page: Page, place: Place) -> None:
    buttons = visit(page, place, "other.html")
    page.wait_for_function("customElements.get('trimtab-survey') !== undefined")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    expect(buttons).to_have_count(0)


def test_it_speaks_the_language_of_the_page_or_the_words_of_the_site(page: Page, place: Place) -> None:
    expect(sees(page, place, "de.html")).to_contain_text("Wie war diese Seite für Sie?")
    page.evaluate("localStorage.removeItem('trimtab.asked')")
    page.goto("about:blank")
    group = next_day(page, place, path="ours.html").first.locator("xpath=ancestor::*[@role='group']")
    expect(group).to_contain_text("Et cette page ?")
    assert group.get_attribute("lang") == "fr"


@pytest.fixture(params=["desktop", "phone", "dark phone", "forced colours"])
def seen_on(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    width, height = (1280, 800) if request.param == "desktop" else (360, 740)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if "dark" in request.param else "light",
        forced_colors="active" if "forced" in request.param else "none",
    )
    context.add_init_script(REPORTING)
    yield context
    context.close()


def test_axe_finds_no_fault_and_nothing_is_cut_off(seen_on: BrowserContext, place: Place) -> None:
    page = seen_on.new_page()
    group = sees(page, place)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    group.get_by_role("button", name="3 of 5").click()
    expect(group).to_have_text("Thank you.")
    assert faults(page) == []
