import math

import pytest

from trimtab import Tunable, minutes, seconds
from trimtab.declared import Duration, exponential_average, hampel, moving_average, windowed_median
from trimtab.errors import PolicyError


def test_a_duration_has_its_unit_in_its_name() -> None:
    assert seconds(2) == Duration(2_000)
    assert seconds(0.25) == Duration(250)
    assert minutes(1.5) == Duration(90_000)
    assert seconds(0) == minutes(0) == Duration(0)


@pytest.mark.parametrize("number", [-1, -0.001, math.nan, math.inf, 1e9, True, "2", None], ids=repr)
def test_what_is_no_length_of_time_is_refused(number: float) -> None:
    with pytest.raises(PolicyError) as caught:
        seconds(number)
    assert caught.value.what == f"seconds({number!r}) is no length of time"
    assert caught.value.mend == "use a number from 0, such as seconds(2)"
    assert caught.value.file == "test_declared.py"


def test_a_tunable_is_the_number_that_it_holds_now() -> None:
    limit = Tunable("skim_wpm", 450, low=300, high=700)

    assert float(limit) == 450.0
    assert (limit.name, limit.low, limit.high) == ("skim_wpm", 300, 700)


@pytest.mark.parametrize("value", [300, 700])
def test_the_ends_of_its_range_belong_to_a_tunable(value: float) -> None:
    assert float(Tunable("skim_wpm", value, low=300, high=700)) == value


def test_a_smoothing_is_data() -> None:
    assert (moving_average(seconds(2)).kind, moving_average(seconds(2)).span_ms) == ("moving-average", 2_000)
    assert (exponential_average(half_life=seconds(1)).kind, windowed_median(seconds(3)).kind) == (
        "exponential-average", "windowed-median"
    )  # fmt: skip
    assert (hampel(seconds(2)).limit, hampel(seconds(2), limit=2).limit) == (3, 2)


@pytest.mark.parametrize("window", [seconds(0.1), seconds(31), 2])
def test_a_window_that_smooths_nothing_or_everything_is_refused(window: Duration) -> None:
    with pytest.raises(PolicyError, match=r"smoothing over .*; use 0\.2 to 30 seconds"):
        moving_average(window)


@pytest.mark.parametrize("limit", [0, -1, 11, math.nan])
def test_a_limit_of_no_use_is_refused(limit: float) -> None:
    with pytest.raises(PolicyError, match=r"hampel: limit is .*; use a number above 0, at most 10"):
        hampel(seconds(2), limit=limit)
