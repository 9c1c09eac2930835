"""Devices that report several times: how often, at worst. What that does to an interval is in `quantities`.

Nothing tells the reports of one device apart, and that is on purpose. A device is asked about one (question,
experiment) pair once in thirty days. What an arm counts is about one pair, so within a month each of its reports is
another visitor's, and an interval takes them for that. The holdout counts a question's reports about all experiments in
one: of these a month holds as many of one device as there are experiments, and its intervals allow for the worst. In a
longer time every count holds several reports of a device, and one visitor's answers are alike.

At worst devices report again as soon as they may, those first that have reported most often (`reports_of_one`): a chain
that is longer adds more to a sum of squares by one more link, and is free again as soon as any other would be.

Intervals and verdicts bear two reports of each device about a pair: all that there can be in sixty days. Where all
devices are asked again after a month, and answer alike, an interval for one look that does not allow for it holds 84 of
100 truths on day 60 at a/b = 55, so that is as wide as it must be. A verdict need not be wider: its boundary has so
much to spare that with two of each chance alone is called a difference on less than one site of twenty, looked at on
each of sixty days (server/PROMISES.md). In a longer time there may be more, if many visitors return: what all of them
may do to a difference the column "if visitors return" shows, and a verdict that does not bear them is marked.

Of the holdout, a device's reports are the sum of its reports about each of E experiments, and the square of a sum is
at most E times the sum of the squares (Cauchy and Schwarz): E times as many as of one.
"""

import math
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trimtab.privacy.budget import MONTH_DAYS, REPORTS_A_MONTH

BORNE: Final = 2
"""Reports of each device about a pair that all intervals bear, in the mean over the reports."""

type ByDay = Mapping[int, int]
"""How many reports came, by day."""


@dataclass(frozen=True, slots=True)
class Again:
    """How many other reports of its device a report has beside it in a count at worst, in the mean over the reports.

    `worst`: all that there can be. `one_look`, `verdict`: as many as an interval for one look, or for all times, is
    made wider for.
    """

    one_look: float = 0.0
    verdict: float = 0.0
    worst: float = 0.0


def again(by_day: ByDay, experiments: int = 1) -> Again:
    """`experiments`: how many are counted together: one in an arm of it, all of the policy's in the holdout."""
    return again_of(reports_of_one(by_day), max(min(experiments, REPORTS_A_MONTH, len(by_day)), 1))


def again_of(often: float, together: int) -> Again:
    """The same, if a report's device reports so `often` about each experiment, and on days enough for all of them."""
    return Again(together * min(often, BORNE) - 1, together - 1, together * often - 1)


def reports_of_one(by_day: ByDay) -> float:
    """How many reports about one pair the device of a report has made at worst, in the mean over them: 1 or more."""
    free: Counter[int] = Counter()
    busy: deque[tuple[int, Counter[int]]] = deque()
    for day in sorted(by_day):
        while busy and busy[0][0] <= day - MONTH_DAYS:
            free += busy.popleft()[1]
        left, told = by_day[day], Counter[int]()
        for times in sorted(free, reverse=True):
            taken = min(left, free[times])
            free[times] -= taken
            told[times + 1] = taken
            left -= taken
        told[1] = left
        busy.append((day, told))
    devices = sum((told for _, told in busy), free)
    reports = sum(times * count for times, count in devices.items())
    return sum(times * times * count for times, count in devices.items()) / reports if reports else 1.0


def reports_of_one_evenly(days: float) -> float:
    """The same of reports that come evenly for so long, in closed form: devices of some days have one report more."""
    months, more = divmod(max(days, MONTH_DAYS), MONTH_DAYS)
    return (more * (months + 1) ** 2 + (MONTH_DAYS - more) * months**2) / max(days, MONTH_DAYS)


def most_reports(days: int, pairs: int = REPORTS_A_MONTH) -> int:
    """How many reports a device can make in so many days about so many pairs of a question and an experiment."""
    return min(days, min(pairs, REPORTS_A_MONTH) * math.ceil(days / MONTH_DAYS))
