"""Do two arms differ? A difference with its interval, and "cannot tell yet" as long as that contains zero.

The interval is one of fixed horizon: it holds for a look at a day that was chosen beforehand. Whoever looks
every day and stops at the first result is wrong more often than one time in twenty; that is not covered yet.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Final

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.intervals import Interval, Share, Z, newcombe

POWER: Final = 0.8
"""A plan should find a true difference in 4 cases of 5: the custom of clinical trials (Cohen 1988)."""

Z_PLAN: Final = Z + NormalDist().inv_cdf(POWER)

OUT_OF_REACH: Final = 10_000_000
"""More reports than this are no plan: two arms that need them are alike for every purpose."""

FEWEST_REPORTS: Final = 30
"""With fewer in an arm there is no verdict and no plan: four lucky reports must not rebuild a shop."""


class Verdict(StrEnum):
    """What may be said about two arms."""

    HIGHER = "higher"
    LOWER = "lower"
    CANNOT_TELL = "cannot tell yet"


class NoPlan(StrEnum):
    """Why nobody can say how many more reports it takes."""

    TOO_FEW = "too few reports to say when"
    ALIKE = "too alike to tell apart"


@dataclass(frozen=True, slots=True)
class Difference:
    """Share of visitors with one answer in a first arm minus that in a second, in [-1, 1] but for noise.

    `more_reports`: about how many more both arms together need before a difference of this size shows in
    4 cases of 5, if arrivals keep their proportion; None if the verdict is there already.
    """

    share: float
    interval: Interval
    verdict: Verdict
    more_reports: int | NoPlan | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """No difference can be computed: one arm or both have no report at all."""

    first_reports: int
    second_reports: int


def compare_answer(
    mechanism: SubsetSelection, first: Sequence[int], second: Sequence[int], answer: int
) -> Difference | Waiting:
    """Difference between two arms in one answer; `first` and `second` count the reports that told each answer."""
    reports = Waiting(sum(first) // mechanism.width, sum(second) // mechanism.width)
    if not (reports.first_reports and reports.second_reports):
        return reports
    one, two = Share(first[answer], reports.first_reports), Share(second[answer], reports.second_reports)
    slope = float(mechanism.keep - mechanism.stray)
    supporting = newcombe(one, two)
    interval = Interval(supporting.low / slope, supporting.high / slope)
    verdict = judge(interval) if min(one.total, two.total) >= FEWEST_REPORTS else Verdict.CANNOT_TELL
    more = reports_needed(one, two) if verdict is Verdict.CANNOT_TELL else None
    return Difference((one.value - two.value) / slope, interval, verdict, more)


def judge(interval: Interval) -> Verdict:
    """A verdict only where the whole interval lies on one side of zero."""
    if 0 in interval:
        return Verdict.CANNOT_TELL
    return Verdict.HIGHER if interval.low > 0 else Verdict.LOWER


def reports_needed(one: Share, two: Share) -> int | NoPlan:
    """About how many more reports would settle a difference as large as it looks now.

    With c times the reports in both arms the variance of the difference is V / c, where
    V = l1 (1 - l1) / n1 + l2 (1 - l2) / n2; it shows with POWER once |l1 - l2| >= Z_PLAN sqrt(V / c).
    The noise is in the l's, and p - q divides both sides, so it cancels.
    """
    if min(one.total, two.total) < FEWEST_REPORTS:
        return NoPlan.TOO_FEW
    variance = sum(share.value * (1 - share.value) / share.total for share in (one, two))
    gap = abs(one.value - two.value)
    total = one.total + two.total
    if gap == 0:
        return NoPlan.ALIKE
    more = math.ceil(total * (Z_PLAN**2 * variance / gap**2 - 1))
    return max(more, 1) if more <= OUT_OF_REACH else NoPlan.ALIKE
