"""The three classic cases as a visitor of the demo meets them: real packs of its policies, its own pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.demo_site.control import DEMO
from tests.e2e.driving import BOOT_MS, Serve, build, remember_seed, seed_for, skim, wait_for_state

type Enter = Callable[[str, str], Page]


@pytest.fixture
def enter(page: Page, serve: Serve, tmp_path: Path) -> Iterator[Enter]:
    """Enters one of the demo's sites as a visitor of this arm, who agrees in the site's own bar."""
    with ExitStack() as running:

        def start(site: str, arm: str) -> Page:
            place = running.enter_context(serve(build(DEMO / site, tmp_path / "pack"), DEMO))
            remember_seed(page, seed_for(DEMO / site / "policy.py", arm))
            page.goto(f"{place.address}/{site}/")
            page.get_by_role("button", name="Adapt and share").click()
            assert wait_for_state(page, "running")["arm"] == arm
            return page

        yield start


def answer(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Check").click()


def test_after_two_wrong_answers_a_smaller_step_comes_and_after_it_the_exercise_as_it_was(enter: Enter) -> None:
    page = enter("course", "help/step")
    own = page.locator(".exercise h3").inner_text()
    answer(page, "0.8 m")
    answer(page, "3.5 m")
    expect(page.locator(".exercise h3")).to_have_text("First, one child only")
    expect(page.locator(".exercise h3")).to_be_focused()
    answer(page, "1 m")
    expect(page.locator(".exercise h3")).to_have_text(own)
    expect(page.get_by_label("3.5 m")).to_be_checked()
    answer(page, "1.2 m")
    page.evaluate("trimtab.settled()")
    assert page.evaluate("trimtab.report().then(({ answer }) => answer)") in ("solved", None)
    assert page.evaluate("trimtab.status().errors") == 0


def test_who_hesitates_in_the_shop_gets_a_larger_button_and_a_plain_answer(enter: Enter) -> None:
    page = enter("shop", "reassure/helped")
    page.mouse.move(5, 5)
    expect(page.locator(".promise")).to_contain_text("Not sure?", timeout=BOOT_MS)
    expect(page.locator(".buy")).to_have_css("scale", "1.35")


def test_who_skims_the_news_gets_short_summaries(enter: Enter) -> None:
    page = enter("news", "summaries/adaptive")
    page.mouse.move(300, 300)
    before = page.locator("[data-summary]").first.inner_text()
    skim(page, turns=140)
    expect(page.locator("[data-summary]").first).not_to_have_text(before, timeout=BOOT_MS)
    assert page.evaluate("trimtab.status().segments") == ["skimmer"]
