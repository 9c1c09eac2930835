"""How many visitors it takes to see an effect of a given size, before anybody has come.

What is compared is the share of visitors with one answer: `base` in the plain arm, `raised` in the other. Both are
estimated from noised reports. One report has the variance lambda (1 - lambda) / (p - q)^2, see `precision`, which is
noise and sampling both. If V is what the difference's variance is for one visitor, it is V / n for n of them.

One look on a day chosen beforehand: the difference is seen with the power B if n = (z_level + z_B)^2 V / gap^2, where
z_level belongs to a two-sided test (any textbook, such as Fleiss, Levin, Paik 2003, section 4.2, without its pooled
variance: an interval has none).

A look every day at all that a policy compares needs wider intervals, and more visitors: `daily_power`. Its level is
divided by the number of comparisons, which is the first step of Holm's correction (1979); his later ones need fewer
visitors, but nobody knows beforehand how much else will be found.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist
from typing import Final

from trimtab_server.analyse.boundary import even_reports
from trimtab_server.analyse.crossing import Drift, daily_power
from trimtab_server.analyse.differences import ERROR, FEWEST_REPORTS, POWER
from trimtab_server.analyse.mechanisms import Mechanism
from trimtab_server.analyse.precision import report_variance
from trimtab_server.analyse.reach import Audience, Company, Contrast, Side

OUT_OF_REACH: Final = 10**12
"""Visitors: more than all people could be in a century of days on most sites. Nothing is searched beyond."""

LOOKS: Final = 30
"""Looks that a plan assumes if nobody has said how many visitors come a day: one a day for a month."""

CHANGE_STEPS: Final = 10_000
"""Steps between a base and 0 or 1 in which the smallest change that shows is sought."""


class Looking(StrEnum):
    """When the result is looked at."""

    ONCE = "once"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Aim:
    """How sure one wants to be. `power`: chance to see a true effect; `level`: chance to see one that is none."""

    power: float = POWER
    level: float = ERROR


@dataclass(frozen=True, slots=True)
class Effect:
    """Shares of visitors with the answer: `base` without what is tested, `raised` with it; strictly in (0, 1)."""

    base: Fraction
    raised: Fraction

    def __post_init__(self) -> None:
        if not 0 < self.base < 1 or not 0 < self.raised < 1 or self.base == self.raised:
            raise ValueError(f"no effect between 0 and 1: {self}")

    @property
    def gap(self) -> Fraction:
        """`raised` minus `base`; may be negative."""
        return self.raised - self.base


@dataclass(frozen=True, slots=True)
class Trial:
    """What is counted: who comes, which arms are compared, the share of all reports that is about the question, and
    what else is compared beside it.
    """

    audience: Audience
    contrast: Contrast
    asked: Fraction
    company: Company

    def reports(self, side: Side) -> float:
        """Reports of an arm to the question, for each visitor of a day.

        A device is asked the same once in 30 days, however often it comes: the chance that it is asked is that of one
        report, as often as it reports, and 1 at most. This is exact where all pairs weigh alike.
        """
        return float(self.audience.reports_about(self.asked * side.again) * side.share / side.again)


def visitor_variance(trial: Trial, mechanism: Mechanism | None, effect: Effect) -> float:
    """V: the variance of the estimated difference, times the visitors. `mechanism` None: as if every report were true.

    Within 30 days no two reports in an arm's count are of one device, so all are independent. The holdout's are of one
    for each experiment, at worst alike, see `quantities`.
    """
    total = 0.0
    for side, share in ((trial.contrast.shown, effect.raised), (trial.contrast.plain, effect.base)):
        alike = share * (1 - share)
        alone = report_variance(mechanism, share) if mechanism else alike
        further = min(side.together, trial.audience.reports_a_month) - 1
        total += float(alone + further * alike) / trial.reports(side)
    return total


def visitors_needed(
    looking: Looking, aim: Aim, trial: Trial, mechanism: Mechanism | None, effect: Effect
) -> int | None:
    """The least number of visitors that shows the effect with the aim's power; None if it is out of reach.

    Never fewer than give each arm the reports without which there is no verdict.
    """
    scaled = visitor_variance(trial, mechanism, effect) / float(effect.gap) ** 2
    sides = (trial.contrast.shown, trial.contrast.plain)
    fewest = math.ceil(FEWEST_REPORTS / min(trial.reports(side) for side in sides))
    needed = math.ceil((z_of(1 - aim.level / 2) + z_of(aim.power)) ** 2 * scaled)
    if looking is Looking.DAILY:
        first, second = (trial.reports(side) for side in sides)
        even = even_reports(first, second)
        needed = _least(lambda visitors: _seen_daily(aim, trial, scaled, even, visitors) >= aim.power, needed)
    return max(needed, fewest) if needed <= OUT_OF_REACH else None


def days_needed(visitors: int, per_day: int) -> int:
    """Whole days until so many visitors have come."""
    return -(-visitors // per_day)


def smallest_change(
    looking: Looking, aim: Aim, trial: Trial, mechanism: Mechanism | None, effect: Effect, visitors: int
) -> Fraction | None:
    """The share nearest to the effect's base, in its direction, that so many visitors show; None: none does.

    One of CHANGE_STEPS on the way from the base to the end, 0 or 1.
    """
    room = (1 if effect.gap > 0 else 0) - effect.base

    def changed(steps: int) -> Fraction:
        return effect.base + room * Fraction(steps, CHANGE_STEPS)

    def shows(steps: int) -> bool:
        needed = visitors_needed(looking, aim, trial, mechanism, replace(effect, raised=changed(steps)))
        return needed is not None and needed <= visitors

    low, high = 0, CHANGE_STEPS - 1
    if not shows(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if shows(middle) else (middle, high)
    return changed(high)


def z_of(probability: float) -> float:
    """The quantile of the standard normal distribution."""
    return NormalDist().inv_cdf(probability)


def _seen_daily(aim: Aim, trial: Trial, scaled: float, even: float, visitors: int) -> float:
    """`even`: even reports for each visitor."""
    per_day = trial.audience.per_day or visitors / LOOKS
    drift = Drift(1 / math.sqrt(scaled * even), even * visitors, even * min(per_day, visitors))
    return daily_power(drift, aim.level / trial.company.count)


def _least(enough: Callable[[int], bool], begin: int) -> int:
    """The least whole number above `begin` that is enough, to within 1 of 2,000; beyond OUT_OF_REACH if none is."""
    low, high = begin, 2 * begin
    while not enough(high):
        if high > OUT_OF_REACH:
            return high
        low, high = high, 2 * high
    while high - low > max(1, high // 2000):
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
