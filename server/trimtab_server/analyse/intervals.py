"""Confidence intervals for shares: of one group (Wilson) and between two groups (Newcombe)."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Self

LEVEL: Final = 0.95
"""Of 100 intervals as these are meant, about 95 contain what they speak of."""

Z: Final = NormalDist().inv_cdf((1 + LEVEL) / 2)
"""Standard deviations to either side that hold LEVEL of a normal distribution: 1.95996."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def clipped(self, low: float, high: float) -> Self:
        """The same interval cut to [low, high], for showing only: arithmetic goes on with the uncut one."""
        return type(self)(min(max(self.low, low), high), min(max(self.high, low), high))


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `total` reports; `total` is at least 1."""

    hits: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.total or self.total == 0:
            raise ValueError(f"{self.hits} of {self.total} is no share")

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.hits / self.total


def wilson(share: Share) -> Interval:
    """Interval for the probability behind a share, within [0, 1], sound also for few reports and shares near 0 or 1.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    p, n, z2 = share.value, share.total, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    reach = Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    # At both ends the formula is exactly 0 or 1; rounding must not leave the end outside of the interval.
    return Interval(0.0 if share.hits == 0 else middle - reach, 1.0 if share.hits == n else middle + reach)


def newcombe(first: Share, second: Share) -> Interval:
    """Interval for the probability behind `first` minus the one behind `second`, within [-1, 1].

    Source: R. G. Newcombe, Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17 (1998), method 10: the two Wilson intervals, squared and added.
    """
    difference = first.value - second.value
    one, two = wilson(first), wilson(second)
    below = math.hypot(first.value - one.low, two.high - second.value)
    above = math.hypot(one.high - first.value, second.value - two.low)
    return Interval(difference - below, difference + above)
