"""The page that a simulated visitor visits."""

from pathlib import Path

import pytest

from tests.agent.making import load
from trimtab.visitors.draws import seeded
from trimtab.visitors.pages import page_of
from trimtab.visitors.scene import DEFAULT_PAGE, Page, Role, Scene, lay_out, role_of


def scene(*names: str, phone: bool = False) -> Scene:
    return lay_out(Page(tuple((name, f".{name}") for name in names)), seeded(5), phone=phone)


@pytest.mark.parametrize(
    ("name", "selector", "role"),
    [
        ("story", ".x", Role.TEXT),
        ("article-summary", ".x", Role.NOTE),
        ("summaries", "[data-summary]", Role.NOTE),
        ("buy-box", ".x", Role.PANEL),
        ("buy", ".x", Role.BUTTON),
        ("checkout-button", ".x", Role.BUTTON),
        ("email", ".x", Role.FIELD),
        ("hero-image", ".x", Role.FIGURE),
        ("thing", "form.main input", Role.FIELD),
        ("thing", "#photo", Role.FIGURE),
        ("thing", ".thing", Role.NOTE),
    ],
)
def test_what_a_target_is_its_name_says_or_else_its_selector(name: str, selector: str, role: Role) -> None:
    assert role_of(name, selector) is role


def test_targets_stand_one_below_the_other_within_the_document() -> None:
    made = scene("story", "figure", "article", "card")
    assert [box.target for box in made.boxes] == [0, 1, 2, 3]
    assert all(above.bottom < below.top for above, below in zip(made.boxes, made.boxes[1:], strict=False))
    assert made.boxes[-1].bottom < made.document_h
    assert all(0 <= box.left < box.left + box.w <= made.w for box in made.boxes)


def test_texts_have_words_and_a_height_that_they_need() -> None:
    story, summary, figure, buy = scene("story", "summary", "figure", "buy").boxes
    assert 500 <= story.words <= 3500
    assert story.words / story.h == pytest.approx(0.4 / 1.1, rel=0.01)
    assert 20 <= summary.words <= 70
    assert (figure.words, buy.words) == (-1, -1)


def test_a_summary_stands_beside_its_story_where_there_is_room() -> None:
    story, summary = scene("story", "summary").boxes
    assert story.top < summary.top < story.bottom
    assert summary.left >= story.left + story.w
    story, summary = scene("story", "summary", phone=True).boxes
    assert summary.top >= story.bottom


def test_what_follows_a_panel_stands_in_it() -> None:
    made = scene("buy-box", "buy", "promise", "story")
    panel, button, promise, story = made.boxes
    for inner in (button, promise):
        assert panel.top <= inner.top < inner.bottom <= panel.bottom
        assert panel.left <= inner.left < inner.left + inner.w <= panel.left + panel.w
    assert button.bottom <= promise.top
    assert story.top > panel.bottom


def test_a_phone_has_fewer_words_a_pixel() -> None:
    assert scene("story", phone=True).words_per_px < scene("story").words_per_px


def test_what_is_not_there_is_a_place_that_is_no_target() -> None:
    made = scene("story")
    assert made.find(Role.BUTTON, Role.TEXT) == made.boxes[0]
    nowhere = made.find(Role.BUTTON)
    assert nowhere.target == -1
    assert made.all(Role.FIELD) == [made.find(Role.FIELD)]
    assert 0 < nowhere.top < nowhere.bottom < made.h


def test_every_page_can_be_scrolled() -> None:
    for seed in range(20):
        made = lay_out(Page((("buy", ".buy"),)), seeded(seed))
        assert made.document_h > made.h


def test_the_default_page_has_one_of_each() -> None:
    roles = {box.role for box in lay_out(DEFAULT_PAGE, seeded(1)).boxes}
    assert roles == {Role.TEXT, Role.NOTE, Role.FIGURE, Role.FIELD, Role.BUTTON}


def test_the_page_of_a_policy_has_its_targets_goals_and_the_events_that_it_reads(tmp_path: Path) -> None:
    source = """\
from trimtab import Policy, adjust, seconds

quiz = Policy("quiz")
exercise = quiz.target("exercise", ".exercise")
quiz.goal("solved")


@quiz.segment(enter_after=seconds(0), leave_after=seconds(1))
def struggling(v):
    return v.event("quiz-wrong").count >= 2 and v.event("hint").count == 0


quiz.adjust("easier", on=exercise, when=lambda v: v.event("gave-up").last > 3, do=adjust.add_class("easy"))


@quiz.question(answers=("none", "solved"))
def solving(outcome):
    return "none" if outcome.event("peeked").count == 0 else "solved"
"""
    page = page_of(load(tmp_path, source))
    assert page.targets == (("exercise", ".exercise"),)
    assert page.goals == ("solved",)
    assert set(page.events) == {"quiz-wrong", "hint", "gave-up", "peeked"}


def test_a_rule_that_fails_on_numbers_that_no_visitor_has_tells_the_events_that_it_came_to(tmp_path: Path) -> None:
    source = """\
from trimtab import Policy, adjust

quiz = Policy("quiz")
exercise = quiz.target("exercise", ".exercise")


def stuck(v):
    if v.event("hint").count > 3 or v.scroll.depth > 1:
        raise LookupError("no share is above 1")
    return v.event("quiz-wrong").count > 1


quiz.adjust("easier", on=exercise, when=stuck, do=adjust.add_class("easy"))
"""
    assert page_of(load(tmp_path, source)).events == ("hint", "quiz-wrong")
