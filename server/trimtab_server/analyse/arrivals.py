"""Do the arms hold as many reports as chance would give them? If not, nothing that compares them can be trusted.

An arm stands in clear in each report, so no noise is in the way: Pearson's chi-square test of the counts against the
declared shares. Arms that crash, that make visitors leave before they report, or that somebody makes up show up here.

A device stays in its arm, so its reports are one draw and not several. It makes at most m of them: in 30 days as many
as there is to ask, and ten at most. So the variance of each count, and with it the statistic, is at most m times that
of independent reports (Kish's design effect of clusters that are all alike). Divided by m the test never alarms too
often, however visitors return. What a device is asked does not depend on its arm, the holdout included.
"""

import math
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from trimtab.messages import Declaration
from trimtab_server.analyse.lasting import days_asked
from trimtab_server.analyse.returning import most_reports
from trimtab_server.analyse.totals import Totals

ALARM: Final = 0.001
"""Somebody looks every day, and what is out of line is so by a lot (A. Fabijan and others, Diagnosing sample ratio
mismatch in online controlled experiments, KDD 2019, who use a limit of this size)."""

FEWEST_EXPECTED: Final = 5
"""In each arm, after division: below, the statistic is not near its distribution (Cochran 1954)."""


class Arrived(StrEnum):
    """What may be said about the arms' numbers of reports."""

    AS_DECLARED = "as declared"
    SKEWED = "not as declared"
    TOO_FEW = "too few reports to say"
    NOT_DECLARED = "the policy does not say how many to expect"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Reports of each arm to all questions, and how many of these `expected` by the declared shares.

    `chance`: of being as far off, at most, if the draw is fair; 1 without a test.
    """

    reports: tuple[int, ...]
    expected: tuple[float, ...]
    chance: float
    verdict: Arrived


def check_arrivals(declaration: Declaration, totals: Totals) -> Arrivals:
    """The sample-ratio check of one policy; its shares are made to sum to 1."""
    shares = declaration.shares
    counted: Counter[int] = Counter()
    for (_, arm, _), number in totals.items():
        counted[arm] += number
    reports = tuple(counted[arm] for arm in range(len(declaration.arms)))
    if not shares:
        return Arrivals(reports, (), 1.0, Arrived.NOT_DECLARED)
    expected = tuple(sum(reports) * share / math.fsum(shares) for share in shares)
    days = days_asked((day, number) for (_, _, day), number in totals.items())
    pairs = len(declaration.questions) * len(declaration.experiments)
    most = most_reports(days, pairs) if days else 1
    if min(expected) / most < FEWEST_EXPECTED:
        return Arrivals(reports, expected, 1.0, Arrived.TOO_FEW)
    statistic = sum((found - wanted) ** 2 / wanted for found, wanted in zip(reports, expected, strict=True))
    chance = upper_tail(statistic / most, len(reports) - 1)
    return Arrivals(reports, expected, chance, Arrived.SKEWED if chance < ALARM else Arrived.AS_DECLARED)


def upper_tail(statistic: float, freedom: int) -> float:
    """The chance that a chi-square variable of so many degrees of freedom is as large."""
    # Importing scipy takes most of a second, which the server's start shall not.
    from scipy.special import chdtrc  # type: ignore[import-untyped]  # noqa: PLC0415  # it ships no types

    return float(chdtrc(freedom, statistic))
