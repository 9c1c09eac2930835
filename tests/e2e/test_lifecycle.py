"""Pages live in odd ways: twice tagged, kept in the back/forward cache, with the pack elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect

from tests.e2e.driving import Place, begin, open_page, share_no_worker, wait_for_report, wait_for_state
from tests.sites import lean_toml, write_pages, write_site

POLICY = """
from trimtab import Policy, adjust

site = Policy("lives", holdout=0.001)
title = site.target("title", ".title")
site.adjust("short-title", on=title, when=lambda visitor: visitor.event("go").count >= 1, do=adjust.swap("short"))


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"
"""


def page_with(tags: str, body: str = "") -> str:
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">{tags}</head>
<body><h1 class="title">A long title<template data-trimtab-variant="short">Short.</template></h1>{body}</body></html>
"""


TAG = '<script async src="/lives/trimtab.js"></script>'
AGREES = (
    "<script>window.trimtab ??= {early: []}; trimtab.early.push(['consent', {observe: true, adapt: true}])</script>"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("lives"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {})


def goes_short(page: Page) -> None:
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)


def test_a_second_tag_does_nothing(page: Page, place: Place, pages: Path) -> None:
    (pages / "index.html").write_text(page_with(TAG + TAG.replace("trimtab.js", "trimtab.js?again") + AGREES))
    share_no_worker(page)
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    page.goto(place.address)
    wait_for_state(page, "running")
    goes_short(page)
    assert len(workers) == 1


def test_a_page_that_has_something_else_of_that_name_loses_it_and_works(page: Page, place: Place, pages: Path) -> None:
    (pages / "index.html").write_text(page_with("<script>window.trimtab = 5</script>" + TAG))
    begin(page, place.address)
    goes_short(page)


def test_what_somebody_writes_into_a_comment_takes_no_place_of_the_documents_own(
    page: Page, place: Place, pages: Path
) -> None:
    names = ("currentScript", "body", "activeElement", "documentElement", "baseURI")
    clobbering = "".join(f'<img name="{name}" src="http://elsewhere.test/x/{name}.png">' for name in names)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "elsewhere" in request.url else None)
    page.route("http://elsewhere.test/**", lambda route: route.abort())
    (pages / "index.html").write_text(page_with("", f'<a id="trimtab">x</a>{clobbering}{TAG}'))
    begin(page, place.address)
    goes_short(page)
    page.evaluate("trimtab.off()")
    assert page.locator(".title").inner_text() == "A long title"
    assert {url.rpartition(".")[2] for url in asked} == {"png"}, "nothing of ours is loaded from where a picture lies"


def test_consent_that_comes_before_the_tag_is_heard(page: Page, place: Place, pages: Path) -> None:
    (pages / "index.html").write_text(page_with(AGREES + TAG))
    page.goto(place.address)
    assert wait_for_state(page, "running")["consent"]["adapt"] is True


def test_a_pack_on_another_origin_works(page: Page, place: Place, pages: Path) -> None:
    other = place.address.replace("127.0.0.1", "localhost")
    tag = f'<script async src="{place.address}/lives/trimtab.js" crossorigin="anonymous"></script>'
    (pages / "index.html").write_text(page_with(tag))
    begin(page, other)
    goes_short(page)
    page.wait_for_function("trimtab.status().report === 'sealed'")
    page.goto("about:blank")
    wait_for_report(page, place)
    assert place.reports() == 1


def test_the_first_seconds_are_replayed_with_their_own_times(page: Page, place: Place, pages: Path) -> None:
    (pages / "index.html").write_text(page_with(AGREES + TAG))
    open_page(page, place.address)
    page.evaluate("trimtab.event('go')")
    sent_ms = page.evaluate("performance.now()")
    status = wait_for_state(page, "running")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
    first = page.evaluate("trimtab.log().find(entry => entry.adjustment)")
    assert first["t_ms"] <= sent_ms + 50, f"decided at {first['t_ms']}, booted after {status['boot_ms']}"


def test_the_story_of_a_change_is_told_in_sentences(page: Page, place: Place, pages: Path) -> None:
    (pages / "index.html").write_text(page_with(AGREES + TAG))
    open_page(page, place.address)
    assert page.evaluate("trimtab.explain()").startswith("Nothing can be told: trimtab is ")
    wait_for_state(page, "running")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short.", timeout=15_000)
    adjustment = page.evaluate("trimtab.status().adjustments[0].name")
    told = page.evaluate("name => trimtab.explain(name)", adjustment)

    assert " was shown" in told
    assert page.evaluate("trimtab.explain('other')") == (
        f"There is no adjustment “other” in this policy; it has {adjustment}."
    )
    page.evaluate("trimtab.off()")
    assert page.evaluate("trimtab.explain()") == "Nothing can be told: trimtab is off (switched off)."


def test_the_page_comes_back_from_the_back_forward_cache(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], place: Place, pages: Path
) -> None:
    (pages / "index.html").write_text(page_with(AGREES + TAG))
    (pages / "next.html").write_text(page_with(""))
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"])
    with browser, browser.new_page() as page:
        page.add_init_script("addEventListener('pageshow', event => { window.restored = event.persisted })")
        page.goto(place.address)
        wait_for_state(page, "running")
        goes_short(page)
        page.goto(f"{place.address}/next.html")
        page.go_back(wait_until="commit")  # a page that is restored does not load
        page.wait_for_function("window.restored !== undefined")
        assert page.evaluate("window.restored") is True
        assert page.locator(".title").inner_text() == "Short."
        assert page.evaluate("trimtab.status().state") == "running"
