"""Distributions that simulated visitors are drawn from. Each draw takes one number of the generator.

`random.Random.random` gives the same numbers for a seed in every version of Python, which its other methods do not
promise; so everything here is an inverse distribution function of one uniform number. What comes out is rounded
before it is written, so the last bit of a C library's logarithm is not seen in a trace.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import NormalDist
from typing import Protocol

STANDARD = NormalDist()


class Distribution(Protocol):
    """What all of them do."""

    def draw(self, rng: Random) -> float:
        """One value."""


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every value from `low` to `high` alike."""

    low: float
    high: float

    def draw(self, rng: Random) -> float:
        """One value."""
        return self.low + (self.high - self.low) * rng.random()


@dataclass(frozen=True, slots=True)
class Normal:
    """The normal distribution, cut off at `low` and `high`: nobody is drawn from outside."""

    mean: float
    sd: float
    low: float
    high: float

    def draw(self, rng: Random) -> float:
        """One value."""
        low, high = (STANDARD.cdf((edge - self.mean) / self.sd) for edge in (self.low, self.high))
        return self.mean + self.sd * STANDARD.inv_cdf(_between(low, high, rng))


@dataclass(frozen=True, slots=True)
class LogNormal:
    """The log-normal distribution with this mean and standard deviation (of the values), cut off like `Normal`."""

    mean: float
    sd: float
    low: float
    high: float

    def draw(self, rng: Random) -> float:
        """One value."""
        variance = math.log(1 + (self.sd / self.mean) ** 2)
        centre = math.log(self.mean) - variance / 2
        logs = Normal(centre, math.sqrt(variance), math.log(self.low), math.log(self.high))
        return math.exp(logs.draw(rng))


@dataclass(frozen=True, slots=True)
class Weibull:
    """The Weibull distribution, cut off at `low` and `high`. A shape below 1 means that who has stayed, stays."""

    scale: float
    shape: float
    low: float
    high: float

    def draw(self, rng: Random) -> float:
        """One value."""
        low, high = (-math.expm1(-math.pow(edge / self.scale, self.shape)) for edge in (self.low, self.high))
        return self.scale * math.pow(-math.log1p(-_between(low, high, rng)), 1 / self.shape)


@dataclass(frozen=True, slots=True)
class Share:
    """Of how many occasions a person takes one, from 0 to 1: half of all people take fewer than `median`, half more.

    The log-odds are normal with the deviation `spread`: at 0.5, two of three people are within a factor of 1.65 of the
    median's odds.
    """

    median: float
    spread: float = 0.5

    def draw(self, rng: Random) -> float:
        """One person's share."""
        odds = self.median / (1 - self.median) * math.exp(self.spread * STANDARD.inv_cdf(_between(0, 1, rng)))
        return odds / (1 + odds)


def seeded(seed: int) -> Random:
    """The generator of one visitor."""
    return Random(seed)  # noqa: S311  a visitor that can be made again, not a secret


def happens(share: float, rng: Random) -> bool:
    """True in this share of the draws."""
    return rng.random() < share


def count(distribution: Distribution, rng: Random) -> int:
    """A draw as a whole number."""
    return round(distribution.draw(rng))


def pick[T](items: Sequence[T], rng: Random) -> T:
    """One of them, each alike."""
    return items[int(rng.random() * len(items))]


def _between(low: float, high: float, rng: Random) -> float:
    """A number strictly between 0 and 1, and within `low` to `high`."""
    share = rng.random() * (1 - 2.0**-52) + 2.0**-53
    return min(max(low + (high - low) * share, 2.0**-53), 1 - 2.0**-53)
