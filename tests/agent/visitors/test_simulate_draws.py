"""Distributions that simulated visitors are drawn from: seeded samples against what the distributions say."""

import math
import statistics
from random import Random

import pytest

from trimtab.visitors.draws import (
    Distribution,
    LogNormal,
    Normal,
    Share,
    Uniform,
    Weibull,
    count,
    happens,
    pick,
    seeded,
)

SIZE = 20_000


def sample(distribution: Distribution, seed: int = 7) -> list[float]:
    rng = seeded(seed)
    return [distribution.draw(rng) for _ in range(SIZE)]


@pytest.mark.parametrize(
    ("distribution", "mean", "sd"),
    [
        (Uniform(2, 6), 4, 4 / math.sqrt(12)),
        (Normal(238, 51, -1000, 1500), 238, 51),
        (LogNormal(238.7, 111.6, 1e-3, 1e6), 238.7, 111.6),
        (Weibull(100, 1, 0, 1e9), 100, 100),  # a shape of 1 is the exponential distribution
        (Weibull(100, 2, 0, 1e9), 100 * math.gamma(1.5), 100 * math.sqrt(math.gamma(2) - math.gamma(1.5) ** 2)),
    ],
)
def test_mean_and_deviation_are_those_of_the_distribution(distribution: Distribution, mean: float, sd: float) -> None:
    drawn = sample(distribution)
    assert statistics.mean(drawn) == pytest.approx(mean, rel=0.02)
    assert statistics.stdev(drawn) == pytest.approx(sd, rel=0.04)


@pytest.mark.parametrize(
    "distribution", [Normal(0, 10, -1, 2), LogNormal(100, 80, 50, 60), Weibull(900, 0.6, 10, 20), Uniform(10, 20)]
)
def test_nothing_is_drawn_from_beyond_the_edges(
    distribution: Normal | LogNormal | Weibull | Uniform,
) -> None:
    drawn = sample(distribution)
    assert distribution.low - 1e-9 <= min(drawn) < max(drawn) <= distribution.high + 1e-9


class Extreme(Random):
    """A generator that only knows its smallest, or its largest number."""

    number = 0.0

    def random(self) -> float:
        return self.number


@pytest.mark.parametrize("number", [0.0, 1 - 2.0**-53])
@pytest.mark.parametrize(
    "distribution", [Normal(0, 1, -1e9, 1e9), LogNormal(1, 1, 1e-9, 1e9), Weibull(1, 0.6, 0, 1e300), Share(0.5)]
)
def test_the_rarest_draw_is_still_a_number(distribution: Distribution, number: float) -> None:
    rng = Extreme()
    rng.number = number
    assert math.isfinite(distribution.draw(rng))


def test_half_of_the_people_take_fewer_occasions_than_the_median_and_nobody_less_than_none() -> None:
    drawn = sample(Share(0.24, spread=0.5))
    assert statistics.median(drawn) == pytest.approx(0.24, abs=0.005)
    odds = sorted(share / (1 - share) for share in drawn)
    assert odds[round(0.8413 * SIZE)] / odds[SIZE // 2] == pytest.approx(math.exp(0.5), rel=0.03)
    assert 0 < min(drawn) < max(drawn) < 1


def test_one_draw_takes_one_number_of_the_generator() -> None:
    for distribution in (Uniform(0, 1), Share(0.3), Normal(0, 1, -9, 9), LogNormal(1, 1, 0.1, 9), Weibull(1, 1, 0, 9)):
        used, skipped = seeded(3), seeded(3)
        distribution.draw(used)
        skipped.random()
        assert used.random() == skipped.random()


def test_chances_counts_and_picks() -> None:
    rng = seeded(11)
    assert sum(happens(0.25, rng) for _ in range(SIZE)) / SIZE == pytest.approx(0.25, abs=0.01)
    assert {count(Uniform(1.5, 4.49), rng) for _ in range(SIZE)} == {2, 3, 4}
    assert {pick("abc", rng) for _ in range(SIZE)} == set("abc")
