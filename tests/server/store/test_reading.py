import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from trimtab.messages import Declaration
from trimtab_server.store.keeping import Store
from trimtab_server.store.reading import Archive
from trimtab_server.store.schema import FILE_NAME, StoreError


def test_a_policy_is_found_by_its_hash_and_the_latest_without_one(
    tmp_path: Path, declaration: Declaration, today: int
) -> None:
    store = Store(tmp_path)
    newer = replace(declaration, hash="f" * 16)
    store.remember("news", declaration, today)
    store.remember("news", newer, today)

    archive = Archive(tmp_path)  # while the store is open for writing
    store.close()

    chosen = [archive.chosen("news", wanted) for wanted in ("", declaration.hash, "0" * 16)]
    assert [policy and policy.declaration for policy in chosen] == [newer, declaration, None]
    assert archive.chosen("shop") is None
    assert archive.sites() == ["news"]


def test_nothing_is_made_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="trimtab serve"):
        Archive(tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda connection: connection.execute("PRAGMA application_id = 7"), "another program"),
        (lambda connection: connection.execute("PRAGMA user_version = 99"), "newer trimtab"),
        (lambda connection: connection.execute("PRAGMA user_version = 1"), "older trimtab; start `trimtab serve`"),
    ],
    ids=["foreign", "newer", "older"],
)
def test_a_file_that_cannot_be_read_as_it_is_is_refused(
    tmp_path: Path, change: Callable[[sqlite3.Connection], object], says: str
) -> None:
    Store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        change(connection)

    with pytest.raises(StoreError, match=says):
        Archive(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"a letter to my aunt" * 300)

    with pytest.raises(StoreError, match="cannot be read"):
        Archive(tmp_path)
