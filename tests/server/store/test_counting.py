import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from trimtab.messages import Declaration, Report
from trimtab_server.store.counting import DAYS_BACK, Added, Count, add_report, close_days, counts_of
from trimtab_server.store.policies import remember_policy
from trimtab_server.store.schema import open_database

POLICY = 1
TOLD = (3,)


@pytest.fixture
def connection(tmp_path: Path, declaration: Declaration, today: int) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / "s.sqlite")) as connection:
        remember_policy(connection, "news", declaration, today)
        yield connection


def ids(connection: sqlite3.Connection) -> int:
    (rows,) = connection.execute("SELECT count(*) FROM seen").fetchone()
    return int(rows)


def numbered(report: Report, number: int, day: int) -> Report:
    return replace(report, id=number.to_bytes(16), day=day)


def test_reports_add_up_by_question_arm_day_and_answer(connection: sqlite3.Connection, report: Report) -> None:
    for number in range(3):
        add_report(connection, POLICY, numbered(report, number, report.day), TOLD)
    add_report(connection, POLICY, replace(report, id=b"x" * 16, arm=0), (1,))

    assert counts_of(connection, POLICY) == [Count(0, 0, report.day, 1, 1), Count(0, 1, report.day, 3, 3)]


def test_a_report_that_tells_several_answers_counts_once_for_each(
    connection: sqlite3.Connection, report: Report
) -> None:
    add_report(connection, POLICY, numbered(report, 1, report.day), (0, 2, 3))
    add_report(connection, POLICY, numbered(report, 2, report.day), (0, 1, 3))

    told = {count.answer: count.reports for count in counts_of(connection, POLICY)}
    assert told == {0: 2, 1: 1, 2: 1, 3: 2}


def test_a_repeat_is_known_and_counted_once(connection: sqlite3.Connection, report: Report) -> None:
    assert add_report(connection, POLICY, report, TOLD) is Added.COUNTED
    assert add_report(connection, POLICY, report, (0,)) is Added.REPEAT

    assert counts_of(connection, POLICY) == [Count(0, 1, report.day, 3, 1)]


def test_ids_are_forgotten_once_their_day_is_no_longer_accepted_and_the_counts_stay(
    connection: sqlite3.Connection, report: Report, today: int
) -> None:
    add_report(connection, POLICY, numbered(report, 1, today), TOLD)
    add_report(connection, POLICY, numbered(report, 2, today + DAYS_BACK), TOLD)
    close_days(connection, today + DAYS_BACK)
    assert ids(connection) == 2

    add_report(connection, POLICY, numbered(report, 3, today + DAYS_BACK + 1), TOLD)
    close_days(connection, today + DAYS_BACK + 1)

    assert ids(connection) == 2
    assert sum(count.reports for count in counts_of(connection, POLICY)) == 3


def test_a_forgotten_report_is_not_counted_again_even_if_the_clock_goes_back(
    connection: sqlite3.Connection, report: Report, today: int
) -> None:
    add_report(connection, POLICY, numbered(report, 1, today), TOLD)
    add_report(connection, POLICY, numbered(report, 2, today + DAYS_BACK + 1), TOLD)
    close_days(connection, today + DAYS_BACK + 1)
    close_days(connection, today)

    assert add_report(connection, POLICY, numbered(report, 1, today), TOLD) is Added.TOO_OLD
    assert add_report(connection, POLICY, numbered(report, 2, today + DAYS_BACK + 1), TOLD) is Added.REPEAT


def test_a_clock_that_runs_a_year_ahead_for_a_while_closes_no_day(
    connection: sqlite3.Connection, report: Report, today: int
) -> None:
    add_report(connection, POLICY, numbered(report, 1, today), TOLD)
    close_days(connection, today + 365)

    assert add_report(connection, POLICY, numbered(report, 1, today), TOLD) is Added.REPEAT
    assert add_report(connection, POLICY, numbered(report, 2, today - DAYS_BACK), TOLD) is Added.COUNTED


def test_the_order_of_arrival_is_not_in_the_tables(connection: sqlite3.Connection, report: Report) -> None:
    for number in (7, 3, 5):
        add_report(connection, POLICY, numbered(report, number, report.day), TOLD)

    stored = [row[0] for row in connection.execute("SELECT id FROM seen")]
    assert stored == [number.to_bytes(16) for number in (3, 5, 7)]
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        connection.execute("SELECT rowid FROM seen")
