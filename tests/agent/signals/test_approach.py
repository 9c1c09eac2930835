import pytest

from trimtab.signals.approach import NEAR_PX, REST_MS, SLOW_PX_S, Approach
from trimtab.signals.attention import IDLE_LIMIT_MS, Attention
from trimtab.signals.pointer import length
from trimtab.values import Kind, Measure, Missing


def attentive() -> Attention:
    """From 0 until nothing has happened for IDLE_LIMIT_MS."""
    attention = Attention()
    attention.update(Kind.PAGE, 0)
    return attention


def approach_of(attention: Attention | None = None) -> Approach:
    """To a box from (1000, 500) to (1200, 600)."""
    approach = Approach("buy", attention or attentive())
    approach.measure_height(500, 100)
    approach.measure_width(1_000, 200)
    return approach


@pytest.mark.parametrize(
    ("x_px", "y_px", "distance_px"),
    [(1_100, 550, 0), (1_000, 500, 0), (900, 550, 100), (1_250, 550, 50), (1_100, 620, 20), (970, 460, 50)],
)
def test_the_distance_is_to_the_nearest_edge(x_px: float, y_px: float, distance_px: float) -> None:
    approach = approach_of()
    approach.update(x_px, y_px, 1_000)

    assert approach.distance_px(1_500) == Measure("distance to buy", "px", distance_px, 1_500)


def test_what_is_missing_is_said() -> None:
    unmeasured = Approach("buy", attentive())
    unmeasured.measure_height(500, 100)
    unmeasured.update(0, 0, 0)

    assert unmeasured.distance_px(0) == Missing("distance to buy", "its place has not been measured")
    assert approach_of().distance_px(0) == Missing("distance to buy", "no pointer has been seen")
    assert approach_of().hesitation_s(0) == Missing("hesitation at buy", "no pointer has been seen")


def test_coming_nearer_is_approach_and_going_away_is_retreat() -> None:
    approach = approach_of()
    approach.update(500, 550, 0)
    assert approach.approach_px(10) == Missing(
        "approach to buy", "the pointer has not moved since the target was measured"
    )  # fmt: skip
    approach.update(600, 550, 20)
    assert approach.approach_px(30) == Measure("approach to buy", "px", 100, 30)
    approach.update(570, 550, 40)
    assert approach.approach_px(50) == Measure("approach to buy", "px", -30, 50)


def hesitate(approach: Approach) -> None:
    """A quick way to the target, then a slow movement near it, at 2 s."""
    approach.update(500, 550, 0)
    approach.update(890, 550, 1_000)
    approach.update(905, 550, 2_000)


def hesitation(approach: Approach, now_ms: float) -> float:
    measure = approach.hesitation_s(now_ms)
    assert isinstance(measure, Measure)
    return measure.value


def test_to_be_slow_near_a_target_is_to_hesitate() -> None:
    approach = approach_of()
    hesitate(approach)

    assert approach.hesitation_s(5_000) == Measure(
        "hesitation at buy", "s", 3, 5_000, rise=0.001, until_ms=IDLE_LIMIT_MS
    )


def test_a_quick_movement_past_a_target_is_no_hesitation() -> None:
    approach = approach_of()
    for x_px, t_ms in [(500, 0), (950, 100), (1_300, 200), (1_800, 300)]:
        approach.update(x_px, 550, t_ms)

    assert approach.hesitation_s(5_000) == Measure("hesitation at buy", "s", 0, 5_000)


@pytest.mark.parametrize(("away_px", "slowly"), [(NEAR_PX, True), (NEAR_PX + 1, False)])
def test_near_is_within_reach_of_the_next_movement(away_px: float, slowly: bool) -> None:
    approach = approach_of()
    approach.update(1_000 - away_px - 10, 550, 0)
    approach.update(1_000 - away_px, 550, 1_000)

    assert hesitation(approach, 2_000) == (1 if slowly else 0)


@pytest.mark.parametrize(("px", "slowly"), [(SLOW_PX_S / 10, True), (SLOW_PX_S / 10 + 1, False)])
def test_slow_is_below_the_speed_of_an_aimed_movement(px: float, slowly: bool) -> None:
    approach = approach_of()
    approach.update(940, 550, 0)
    approach.update(940 + px, 550, 100)

    assert hesitation(approach, 100 + REST_MS) * 1000 == (REST_MS if slowly else 0)


def test_whoever_leaves_has_hesitated_until_then() -> None:
    approach = approach_of()
    hesitate(approach)
    approach.update(500, 550, 6_000)

    assert approach.hesitation_s(9_000) == Measure("hesitation at buy", "s", 4, 9_000)


def test_a_click_on_the_target_ends_the_doubt_and_forgets_it() -> None:
    approach = approach_of()
    hesitate(approach)
    approach.click(6_000)

    assert approach.hesitation_s(9_000) == Measure("hesitation at buy", "s", 0, 9_000)


def test_whoever_arrives_in_one_movement_hesitates_once_they_rest() -> None:
    approach = approach_of()
    approach.update(500, 550, 0)
    approach.update(1_010, 550, 50)

    rests_ms = 50 + REST_MS
    assert approach.hesitation_s(60) == Measure("hesitation at buy", "s", 0, 60, until_ms=rests_ms)
    assert approach.hesitation_s(rests_ms + 4_000) == Measure(
        "hesitation at buy", "s", 4, rests_ms + 4_000, rise=0.001, until_ms=IDLE_LIMIT_MS
    )


def test_a_mouse_that_races_about_on_the_target_does_not_hesitate() -> None:
    approach = approach_of()
    for number in range(100):
        approach.update(1_010 + 100 * (number % 2), 550, 16 * number)

    assert hesitation(approach, 16 * 99) == 0


def test_a_quick_movement_ends_hesitation_and_a_rest_takes_it_up_again() -> None:
    approach = approach_of()
    hesitate(approach)  # since 2 s
    approach.update(1_100, 550, 4_000)  # 195 px at once

    assert hesitation(approach, 4_000 + REST_MS) == 2
    assert hesitation(approach, 5_000 + REST_MS) == 3


def test_a_slow_movement_within_the_rest_begins_it_earlier() -> None:
    approach = approach_of()
    approach.update(500, 550, 0)
    approach.update(1_010, 550, 50)
    approach.update(1_011, 550, 150)

    assert hesitation(approach, 1_150) == 1


def test_a_page_that_is_scrolled_away_under_a_still_mouse_ends_it() -> None:
    approach = approach_of()
    hesitate(approach)
    approach.scroll(630, 3_000)
    assert hesitation(approach, 3_500) == 1.5  # still near
    approach.scroll(2_600, 4_000)

    assert approach.distance_px(4_000) == Measure("distance to buy", "px", length(95, 2_000), 4_000)
    assert approach.hesitation_s(9_000) == Measure("hesitation at buy", "s", 2, 9_000)


def test_scrolling_begins_no_hesitation_and_is_no_movement_of_the_mouse() -> None:
    approach = approach_of()
    approach.update(1_100, 5_000, 0)
    approach.scroll(550, 1_000)
    assert approach.hesitation_s(3_000) == Measure("hesitation at buy", "s", 0, 3_000)

    approach.update(1_101, 550, 3_000)
    assert hesitation(approach, 4_000) == 1


def test_nobody_hesitates_who_is_not_there() -> None:
    hidden, idle = approach_of(), approach_of()
    for approach in (hidden, idle):
        hesitate(approach)
    hidden.end(5_000)

    assert hidden.hesitation_s(90_000) == Measure("hesitation at buy", "s", 3, 90_000)
    assert idle.hesitation_s(3_600_000) == Measure("hesitation at buy", "s", IDLE_LIMIT_MS / 1000 - 2, 3_600_000)


def test_a_finger_does_not_hesitate_and_the_way_to_it_was_not_moved() -> None:
    approach = approach_of()
    hesitate(approach)
    approach.begin(3_000, mouse=False)
    approach.update(1_100, 550, 3_000)

    assert approach.hesitation_s(9_000) == Missing("hesitation at buy", "touch and pen do not hover")
    assert isinstance(approach.approach_px(9_000), Missing)
    assert approach.distance_px(9_000) == Measure("distance to buy", "px", 0, 9_000)
    approach.begin(10_000, mouse=True)
    approach.update(100, 550, 10_000)
    assert hesitation(approach, 20_000) == 1
