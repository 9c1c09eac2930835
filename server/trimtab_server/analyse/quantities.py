"""What is compared between arms: a share of visitors, or a mean, each with an interval as wide as one asks for.

Two reports of one device have independent noise, and the covariance of their truths is at most f (1 - f): if they are
always the same. A report varies by lambda (1 - lambda) / (p - q)^2. With g other reports of the same device in the same
count, in the mean over reports, the variance of an estimated share is therefore at most

    1 + g f (1 - f) (p - q)^2 / (lambda (1 - lambda))

times as large: Kish's design effect (Survey Sampling 1965, section 5.4), the noise apart. Noise hides the visitor, and
so it also hides that visitors come again: the noisier, the smaller the factor. Of few reports the estimate may be far
from f, so taken is the largest factor of all f in its interval: in terms of lambda it rises to one at

    p q / (p q + sqrt(p q (1 - p) (1 - q)))

and falls from there. Of a mean 1 + g is taken, as if there were no noise. How large g is at worst: `returning`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol, Self

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.intervals import Interval, Share, Z, wilson


class Quantity(Protocol):
    """A number about the visitors of one arm."""

    @property
    def reports(self) -> int:
        """How many it was estimated from; at least 1."""

    @property
    def value(self) -> float:
        """The estimate."""

    @property
    def least(self) -> float:
        """What it may be at least, the noise apart."""

    @property
    def further(self) -> float:
        """How many other reports of the same device each report has beside it at worst; `around` allows for them."""

    def beside(self, further: float) -> Self:
        """The same number with so many."""

    def widening(self, further: float) -> float:
        """How many times as wide an interval is with so many as with none: 1 or more."""

    def around(self, deviations: float) -> Interval:
        """Its interval, so many standard deviations to either side; at Z one of 95 % for a single look."""


@dataclass(frozen=True, slots=True)
class VisitorShare:
    """The share of visitors with one answer. A report supports it with chance `keep` if it is true, else `stray`.

    If f is the share, lambda = f keep + (1 - f) stray of all reports support it: f = (lambda - stray) / (keep - stray).
    """

    supporting: Share
    keep: Fraction
    stray: Fraction
    further: float = 0

    @property
    def reports(self) -> int:
        """All of the arm's, supporting or not."""
        return self.supporting.total

    @property
    def exact(self) -> Fraction:
        """Not cut to [0, 1]: noise may push it out, and averages stay honest so."""
        return (Fraction(self.supporting.hits, self.supporting.total) - self.stray) / (self.keep - self.stray)

    @property
    def value(self) -> float:
        """The same, rounded to what a float holds."""
        return float(self.exact)

    @property
    def least(self) -> float:
        """Nobody."""
        return 0.0

    def beside(self, further: float) -> Self:
        """As `Quantity` says."""
        return replace(self, further=further)

    def widening(self, further: float) -> float:
        """As the module says."""
        if further == 0:
            return 1.0
        p, q, told = float(self.keep), float(self.stray), wilson(self.supporting)
        worst = p * q / (p * q + math.sqrt(p * q * (1 - p) * (1 - q)))
        supporting = min(max(worst, told.low, q), told.high, p)
        # With supporting = f p + (1 - f) q, f (1 - f) (p - q)^2 is this:
        alike = max((supporting - q) * (p - supporting), 0.0)
        return math.sqrt(1 + further * alike / (supporting * (1 - supporting)))

    def around(self, deviations: float) -> Interval:
        """Wilson's interval for the share of reports, moved by the line above: it rises, so coverage is kept.

        Reports of different devices are independent draws that support the answer with probability lambda, whether
        visitors differ or noise does: so it covers sampling and noise together.
        """
        told = wilson(self.supporting, deviations * self.widening(self.further))
        stray, slope = float(self.stray), float(self.keep - self.stray)
        return Interval((told.low - stray) / slope, (told.high - stray) / slope)


type Values = Sequence[float | None]
"""What each answer stands for; None: for no number."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a mean was estimated from: how many reports told each answer, and what it stands for."""

    mechanism: SubsetSelection
    counts: tuple[int, ...]
    values: tuple[float | None, ...]

    @property
    def numbers(self) -> Sequence[float]:
        """The values that there are."""
        return [value for value in self.values if value is not None]


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a number over visitors; `deviation` is the estimate's, if each report is another visitor's."""

    value: float
    deviation: float
    reports: int
    told: Told
    further: float = 0

    @property
    def least(self) -> float:
        """The least that an answer stands for."""
        return min(self.told.numbers)

    def beside(self, further: float) -> Self:
        """As `Quantity` says."""
        return replace(self, further=further)

    def widening(self, further: float) -> float:
        """As if there were no noise."""
        return math.sqrt(1 + further)

    def around(self, deviations: float) -> Interval:
        """Symmetric: the mean of many reports is nearly normal."""
        reach = deviations * self.deviation * self.widening(self.further)
        return Interval(self.value - reach, self.value + reach)


def deviation_of(quantity: Quantity) -> float:
    """The standard deviation of its estimate, as the interval of 95 % has it."""
    interval = quantity.around(Z)
    return (interval.high - interval.low) / (2 * Z)
