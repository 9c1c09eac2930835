"""A page that denies, or agrees, in the very task in which it is told of a change."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.driving import Place, begin, wait_for_state
from tests.sites import lean_toml, write_pages, write_site

POLICY = """
from trimtab import Policy, adjust

site = Policy("midst", holdout=0.001)
title = site.target("title", ".title")
tasks = site.target("tasks", ".task")
gone = lambda visitor: visitor.event("go").count >= 1
site.adjust("short-title", on=title, when=gone, do=adjust.text("Short."))
site.adjust("easier", on=tasks, when=gone, do=adjust.level("easier"))
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script async src="/midst/trimtab.js"></script></head>
<body><h1 class="title">A long title</h1><p class="task">One</p><p class="task">Two</p>
<p class="task">Three</p></body></html>
"""
LISTEN = """what => {
  window.told = 0;
  document.addEventListener("trimtab:level", () => {
    window.told += 1;
    if (what === "deny") trimtab.consent({});
    if (what === "off") trimtab.off();
    if (what === "undo") trimtab.undo();
    if (what === "agree" && window.told === 1) trimtab.consent({ observe: true });
  });
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("midst"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {"index.html": PAGE})


def show_all(page: Page, place: Place) -> str:
    """Until everything is changed; gives the page as it was before."""
    begin(page, place.address)
    before: str = page.evaluate("document.body.innerHTML")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.")
    expect(page.locator(".task[data-level=easier]")).to_have_count(3)
    return before


@pytest.mark.parametrize("what", ["deny", "off"])
@pytest.mark.parametrize("first", ["trimtab.consent({})", "trimtab.off()"])
def test_a_page_that_denies_whenever_it_is_told_is_told_once_of_each(
    page: Page, place: Place, first: str, what: str
) -> None:
    before = show_all(page, place)
    page.evaluate(LISTEN, what)
    page.evaluate(first)
    assert page.evaluate("[window.told, document.body.innerHTML]") == [3, before]
    assert page.evaluate("(({ state, errors }) => [state, errors])(trimtab.status())") == ["off", 0]
    assert page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") == ["trimtab.budget"]


def test_a_page_that_agrees_anew_in_the_midst_of_a_denial_is_served_anew(page: Page, place: Place) -> None:
    before = show_all(page, place)
    page.evaluate(LISTEN, "agree")
    page.evaluate("trimtab.consent({})")
    assert page.evaluate("[window.told, document.body.innerHTML]") == [3, before]
    assert wait_for_state(page, "running")["errors"] == 0
    page.evaluate("trimtab.off()")
    assert page.evaluate("trimtab.status().state") == "off"


def test_a_page_that_undoes_whenever_it_is_told_is_told_once_of_each(page: Page, place: Place) -> None:
    before = show_all(page, place)
    page.evaluate(LISTEN, "undo")
    page.evaluate("trimtab.undo('easier')")
    assert page.evaluate("[window.told, document.body.innerHTML, trimtab.status().errors]") == [3, before, 0]
