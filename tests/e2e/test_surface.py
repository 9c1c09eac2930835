"""What a page's scripts and its visitor can see and do: reports before they go, changes taken back, events."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.driving import (
    Place,
    Serve,
    agree,
    begin,
    build,
    open_page,
    see_everything,
    wait_for_report,
    wait_for_state,
)
from tests.sites import lean_toml, write_pages, write_site

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script>
window.heard = [];
for (const type of ["trimtab:segment", "trimtab:adjust", "trimtab:undo"])
  document.addEventListener(type, ({ detail }) => heard.push({ type, ...detail }));
</script>
<script async src="/surface/trimtab.js"></script></head>
<body><h1 class="title">A long title</h1><p class="note" data-trimtab-target="note">A note</p>
<p data-trimtab-event="browsed"><button data-trimtab-goal="bought" data-trimtab-value="9.5">Buy</button></p>
<button data-trimtab-event="go">Go</button><p class="again">Again</p></body></html>
"""
POLICY = """
from trimtab import Policy, adjust, seconds

site = Policy("surface", holdout=0.001)
title = site.target("title", ".title")
note = site.target("note")
site.goal("bought")


@site.segment(enter_after=seconds(0), leave_after=seconds(0))
def eager(visitor):
    times = visitor.event("go").count
    return (times >= 1 and times < 2) or times >= 3


site.adjust("short-title", on=title, when=eager, do=adjust.text("Short."), show_for=seconds(0), cooldown=seconds(1))
site.adjust("short-note", on=note, when=eager, do=adjust.text("Note."), show_for=seconds(0), cooldown=seconds(1))

again = site.target("again", ".again")


def slowly(visitor):
    times = visitor.event("slow").count
    return (times >= 1 and times < 2) or times >= 3


site.adjust(
    "slow-note",
    on=again,
    when=slowly,
    do=adjust.text("Slow."),
    debounce=seconds(2),
)


@site.question(answers=("none", "went", "bought"))
def went(outcome):
    if outcome.reached("bought"):
        return "bought"
    return "went" if outcome.event("go").count >= 1 else "none"
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("surface"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {"index.html": PAGE})


@pytest.fixture
def visit(page: Page, place: Place, site: Path) -> Page:
    """A visit of everyone's arm that agreed to everything, and in which Python runs."""
    see_everything(page, site)
    begin(page, place.address)
    return page


def test_the_next_report_is_shown_before_it_goes_and_is_what_arrives(visit: Page, place: Place) -> None:
    visit.wait_for_function("trimtab.status().report === 'sealed'")
    before = visit.evaluate("trimtab.report()")
    visit.evaluate("trimtab.event('go')")
    visit.evaluate("trimtab.settled()")
    assert visit.evaluate("trimtab.report().then(({ answer }) => answer)") == "went"
    told = visit.evaluate("trimtab.report()")

    assert before["answer"] == "none"
    assert before["told"] != told["told"], "the same coins make another answer of another truth"
    expected = {
        "state": "sealed", "why": "", "sharing": "agreed",
        "question": "went", "answers": ["none", "went", "bought"], "arm": "everyone",
        "noise": [8, 1], "epsilon": 2.08, "left": {"today": 0, "month": 0},  # all that the policy asks is asked
    }  # fmt: skip
    assert {name: told[name] for name in expected} == expected
    visit.goto("about:blank")
    wait_for_report(visit, place)
    assert [told["answers"][index] for index in place.answers()] == told["told"]


def test_it_is_not_settled_while_a_wait_that_has_begun_anew_is_still_running(visit: Page) -> None:
    visit.evaluate("trimtab.event('slow')")
    visit.wait_for_timeout(1500)
    visit.evaluate("trimtab.event('slow'), trimtab.event('slow')")  # the log keeps the first wait, and its end
    visit.evaluate("trimtab.settled()")
    assert visit.locator(".again").inner_text() == "Slow."


def test_without_sharing_the_report_says_that_there_is_none(page: Page, place: Place) -> None:
    open_page(page, place.address)
    off = page.evaluate("trimtab.report()")
    assert (off["state"], off["why"], off["answer"], off["left"]) == ("none", "no consent to observe", None, None)
    agree(page, observe=True, adapt=True)
    wait_for_state(page, "running")
    assert page.evaluate("trimtab.report().then(({ why, sharing }) => [why, sharing])") == [
        "sharing: unanswered",
        "unanswered",
    ]
    assert page.evaluate("trimtab.report().then(({ state, question, left }) => [state, question, left.today])") == [
        "none", None, 1
    ]  # fmt: skip


def test_what_the_visitor_takes_back_is_gone_at_once_and_does_not_come_again(visit: Page) -> None:
    visit.evaluate("trimtab.event('go')")
    expect(visit.locator(".title")).to_have_text("Short.", timeout=30_000)
    expect(visit.locator(".note")).to_have_text("Note.", timeout=30_000)
    assert visit.evaluate("trimtab.undo('short-title'), document.querySelector('.title').textContent") == "A long title"
    visit.wait_for_function("trimtab.log().some(entry => entry.reason === 'undone-by-visitor')")
    assert "because you undid it" in visit.evaluate("trimtab.explain('short-title')")
    for note in ("A note", "Note."):
        visit.evaluate("trimtab.event('go')")
        expect(visit.locator(".note")).to_have_text(note, timeout=30_000)
    expect(visit.locator(".title")).to_have_text("A long title")
    assert visit.evaluate("trimtab.undo('no-such'), trimtab.status().errors") == 1


def test_all_can_be_taken_back_in_one_call(visit: Page) -> None:
    visit.evaluate("trimtab.event('go')")
    expect(visit.locator(".note")).to_have_text("Note.", timeout=30_000)
    assert visit.evaluate("trimtab.undo(), document.body.innerText.split(/\\s*\\n+/).slice(0, 2)") == [
        "A long title",
        "A note",
    ]


def test_the_pages_scripts_hear_what_was_noticed_shown_and_taken_back(visit: Page) -> None:
    visit.evaluate("trimtab.event('go')")
    expect(visit.locator(".note")).to_have_text("Note.", timeout=30_000)
    visit.evaluate("trimtab.undo('short-note'), trimtab.off()")
    heard = visit.evaluate("heard.map(({ because, ...rest }) => rest)")
    assert heard == [
        {"type": "trimtab:segment", "segment": "eager", "entered": True},
        {"type": "trimtab:adjust", "adjustment": "short-title"},
        {"type": "trimtab:adjust", "adjustment": "short-note"},
        {"type": "trimtab:undo", "adjustment": "short-note", "reason": "the visitor took it back"},
        {"type": "trimtab:undo", "adjustment": "short-title", "reason": "rule-holds"},
        {"type": "trimtab:segment", "segment": "eager", "entered": False},
    ]


def test_clicks_on_what_the_page_marks_are_goals_and_events(visit: Page) -> None:
    visit.get_by_role("button", name="Buy").click()
    visit.evaluate("trimtab.settled()")
    assert visit.evaluate("trimtab.report().then(({ answer }) => answer)") == "bought"
    assert visit.evaluate("trimtab.status().errors") == 0
    visit.get_by_role("button", name="Go").click()
    expect(visit.locator(".note")).to_have_text("Note.", timeout=30_000)


def test_settled_ends_when_what_has_happened_is_decided_and_done(page: Page, place: Place, site: Path) -> None:
    see_everything(page, site)
    open_page(page, place.address)
    page.evaluate("trimtab.settled()")
    assert page.evaluate("trimtab.status().state") == "off", "before anybody agrees nothing is pending"
    agree(page)
    page.evaluate("trimtab.event('go'), trimtab.settled()")
    assert page.evaluate("trimtab.status().state") == "running"
    assert page.evaluate("[...document.querySelectorAll('.title, .note')].map((each) => each.textContent)") == [
        "Short.",
        "Note.",
    ]
    assert page.evaluate("trimtab.undo('short-note'), trimtab.settled()") is None
    assert page.evaluate("trimtab.log().at(-1).reason") == "undone-by-visitor"
    page.evaluate("trimtab.off(), trimtab.settled()")


def test_a_production_tag_forces_nothing(visit: Page) -> None:
    assert visit.evaluate("'force' in trimtab") is False


def test_a_preview_is_forced_into_a_segment_and_an_arm(
    page: Page, site: Path, pages: Path, tmp_path: Path, serve: Serve
) -> None:
    with serve(build(site, tmp_path / "preview", preview=True), pages) as place:
        open_page(page, place.address)
        page.evaluate("trimtab.force({ segment: 'eager' })")
        agree(page)
        page.evaluate("trimtab.settled()")
        page.evaluate("trimtab.force({ arm: 'holdout' }), trimtab.settled()")
        assert page.evaluate("trimtab.status().arm") == "holdout"
        assert page.evaluate("trimtab.status().segments") == ["eager"]
        assert page.locator(".title").inner_text() == "A long title"
        page.evaluate("trimtab.force({ arm: null, segment: ['eager', 'nobody'] }), trimtab.settled()")
        assert page.locator(".title").inner_text() == "Short."
        page.evaluate("trimtab.force({ segment: null }), trimtab.settled()")
        expect(page.locator(".title")).to_have_text("A long title", timeout=30_000)
        assert page.evaluate("trimtab.force({ arm: 5 }), trimtab.status().errors") >= 1
