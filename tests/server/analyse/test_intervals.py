import math

import pytest

from trimtab_server.analyse.intervals import Interval, Share, newcombe, wilson


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


def test_newcombe_matches_the_examples_in_the_paper() -> None:
    interval = newcombe(Share(56, 70), Share(48, 80))
    none_at_all = newcombe(Share(10, 10), Share(0, 10))

    assert (interval.low, interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert (none_at_all.low, none_at_all.high) == pytest.approx((0.6075, 1.0), abs=5e-5)


def test_newcombe_turned_round_is_the_same_interval_mirrored() -> None:
    there, back = newcombe(Share(30, 100), Share(45, 120)), newcombe(Share(45, 120), Share(30, 100))

    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


def test_clipping_keeps_an_interval_inside_the_limits_even_if_it_lies_wholly_outside() -> None:
    assert Interval(-0.3, 0.4).clipped(0, 1) == Interval(0, 0.4)
    assert Interval(-0.3, -0.1).clipped(0, 1) == Interval(0, 0)


@pytest.mark.parametrize(("hits", "total"), [(0, 0), (3, 2), (-1, 2)])
def test_a_share_of_nothing_or_more_than_everything_is_refused(hits: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        Share(hits, total)
