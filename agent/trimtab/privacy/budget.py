"""The budget: how many reports a device may make, and about what. Kept on the device, spent before anything is sent.

The record is a short JSON text `{"v":1,"days":[20780,…],"asked":[3735928559,…]}`: the days on which this device has
made a report, and for each the pair of question and experiment that it was about, see `pair_of`. A record without
`asked` is an older one: its days count, whatever they were about.
"""

import json
from dataclasses import dataclass
from typing import Final

from trimtab.hashing import fnv1a_32

REPORTS_A_DAY: Final = 1
REPORTS_A_MONTH: Final = 10
MONTH_DAYS: Final = 30
RECORD_VERSION: Final = 1
MAX_RECORD_CHARACTERS: Final = 1_000
"""Ten days need two hundred. In a browser, JSON nested some thousands deep ends the worker instead of raising."""

UNKNOWN: Final = -1
"""What a report was about that an older version has made: no pair is this."""

ASKED_ALL: Final = f"all that this device may be asked in {MONTH_DAYS} days was asked"
"""Why no report is begun though the budget would permit one; nothing is spent."""


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


def pair_of(policy: str, question: str, experiment: str) -> int:
    """A question about an experiment ("": none), by their names: a policy that changes may not ask again sooner."""
    return fnv1a_32(f"{policy}/{experiment}/{question}")


def asked(record: str | None, day: int) -> frozenset[int]:
    """The pairs that no report of `day` may be about: each is asked once in MONTH_DAYS."""
    return frozenset(pair for spent, pair in _made(record) or () if spent > day - MONTH_DAYS)


def spend(record: str | None, day: int, pair: int) -> Spent | Exhausted:
    """Takes one report on `day` (days since 1970-01-01 UTC) from the budget that `record` tells of (None: none yet).

    It is about `pair`, which is none of `asked`.

    A record that cannot be read counts as spent: forgetting must never buy more reports. So does one that tells of
    days to come, until the clock has passed them: a clock that was set back must not buy more either.
    """
    made = _made(record)
    if made is None:
        return Exhausted("the record of earlier reports cannot be read")
    if any(spent >= day for spent, _ in made):
        return Exhausted(f"{REPORTS_A_DAY} report a day, and today's is made")
    recent = [each for each in made if each[0] > day - MONTH_DAYS]
    if len(recent) >= REPORTS_A_MONTH:
        return Exhausted(f"{REPORTS_A_MONTH} reports in {MONTH_DAYS} days are made")
    days, pairs = zip(*recent, (day, pair), strict=True)
    return Spent(json.dumps({"v": RECORD_VERSION, "days": days, "asked": pairs}, separators=(",", ":")))


def left(record: str | None, day: int) -> Left:
    """What `record` leaves on `day`, by the same rules as `spend`."""
    made = _made(record)
    if made is None:
        return Left(0, 0)
    month = max(REPORTS_A_MONTH - sum(spent > day - MONTH_DAYS for spent, _ in made), 0)
    return Left(min(month, REPORTS_A_DAY) if all(spent < day for spent, _ in made) else 0, month)


def _made(record: str | None) -> list[tuple[int, int]] | None:
    """The reports on record as (day, pair), or None if it is damaged."""
    if record is None:
        return []
    try:
        data = json.loads(record) if len(record) <= MAX_RECORD_CHARACTERS else None
    except ValueError:
        return None
    if not isinstance(data, dict) or data.get("v") != RECORD_VERSION:
        return None
    days = data.get("days")
    if not isinstance(days, list):
        return None
    pairs = data.get("asked", [UNKNOWN] * len(days))
    if not isinstance(pairs, list) or len(pairs) != len(days) or any(type(n) is not int for n in (*days, *pairs)):
        return None
    return list(zip(days, pairs, strict=True))
