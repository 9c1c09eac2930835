"""A visit goes on on the next page of its tab, if the visitor agrees to be remembered, and not otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.driving import Place, agree, begin, open_page, see_everything, wait_for_state
from tests.sites import lean_toml, write_pages, write_site

POLICY = """
from trimtab import Policy, adjust

site = Policy("goes-on", holdout=0.001)
title = site.target("title", ".title")
site.adjust("short-title", on=title, when=lambda visitor: visitor.event("go").count >= 1, do=adjust.swap("short"))
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script async src="/goes-on/trimtab.js"></script></head>
<body><h1 class="title">A long title<template data-trimtab-variant="short">Short.</template></h1></body></html>
"""
REMEMBERED = {"observe": True, "adapt": True, "remember": True}
SETTLED_MS = 3_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("goes-on"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {"index.html": PAGE, "second.html": PAGE})


def go_short(page: Page) -> None:
    """The first page does what its rule says, and lets it be stored."""
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)


def session_keys(page: Page) -> list[str]:
    keys: list[str] = page.evaluate("Object.keys(sessionStorage)")
    return keys


def decisions(page: Page) -> list[tuple[str, str]]:
    return [(line["decision"], line["reason"]) for line in page.evaluate("trimtab.log()") if "decision" in line]


def test_what_was_shown_is_there_on_the_next_page_before_the_visitor_does_anything(
    page: Page, place: Place, site: Path
) -> None:
    see_everything(page, site)
    first = begin(page, place.address, **REMEMBERED)
    go_short(page)
    second = begin(page, f"{place.address}/second.html", **REMEMBERED)
    expect(page.locator(".title")).to_have_text("Short.")

    assert (first["resumed"], second["resumed"]) == (False, True)
    page.wait_for_function("() => trimtab.log().some((line) => line.decision)")
    assert decisions(page) == [("allowed", "remembered")]
    assert page.evaluate("trimtab.log()[0].t_ms") < SETTLED_MS
    assert page.evaluate("trimtab.status().errors") == 0
    assert sorted(session_keys(page)) == ["trimtab.shown", "trimtab.visit"]


def test_without_consent_to_remember_the_next_page_knows_nothing(page: Page, place: Place) -> None:
    begin(page, place.address, observe=True, adapt=True)
    go_short(page)
    assert session_keys(page) == []
    status = begin(page, f"{place.address}/second.html", observe=True, adapt=True)
    page.wait_for_timeout(SETTLED_MS)

    assert status["resumed"] is False
    assert page.locator(".title").inner_text() == "A long title"
    assert session_keys(page) == []


def test_a_call_that_leaves_all_out_is_no_answer_yet_and_forgets_nothing(page: Page, place: Place, site: Path) -> None:
    see_everything(page, site)
    begin(page, place.address, **REMEMBERED)
    go_short(page)
    open_page(page, f"{place.address}/second.html")
    page.evaluate("trimtab.consent({})")
    agree(page, **REMEMBERED)

    assert wait_for_state(page, "running")["resumed"] is True


def test_a_no_as_the_first_word_on_a_page_forgets_what_the_page_before_stored(page: Page, place: Place) -> None:
    begin(page, place.address, **REMEMBERED)
    go_short(page)
    open_page(page, f"{place.address}/second.html")
    assert session_keys(page) != []
    no = dict.fromkeys((*REMEMBERED, "share"), False)
    keys = "Object.keys(localStorage).concat(Object.keys(sessionStorage))"
    assert page.evaluate(f"no => (trimtab.consent(no), {keys})", no) == []


@pytest.mark.parametrize(
    "denial", ["trimtab.consent({observe: true, adapt: true})", "trimtab.consent({})", "trimtab.off()"]
)
def test_a_withdrawal_forgets_the_visit_at_once(page: Page, place: Place, site: Path, denial: str) -> None:
    see_everything(page, site)
    begin(page, place.address, **REMEMBERED)
    go_short(page)
    begin(page, f"{place.address}/second.html", **REMEMBERED)
    expect(page.locator(".title")).to_have_text("Short.")
    left = page.evaluate(f"{denial}, [Object.keys(sessionStorage), document.querySelector('.title').innerText]")
    still_adapts = "adapt" in denial

    assert left == [[], "Short." if still_adapts else "A long title"]
    page.goto(f"{place.address}/index.html")
    assert session_keys(page) == []


TAMPERINGS = ["() => 'nonsense'", "() => '['.repeat(200000)", "text => text.replace('\"shows\":1', '\"shows\":[]')"]


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_record_that_was_tampered_with_is_forgotten_and_counted(
    page: Page, place: Place, site: Path, tampering: str
) -> None:
    see_everything(page, site)
    begin(page, place.address, **REMEMBERED)
    go_short(page)
    page.goto("about:blank")
    page.add_init_script(
        f"""if (location.pathname === "/second.html") {{
              const seed = localStorage.getItem("trimtab.seed");
              const kept = sessionStorage.getItem("trimtab.visit").slice(seed.length);
              sessionStorage.setItem("trimtab.visit", seed + ({tampering})(kept));
            }}"""
    )
    status = begin(page, f"{place.address}/second.html", **REMEMBERED)
    page.wait_for_function("trimtab.status().errors === 1")
    go_short(page)

    assert status["resumed"] is False
    stored = page.evaluate("JSON.parse(sessionStorage['trimtab.visit'].slice(localStorage['trimtab.seed'].length))")
    assert stored["visit"]["kind"] == "carried"


def test_another_tab_knows_nothing_of_the_visit(page: Page, place: Place, site: Path) -> None:
    see_everything(page, site)
    begin(page, place.address, **REMEMBERED)
    go_short(page)
    with page.context.new_page() as other:
        assert begin(other, f"{place.address}/second.html", **REMEMBERED)["resumed"] is False
