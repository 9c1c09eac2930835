"""Adding a report exactly once, and reading the sums."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from trimtab.messages import Report

DAYS_BACK: Final = 31
"""How old a report may be, in days: one that missed its day leaves at the device's next visit. Ids are kept as long."""

DAYS_AHEAD: Final = 1
"""A device's clock may be a little fast about midnight UTC."""


class Added(Enum):
    """What became of a report."""

    COUNTED = auto()
    REPEAT = auto()
    TOO_OLD = auto()
    """Its day was closed already: whether it is a repeat can no longer be known."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many reports told one answer to one question, in one arm, on one day.

    A report tells as many answers as its question is wide: the sum over all answers is width times the reports.
    """

    question: int
    arm: int
    day: int
    answer: int
    reports: int


def add_report(connection: sqlite3.Connection, policy: int, report: Report, told: Collection[int]) -> Added:
    """Adds one to the count of each told answer, unless the same report (its id and day) was added before.

    Needs a transaction around it: the id and the counts are written together or not at all.
    """
    (first_day,) = connection.execute("SELECT first_day FROM horizon").fetchone()
    if report.day < first_day:
        return Added.TOO_OLD
    fresh = connection.execute("INSERT OR IGNORE INTO seen (day, id) VALUES (?, ?)", (report.day, report.id))
    if fresh.rowcount == 0:
        return Added.REPEAT
    connection.executemany(
        "INSERT INTO counts (policy, question, arm, day, answer, n) VALUES (?, ?, ?, ?, ?, 1) "
        "ON CONFLICT DO UPDATE SET n = n + 1",
        [(policy, report.question, report.arm, report.day, answer) for answer in told],
    )
    return Added.COUNTED


def close_days(connection: sqlite3.Connection, today: int) -> None:
    """Forgets the ids of all days that are no longer accepted, and closes those days for good.

    The horizon follows the newest counted day, and today's date only as far as that: a clock that runs a year ahead
    for an hour closes nothing. It never moves back: a report that was forgotten must not count a second time.
    """
    connection.execute(
        "UPDATE horizon SET first_day = max(first_day, min(?, ifnull((SELECT max(day) FROM seen), 0)) - ?)",
        (today, DAYS_BACK),
    )
    connection.execute("DELETE FROM seen WHERE day < (SELECT first_day FROM horizon)")


def counts_of(connection: sqlite3.Connection, policy: int) -> list[Count]:
    """All counts of a policy, ordered by question, arm, day and answer."""
    rows = connection.execute(
        "SELECT question, arm, day, answer, n FROM counts WHERE policy = ? ORDER BY question, arm, day, answer",
        (policy,),
    )
    return [Count(*row) for row in rows]
