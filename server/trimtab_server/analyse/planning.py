"""How many visitors it takes to see an effect of a given size, before anybody has come.

What is compared is a number about visitors (`effects`), estimated from noised reports in two arms. If V is what the
difference's variance is for one visitor, noise and sampling both, it is V / n for n of them.

One look on a day chosen beforehand: the difference is seen with the power B if n = (z_level + z_B)^2 V / gap^2, where
z_level belongs to a two-sided test (any textbook, such as Fleiss, Levin, Paik 2003, section 4.2, without its pooled
variance: an interval has none).

A look every day at all that a policy compares needs wider intervals, and more visitors: `daily_power`. So far out the
interval of two shares is not even any more, which is allowed for (`Effect.reach`). The level is divided by the number
of comparisons, which is the first step of Holm's correction (1979); his later ones need fewer visitors, but nobody
knows beforehand how much else will be found.

In the second month V grows for one look with the days that the visitors take to come: the dashboard allows for devices
that are asked again, and answer alike (`returning`). Where nobody has said how many come a day all are new ones.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist
from typing import Final

from trimtab_server.analyse.boundary import critical, even_reports
from trimtab_server.analyse.crossing import Drift, daily_power
from trimtab_server.analyse.differences import ERROR, POWER
from trimtab_server.analyse.effects import Effect
from trimtab_server.analyse.mechanisms import Mechanism
from trimtab_server.analyse.reach import Audience, Company, Contrast, Side
from trimtab_server.analyse.returning import again_of, reports_of_one_evenly

OUT_OF_REACH: Final = 10**12
"""Visitors: more than all people could be in a century of days on most sites. Nothing is searched beyond."""

LOOKS: Final = 30
"""Looks that a plan assumes if nobody has said how many visitors come a day: one a day for a month."""

CHANGE_STEPS: Final = 10_000
"""Steps between a base and its end in which the smallest change that shows is sought."""

CLOSE: Final = 1 / 2000
"""Visitors are told to within this part of them."""


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

    @property
    def even(self) -> float:
        """Even reports for each visitor, as the boundary counts them."""
        return even_reports(self.reports(self.contrast.shown), self.reports(self.contrast.plain))


def visitor_variance(
    looking: Looking, trial: Trial, mechanism: Mechanism | None, effect: Effect, visitors: float
) -> float:
    """V: the variance of the estimated difference, times the visitors, as the dashboard has it when so many have come.

    `mechanism` None: as if every report were true. Within 30 days no two reports in an arm's count are of one device,
    so all are independent. The holdout's are of one for each experiment, at worst alike, see `quantities`.
    """
    per_day, total = trial.audience.per_day, 0.0
    often = reports_of_one_evenly(visitors / per_day) if per_day else 1.0
    for side, number in ((trial.contrast.shown, effect.raised), (trial.contrast.plain, effect.base)):
        others = again_of(often, min(side.together, trial.audience.reports_a_month))
        further = others.one_look if looking is Looking.ONCE else others.verdict
        total += effect.variance(mechanism, number, further) / trial.reports(side)
    return total


def visitors_needed(
    looking: Looking, aim: Aim, trial: Trial, mechanism: Mechanism | None, effect: Effect
) -> int | None:
    """The least number of visitors that shows the effect with the aim's power; None if it is out of reach.

    Never fewer than give each arm the reports without which there is no verdict.
    """

    def scaled(visitors: float) -> float:
        return _scaled(looking, trial, mechanism, effect, visitors)

    needed = _needed_once(aim, scaled)
    if looking is Looking.DAILY and needed <= OUT_OF_REACH:
        needed = _needed_daily(
            aim, trial, lambda visitors: scaled(visitors) / _reach(trial, mechanism, effect, visitors) ** 2, needed
        )
    return max(math.ceil(needed), _fewest(trial, mechanism, effect)) if needed <= OUT_OF_REACH else None


def days_needed(visitors: int, per_day: int) -> int:
    """Whole days until so many visitors have come."""
    return -(-visitors // per_day)


def smallest_change(
    looking: Looking, aim: Aim, trial: Trial, mechanism: Mechanism | None, effect: Effect, visitors: int
) -> Effect | None:
    """The effect with the same base and direction that so many visitors just show; None: none does.

    One of CHANGE_STEPS on the way from the base to the end.
    """

    def shows(steps: int) -> bool:
        changed = effect.part(Fraction(steps, CHANGE_STEPS))
        if visitors < _fewest(trial, mechanism, changed):
            return False
        scaled = _scaled(looking, trial, mechanism, changed, visitors)
        if looking is Looking.ONCE:
            return (z_of(1 - aim.level / 2) + z_of(aim.power)) ** 2 * scaled <= visitors
        scaled /= _reach(trial, mechanism, changed, visitors) ** 2
        return _seen_daily(aim, trial, scaled, visitors) >= aim.power

    low, high = 0, CHANGE_STEPS - 1
    if not shows(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if shows(middle) else (middle, high)
    return effect.part(Fraction(high, CHANGE_STEPS))


def z_of(probability: float) -> float:
    """The quantile of the standard normal distribution."""
    return NormalDist().inv_cdf(probability)


def _fewest(trial: Trial, mechanism: Mechanism | None, effect: Effect) -> int:
    sides = (trial.contrast.shown, trial.contrast.plain)
    return math.ceil(effect.fewest(mechanism) / min(trial.reports(side) for side in sides))


def _scaled(looking: Looking, trial: Trial, mechanism: Mechanism | None, effect: Effect, visitors: float) -> float:
    """V over the squared gap."""
    return visitor_variance(looking, trial, mechanism, effect, visitors) / float(effect.raised - effect.base) ** 2


def _needed_once(aim: Aim, scaled: Callable[[float], float]) -> float:
    """By one look; beyond OUT_OF_REACH if no number of visitors is enough."""
    squared = (z_of(1 - aim.level / 2) + z_of(aim.power)) ** 2

    def spare(visitors: float) -> float:
        return visitors - squared * scaled(visitors)

    low = high = squared * scaled(0.0)
    while spare(high) < 0 and high <= OUT_OF_REACH:
        low, high = high, 1.25 * high
    return _root(spare, low, high) if low < high <= OUT_OF_REACH else high


def _reach(trial: Trial, mechanism: Mechanism | None, effect: Effect, visitors: float) -> float:
    """As `Effect.reach`, with so many visitors."""
    first, second = (visitors * trial.reports(side) for side in (trial.contrast.shown, trial.contrast.plain))
    return effect.reach(mechanism, first, second)


def _seen_daily(aim: Aim, trial: Trial, scaled: float, visitors: float) -> float:
    """`scaled`: V over the squared gap, and over `_reach` squared."""
    per_day = trial.audience.per_day or visitors / LOOKS
    drift = Drift(1 / math.sqrt(scaled * trial.even), trial.even * visitors, trial.even * min(per_day, visitors))
    return daily_power(drift, aim.level / trial.company.count)


def _needed_daily(aim: Aim, trial: Trial, scaled: Callable[[float], float], once: float) -> float:
    """More than for one look, and no more than the last look alone needs; beyond OUT_OF_REACH if that is."""
    level = aim.level / trial.company.count

    def at_last(visitors: float) -> bool:
        return math.sqrt(visitors / scaled(visitors)) >= critical(trial.even * visitors, level) + z_of(aim.power)

    most = once
    while not at_last(most):
        most *= 1.25
        if most > OUT_OF_REACH:
            return most

    def more(visitors: float) -> float:
        """In deviations, which grow nearly as a line."""
        return z_of(min(max(_seen_daily(aim, trial, scaled(visitors), visitors), 1e-9), 1 - 1e-9)) - z_of(aim.power)

    return _root(more, once, most)


def _root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function passes 0, to within CLOSE and from above, if it is below 0 at `low` and not at `high`.

    False position, where an end that stays counts for half (the Illinois method; Dowell, Jarratt, BIT 11, 1971).
    """
    below, above, stays = rising(low), rising(high), 0
    while high - low > CLOSE * high and above > 0:
        middle = high - above * (high - low) / (above - below)
        middle = min(max(middle, low + CLOSE * high / 2), high - CLOSE * high / 2)
        found = rising(middle)
        if found < 0:
            low, below, above, stays = middle, found, above / (2 if stays < 0 else 1), -1
        else:
            high, above, below, stays = middle, found, below / (2 if stays > 0 else 1), 1
    return high
