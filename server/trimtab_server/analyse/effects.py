"""Effects to plan for: a number about visitors that is `base` in the plain arm and `raised` in the other.

The number is the share of all visitors with one answer, or the average of a group: of those with a number, or of those
in a segment, where it may also be the share with one answer (1 for it, 0 for the group's others).

How much an average varies depends on how the numbers are spread, and a site owner knows at best their average. Taken is
the spread that assumes nothing else: of all with that average the one of greatest entropy (Jaynes, Physical Review 106,
1957). Its shares are proportional to exp(t v) for the value v of an answer, with one t for each average. Of ones and
zeros it is the share itself.
"""

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Final, Protocol, Self

from trimtab_server.analyse.differences import FEWEST_REPORTS, Z_POWER, least
from trimtab_server.analyse.intervals import expected_wilson
from trimtab_server.analyse.means import CLEARLY_SOME, score_deviation, share_deviation
from trimtab_server.analyse.mechanisms import Mechanism
from trimtab_server.analyse.precision import report_variance, supporting_share

STEEPEST: Final = 700.0
"""exp of more overflows; beyond, all visitors have the first or the last answer."""

FARTHEST_TIMES: Final = 10.0
"""An interval so many times as wide as an even one that ends at 0 holds 0, however uneven it is."""


class Effect(Protocol):
    """What is to be seen. Numbers of one kind: shares as fractions, averages as floats in their unit."""

    @property
    def base(self) -> Fraction | float:
        """Without what is tested."""

    @property
    def raised(self) -> Fraction | float:
        """With it; may be less."""

    def variance(self, mechanism: Mechanism | None, number: Fraction | float, further: float = 0) -> float:
        """Of the number's estimate, times the reports: noise and sampling both; None: as if every report were true.

        `further`: so many other reports of the same device stand beside each, and say the same.
        """

    def reach(self, mechanism: Mechanism | None, first: float, second: float, /) -> float:
        """How many times as many deviations as `variance` has lie between no difference and this one, as the
        dashboard's interval counts them: with so many reports in the arm that is raised and in the other.
        """

    def fewest(self, _mechanism: Mechanism | None, /) -> int:
        """Reports without which an arm has no such number, and no verdict."""

    def part(self, part: Fraction) -> Self:
        """The same base, and so much of the way to the end in the effect's direction."""


@dataclass(frozen=True, slots=True)
class ShareEffect:
    """Shares of all visitors with the answer, strictly in (0, 1)."""

    base: Fraction
    raised: Fraction

    def __post_init__(self) -> None:
        if not 0 < self.base < 1 or not 0 < self.raised < 1 or self.base == self.raised:
            raise ValueError(f"no effect between 0 and 1: {self}")

    def variance(self, mechanism: Mechanism | None, number: Fraction | float, further: float = 0) -> float:
        """As `precision` has it."""
        share = Fraction(number)
        alike = share * (1 - share)
        return float((report_variance(mechanism, share) if mechanism else alike) + further * alike)

    def reach(self, mechanism: Mechanism | None, first: float, second: float) -> float:
        """Newcombe's interval is not even: of rare answers it reaches further down from the higher share, by which a
        rise of few reports shows later.
        """
        shares = (self.raised, self.base)
        told = [float(supporting_share(mechanism, share) if mechanism else share) for share in shares]
        arms = sorted(zip(told, (first, second), strict=True), reverse=True)
        (high, highs), (low, lows) = arms
        even = (high - low) / math.hypot(*(math.sqrt(share * (1 - share) / total) for share, total in arms))

        def holds_none(deviations: float) -> bool:
            below = high - expected_wilson(high, highs, deviations).low
            above = expected_wilson(low, lows, deviations).high - low
            return math.hypot(below, above) >= high - low

        return least(holds_none, FARTHEST_TIMES * even) / even

    def fewest(self, _mechanism: Mechanism | None) -> int:
        """The same with any noise."""
        return FEWEST_REPORTS

    def part(self, part: Fraction) -> Self:
        """Towards 0 or 1."""
        return replace(self, raised=self.base + ((self.raised > self.base) - self.base) * part)


@dataclass(frozen=True, slots=True)
class AverageEffect:
    """Averages of the `having` visitors whose answer stands for a value; the others are spread over the rest evenly."""

    values: tuple[float | None, ...]
    having: float
    base: float
    raised: float

    def __post_init__(self) -> None:
        low, high = self.ends
        if not low < self.base < high or not low < self.raised < high or self.base == self.raised:
            raise ValueError(f"no effect between {low} and {high}: {self}")

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest value."""
        numbers = [value for value in self.values if value is not None]
        return min(numbers), max(numbers)

    def variance(self, mechanism: Mechanism | None, number: Fraction | float, further: float = 0) -> float:
        """As `means` has it, and as `Mean.widening` allows for other reports."""
        shares = spread(self.values, self.having, float(number))
        scores = [0.0 if value is None else value - float(number) for value in self.values]
        alone = score_deviation(mechanism, scores, shares) / self.having
        return (1 + further) * alone * alone

    def reach(self, _mechanism: Mechanism | None, _first: float, _second: float) -> float:
        """An average's interval is even."""
        return 1.0

    def fewest(self, mechanism: Mechanism | None) -> int:
        """Enough that in 4 cases of 5 some visitors clearly have a number at all."""
        shares = spread(self.values, self.having, self.base)
        deviation = share_deviation(mechanism, self.values, shares)
        return max(FEWEST_REPORTS, math.ceil(((CLEARLY_SOME + Z_POWER) * deviation / self.having) ** 2))

    def part(self, part: Fraction) -> Self:
        """Towards the least or the greatest value."""
        low, high = self.ends
        return replace(self, raised=self.base + ((high if self.raised > self.base else low) - self.base) * float(part))


@cache
def spread(values: tuple[float | None, ...], having: float, average: float) -> tuple[float, ...]:
    """The share of visitors with each answer: of greatest entropy if the numbers have this average."""
    numbers = [value for value in values if value is not None]
    reach = STEEPEST / (max(numbers) - min(numbers))
    low, high = -reach, reach
    for _ in range(100):
        tilt = (low + high) / 2
        weights = [math.exp(tilt * (value - average)) for value in numbers]
        above = math.sumprod(weights, numbers) > average * math.fsum(weights)
        low, high = (low, tilt) if above else (tilt, high)
    without = (1 - having) / max(len(values) - len(numbers), 1)
    part = having / math.fsum(weights)
    rising = iter(weights)
    return tuple(without if value is None else part * next(rising) for value in values)
