"""How often each promise is kept, from 0 to 1, over many simulated experiments."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from tests.promises.arrays import Arms, Estimates, Numbers, Spans, Truths, critical, differences, ratios
from tests.promises.worlds import RETURNING, Person, World
from tests.server.analyse.plan_making import trial
from trimtab.privacy.budget import MONTH_DAYS
from trimtab.privacy.mechanisms import SubsetSelection, best_width
from trimtab_server.analyse.differences import ERROR, FEWEST_REPORTS
from trimtab_server.analyse.effects import AverageEffect, ShareEffect, spread
from trimtab_server.analyse.intervals import Z
from trimtab_server.analyse.planning import Aim, Looking, smallest_change, visitors_needed
from trimtab_server.analyse.returning import again, most_reports

NOISES: Final = (3, 8, 20, 55)
BASES: Final = (0.01, 0.05, 0.3)
VISITORS: Final = (1_000, 10_000, 100_000)
LIFT: Final = 1.2
"""The second arm's share in experiments where something differs: a fifth more."""

EXPERIMENTS: Final = 20_000
"""Chance alone then moves a coverage of 95 % by 0.3 points in one table of twenty cells; with 2,000 by one point."""

DAYS: Final = 60
DAILY_EXPERIMENTS: Final = 2_000
POWER_EXPERIMENTS: Final = 10_000
"""A power of 80 % then moves by 0.8 points in one of twenty cells."""
SEED: Final = 20_261_123


def world(noise: int, experiments: int, *key: float) -> World:
    """Draws of its own for each cell, so that each can be made anew alone."""
    seed = [SEED, noise, experiments, *(round(1_000 * part) for part in key)]
    return World(np.random.default_rng(seed), experiments, SubsetSelection(2, 1, noise, 1))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often intervals hold the truth. `untold`: part of the ratios without an upper end, which hold everything."""

    share: float
    difference: float
    ratio: float
    untold: float
    always: float


def coverage(noise: int, base: float, visitors: int) -> Coverage:
    """Half of the visitors are in each arm, and each reports once."""
    here = world(noise, EXPERIMENTS, base, visitors)
    first, second = here.once(LIFT * base, visitors // 2), here.once(base, visitors // 2)
    gap, ratio = (LIFT - 1) * base, ratios(first, second, Z)
    return Coverage(
        share=_part(second.around(Z).holds(base)),
        difference=_part(differences(first, second, Z).holds(gap)),
        ratio=_part(ratio.holds(LIFT)),
        untold=_part(np.isinf(ratio.high)),
        always=_part(differences(first, second, critical(first, second, ERROR)).holds(gap)),
    )


@dataclass(frozen=True, slots=True)
class Monthly:
    """How often intervals for one look hold the truth if all visitors are asked the same again as soon as may be: of a
    difference on day 30, on day 60 as the server has it and as if all were new, and of a share on day 60.

    `always`, `firm`: how often a verdict, and a firm one, finds something where nothing is at any of 60 daily looks.
    """

    first: float
    second: float
    narrow: float
    share: float
    always: float
    firm: float


def monthly(noise: int, base: float, visitors: int, habit: float) -> Monthly:
    """Half of the visitors are in each arm, and each reports once a month."""
    here = world(noise, EXPERIMENTS, base, visitors, habit, 4)
    months = DAYS // MONTH_DAYS
    one, two = (here.monthly(Person(part * base, habit), visitors // 2, 1, months) for part in (LIFT, 1))
    gap, (first, last) = (LIFT - 1) * base, [(one.at(month), two.at(month)) for month in (0, months - 1)]
    alone, further = (again(dict.fromkeys(range(days), 1)).one_look for days in (MONTH_DAYS, DAYS))
    same, other = (here.monthly(Person(base, habit), visitors // 2, MONTH_DAYS, months) for _ in range(2))
    every_day = np.array([again(dict.fromkeys(range(day), 1)).worst for day in range(1, DAYS + 1)])
    return Monthly(
        first=_part(_beside(*first, alone, Z).holds(gap)),
        second=_part(_beside(*last, further, Z).holds(gap)),
        narrow=_part(differences(*last, Z).holds(gap)),
        share=_part(last[1].beside(further).around(Z).holds(base)),
        always=_part(_found(same, other, critical(same, other, ERROR)).any(axis=1)),
        firm=_part(_firm(same, other, every_day).any(axis=1)),
    )


@dataclass(frozen=True, slots=True)
class Returning:
    """How often intervals for a difference would hold the truth if visitors reported the same several times a month:
    for one look, for one look as much wider as reports of one device there are, for every day, and for the worst.
    """

    single: float
    known: float
    always: float
    worst: float


def returning(noise: int, base: float, visitors: int, habit: float) -> Returning:
    """Half of the visitors are in each arm, and report the same again within 30 days as `worlds.RETURNING` says."""
    here = world(noise, EXPERIMENTS, base, visitors, habit, 1)
    people = (Person(LIFT * base, habit), Person(base, habit))
    first, second = (here.again(person, visitors // 2) for person in people)
    gap, wide = (LIFT - 1) * base, critical(first, second, ERROR)
    return Returning(
        single=_part(differences(first, second, Z).holds(gap)),
        known=_part(_beside(first, second, further(), Z).holds(gap)),
        always=_part(differences(first, second, wide).holds(gap)),
        worst=_part(widest(first, second, most_reports(30) - 1).holds(gap)),
    )


def further() -> float:
    """How many other reports of the same device a report has beside it in the mean, as RETURNING has it."""
    times = np.arange(1, len(RETURNING) + 1)
    return float(RETURNING @ (times * (times - 1)) / (RETURNING @ times))


def widest(first: Arms, second: Arms, further: Numbers | float) -> Spans:
    """As `Difference.returning`, if so many other reports of the same device stand beside each."""
    return _beside(first, second, further, critical(first, second, ERROR))


def _beside(first: Arms, second: Arms, further: Numbers | float, deviations: Numbers | float) -> Spans:
    return differences(first.beside(further), second.beside(further), deviations)


@dataclass(frozen=True, slots=True)
class Alarms:
    """How often something is found where nothing is, at any of 60 daily looks: by intervals for one look, by ours, and
    by ours for devices that spend their whole budget on one question.
    """

    single: float
    always: float
    worst: float


def alarms(noise: int, base: float, visitors: int, held_out: float) -> Alarms:
    """Both arms alike; `visitors` in all 60 days, `held_out` of them in the second arm; each reports once."""
    here = world(noise, DAILY_EXPERIMENTS, base, visitors, held_out)
    per_day = visitors / DAYS
    arms = [here.daily(base, max(round(per_day * part), 1), DAYS) for part in (1 - held_out, held_out)]
    return _alarms(arms[0], arms[1])


def alarms_returning(noise: int, base: float, visitors: int, habit: float) -> Alarms:
    """Both arms alike, half of the visitors in each, who come again on the days that follow."""
    here = world(noise, DAILY_EXPERIMENTS, base, visitors, habit, 2)
    person, per_day = Person(base, habit), max(round(visitors / DAYS / 2), 1)
    return _alarms(here.daily_again(person, per_day, DAYS), here.daily_again(person, per_day, DAYS))


def family_alarms(noise: int, visitors: int) -> float:
    """How often a page with 12 comparisons says anything in 60 days where nothing differs: 4 answers, 3 arms, 1/10 of
    the visitors held out. Holm's method says something exactly if the least of the chances passes its first step.
    """
    mechanism = SubsetSelection(4, 1, noise, 1)
    draws = np.random.default_rng([SEED, noise, visitors])
    truth = np.array([0.05, 0.15, 0.3, 0.5])
    told = truth * float(mechanism.keep) + (1 - truth) * float(mechanism.stray)
    arms = []
    for part in (0.45, 0.45, 0.1):
        per_day = round(visitors / DAYS * part)
        hits = draws.multinomial(per_day, told, (DAILY_EXPERIMENTS, DAYS)).cumsum(axis=1)
        total = np.broadcast_to((per_day * np.arange(1, DAYS + 1))[:, np.newaxis], hits.shape)
        arms.append(Arms(hits, total, float(mechanism.keep), float(mechanism.stray)))
    pairs = [(arms[one], arms[two]) for one, two in ((0, 1), (0, 2), (1, 2))]
    said = [_found(*pair, critical(*pair, ERROR / 12)).any(axis=(1, 2)) for pair in pairs]
    return _part(np.logical_or.reduce(said))


GROUPS: Final = {
    "a rating, one visitor in ten": AverageEffect((None, 1.0, 2.0, 3.0, 4.0, 5.0), 0.1, 3.0, 3.3),
    "seconds, every visitor": AverageEffect((None, 5.0, 20.0, 45.0, 120.0, 300.0), 1.0, 60.0, 66.0),
    "a share in a segment of one in five": AverageEffect((None, None, None, 0.0, 0.0, 1.0), 0.2, 0.3, 0.36),
}
"""Averages of groups, a tenth or a fifth higher in the first arm."""


@dataclass(frozen=True, slots=True)
class OfGroup:
    """Of the intervals that there are, how often they hold the truth, and how many there are; how often two arms that
    are alike are called different at any of 60 daily looks.
    """

    told: float
    average: float
    difference: float
    always: float
    alarms: float


def of_group(noise: int, group: str, visitors: int) -> OfGroup:
    """Half of the visitors are in each arm, and each reports once."""
    wanted = GROUPS[group]
    answers = len(wanted.values)
    mechanism = SubsetSelection(answers, best_width(answers, noise, 1), noise, 1)
    key = [SEED, noise, visitors, list(GROUPS).index(group)]
    here = World(np.random.default_rng(key), EXPERIMENTS, mechanism)
    base, raised = (spread(wanted.values, wanted.having, number) for number in (wanted.base, wanted.raised))
    first, second = (here.averages(shares, visitors // 2, wanted.values) for shares in (raised, base))
    both, gap = first.told & second.told, wanted.raised - wanted.base
    daily = World(np.random.default_rng([*key, 1]), DAILY_EXPERIMENTS, mechanism)
    per_day = max(round(visitors / DAYS / 2), 1)
    one, two = (daily.averages(base, per_day, wanted.values, DAYS) for _ in range(2))
    found = one.told & two.told & _found(one, two, critical(one, two, ERROR))
    return OfGroup(
        told=_part(both),
        average=_part(second.around(Z).holds(wanted.base)[second.told]),
        difference=_part(differences(first, second, Z).holds(gap)[both]),
        always=_part(differences(first, second, critical(first, second, ERROR)).holds(gap)[both]),
        alarms=_part(found.any(axis=1)),
    )


@dataclass(frozen=True, slots=True)
class Power:
    """A plan for so many visitors and the effect that it is for, and how often that effect is found with them."""

    raised: float
    visitors: int
    found: float


def power(looking: Looking, noise: int, base: float, visitors: int) -> Power | None:
    """The smallest effect that the plan promises to show with about so many visitors in four of five experiments."""
    mechanism = SubsetSelection(2, 1, noise, 1)
    # Nobody comes again: a look on day 30, or on each of 60 days, of which a verdict bears all.
    per_day = visitors // (MONTH_DAYS if looking is Looking.ONCE else DAYS)
    plan = trial(per_day=per_day)
    exact = Fraction(base).limit_denominator(100)
    wanted = ShareEffect(exact, exact * 2)
    smallest = smallest_change(looking, Aim(), plan, mechanism, wanted, visitors)
    if smallest is None:
        return None
    raised, needed = smallest.raised, visitors_needed(looking, Aim(), plan, mechanism, smallest)
    assert needed is not None
    here = world(noise, POWER_EXPERIMENTS, base, visitors, 3)
    if looking is Looking.ONCE:
        first, second = here.once(float(raised), needed // 2), here.once(base, needed // 2)
        found = _found(first, second, Z)
    else:
        days = round(needed / per_day)
        first, second = (here.daily(share, per_day // 2, days) for share in (float(raised), base))
        found = _found(first, second, critical(first, second, ERROR)).any(axis=1)
    return Power(float(raised), needed, _part(found))


def _alarms(first: Arms, second: Arms) -> Alarms:
    further = np.array([most_reports(day) - 1 for day in range(1, DAYS + 1)])
    return Alarms(
        single=_part(_found(first, second, Z).any(axis=1)),
        always=_part(_found(first, second, critical(first, second, ERROR)).any(axis=1)),
        worst=_part(_firm(first, second, further).any(axis=1)),
    )


def _firm(first: Arms, second: Arms, further: Numbers | float) -> Truths:
    firm: Truths = _enough(first, second) & ~widest(first, second, further).holds(0.0)
    return firm


def _found(first: Estimates, second: Estimates, deviations: Numbers | float) -> Truths:
    found: Truths = _enough(first, second) & ~differences(first, second, deviations).holds(0.0)
    return found


def _enough(first: Estimates, second: Estimates) -> Truths:
    enough: Truths = np.minimum(first.total, second.total) >= FEWEST_REPORTS
    return enough


def _part(truths: Truths) -> float:
    return float(np.mean(truths)) if truths.size else math.nan
