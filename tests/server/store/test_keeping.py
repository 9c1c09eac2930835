import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.running import run
from trimtab.messages import Declaration, Report
from trimtab_server.store.counting import Added, Count
from trimtab_server.store.keeping import Store
from trimtab_server.store.policies import StoredPolicy
from trimtab_server.store.schema import FILE_NAME, StoreError

TOLD = (3,)


@pytest.fixture
def store(tmp_path: Path, declaration: Declaration, today: int) -> Iterator[Store]:
    store = Store(tmp_path / "data")
    store.remember("news", declaration, today)
    yield store
    store.close()


def known(store: Store, declaration: Declaration) -> StoredPolicy:
    policy = run(store.find("news", declaration.hash))
    assert policy is not None
    return policy


def test_what_was_counted_is_there_after_a_restart(
    store: Store, tmp_path: Path, declaration: Declaration, report: Report, today: int
) -> None:
    policy = known(store, declaration)
    assert run(store.add(policy, report, TOLD, today)) is Added.COUNTED
    store.close()

    again = Store(tmp_path / "data")

    assert again.archive.sites() == ["news"]
    assert again.archive.policies("news") == [policy]
    assert again.archive.counts(policy) == [Count(0, 1, today, 3, 1)]
    assert run(again.add(policy, report, TOLD, today)) is Added.REPEAT
    again.close()


def test_many_at_once_never_meet_a_locked_database_and_count_exactly_once(
    store: Store, declaration: Declaration, report: Report, today: int
) -> None:
    policy = known(store, declaration)

    async def add_all() -> list[Added]:
        reports = [replace(report, id=(number % 100).to_bytes(16)) for number in range(300)]
        return list(await asyncio.gather(*(store.add(policy, each, TOLD, today) for each in reports)))

    outcomes = run(add_all())

    assert outcomes.count(Added.COUNTED) == 100
    assert outcomes.count(Added.REPEAT) == 200
    assert store.archive.counts(policy) == [Count(0, 1, today, 3, 100)]


def test_another_process_on_the_same_file_adds_to_the_same_counts(
    store: Store, tmp_path: Path, declaration: Declaration, report: Report, today: int
) -> None:
    other = Store(tmp_path / "data")
    policy = known(store, declaration)

    run(store.add(policy, report, TOLD, today))
    assert run(other.add(policy, report, TOLD, today)) is Added.REPEAT
    run(other.add(policy, replace(report, id=b"y" * 16), TOLD, today))

    assert store.archive.counts(policy) == other.archive.counts(policy) == [Count(0, 1, today, 3, 2)]
    other.close()


def test_a_crash_before_the_commit_adds_neither_the_id_nor_the_count(
    store: Store, declaration: Declaration, report: Report, today: int
) -> None:
    policy = known(store, declaration)
    with closing(sqlite3.connect(store.path)) as connection:
        # The counts can no longer be written, so the report fails between its two halves.
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON counts BEGIN SELECT RAISE(ABORT, 'disk full'); END")

    with pytest.raises(sqlite3.Error, match="disk full"):
        run(store.add(policy, report, TOLD, today))

    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT count(*) FROM seen").fetchone() == (0,)
        connection.execute("DROP TRIGGER full")
    assert run(store.add(policy, report, TOLD, today)) is Added.COUNTED


def test_the_file_holds_no_column_for_an_address_a_browser_or_a_time(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        columns = {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables}

    assert columns == {
        "policies": ["number", "site", "hash", "declaration", "first_day", "turn"],
        "counts": ["policy", "question", "arm", "day", "answer", "n"],
        "seen": ["day", "id"],
        "horizon": ["only_row", "first_day"],
    }


def test_a_policy_that_cannot_be_written_is_told_with_a_mend(
    store: Store, declaration: Declaration, today: int
) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON policies BEGIN SELECT RAISE(ABORT, 'disk full'); END")

    with pytest.raises(StoreError, match=r"cannot be written \(disk full\); make room"):
        store.remember("news", replace(declaration, hash="f" * 16), today)


def test_a_data_folder_that_cannot_be_made_is_told_with_a_mend(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreError, match=r"cannot be created .*; give another --data folder"):
        Store(tmp_path / "file" / "data")


def test_the_database_has_the_documented_name(store: Store) -> None:
    assert store.path.name == FILE_NAME == "trimtab.sqlite"
