"""The budget: how many reports a device may make. Kept on the device, spent before anything is sent.

The record is a short JSON text `{"v":1,"days":[20780,…]}`: the days on which this device has made a report.
"""

import json
from dataclasses import dataclass
from typing import Final

REPORTS_A_DAY: Final = 1
REPORTS_A_MONTH: Final = 10
MONTH_DAYS: Final = 30
RECORD_VERSION: Final = 1
MAX_RECORD_CHARACTERS: Final = 1_000
"""Ten days need a hundred. In a browser, JSON nested some thousands deep ends the worker instead of raising."""


@dataclass(frozen=True, slots=True)
class Spent:
    """One report was taken from the budget; `record` must be stored, and read back, before it is sent."""

    record: str


@dataclass(frozen=True, slots=True)
class Exhausted:
    """No report may be made; `why` says which limit was met."""

    why: str


@dataclass(frozen=True, slots=True)
class Left:
    """How many reports may still be made: `today`, and within MONTH_DAYS with today among them."""

    today: int
    month: int


def spend(record: str | None, day: int) -> Spent | Exhausted:
    """Takes one report on `day` (days since 1970-01-01 UTC) from the budget that `record` tells of (None: none yet).

    A record that cannot be read counts as spent: forgetting must never buy more reports. So does one that tells of
    days to come, until the clock has passed them: a clock that was set back must not buy more either.
    """
    days = _days(record)
    if days is None:
        return Exhausted("the record of earlier reports cannot be read")
    if any(spent >= day for spent in days):
        return Exhausted(f"{REPORTS_A_DAY} report a day, and today's is made")
    recent = [spent for spent in days if spent > day - MONTH_DAYS]
    if len(recent) >= REPORTS_A_MONTH:
        return Exhausted(f"{REPORTS_A_MONTH} reports in {MONTH_DAYS} days are made")
    return Spent(json.dumps({"v": RECORD_VERSION, "days": [*recent, day]}, separators=(",", ":")))


def left(record: str | None, day: int) -> Left:
    """What `record` leaves on `day`, by the same rules as `spend`."""
    days = _days(record)
    if days is None:
        return Left(0, 0)
    month = max(REPORTS_A_MONTH - sum(spent > day - MONTH_DAYS for spent in days), 0)
    return Left(min(month, REPORTS_A_DAY) if all(spent < day for spent in days) else 0, month)


def _days(record: str | None) -> list[int] | None:
    """The days on record, or None if it is damaged."""
    if record is None:
        return []
    if len(record) > MAX_RECORD_CHARACTERS:
        return None
    try:
        data = json.loads(record)
    except ValueError:
        return None
    if not isinstance(data, dict) or data.get("v") != RECORD_VERSION:
        return None
    days = data.get("days")
    if not isinstance(days, list) or not all(type(day) is int for day in days):
        return None
    return days
