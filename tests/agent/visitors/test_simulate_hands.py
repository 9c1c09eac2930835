"""What simulated visitors move the page with: wheel, mouse, finger, keys, eyes."""

import statistics
from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest

from trimtab.values import Event, Kind
from trimtab.visitors.draws import seeded
from trimtab.visitors.hands import eyes, mouse, touch, wheel
from trimtab.visitors.hands.keyboard import TYPIST_MS, Typist, tab_to
from trimtab.visitors.scene import DEFAULT_PAGE, Role, lay_out
from trimtab.visitors.window import TOUCH, Window


def open_window(seed: int = 4, *, phone: bool = False) -> Window:
    return Window(lay_out(DEFAULT_PAGE, seeded(seed), phone=phone))


def of(window: Window, kind: Kind) -> list[Event]:
    return [event for event in window.events if event.kind is kind]


def mean_of(draw: Callable[[Random], float], size: int = 4000) -> float:
    rng = seeded(1)
    return statistics.mean(draw(rng) for _ in range(size))


# Window


def test_a_window_begins_with_its_page_and_where_everything_stands() -> None:
    window = open_window()
    kinds = [event.kind for event in window.events]
    assert kinds == [Kind.PAGE, *[Kind.LAYOUT] * 5, *[Kind.BOX] * 5, *[Kind.VISIBLE] * 5]
    assert {event.t_ms for event in window.events} == {0.0}


def test_the_window_stays_within_the_document() -> None:
    window = open_window()
    window.scroll_to(1e9)
    assert window.at_end
    assert window.y == window.scene.document_h - window.scene.h
    window.scroll_to(-50)
    window.scroll_to(-60)
    assert [event.a for event in of(window, Kind.SCROLL)] == [window.end, 0.0]


def test_what_is_scrolled_away_is_no_longer_visible() -> None:
    window = open_window()
    story = window.scene.find(Role.TEXT)
    window.scroll_to(story.top)
    window.scroll_to(story.bottom)
    shares = [event.a for event in of(window, Kind.VISIBLE) if event.target == story.target]
    assert shares[-2] == pytest.approx(window.scene.h / story.h, abs=1e-4)
    assert shares[-1] == 0.0


def test_visibility_is_told_in_ten_steps_and_when_a_target_comes_and_goes() -> None:
    window = open_window()
    figure = window.scene.find(Role.FIGURE)
    for y in range(int(figure.bottom - window.scene.h) - 500, int(figure.bottom) + 20):
        window.scroll_to(y)
    shares = [event.a for event in of(window, Kind.VISIBLE) if event.target == figure.target]
    coming = [0, 1 / 420, *(step / 10 for step in range(1, 11))]
    assert shares[:12] == pytest.approx(coming, abs=1 / 420)


def test_a_mouse_that_rests_leaves_a_target_that_moves_from_under_it() -> None:
    window = open_window()
    story = window.scene.find(Role.TEXT)
    window.scroll_to(story.top)
    window.move(story.left + 10, 10)
    window.scroll_to(story.top - 100)
    hovers = [(e.kind, e.target) for e in window.events if e.kind in (Kind.ENTER, Kind.LEAVE)]
    assert hovers == [(Kind.ENTER, story.target), (Kind.LEAVE, story.target)]


def test_the_end_of_a_text_is_told_once() -> None:
    window = open_window()
    story = window.scene.find(Role.TEXT)
    for y in (story.bottom - window.scene.h - 10, story.bottom - window.scene.h, 0, story.bottom):
        window.scroll_to(y)
    assert [event.name for event in of(window, Kind.GOAL)] == ["story-read"]


def test_only_a_field_takes_the_focus_and_what_is_typed() -> None:
    window = open_window()
    field, button = window.scene.find(Role.FIELD), window.scene.find(Role.BUTTON)
    window.enter(correction=False)
    window.click(field)
    window.click(field)
    window.enter(correction=True)
    window.click(button)
    told = [(e.kind, e.target, e.a) for e in window.events if e.kind in (Kind.FOCUS, Kind.BLUR, Kind.INPUT)]
    assert told == [(Kind.FOCUS, field.target, 0), (Kind.INPUT, field.target, 1), (Kind.BLUR, field.target, 0)]


# Eyes


def test_people_read_as_fast_as_brysbaert_found() -> None:
    assert mean_of(eyes.READING_WPM.draw) == pytest.approx(238, abs=4)
    assert eyes.reading_ms(238, 238) == 60_000
    assert eyes.looking_ms(400, seeded(1)) / 400 == pytest.approx(250, abs=10)


# Wheel


@pytest.mark.parametrize(("px", "moved"), [(800, 800), (740, 700), (10, 100), (-300, -300)])
def test_a_burst_goes_as_many_notches_as_come_nearest(px: float, moved: float) -> None:
    window = open_window()
    window.scroll_to(1000)
    wheel.turn(window, seeded(2), px)
    assert window.y == 1000 + moved


def test_a_burst_is_smooth_and_takes_its_time() -> None:
    window = open_window()
    wheel.turn(window, seeded(2), 800)
    steps = [after.a - before.a for before, after in pairwise(of(window, Kind.SCROLL))]
    assert all(0 < step <= 100 for step in steps)
    assert 700 < window.t_ms < 2500


def test_a_place_that_is_near_is_left_as_it_is_and_the_edges_hold() -> None:
    window = open_window()
    wheel.bring(window, seeded(2), 40)
    assert of(window, Kind.SCROLL) == []
    wheel.bring(window, seeded(2), 1e9)
    assert window.end - 50 < window.y <= window.end


# Mouse


def test_a_movement_is_fastest_in_the_middle_as_minimum_jerk_has_it() -> None:
    assert (mouse.smooth(0), mouse.smooth(0.5), mouse.smooth(1)) == (0, 0.5, 1)
    assert (mouse.smooth(0.501) - mouse.smooth(0.499)) / 0.002 == pytest.approx(1.875, abs=1e-3)  # 15/8 of the mean


def test_aiming_takes_longer_the_farther_and_the_smaller() -> None:
    def lasts_ms(x: float, width: float) -> float:
        window = open_window()
        window.move(100, 100)
        mouse.travel(window, seeded(3), x, 100, width)
        return window.t_ms

    assert lasts_ms(1100, 20) > lasts_ms(600, 20) > lasts_ms(600, 100)
    # log2(500 / 20 + 1) = 4.70 bits at 3 to 6 bits/s, and at most a frame more
    assert 4.70 / 6 * 1000 <= lasts_ms(600, 20) <= 4.70 / 3 * 1000 + 17


def test_a_mouse_brings_a_target_into_view_and_comes_to_lie_on_it() -> None:
    for seed in range(30):
        window = open_window()
        box = window.scene.find(Role.BUTTON)
        mouse.click(window, seeded(seed), box)
        assert window.pointer
        x, y = window.pointer
        assert box.holds(x, y + window.y)
        assert window.events[-1] == Event(Kind.CLICK, round(window.t_ms, 1), box.target)
        assert of(window, Kind.ENTER)[-1].target == box.target


def test_a_hand_at_rest_moves_little_and_takes_the_time_it_was_given() -> None:
    window = open_window()
    window.move(500, 300)
    mouse.rest(window, seeded(8), 30_000)
    moves = of(window, Kind.POINTER)
    assert window.t_ms == pytest.approx(30_000)
    assert 5 <= len(moves) <= 60
    assert all(abs(after.a - before.a) <= 13 for before, after in pairwise(moves))


def test_a_visitor_without_a_mouse_rests_without_moving_it() -> None:
    window = open_window()
    mouse.rest(window, seeded(8), 30_000)
    assert of(window, Kind.POINTER) == []


# Touch


def test_a_fling_runs_out() -> None:
    window = open_window(phone=True)
    touch.fling(window, seeded(6))
    steps = [after.a - before.a for before, after in pairwise(of(window, Kind.SCROLL))]
    assert steps[0] > 3 * steps[-1] >= 0
    assert 200 < window.y < 3500
    assert [event.c for event in of(window, Kind.POINTER)] == [TOUCH]


def test_a_fling_ends_at_the_edge() -> None:
    window = open_window(phone=True)
    touch.fling(window, seeded(6), down=False)
    assert window.y == 0
    for seed in range(40):
        touch.fling(window, seeded(seed))
    assert window.at_end


def test_a_drag_goes_where_it_was_meant_to() -> None:
    window = open_window(phone=True)
    touch.drag(window, seeded(6), 250)
    assert window.y == 250


def test_a_tap_is_on_its_target_and_no_hover() -> None:
    window = open_window(phone=True)
    button = window.scene.find(Role.BUTTON)
    touch.tap(window, seeded(9), button)
    at = of(window, Kind.POINTER)[-1]
    assert button.holds(at.a, at.b + window.y)
    assert at.c == TOUCH
    assert window.events[-1].kind is Kind.CLICK
    assert of(window, Kind.ENTER) == []


# Keys


def test_people_type_as_fast_as_dhakal_found() -> None:
    assert mean_of(TYPIST_MS.draw) == pytest.approx(238.7, rel=0.03)


def test_typing_has_the_typists_rhythm_and_corrections() -> None:
    window = open_window()
    window.click(window.scene.find(Role.FIELD))
    Typist(interval_ms=200, within=0.5, corrects=0.25, pauses=0.0).write(window, seeded(5), 2000)
    times = [event.t_ms for event in of(window, Kind.KEY)]
    gaps = [after - before for before, after in pairwise(times)]
    assert statistics.mean(gaps) == pytest.approx(200, rel=0.05)
    assert statistics.stdev(gaps) == pytest.approx(100, rel=0.1)
    assert statistics.mean(event.a for event in of(window, Kind.INPUT)) == pytest.approx(0.25, abs=0.03)


def test_keys_are_in_a_field_or_outside_of_every_one() -> None:
    window = open_window()
    window.press()
    window.click(window.scene.find(Role.FIELD))
    window.press()
    window.click(window.scene.find(Role.BUTTON))
    window.press()
    assert [event.a for event in of(window, Kind.KEY)] == [1, 0, 1]


def test_a_typist_who_thinks_pauses_for_longer_than_two_seconds() -> None:
    window = open_window()
    Typist(interval_ms=200, within=0.5, corrects=0.06, pauses=1.0).write(window, seeded(5), 20)
    times = [event.t_ms for event in of(window, Kind.KEY)]
    assert all(after - before >= 2000 for before, after in pairwise(times))
    assert of(window, Kind.INPUT) == []


def test_the_focus_takes_the_window_along() -> None:
    window = open_window()
    field = window.scene.find(Role.FIELD)
    tab_to(window, seeded(5), field.target)
    assert window.focused == field.target
    assert window.y <= field.top <= field.bottom <= window.y + window.scene.h
    y = window.y
    tab_to(window, seeded(5), window.scene.find(Role.BUTTON).target)
    tab_to(window, seeded(5), -1)
    assert (window.focused, window.y) == (-1, y)
