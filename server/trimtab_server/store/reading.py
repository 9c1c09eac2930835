"""The store for reading only: nothing is made or changed, and a server may be writing meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from trimtab_server.store import counting, policies
from trimtab_server.store.counting import Count
from trimtab_server.store.policies import StoredPolicy
from trimtab_server.store.schema import FILE_NAME, StoreError, check_schema, open_for_reading


class Archive:
    """What a data folder holds. Each question to it has a connection of its own."""

    def __init__(self, folder: Path) -> None:
        """Raises StoreError if there is no store in `folder`, or none that this version can read."""
        self.path = folder / FILE_NAME
        if not self.path.is_file():
            raise StoreError(f"{folder}: no {FILE_NAME} in it; give the folder that `trimtab serve` has as --data")
        try:
            with self._reading() as connection:
                check_schema(connection, self.path)
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: cannot be read ({error}); give another --data folder") from None

    def policies(self, site: str) -> list[StoredPolicy]:
        """All policies of a site, the latest first; empty for an unknown site."""
        with self._reading() as connection:
            return policies.policies_of(connection, site)

    def find(self, site: str, policy_hash: str) -> StoredPolicy | None:
        """The site's policy of that hash, if it was ever served here."""
        with self._reading() as connection:
            return policies.find_policy(connection, site, policy_hash)

    def chosen(self, site: str, policy_hash: str = "") -> StoredPolicy | None:
        """The site's policy of that hash, or its latest; None if there is none."""
        latest = next(iter(self.policies(site)), None)
        return self.find(site, policy_hash) if policy_hash else latest

    def sites(self) -> list[str]:
        """All sites that were ever served here, by name."""
        with self._reading() as connection:
            return policies.site_names(connection)

    def counts(self, policy: StoredPolicy) -> list[Count]:
        """All counts of one policy."""
        with self._reading() as connection:
            return counting.counts_of(connection, policy.number)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with closing(open_for_reading(self.path)) as connection:
            yield connection
