"""Do the arms hold as many reports as chance would give them? If not, nothing that compares them can be trusted.

An arm stands in clear in each report, so no noise is in the way: Pearson's chi-square test of the counts against the
declared shares. Arms that crash, that make visitors leave before they report, or that somebody makes up show up here.

A device stays in its arm, so its reports are one draw and not several. It makes at most m of them: in 30 days as many
as there is to ask, and ten at most. So the variance of each count, and with it the statistic, is at most m times that
of independent reports (Kish's design effect of clusters that are all alike). Divided by m the test never alarms too
often, however visitors return. What a device is asked does not depend on its arm, the holdout included.

With every month m grows, and what befalls an arm late is a smaller part of all. So from the second month on each 30
days are tested by themselves too, where m is that of a month: half of ALARM is for the whole, the other half is divided
among these windows (Bonferroni), which bears that the same devices are in all of them. Whether they are nobody knows,
so a steady loss is seen no better in ten months than in one of as many reports.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from trimtab.messages import Declaration
from trimtab.privacy.budget import MONTH_DAYS
from trimtab_server.analyse.lasting import ASIDE, days_asked, first_day
from trimtab_server.analyse.returning import most_reports
from trimtab_server.analyse.totals import Totals

ALARM: Final = 0.001
"""Somebody looks every day, and what is out of line is so by a lot (A. Fabijan and others, Diagnosing sample ratio
mismatch in online controlled experiments, KDD 2019, who use a limit of this size)."""

FEWEST_EXPECTED: Final = 5
"""In each arm, after division: below, the statistic is not near its distribution (Cochran 1954)."""

type ByDay = Mapping[int, Counter[int]]
"""Reports of each arm, by day."""


class Arrived(StrEnum):
    """What may be said about the arms' numbers of reports."""

    AS_DECLARED = "as declared"
    SKEWED = "not as declared"
    TOO_FEW = "too few reports to say"
    NOT_DECLARED = "the policy does not say how many to expect"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Reports of each arm to all questions, and how many of these `expected` by the declared shares.

    `chance`: of being as far off, at most, if the draw is fair; 1 without a test. `month`: the first of the 30 days
    that are further off than all together; None if none are.
    """

    reports: tuple[int, ...]
    expected: tuple[float, ...]
    chance: float
    verdict: Arrived
    month: int | None = None


def check_arrivals(declaration: Declaration, totals: Totals) -> Arrivals:
    """The sample-ratio check of one policy; its shares are made to sum to 1."""
    by_day: dict[int, Counter[int]] = defaultdict(Counter)
    for (_, arm, day), number in totals.items():
        by_day[day][arm] += number
    reports = _summed(declaration, by_day)
    if not declaration.shares:
        return Arrivals(reports, (), 1.0, Arrived.NOT_DECLARED)
    expected = _expected(declaration, reports)
    chances = dict(_chances(declaration, by_day))
    if not chances:
        return Arrivals(reports, expected, 1.0, Arrived.TOO_FEW)
    month = min(chances, key=lambda each: chances[each])
    chance = min(1.0, chances[month])
    return Arrivals(reports, expected, chance, Arrived.SKEWED if chance < ALARM else Arrived.AS_DECLARED, month)


def _chances(declaration: Declaration, by_day: ByDay) -> Iterator[tuple[int | None, float]]:
    """Of each test that enough reports came for, times the number of tests as the module says; None: of the whole."""
    dated = [(day, arms.total()) for day, arms in by_day.items()]
    days = days_asked(dated)
    whole, old = _chance(declaration, by_day, days), days > MONTH_DAYS
    if whole is not None:
        yield None, 2 * whole if old else whole
    if not old:
        return
    tested = {
        start: chance
        for start, month in _months(by_day, first_day(dated) or 0)
        if (chance := _chance(declaration, month, len(month))) is not None
    }
    yield from ((start, 2 * len(tested) * chance) for start, chance in tested.items())


def _months(by_day: ByDay, first: int) -> Iterator[tuple[int, ByDay]]:
    """Each 30 days from the first, with their first day. Those that may be all misdated (`lasting`) are left out."""
    months: dict[int, dict[int, Counter[int]]] = defaultdict(dict)
    for day, arms in by_day.items():
        months[first + (day - first) // MONTH_DAYS * MONTH_DAYS][day] = arms
    most_aside = ASIDE * _total(by_day)
    yield from ((start, month) for start, month in months.items() if _total(month) > most_aside)


def _chance(declaration: Declaration, by_day: ByDay, days: int) -> float | None:
    """Of reports as far off as these, if they came in so many days; None if they are too few to say."""
    reports = _summed(declaration, by_day)
    expected = _expected(declaration, reports)
    pairs = len(declaration.questions) * len(declaration.experiments)
    most = most_reports(days, pairs) if days else 1
    if min(expected) / most < FEWEST_EXPECTED:
        return None
    statistic = sum((found - wanted) ** 2 / wanted for found, wanted in zip(reports, expected, strict=True))
    return upper_tail(statistic / most, len(reports) - 1)


def _summed(declaration: Declaration, by_day: ByDay) -> tuple[int, ...]:
    return tuple(sum(counted[arm] for counted in by_day.values()) for arm in range(len(declaration.arms)))


def _expected(declaration: Declaration, reports: Sequence[int]) -> tuple[float, ...]:
    return tuple(sum(reports) * share / math.fsum(declaration.shares) for share in declaration.shares)


def _total(by_day: ByDay) -> int:
    return sum(arms.total() for arms in by_day.values())


def upper_tail(statistic: float, freedom: int) -> float:
    """The chance that a chi-square variable of so many degrees of freedom is as large."""
    # Importing scipy takes most of a second, which the server's start shall not.
    from scipy.special import chdtrc  # type: ignore[import-untyped]  # noqa: PLC0415  # it ships no types

    return float(chdtrc(freedom, statistic))
