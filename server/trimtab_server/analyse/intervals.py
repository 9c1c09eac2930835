"""Confidence intervals: of a share (Wilson), of a difference and of a ratio of two numbers that have intervals."""

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


def wilson(share: Share, deviations: float = Z) -> Interval:
    """Interval for the probability behind a share, within [0, 1], sound also for few reports and shares near 0 or 1.

    `deviations`: how many standard deviations of the share it reaches to either side.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    found = expected_wilson(share.value, share.total, deviations)
    # At both ends the formula is exactly 0 or 1; rounding must not leave the end outside of the interval.
    return Interval(0.0 if share.hits == 0 else found.low, 1.0 if share.hits == share.total else found.high)


def expected_wilson(share: float, total: float, deviations: float) -> Interval:
    """The same where a `share` of `total` reports is expected, which need not be whole ones."""
    z2 = deviations * deviations
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    reach = deviations / (1 + z2 / total) * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    return Interval(middle - reach, middle + reach)


def difference_interval(first: float, around_first: Interval, second: float, around_second: Interval) -> Interval:
    """Interval for a first number minus a second, from the interval of each; it need not be symmetric.

    Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17 (1998), method 10; for any two numbers G. Y. Zou, A. Donner, Construction of confidence limits about
    effect measures, Statistics in Medicine 27 (2008): distances to the limits, squared and added.
    """
    below = math.hypot(first - around_first.low, around_second.high - second)
    above = math.hypot(around_first.high - first, second - around_second.low)
    return Interval(first - second - below, first - second + above)


def ratio_interval(first: float, around_first: Interval, second: float, around_second: Interval) -> Interval | None:
    """Interval for a first number, 0 or more, divided by a second; None if the second may be 0: then nothing bounds it.

    It holds each R >= 0 for which `difference_interval` of the first and R times the second holds 0, so it holds 1
    exactly where that of the difference holds 0. With the limits l1, u1, l2, u2 the lower end solves
    R^2 u2 (2 y - u2) - 2 R x y + l1 (2 x - l1) = 0, the upper one the same with u1 and l2 in place of l1 and u2.

    Source: A. Donner, G. Y. Zou, Closed-form confidence intervals for functions of the normal mean and standard
    deviation, Statistical Methods in Medical Research 21 (2012), formula 9.
    """
    if around_second.low <= 0:
        return None
    product = first * second
    below = around_first.low * (2 * first - around_first.low)
    above = around_first.high * (2 * first - around_first.high)
    near_0 = around_second.low * (2 * second - around_second.low)
    far = around_second.high * (2 * second - around_second.high)
    low, high = 0.0, 0.0
    if around_first.low > 0:  # then both numbers are positive, and this form of the root never divides by 0
        low = below / (product + math.sqrt(product * product - far * below))
    if around_first.high > 0:
        high = (product + math.sqrt(product * product - near_0 * above)) / near_0
    return Interval(low, high)
