"""The consent bar, the strip and the pages' own scripts in a browser, with a tag that does nothing."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.demo_site.control import SITES
from tests.demo_site.test_pages import site_name


@pytest.mark.parametrize("folder", SITES)
def test_consent_is_asked_first_by_keyboard_and_passed_on_as_it_was_given(visit: Page, demo: str, folder: str) -> None:
    visit.goto(f"{demo}{folder}/")
    assert visit.evaluate("[localStorage.length, document.cookie, trimtab.early.length]") == [0, "", 0]

    for _ in range(3):
        visit.keyboard.press("Tab")  # the skip link, "No", "Adapt"
    expect(visit.get_by_role("button", name="Adapt", exact=True)).to_be_focused()
    visit.keyboard.press("Enter")

    given = {"observe": True, "adapt": True, "remember": True, "share": False}
    assert visit.evaluate("trimtab.early") == [["consent", given]]
    assert visit.evaluate("({...localStorage})") == {f"{site_name(folder)}.consent": "here"}
    expect(visit.get_by_role("button", name="Why?")).to_be_focused()


def test_the_choice_is_kept_for_the_next_page(visit: Page, demo: str) -> None:
    visit.goto(f"{demo}news/")
    visit.get_by_role("button", name="Adapt and share").click()
    visit.reload()
    assert visit.evaluate("trimtab.early.map(([, consent]) => consent.share)") == [True]


def test_the_course_marks_answers_and_sends_the_focus_to_what_it_says(visit: Page, demo: str) -> None:
    visit.goto(f"{demo}course/")
    check, feedback = visit.get_by_role("button", name="Check"), visit.locator(".feedback")

    check.click()
    expect(feedback).to_have_text("Choose an answer first.")
    for label, name in (("0.8 m", ["event", "quiz-wrong"]), ("1.2 m", ["goal", "solved"])):
        visit.get_by_label(label).check()
        check.click()
        expect(feedback).to_be_focused()
        assert visit.evaluate("trimtab.early.at(-1)") == name
    expect(feedback).to_contain_text(re.compile("^Right"))


def test_the_strip_tells_what_trimtab_tells(visit: Page, demo: str) -> None:
    status = {"state": "running", "why": "", "segments": ["skimmer"]}
    adjustment = {"name": "short-summaries", "state": "applied", "reason": "rule-holds"}
    log = [
        {
            "t_ms": 5850,
            "segment": "skimmer",
            "entered": True,
            "because": "scroll speed 600 px/s > 200",
            "strength": 0.5,
        },
        {"t_ms": 6150, "adjustment": "short-summaries", "decision": "allowed", "reason": "rule-holds"},
    ]
    said = json.dumps({**status, "adjustments": [adjustment]})
    visit.goto(f"{demo}news/")
    visit.get_by_role("button", name="Adapt", exact=True).click()
    expect(visit.locator(".panel-cells dd")).to_have_text(["not here: no tag has loaded", "nothing yet", "nothing"])

    visit.evaluate(f"window.trimtab = {{ status: () => ({said}), log: () => ({json.dumps(log)}) }}")

    expect(visit.locator(".panel-cells dd")).to_have_text(["skimmer", "to show short summaries", "short summaries"])


def test_starting_over_asks_again_in_the_first_copy_of_the_front_page(visit: Page, demo: str) -> None:
    visit.goto(demo)
    first = visit.frame_locator("iframe").first
    visit.locator("iframe").first.scroll_into_view_if_needed()
    first.get_by_role("button", name="Adapt", exact=True).press("Enter")
    expect(first.get_by_role("button", name="Why?")).to_be_visible()

    visit.get_by_role("button", name="Start over").click()

    expect(first.get_by_role("button", name="Adapt", exact=True)).to_be_visible()
    assert visit.evaluate("localStorage.length") == 0
