"""The tables, and what happens to a file that this version did not write.

`counts` are sums, so any number of collectors may add in any order. `seen` holds the random ids of reports whose day
is still accepted, and nothing else: with it a repeat is known, and no id can be joined to an answer, because answers
carry none. Both tables are WITHOUT ROWID, so that not even the order of arrival stays in the file. The write-ahead log
beside it has that order until it is written back: whoever can read the data folder while the server runs can see it.
"""

import json
import sqlite3
from pathlib import Path
from typing import Final

from trimtab.errors import TrimtabError

FILE_NAME: Final = "trimtab.sqlite"
SCHEMA_VERSION: Final = 2
APPLICATION_ID: Final = 0x74726D74
"""'trmt': tells this file from another program's database (https://www.sqlite.org/pragma.html#pragma_application_id)."""

BUSY_TIMEOUT_S: Final = 10.0
"""How long to wait for another process on the same file; within this one only the writer thread writes."""

TABLES: Final = """
CREATE TABLE policies (
    number INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    hash TEXT NOT NULL,
    declaration TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    UNIQUE (site, hash)
) STRICT;
CREATE TABLE counts (
    policy INTEGER NOT NULL REFERENCES policies,
    question INTEGER NOT NULL,
    arm INTEGER NOT NULL,
    day INTEGER NOT NULL,
    answer INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (policy, question, arm, day, answer)
) STRICT, WITHOUT ROWID;
CREATE TABLE seen (
    day INTEGER NOT NULL,
    id BLOB NOT NULL,
    PRIMARY KEY (day, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE horizon (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 0),
    first_day INTEGER NOT NULL
) STRICT;
INSERT INTO horizon VALUES (0, 0);
"""


class StoreError(TrimtabError):
    """The data folder cannot be used; the text says why and what to do."""


def open_database(path: Path) -> sqlite3.Connection:
    """A connection for writing to the store at `path`, created if missing. Raises StoreError."""
    try:
        # isolation_level None: transactions are begun where the code says so. Any thread, because the writer owns it.
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be opened ({error}); give another --data folder") from None
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: a report that was answered with 202 outlives a power cut. Batches make it cheap.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # an id that is forgotten leaves no trace in a free page
        connection.execute("BEGIN IMMEDIATE")
        _prepare(connection, path)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path}: no usable database ({error}); move it away or give another --data folder") from None
    except StoreError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    owner: int = connection.execute("PRAGMA application_id").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if version == 0 and tables == 0:
        for statement in TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        return
    _refuse_foreign(path, owner, version)
    if version < SCHEMA_VERSION:
        _widen(connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _widen(connection: sqlite3.Connection) -> None:
    """From schema 1: a declaration did not say how many answers a report tells, because it was always one."""
    for number, text in connection.execute("SELECT number, declaration FROM policies").fetchall():
        declaration = json.loads(text)
        questions = [question | {"width": 1} for question in declaration["questions"]]
        widened = json.dumps(declaration | {"v": 2, "questions": questions})
        connection.execute("UPDATE policies SET declaration = ? WHERE number = ?", (widened, number))


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raises StoreError if the file cannot be read as it is: another program's, or another version's."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    owner: int = connection.execute("PRAGMA application_id").fetchone()[0]
    _refuse_foreign(path, owner, version)
    if version < SCHEMA_VERSION:
        raise StoreError(f"{path}: written by an older trimtab; start `trimtab serve` with it once, which renews it")


def _refuse_foreign(path: Path, owner: int, version: int) -> None:
    if owner != APPLICATION_ID:
        raise StoreError(f"{path}: belongs to another program; give another --data folder")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: written by a newer trimtab (schema {version}, this one knows {SCHEMA_VERSION}); "
            "update trimtab or give another --data folder"
        )


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that can only read; WAL lets it read while the writer writes."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    return connection
