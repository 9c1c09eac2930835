"""Small cases by hand; test_smoothing_oracle.py compares long series with pandas and scipy."""

import pytest

from trimtab.declared import Smoothing, exponential_average, hampel, moving_average, seconds, windowed_median
from trimtab.signals.smoothing import make_smoother, median

STEP_MS = 100
EVERY = [
    moving_average(seconds(0.3)),
    exponential_average(half_life=seconds(0.3)),
    windowed_median(seconds(0.3)),
    hampel(seconds(0.5)),
]


def smoothed(smoothing: Smoothing, *values: float) -> list[float]:
    smoother = make_smoother(smoothing, STEP_MS)
    given = []
    for value in values:
        smoother.update(value)
        given.append(smoother.get())
    return given


@pytest.mark.parametrize("smoothing", EVERY, ids=lambda smoothing: smoothing.kind)
def test_before_the_first_value_there_is_nothing(smoothing: Smoothing) -> None:
    smoother = make_smoother(smoothing, STEP_MS)

    assert smoother.get() == 0
    assert smoother.settled()


def test_a_moving_average_is_the_mean_of_the_window() -> None:
    assert smoothed(moving_average(seconds(0.3)), 6, 0, 3, 9, 0) == [6, 3, 3, 4, 4]


def test_a_windowed_median_does_not_see_a_short_burst() -> None:
    assert smoothed(windowed_median(seconds(0.3)), 1, 1, 900, 1, 1, 1) == [1, 1, 1, 1, 1, 1]


def test_an_exponential_average_is_half_as_much_after_a_half_life() -> None:
    assert smoothed(exponential_average(half_life=seconds(0.2)), 8, 0, 0, 0, 0)[::2] == pytest.approx(
        [8, 4, 2], rel=1e-12
    )


def test_a_hampel_filter_replaces_what_is_unlike_the_others() -> None:
    assert smoothed(hampel(seconds(0.5)), 10, 11, 12, 13, 900) == [10, 11, 12, 13, 12]


@pytest.mark.parametrize(("values", "middle"), [([], 0), ([3], 3), ([5, 1], 3), ([9, 1, 4], 4), ([4, 1, 2, 3], 2.5)])
def test_a_median_is_the_middle(values: list[float], middle: float) -> None:
    assert median(values) == middle


def test_a_smoothing_of_another_name_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no smoothing is called 'cubic'"):
        make_smoother(Smoothing("cubic", 200), STEP_MS)
