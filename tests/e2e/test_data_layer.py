"""The bridge to a dataLayer: what is pushed comes in once, what was decided goes out, and nothing before a yes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.driving import BOOT_MS, Serve, agree, begin, build, open_page, see_everything, wait_for_state
from tests.sites import write_pages, write_site

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script>
window.dataLayer = window.dataLayer || [];
dataLayer.push({ event: "purchase", ecommerce: { value: 12.5 } }, { event: "other" });
</script>
<script async src="/layer/trimtab.js"></script></head>
<body><h1 class="title">A long title</h1></body></html>
"""
POLICY = """
from trimtab import Policy, adjust, seconds

site = Policy("layer", holdout=0.001)
title = site.target("title", ".title")
bought = site.goal("bought")


@site.segment(enter_after=seconds(0), leave_after=seconds(0))
def buyer(visitor):
    return visitor.event("cart").count >= 1


site.adjust("short-title", on=title, when=buyer, do=adjust.text("Short."))


@site.question(answers=("none", "bought"))
def sold(outcome):
    return "bought" if outcome.reached(bought) else "none"
"""
TOML = """[site]
name = "layer"
runtime = "lean"

[data_layer]
decisions = true

[data_layer.events]
purchase = { goal = "bought", value = "ecommerce.value" }
add_to_cart = { event = "cart" }
__proto__ = { event = "cart" }
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, TOML)


def test_events_come_in_and_decisions_go_out_while_the_visitor_agrees(
    page: Page, site: Path, tmp_path: Path, serve: Serve
) -> None:
    pages = write_pages(tmp_path / "pages", {"index.html": PAGE})
    see_everything(page, site)
    with serve(build(site, tmp_path / "out"), pages) as place:
        open_page(page, place.address)
        assert page.evaluate("dataLayer.push({ event: 'add_to_cart' }), Object.keys(dataLayer).length") == 3
        agree(page)
        wait_for_state(page, "running")
        page.evaluate("trimtab.settled()")
        assert page.evaluate("trimtab.report().then(({ answer }) => answer)") == "bought"
        page.evaluate("trimtab.settled()")
        assert page.locator(".title").inner_text() == "Short.", page.evaluate("[trimtab.log(), trimtab.status()]")
        out = page.evaluate("dataLayer.slice(3)")
        assert [entry["event"] for entry in out] == ["trimtab_segment", "trimtab_adjust"]
        assert out[1]["trimtab"] == {"adjustment": "short-title"}
        page.evaluate("trimtab.undo()")
        page.wait_for_function("dataLayer.at(-1).event === 'trimtab_undo'")
        page.evaluate("trimtab.consent({})")
        before = page.evaluate("dataLayer.length")
        page.evaluate("dataLayer.push({ event: 'add_to_cart' })")
        assert page.evaluate("[dataLayer.length, trimtab.status().errors]") == [before + 1, 0]


def test_an_event_is_heard_by_whatever_name(page: Page, site: Path, tmp_path: Path, serve: Serve) -> None:
    pages = write_pages(tmp_path / "pages", {"index.html": PAGE})
    see_everything(page, site)
    with serve(build(site, tmp_path / "out"), pages) as place:
        begin(page, place.address)
        page.evaluate("dataLayer.push({ event: '__proto__' })")
        expect(page.locator(".title")).to_have_text("Short.", timeout=BOOT_MS)
