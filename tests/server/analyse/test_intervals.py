import math

import pytest

from trimtab_server.analyse.intervals import Interval, Share, difference_interval, ratio_interval, wilson


def coverage(probability: float, n: int) -> float:
    """Exact, by enumeration: the chance that the Wilson interval of n reports contains the probability behind them."""
    return sum(
        math.comb(n, hits) * probability**hits * (1 - probability) ** (n - hits)
        for hits in range(n + 1)
        if probability in wilson(Share(hits, n))
    )


def test_wilson_matches_the_example_in_newcombes_paper() -> None:
    interval = wilson(Share(81, 263))

    assert interval.low == pytest.approx(0.2553, abs=5e-5)
    assert interval.high == pytest.approx(0.3662, abs=5e-5)


def test_wilson_of_no_hit_starts_at_exactly_zero_and_of_all_hits_ends_at_exactly_one() -> None:
    assert wilson(Share(0, 20)).low == 0.0
    assert wilson(Share(0, 20)).high == pytest.approx(0.1611, abs=5e-5)
    assert wilson(Share(20, 20)).high == 1.0


@pytest.mark.parametrize(
    ("probability", "n", "low", "high"),
    [(0.5, 30, 0.95, 0.96), (0.2, 200, 0.94, 0.96), (0.05, 400, 0.94, 0.96), (0.01, 1000, 0.94, 0.97)],
)
def test_wilson_covers_the_truth_about_nineteen_times_in_twenty_by_enumeration(
    probability: float, n: int, low: float, high: float
) -> None:
    assert low <= coverage(probability, n) <= high


def newcombe(first: Share, second: Share) -> Interval:
    return difference_interval(first.value, wilson(first), second.value, wilson(second))


def test_newcombe_matches_the_examples_in_the_paper() -> None:
    interval = newcombe(Share(56, 70), Share(48, 80))
    none_at_all = newcombe(Share(10, 10), Share(0, 10))

    assert (interval.low, interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert (none_at_all.low, none_at_all.high) == pytest.approx((0.6075, 1.0), abs=5e-5)


def test_newcombe_turned_round_is_the_same_interval_mirrored() -> None:
    there, back = newcombe(Share(30, 100), Share(45, 120)), newcombe(Share(45, 120), Share(30, 100))

    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


def test_an_interval_of_more_deviations_is_wider_and_one_of_none_is_the_share() -> None:
    share = Share(30, 100)
    three, none = wilson(share, 3.0), wilson(share, 0.0)

    assert (none.low, none.high) == (0.3, 0.3)
    assert three.low < wilson(share).low < wilson(share).high < three.high


@pytest.mark.parametrize("shares", [(56, 70, 48, 80), (3, 50, 40, 60), (0, 20, 7, 20)])
def test_a_ratio_is_in_its_interval_exactly_where_the_difference_of_first_and_ratio_times_second_may_be_zero(
    shares: tuple[int, int, int, int],
) -> None:
    one, two = Share(*shares[:2]), Share(*shares[2:])
    interval = ratio_interval(one.value, wilson(one), two.value, wilson(two))
    assert interval is not None

    for step in range(1, 400):
        ratio, around = step / 100, wilson(two)
        scaled = Interval(ratio * around.low, ratio * around.high)
        zero_in = 0 in difference_interval(one.value, wilson(one), ratio * two.value, scaled)
        assert zero_in == (ratio in interval)


def test_a_ratio_to_what_may_be_nothing_has_no_interval() -> None:
    assert ratio_interval(0.3, Interval(0.2, 0.4), 0.01, Interval(-0.01, 0.05)) is None


def test_a_ratio_of_what_may_be_nothing_begins_at_zero_and_one_of_less_than_nothing_is_zero() -> None:
    around = Interval(0.3, 0.4)

    small = ratio_interval(0.01, Interval(-0.02, 0.04), 0.35, around)

    assert small is not None
    assert small.low == 0.0
    assert small.high == pytest.approx(0.11587, abs=1e-5)  # 0.12 R^2 - 0.007 R - 0.0008 = 0
    assert ratio_interval(-0.2, Interval(-0.3, -0.1), 0.35, around) == Interval(0.0, 0.0)


def test_clipping_keeps_an_interval_inside_the_limits_even_if_it_lies_wholly_outside() -> None:
    assert Interval(-0.3, 0.4).clipped(0, 1) == Interval(0, 0.4)
    assert Interval(-0.3, -0.1).clipped(0, 1) == Interval(0, 0)


@pytest.mark.parametrize(("hits", "total"), [(0, 0), (3, 2), (-1, 2)])
def test_a_share_of_nothing_or_more_than_everything_is_refused(hits: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        Share(hits, total)
