"""Reports per day, as bars of a small chart and as rows of a table."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from trimtab_server.analyse.totals import Totals
from trimtab_server.dashboard.words import counted, day_name

DAYS_SHOWN: Final = 30
GAP: Final = 0.22
"""Of a day's width."""


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day; `left`, `width` and `height` in percent of the chart."""

    name: str
    reports: int
    left: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The last days with reports, oldest first. `summary` says in words what the chart shows."""

    days: tuple[DayBar, ...]
    most: int
    summary: str


def timeline(totals: Totals, today: int) -> Timeline:
    """The DAYS_SHOWN days up to today, or up to the last report if that is longer ago."""
    per_day: Counter[int] = Counter()
    for (_, _, day), reports in totals.items():
        per_day[day] += reports
    newest = max(per_day, default=today)
    last = newest if newest < today - DAYS_SHOWN else max(newest, today)
    first = last - DAYS_SHOWN + 1
    most = max((per_day[day] for day in range(first, last + 1)), default=0)
    days = tuple(_bar(day - first, day, per_day[day], most) for day in range(first, last + 1))
    total = counted(sum(day.reports for day in days), "report")
    busiest = max(days, key=lambda day: day.reports)
    peak = f", at most {busiest.reports:,} a day ({busiest.name})" if most else ""
    return Timeline(days, most, f"{total} from {day_name(first)} to {day_name(last)}{peak}.")


def _bar(place: int, day: int, reports: int, most: int) -> DayBar:
    width = 100 / DAYS_SHOWN
    height = round(100 * reports / most, 2) if most else 0.0
    return DayBar(day_name(day), reports, round(width * (place + GAP / 2), 2), round(width * (1 - GAP), 2), height)
