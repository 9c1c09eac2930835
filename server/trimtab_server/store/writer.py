"""One thread, one connection, one queue: requests hand in work and never meet 'database is locked'.

What has queued up while a transaction was being written goes into the next one together: many reports, one fsync.
Each job has a savepoint of its own inside, so a job that fails takes nothing of itself and nothing of its neighbours.
"""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, Final

BATCH_JOBS: Final = 500
"""Jobs in one transaction at most, so that the first of them does not wait long for the last."""


class Job[T]:
    """Work for the writer's connection, and the promise of its result once that is safely on disk."""

    def __init__(self, work: Callable[[sqlite3.Connection], T]) -> None:
        self.promise: Future[T] = Future()
        self._work = work
        self._result: T | None = None
        self._error: Exception | None = None

    def run(self, connection: sqlite3.Connection) -> None:
        """Does the work inside an open transaction; keeps what came of it for `settle`."""
        connection.execute("SAVEPOINT job")
        try:
            self._result = self._work(connection)
        except Exception as error:  # noqa: BLE001  # it belongs to the one who waits; the thread must live on
            connection.execute("ROLLBACK TO job")
            self._error = error
        connection.execute("RELEASE job")

    def settle(self, error: sqlite3.Error | None) -> None:
        """Keeps the promise; `error` if the transaction as a whole failed."""
        if failure := error or self._error:
            self.promise.set_exception(failure)
        else:
            self.promise.set_result(self._result)  # type: ignore[arg-type]  # None only where T is None


class Writer:
    """Owns the writing connection. `submit` from any thread; `close` once, after the last."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._queue: SimpleQueue[Job[Any] | None] = SimpleQueue()
        self.transactions = 0
        # A daemon, so that a program that forgets `close` can still end; a half-written transaction is rolled back.
        self._thread = threading.Thread(target=self._serve, name="trimtab-writer", daemon=True)
        self._thread.start()

    def submit[T](self, work: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Queues work. The future ends after the commit, or with the error that prevented it."""
        if not self._thread.is_alive():
            raise RuntimeError("the store is closed")
        job = Job(work)
        self._queue.put(job)
        return job.promise

    def close(self) -> None:
        """Writes what is queued, then closes the connection. Calling it again does nothing."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def _serve(self) -> None:
        going_on = True
        while going_on:
            jobs, going_on = self._gather()
            live = [job for job in jobs if job.promise.set_running_or_notify_cancel()]
            if live:
                self._write(live)
        self._connection.close()

    def _gather(self) -> tuple[list[Job[Any]], bool]:
        """Waits for one job, then takes all that already wait behind it; False when told to stop."""
        jobs: list[Job[Any]] = []
        job = self._queue.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == BATCH_JOBS:
                return jobs, True
            try:
                job = self._queue.get_nowait()
            except Empty:
                return jobs, True
        return jobs, False

    def _write(self, jobs: list[Job[Any]]) -> None:
        failure: sqlite3.Error | None = None
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for job in jobs:
                job.run(self._connection)
            self._connection.execute("COMMIT")
            self.transactions += 1
        except sqlite3.Error as error:
            failure = error
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        for job in jobs:
            job.settle(failure)
