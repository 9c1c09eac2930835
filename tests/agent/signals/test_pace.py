import math

import pytest

from trimtab.declared import Smoothing, exponential_average, hampel, moving_average, seconds, windowed_median
from trimtab.signals.pace import STEP_MS, Pace, at_rest

MEAN = moving_average(seconds(2))
EVERY = [MEAN, exponential_average(half_life=seconds(1)), windowed_median(seconds(2)), hampel(seconds(2))]


def speed(pace: Pace, now_ms: float) -> float:
    return pace.speed_px_s("speed", now_ms).value


def test_what_does_not_move_has_no_speed_and_needs_no_second_look() -> None:
    measure = Pace(MEAN).speed_px_s("speed", 12_345)

    assert (measure.name, measure.unit, measure.value, measure.until_ms) == ("speed", "px/s", 0, math.inf)


def test_a_steady_movement_has_its_speed() -> None:
    pace = Pace(MEAN)
    for t_ms in range(0, 5_000, 10):
        pace.move(6, t_ms)

    assert speed(pace, 5_000) == 600


def test_a_first_movement_is_averaged_with_the_rest_before_it() -> None:
    pace = Pace(MEAN)
    pace.move(200, 10_050)

    assert speed(pace, 10_099) == 0
    assert speed(pace, 10_100) == 100
    assert speed(pace, 12_000) == 100
    assert speed(pace, 12_100) == 0


def test_a_moving_average_is_looked_at_again_each_step_until_the_movement_is_forgotten() -> None:
    pace = Pace(MEAN)
    pace.move(200, 10_050)

    assert pace.speed_px_s("speed", 10_060).until_ms == 10_100
    assert pace.speed_px_s("speed", 10_100).until_ms == 10_200
    assert pace.speed_px_s("speed", 12_050).until_ms == 12_100
    assert pace.speed_px_s("speed", 12_100).until_ms == math.inf


@pytest.mark.parametrize("smoothing", EVERY, ids=lambda smoothing: smoothing.kind)
def test_after_a_long_rest_everything_is_as_at_the_start(smoothing: Smoothing) -> None:
    rested, fresh = Pace(smoothing), Pace(smoothing)
    for t_ms in range(0, 3_000, 10):
        rested.move(9, t_ms)
    for pace in (rested, fresh):
        for t_ms in range(600_000, 601_000, 10):
            pace.move(5, t_ms)

    assert [speed(rested, now_ms) for now_ms in range(601_000, 604_000, 50)] == [
        speed(fresh, now_ms) for now_ms in range(601_000, 604_000, 50)
    ]


@pytest.mark.parametrize("smoothing", EVERY, ids=lambda smoothing: smoothing.kind)
def test_a_day_of_rest_costs_no_more_than_a_moment(smoothing: Smoothing) -> None:
    pace = Pace(smoothing)
    pace.move(200, 1_000)

    assert speed(pace, 86_400_000 * 365) == 0


@pytest.mark.parametrize("smoothing", EVERY, ids=lambda smoothing: smoothing.kind)
def test_looking_does_not_change_what_is_seen(smoothing: Smoothing) -> None:
    watched, left_alone = Pace(smoothing), Pace(smoothing)
    for t_ms in range(0, 4_000, 70):
        watched.move(t_ms % 11, t_ms)
        left_alone.move(t_ms % 11, t_ms)
        speed(watched, t_ms + 3)

    assert speed(watched, 4_321) == speed(left_alone, 4_321)


def test_at_rest_is_the_state_before_anything_moved() -> None:
    assert all(at_rest(smoothing).get() == 0 for smoothing in EVERY)
    assert all(at_rest(smoothing).settled() for smoothing in EVERY)


def test_a_step_is_a_tenth_of_a_second() -> None:
    assert STEP_MS == 100
