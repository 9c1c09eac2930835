"""What the page before showed is there on the next one before Python runs; with the script in the head before paint."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.bundling import APPS, bundle
from tests.e2e.driving import Place, see_everything, share_no_worker, wait_for_state
from tests.sites import lean_toml, write_pages, write_site
from trimtab_bundler.bundling import Bundler
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import gather
from trimtab_bundler.progress import Progress
from trimtab_bundler.rendering import render_snippet
from trimtab_bundler.tag import bundle_head

POLICY = """
from trimtab import Policy, adjust

site = Policy("again", holdout=0.001)
went = lambda visitor: visitor.event("go").count >= 1 and visitor.event("stay").count == 0
title = site.target("title", ".title")
note = site.target("note", ".note")
site.adjust("short-title", on=title, when=went, do=adjust.swap("short"))
site.adjust("strong-note", on=note, when=went, do=adjust.add_class("strong"))
"""
SHORT = '<template data-trimtab-variant="short">Short.</template>'
WATCH = """<script>
window.painted = [], window.shift = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift += entry.value })
  .observe({ type: "layout-shift", buffered: true });
(function frame() {
  const [title, note] = [".title", ".note"].map(each => document.querySelector(each));
  if (note) window.painted.push(`${title.innerText}|${note.className}`);
  requestAnimationFrame(frame);
})();
</script>"""
YES = '{"observe": true, "adapt": true, "remember": true}'
AGREES = f"<script>trimtab.early.push(['consent', {YES}])</script>"
NO = '{"observe": false, "adapt": false, "remember": false, "share": false}'
DENIES = f"<script>trimtab.early.push(['consent', {NO}])</script>"
BODY = f"""<h1 class="title">A long title<br>of two lines{SHORT}</h1><p>Text</p><p class="note">A note</p><p>End</p>"""
REACT = f"""<h1 class="title">A long title<br>of two lines{SHORT}</h1>
<aside><p class="note">A note</p></aside><p>End</p>
<script src="react_note.js"></script>"""
SHOWN = "Short.|note strong"
PLAIN = "A long title\nof two lines|note"
PAGES = {
    "first": f"{AGREES}</head><body><div style='height:3000px'></div>{BODY}",  # out of sight, where all may move
    "second": f"{AGREES}</head><body>{BODY}",
    "denies": f"{DENIES}</head><body>{BODY}",
    "silent": f"</head><body>{BODY}",
    "react-first": f"{AGREES}</head><body><div style='height:3000px'></div>{REACT}<script>hydrate()</script>",
    "react": f"{AGREES}</head><body>{REACT}",
    "raw": f"{AGREES}</head><body><main data-trimtab-wait>{BODY}</main>",
}

type Visit = Callable[..., Page]


def head_script() -> str:
    cache = Cache.of_user()
    return bundle_head(Bundler(gather(cache, Progress(sys.stderr)), cache))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("again"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Each page twice: with the script in the head, and (as `…-late`) with the tag alone."""
    head = head_script()
    snippets = {"": render_snippet("/again/trimtab.js", "", head), "-late": render_snippet("/again/trimtab.js")}
    bundle(APPS / "react_note.js", tmp_path / "pages" / "react_note.js")
    start = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A</title><link rel="icon" href="data:,">'
    return write_pages(
        tmp_path / "pages",
        {
            f"{name}{end}.html": f"{start}{snippet}{WATCH}{rest}</body></html>"
            for name, rest in PAGES.items()
            for end, snippet in snippets.items()
        },
    )


@pytest.fixture
def visit(page: Page, place: Place, site: Path) -> Visit:
    """A visitor who has seen both changes on the first page, on the page that is named."""
    see_everything(page, site)

    def start(name: str, first: str = "first") -> Page:
        page.goto(f"{place.address}/{first}.html")
        wait_for_state(page, "running")
        page.evaluate("trimtab.event('go')")
        page.wait_for_function("trimtab.status().adjustments.every(each => each.state === 'applied')", timeout=20_000)
        page.wait_for_function("'trimtab.visit' in sessionStorage")
        page.goto(f"{place.address}/{name}.html", wait_until="domcontentloaded")
        return page

    return start


def hold_back(page: Page, pattern: str) -> None:
    """What matches never arrives, as if the line were dead."""
    page.route(pattern, lambda route: None)


def painted(page: Page) -> list[str]:
    """What each frame showed, each look once, in order."""
    frames: list[str] = page.evaluate("painted")
    return [look for look, before in zip(frames, ["", *frames], strict=False) if look != before]


def now(page: Page) -> str:
    look: str = page.evaluate(
        "`${document.querySelector('.title').innerText}|${document.querySelector('.note').className}`"
    )
    return look


def shown(page: Page) -> Any:
    return page.evaluate("JSON.parse(sessionStorage.getItem('trimtab.shown'))")


def states(page: Page) -> dict[str, str]:
    return {each["name"]: each["state"] for each in page.evaluate("trimtab.status().adjustments")}


def test_the_first_frame_shows_it_nothing_moves_and_python_confirms(visit: Visit) -> None:
    page = visit("second")
    wait_for_state(page, "running")
    page.wait_for_function("trimtab.log().filter(entry => entry.decision === 'allowed').length === 2", timeout=20_000)
    page.wait_for_timeout(300)
    assert painted(page) == [SHOWN]
    assert page.evaluate("window.shift") == 0
    assert {entry["reason"] for entry in page.evaluate("trimtab.log()")} == {"remembered"}
    assert states(page) == {"short-title": "applied", "strong-note": "applied"}
    page.evaluate("trimtab.consent({})")
    assert now(page) == PLAIN
    assert shown(page) is None


def test_the_tag_alone_shows_it_while_python_is_still_under_way(visit: Visit, page: Page) -> None:
    share_no_worker(page)
    page.route("**/worker.*.js", lambda route: route.continue_() if "first" in page.url else None)
    visit("second-late")
    page.wait_for_function("document.querySelector('.note.strong')")
    page.wait_for_function("trimtab.status().adjustments.some(each => each.state === 'applied')")
    assert page.evaluate("trimtab.status().state") in ("waiting", "starting")
    page.evaluate("trimtab.off()")
    assert now(page) == PLAIN


def test_what_the_head_has_shown_goes_if_the_visits_script_cannot_come(visit: Visit, page: Page) -> None:
    page.route("**/visit.*.js", lambda route: route.continue_() if "first" in page.url else route.abort())
    visit("second")
    assert wait_for_state(page, "stopped")["why"].startswith("pack: ")
    assert now(page) == PLAIN


def test_a_refusal_takes_back_what_the_head_has_shown_while_the_visits_script_is_under_way(
    visit: Visit, page: Page
) -> None:
    page.route("**/visit.*.js", lambda route: route.continue_() if "first" in page.url else None)
    visit("second")
    page.wait_for_function("window.trimtab.status?.().why === 'its script is on the way'")
    assert now(page) == SHOWN
    page.evaluate("trimtab.consent({ observe: true, adapt: false, remember: true })")
    assert now(page) == PLAIN


def test_a_refusal_takes_it_back_in_the_same_task(visit: Visit) -> None:
    page = visit("denies")
    page.wait_for_function("window.trimtab.status?.().state === 'off'")
    assert now(page) == PLAIN
    assert page.evaluate("[Object.keys(sessionStorage), Object.keys(localStorage)]") == [[], []]


def test_a_choice_that_was_made_in_another_tab_keeps_the_head_from_showing_it(visit: Visit, page: Page) -> None:
    page.add_init_script("if (location.pathname === '/second.html') localStorage.setItem('trimtab.choice', '-n--')")
    visit("second")
    page.wait_for_function("window.trimtab.status?.().consent_by.adapt === 'visitor'")
    page.wait_for_function("painted.length > 0")
    assert painted(page) == [PLAIN]
    assert shown(page) is None


def test_in_a_root_that_is_still_to_hydrate_nothing_changes_until_it_has(visit: Visit) -> None:
    page = visit("raw")
    wait_for_state(page, "running")
    page.wait_for_function("trimtab.log().length >= 2", timeout=20_000)
    assert painted(page) == [PLAIN]
    page.evaluate("document.querySelector('main').removeAttribute('data-trimtab-wait')")
    expect(page.locator(".note")).to_have_class("note strong", timeout=15_000)


def test_what_a_framework_owned_on_the_page_before_is_left_to_it_and_python(visit: Visit, page: Page) -> None:
    share_no_worker(page)
    page.route("**/worker.*.js", lambda route: route.continue_() if "first" in page.url else None)
    visit("react", "react-first")
    page.wait_for_function("trimtab.status?.().adjustments.some(each => each.state === 'applied')")
    page.evaluate("hydrate()")
    page.wait_for_function("Object.keys(document.querySelector('.note')).length > 0")
    assert painted(page) == [SHOWN.removesuffix(" strong")]
    assert page.evaluate("recovered") == []


def test_a_denial_in_another_tab_keeps_the_head_from_showing_it(visit: Visit, page: Page) -> None:
    page.add_init_script(
        """window.found = sessionStorage.getItem("trimtab.shown");
           if (location.pathname === "/silent.html") localStorage.removeItem("trimtab.seed")"""
    )
    visit("silent")
    page.wait_for_function("painted.length > 0 && window.trimtab.status")
    assert page.evaluate("window.found") is not None
    assert shown(page) is None
    assert painted(page) == [PLAIN]


def test_a_no_and_a_yes_in_another_tab_keep_the_tag_from_showing_it(visit: Visit, page: Page) -> None:
    share_no_worker(page)
    page.route("**/worker.*.js", lambda route: route.continue_() if "first" in page.url else None)
    page.add_init_script("if (location.pathname === '/second-late.html') localStorage['trimtab.seed'] = 'f'.repeat(32)")
    visit("second-late")
    wait_for_state(page, "starting")
    assert painted(page) == [PLAIN]


def test_a_tag_that_never_comes_leaves_the_page_as_its_author_wrote_it(visit: Visit, page: Page) -> None:
    def only_on_first(route: Route) -> None:
        if "first" in page.url or page.url == "about:blank":
            route.continue_()

    page.route("**/trimtab.js", only_on_first)
    page.clock.install()
    visit("silent")
    assert now(page) == SHOWN
    page.clock.fast_forward(10_000)
    assert now(page) == PLAIN


@pytest.mark.parametrize(
    ("tampering", "shift"),
    [
        ("", "0"),
        ("shown.hash = 'of another build'", "window.shift"),  # nothing is known of it any more: it goes at once
    ],
)
def test_what_python_does_not_confirm_is_taken_back(visit: Visit, page: Page, tampering: str, shift: str) -> None:
    page.add_init_script(
        f"""if (location.pathname === "/second.html") {{
              delete sessionStorage["trimtab.visit"];
              const shown = JSON.parse(sessionStorage["trimtab.shown"]);
              {tampering};
              sessionStorage["trimtab.shown"] = JSON.stringify(shown);
            }}"""
    )
    visit("second")
    page.wait_for_function("document.querySelector('.note').className === 'note'", timeout=30_000)
    wait_for_state(page, "running")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('.note').className") == "note"
    assert page.evaluate(f"window.shift === {shift}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{}",
        '{"at":9e15,"seed":"s","changes":[[0]]}',
        '{"at":9e15,"seed":"s","roots":"[","changes":[[0,"*","x"]]}',
    ],
)
def test_what_somebody_else_has_stored_does_no_harm(page: Page, place: Place, text: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(f"localStorage['trimtab.seed'] = 's', sessionStorage.setItem('trimtab.shown', {text!r})")
    page.goto(f"{place.address}/second.html")
    wait_for_state(page, "running")
    assert (now(page), errors) == (PLAIN, [])


def test_the_script_for_the_head_is_at_most_a_kilobyte() -> None:
    assert len(head_script().encode()) <= 1024
