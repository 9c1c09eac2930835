import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from trimtab_server.store.writer import Writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "w.sqlite")) as connection:
        connection.execute("CREATE TABLE lines (line TEXT UNIQUE)")
    return tmp_path / "w.sqlite"


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    writer = Writer(sqlite3.connect(path, isolation_level=None, check_same_thread=False))
    yield writer
    writer.close()


def hold(writer: Writer) -> threading.Event:
    """Occupies the writer with a transaction of its own until the event that comes back is set."""
    begun, gate = threading.Event(), threading.Event()

    def wait(_: sqlite3.Connection) -> None:
        begun.set()
        gate.wait()

    writer.submit(wait)
    begun.wait()
    return gate


def lines(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [line for (line,) in connection.execute("SELECT line FROM lines ORDER BY line")]


def inserting(*new: str) -> Callable[[sqlite3.Connection], object]:
    return lambda connection: connection.executemany("INSERT INTO lines VALUES (?)", [(line,) for line in new])


def test_a_promise_is_kept_only_after_the_commit(writer: Writer, path: Path) -> None:
    writer.submit(inserting("one")).result()

    assert lines(path) == ["one"]


def test_work_that_queued_up_is_written_in_one_transaction(writer: Writer, path: Path) -> None:
    gate = hold(writer)
    rest = [writer.submit(inserting(str(n))) for n in range(9)]
    gate.set()
    for promise in rest:
        promise.result()

    assert lines(path) == [str(n) for n in range(9)]
    assert writer.transactions == 2


def test_a_job_that_fails_leaves_nothing_of_itself_and_all_of_its_neighbours(writer: Writer, path: Path) -> None:
    gate = hold(writer)
    good = writer.submit(inserting("good"))
    bad = writer.submit(inserting("half", "good"))
    late = writer.submit(inserting("late"))
    gate.set()

    assert isinstance(bad.exception(), sqlite3.IntegrityError)
    good.result()
    late.result()
    assert lines(path) == ["good", "late"]


def test_a_mistake_in_a_job_reaches_its_owner_and_the_writer_goes_on(writer: Writer, path: Path) -> None:
    def mistake(connection: sqlite3.Connection) -> None:
        inserting("half")(connection)
        raise KeyError("mistake")

    assert isinstance(writer.submit(mistake).exception(), KeyError)
    writer.submit(inserting("after")).result()
    assert lines(path) == ["after"]


def test_if_the_transaction_fails_every_job_in_it_hears_so_and_nothing_is_written(writer: Writer, path: Path) -> None:
    gate = hold(writer)
    early = writer.submit(inserting("early"))
    # SQLite ends a transaction by itself when the disk is full; this ends it the same way under the writer's feet.
    ended = writer.submit(lambda connection: connection.execute("ROLLBACK"))
    gate.set()

    assert isinstance(early.exception(), sqlite3.OperationalError)
    assert isinstance(ended.exception(), sqlite3.OperationalError)
    writer.submit(inserting("next")).result()
    assert lines(path) == ["next"]


def test_work_whose_owner_went_away_before_it_began_is_not_done(writer: Writer, path: Path) -> None:
    gate = hold(writer)
    abandoned = writer.submit(inserting("abandoned"))
    assert abandoned.cancel()
    gate.set()
    writer.submit(inserting("kept")).result()

    assert lines(path) == ["kept"]


def test_closing_writes_what_is_queued_and_refuses_what_comes_after(writer: Writer, path: Path) -> None:
    gate = hold(writer)
    queued = writer.submit(inserting("queued"))
    gate.set()
    writer.close()
    writer.close()

    queued.result(timeout=0)
    assert lines(path) == ["queued"]
    with pytest.raises(RuntimeError, match="closed"):
        writer.submit(inserting("too late"))
