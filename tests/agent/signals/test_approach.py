import math

import pytest

from trimtab.signals.approach import NEAR_PX, SLOW_PX_S, Approach
from trimtab.values import Measure, Missing


def approach_of() -> Approach:
    """To a box from (1000, 500) to (1200, 600)."""
    approach = Approach("buy")
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
    unmeasured = Approach("buy")
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
    approach.update(950, 550, 1_000)
    approach.update(960, 550, 2_000)


def hesitation(approach: Approach, now_ms: float) -> float:
    measure = approach.hesitation_s(now_ms)
    assert isinstance(measure, Measure)
    return measure.value


def test_to_be_slow_near_a_target_is_to_hesitate() -> None:
    approach = approach_of()
    hesitate(approach)

    assert approach.hesitation_s(5_000) == Measure("hesitation at buy", "s", 3, 5_000, rise=0.001, until_ms=math.inf)


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

    assert hesitation(approach, 1_100) == (1 if slowly else 0)


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
