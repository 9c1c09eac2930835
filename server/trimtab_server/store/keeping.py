"""The store as the rest of the server sees it: remember a policy, add a report, read the sums."""

import asyncio
import sqlite3
from collections.abc import Collection
from functools import partial
from pathlib import Path

from trimtab.messages import Declaration, Report
from trimtab_server.store import counting, policies
from trimtab_server.store.counting import Added
from trimtab_server.store.policies import StoredPolicy
from trimtab_server.store.reading import Archive
from trimtab_server.store.schema import FILE_NAME, StoreError, open_database
from trimtab_server.store.writer import Writer


class Store:
    """One SQLite file in `folder`. All writing goes through one thread; `archive` reads beside it."""

    def __init__(self, folder: Path) -> None:
        """Opens or creates the store. Raises StoreError if the folder or the file in it cannot be used."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{folder}: cannot be created ({error.strerror}); give another --data folder") from None
        self.path = folder / FILE_NAME
        self._writer = Writer(open_database(self.path))
        self.archive = Archive(folder)
        self._known: dict[tuple[str, str], StoredPolicy] = {}
        self._pruned_on = -1

    def close(self) -> None:
        """Writes what is queued, then lets go of the file."""
        self._writer.close()

    def remember(self, site: str, declaration: Declaration, today: int) -> None:
        """Makes this the site's latest policy. Blocks until it is on disk. Raises StoreError if it cannot be."""
        work = partial(policies.remember_policy, site=site, declaration=declaration, today=today)
        try:
            self._writer.submit(work).result()
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: cannot be written ({error}); make room, or give another --data") from None

    async def add(self, policy: StoredPolicy, report: Report, told: Collection[int], today: int) -> Added:
        """Counts each told answer of the report exactly once; returns when that is on disk.

        Raises sqlite3.Error if it cannot be written.
        """

        def work(connection: sqlite3.Connection) -> Added:
            added = counting.add_report(connection, policy.number, report, told)
            if self._pruned_on != today:
                counting.close_days(connection, today)
                self._pruned_on = today
            return added

        return await asyncio.wrap_future(self._writer.submit(work))

    async def find(self, site: str, policy_hash: str) -> StoredPolicy | None:
        """The site's policy of that hash. Only what exists is cached, so no stranger can fill the memory."""
        known = self._known.get((site, policy_hash))
        if known is None:
            known = await asyncio.to_thread(self.archive.find, site, policy_hash)
            if known is not None:
                self._known[site, policy_hash] = known
        return known
