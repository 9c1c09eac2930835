import math

import pytest

from trimtab.declared import moving_average, seconds
from trimtab.signals.scroll import Scroll
from trimtab.values import Measure, Missing


def page(*, viewport_px: float = 800, document_px: float = 8_000) -> Scroll:
    scroll = Scroll(moving_average(seconds(2)))
    scroll.measure_page(viewport_px, document_px, 0)
    return scroll


def speed(scroll: Scroll, now_ms: float) -> float:
    measure = scroll.speed_px_s(now_ms)
    assert isinstance(measure, Measure)
    return measure.value


def test_a_page_that_was_not_measured_has_neither_speed_nor_depth() -> None:
    scroll = Scroll(moving_average(seconds(2)))

    assert scroll.speed_px_s(9_000) == Missing("scroll speed", "the page has not been measured")
    assert scroll.depth(9_000) == Missing("scroll depth", "the page has not been measured")
    assert scroll.position(9_000) == Missing("scroll position", "the page has not been measured")


def test_a_speed_is_known_after_two_seconds_of_watching() -> None:
    scroll = page()
    scroll.update(500, 1_000)

    assert scroll.speed_px_s(1_999) == Missing("scroll speed", "watched for less than 2 s", 2_000)
    assert scroll.median_speed_px_s(0) == Missing("median scroll speed", "watched for less than 2 s", 2_000)
    assert speed(scroll, 2_000) == 250


def test_both_ways_count_as_speed() -> None:
    scroll = page()
    for step in range(40):
        scroll.update(100 * (step % 2), 1_000 + step * 50)

    assert speed(scroll, 3_000) == 1_950


@pytest.mark.parametrize(("y_px", "expected"), [(1_200, 600), (1_201, 0), (8_000, 0)])
def test_a_jump_is_no_speed(y_px: float, expected: float) -> None:
    scroll = page()
    scroll.update(y_px, 2_000)

    assert speed(scroll, 2_100) == expected


def test_after_a_jump_the_speed_is_that_of_the_movements_from_there() -> None:
    scroll = page()
    scroll.update(6_000, 2_000)
    scroll.update(6_200, 2_050)

    assert speed(scroll, 2_100) == 100


def test_the_median_is_nothing_while_the_visitor_rests_more_than_they_scroll() -> None:
    scroll = page()
    for step in range(9):
        scroll.update(100 * step, 5_000 + 100 * step)
    assert scroll.median_speed_px_s(6_000) == Measure("median scroll speed", "px/s", 0, 6_000, until_ms=6_100)
    for step in range(9, 20):
        scroll.update(100 * step, 5_000 + 100 * step)
    assert scroll.median_speed_px_s(7_000) == Measure("median scroll speed", "px/s", 1_000, 7_000, until_ms=7_100)


def test_depth_is_the_deepest_and_position_the_present_bottom_edge() -> None:
    scroll = page()
    for y_px, t_ms in [(2_000, 10), (4_000, 20), (1_200, 30)]:
        scroll.update(y_px, t_ms)

    assert scroll.depth(40) == Measure("scroll depth", "", 0.6, 40)
    assert scroll.position(40) == Measure("scroll position", "", 0.25, 40)
    assert scroll.y_px == 1_200


def test_a_page_shorter_than_the_window_has_been_seen_whole() -> None:
    assert page(document_px=500).depth(0) == Measure("scroll depth", "", 1, 0)


def test_a_page_that_grows_has_been_seen_to_a_smaller_share() -> None:
    scroll = page(document_px=1_600)
    scroll.grow(3_200, 10)

    assert scroll.depth(20) == Measure("scroll depth", "", 0.25, 20)


def test_a_larger_window_shows_more() -> None:
    scroll = page(document_px=1_600)
    scroll.resize(1_200, 10)
    assert scroll.depth(20) == Measure("scroll depth", "", 0.75, 20)
    scroll.resize(400, 30)
    assert scroll.depth(40) == Measure("scroll depth", "", 0.75, 40)
    assert scroll.position(40) == Measure("scroll position", "", 0.25, 40)


def test_growing_and_resizing_do_not_start_the_watch_again() -> None:
    scroll = page()
    scroll.grow(9_000, 1_900)
    scroll.resize(700, 1_950)

    assert speed(scroll, 2_000) == 0


def test_a_change_of_direction_counts_once_it_has_gone_two_lines() -> None:
    scroll = page()
    for y_px in (300, 280, 265, 259, 200, 239, 241):
        scroll.update(y_px, 5_000)

    assert scroll.turns(10) == Measure("scroll turns", "", 2, 10)


def test_a_jump_turns_nothing() -> None:
    scroll = page()
    for y_px in (300, 5_000, 4_900, 5_100):
        scroll.update(y_px, 5_000)

    assert scroll.turns(6_000).value == 2


def path_px(moves: list[tuple[float, float]], scroll: Scroll) -> float:
    """The distance that counts after the page has been scrolled to these places (px) at these times (ms)."""
    for y_px, t_ms in moves:
        scroll.update(y_px, t_ms)
    return scroll.path_px


@pytest.mark.parametrize(("t_ms", "expected_px"), [(0, 0), (999, 0), (1_000, 700)])
def test_the_page_takes_its_place_in_its_first_second(t_ms: float, expected_px: float) -> None:
    assert path_px([(700, t_ms)], page()) == expected_px


def test_a_page_that_takes_its_place_again_as_it_grows_is_not_moved_either() -> None:
    assert path_px([(400, 300), (900, 800), (1_000, 5_000)], page()) == 100


def test_a_restored_place_is_seen_and_is_no_movement_of_anybody() -> None:
    scroll = page()
    scroll.update(1_200, 100)

    assert scroll.depth(200) == Measure("scroll depth", "", 0.25, 200)
    assert scroll.position(200) == Measure("scroll position", "", 0.25, 200)
    assert scroll.idle_s(5_000) == Missing("scroll idle", "nothing has been scrolled yet")
    scroll.update(1_100, 9_000)
    assert scroll.pauses(9_000).value == 0
    assert scroll.turns(9_000).value == 0


def test_who_has_moved_the_mouse_scrolls_by_hand_from_the_first_moment() -> None:
    scroll = page()
    scroll.handled = True

    assert path_px([(700, 0)], scroll) == 700


def test_who_has_pressed_a_key_scrolls_by_hand_from_the_first_moment() -> None:
    scroll = page()
    scroll.press()

    assert path_px([(700, 0)], scroll) == 700


def test_the_first_second_is_that_of_the_page_not_of_the_first_scroll() -> None:
    assert path_px([(700, 20_000)], page()) == 700


@pytest.mark.parametrize(("t_ms", "expected_px"), [(5_000, 0), (5_200, 0), (5_201, 700)])
def test_a_scroll_right_after_a_click_is_the_page_s_answer(t_ms: float, expected_px: float) -> None:
    scroll = page()
    scroll.ask(5_000)

    assert path_px([(700, t_ms)], scroll) == expected_px


def test_a_page_that_glides_to_an_anchor_is_not_scrolled_by_the_visitor() -> None:
    scroll = page()
    scroll.ask(5_000)
    glide = [(40.0 * step, 5_016.0 + 16 * step) for step in range(30)]

    assert path_px(glide, scroll) == 0
    assert path_px([(1_260, 5_800)], scroll) == 100  # more than 200 ms after the end of the glide


def test_who_clicks_and_scrolls_on_is_back_in_the_count_after_a_second() -> None:
    scroll = page()
    scroll.ask(5_000)
    on = [(10.0 * step, 5_000.0 + 100 * step) for step in range(1, 21)]

    assert path_px(on, scroll) == 100


def test_a_key_after_a_click_scrolls_by_hand() -> None:
    scroll = page()
    scroll.ask(5_000)
    scroll.press()

    assert path_px([(720, 5_050)], scroll) == 720


def test_a_press_of_page_down_is_speed() -> None:
    scroll = page()
    scroll.press()
    scroll.update(720, 5_000)

    assert speed(scroll, 5_100) == 360


def test_an_answer_is_a_scroll_but_turns_nothing() -> None:
    scroll = page()
    scroll.update(1_000, 3_000)
    scroll.ask(6_000)
    scroll.update(200, 6_050)
    scroll.update(300, 9_000)

    assert scroll.turns(9_000).value == 0
    assert scroll.pauses(9_000).value == 2
    assert scroll.path_px == 1_100


def test_rests_of_two_seconds_between_movements_are_pauses() -> None:
    scroll = page()
    for t_ms in (1_000, 2_999, 5_000, 7_000, 7_001):
        scroll.update(t_ms / 10, t_ms)

    assert scroll.pauses(60_000) == Measure("scroll pauses", "", 2, 60_000)


def test_idle_is_a_stopwatch_since_the_last_movement() -> None:
    scroll = page()
    assert scroll.idle_s(5_000) == Missing("scroll idle", "nothing has been scrolled yet")
    scroll.update(10, 5_000)
    assert scroll.idle_s(7_500) == Measure("scroll idle", "s", 2.5, 7_500, rise=0.001, until_ms=math.inf)


def test_a_page_that_is_pulled_beyond_its_top_is_at_its_top() -> None:
    scroll = page()
    scroll.update(-10_000, 5_000)

    assert scroll.position(5_000) == Measure("scroll position", "", 0, 5_000)


def test_what_moves_is_told_from_what_jumps() -> None:
    scroll = page()

    assert scroll.update(100, 5_000)
    assert not scroll.update(9_000, 6_000)
    scroll.ask(7_000)
    assert not scroll.update(9_100, 7_100)
