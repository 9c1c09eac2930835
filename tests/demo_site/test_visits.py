"""The demo as `make demo` serves it: real packs, a real browser, real wheel and pointer input."""

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.demo_site.control import DEMO
from trimtab_bundler.cache import Cache
from trimtab_bundler.commands.build import build_into
from trimtab_bundler.progress import Progress
from trimtab_bundler.serving import serving

BOOT_MS = 60_000
ADAPTING = ("news", "course")
MOVED = """
window.moved = [];
new PerformanceObserver((list) => moved.push(...list.getEntries().filter((shift) => !shift.hadRecentInput)
  .map((shift) => shift.value))).observe({ type: "layout-shift", buffered: true });
"""
RUNNING = "() => window.trimtab?.status?.().state === 'running'"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo with its packs, built as previews."""
    folder = tmp_path_factory.mktemp("demo")
    for site in ADAPTING:
        build_into(DEMO / site, folder / site, Cache.of_user(), Progress(sys.stderr), preview=True)
    with serving([folder / site for site in ADAPTING], folder / "data", DEMO, 0) as address:
        yield address


@pytest.fixture
def said(page: Page) -> list[str]:
    """What the page has said in its console, and what went wrong in it."""
    words: list[str] = []
    page.on("console", lambda message: words.append(message.text))
    page.on("pageerror", lambda error: words.append(str(error)))
    page.add_init_script(MOVED)
    return words


def start(page: Page, address: str) -> None:
    """Goes there, agrees to be adapted to, and waits for Python."""
    page.goto(address)
    page.get_by_role("button", name="Adapt", exact=True).click()
    page.wait_for_function(RUNNING, timeout=BOOT_MS)


def scroll(page: Page, px: int, pause_ms: int, turns: int) -> None:
    page.mouse.move(4, 300)  # in the margin: what the pointer is on does not begin to change
    for _ in range(turns):
        page.mouse.wheel(0, px)
        page.wait_for_timeout(pause_ms)


@pytest.mark.parametrize("width_px", [1280, 390])
def test_a_skimmer_gets_short_summaries_nothing_moves_and_no_undoes_it(
    page: Page, said: list[str], served: str, width_px: int
) -> None:
    page.set_viewport_size({"width": width_px, "height": 800})
    start(page, served + "news/")
    as_written = page.locator(".story").inner_html()
    height = page.evaluate("document.documentElement.scrollHeight")
    scroll(page, 300, 300, 14)  # past two fifths of the story, on a phone too
    scroll(page, 40, 300, 30)

    expect(page.locator(".gist-short")).to_have_count(5)
    expect(page.locator(".panel-cells dd")).to_have_text(["skimmer", "to show short summaries", "short summaries"])
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert page.evaluate("moved") == []

    page.get_by_role("button", name="Why?").click()
    page.get_by_role("button", name="Switch it off").click()

    assert page.locator(".story").inner_html() == as_written
    assert said == []


def test_a_reader_and_the_control_copy_keep_the_long_summaries(page: Page, said: list[str], served: str) -> None:
    start(page, served + "news/")
    scroll(page, 300, 200, 3)  # past the picture
    scroll(page, 40, 4000, 3)
    assert page.evaluate("[trimtab.log(), trimtab.status().segments]") == [[], []]

    page.goto(served + "news/control.html")
    scroll(page, 200, 250, 20)

    assert page.locator(".gist-short").count() == 0
    assert page.evaluate("'status' in (window.trimtab ?? {})") is False
    assert said == []


def test_two_wrong_answers_bring_the_smaller_step_and_its_solution_the_exercise(
    page: Page, said: list[str], served: str
) -> None:
    start(page, served + "course/")
    heading, check = page.locator(".exercise h3"), page.get_by_role("button", name="Check")
    for wrong in ("0.8 m", "3.5 m"):
        page.get_by_label(wrong).check()
        check.click()
    expect(heading).to_have_text("First, one child only")
    expect(heading).to_be_focused()

    page.get_by_label("1 m", exact=True).check()
    check.click()
    expect(heading).to_have_text("Two children and their father")
    expect(heading).to_be_focused()

    page.get_by_label("1.2 m").check()
    check.click()
    expect(page.locator(".feedback")).to_contain_text("That is the whole lesson")
    assert said == []
    assert page.evaluate("moved") == []
