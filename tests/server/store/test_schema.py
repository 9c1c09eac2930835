import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from trimtab.messages import Declaration
from trimtab_server.store.counting import Count, counts_of
from trimtab_server.store.policies import policies_of
from trimtab_server.store.schema import SCHEMA_VERSION, StoreError, open_database, open_for_reading


def test_a_new_file_gets_the_tables_and_opens_again(tmp_path: Path) -> None:
    for _ in range(2):
        with closing(open_database(tmp_path / "s.sqlite")) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert connection.execute("SELECT count(*) FROM counts").fetchone() == (0,)


def test_a_file_of_a_newer_schema_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with closing(open_database(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()

    with pytest.raises(StoreError, match=r"newer trimtab \(schema 3, this one knows 2\); update trimtab"):
        open_database(path)

    assert path.read_bytes() == before


def test_a_file_of_the_first_schema_is_widened_once_and_keeps_its_counts(
    tmp_path: Path, declaration: Declaration
) -> None:
    path = tmp_path / "s.sqlite"
    old = declaration.to_json() | {"v": 1}
    old["questions"] = [{"name": q.name, "answers": list(q.answers)} for q in declaration.questions]
    with closing(open_database(path)) as connection:
        row = (1, "news", declaration.hash, json.dumps(old), 20_000, 1)
        connection.execute("INSERT INTO policies VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO counts VALUES (1, 0, 1, 20000, 3, 7)")
        connection.execute("PRAGMA user_version = 1")

    for _ in range(2):
        with closing(open_database(path)) as connection:
            (policy,) = policies_of(connection, "news")
            assert policy.declaration == declaration
            assert counts_of(connection, 1) == [Count(0, 1, 20_000, 3, 7)]
            assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")

    with pytest.raises(StoreError, match="belongs to another program"):
        open_database(path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.write_bytes(b"a letter to my aunt" * 300)

    with pytest.raises(StoreError, match="no usable database"):
        open_database(path)


def test_a_path_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        open_database(tmp_path / "missing" / "s.sqlite")


def test_a_reading_connection_cannot_write(tmp_path: Path) -> None:
    open_database(tmp_path / "s.sqlite").close()

    with closing(open_for_reading(tmp_path / "s.sqlite")) as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM seen")
