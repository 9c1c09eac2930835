"""Every policy that a site ever had, so that a report of an older pack still counts, under its own policy."""

import json
import sqlite3
from dataclasses import dataclass

from trimtab.messages import Declaration


@dataclass(frozen=True, slots=True)
class StoredPolicy:
    """A policy of a site. `number` is its key in the store, `first_day` (since 1970, UTC) when it was first served."""

    number: int
    site: str
    first_day: int
    declaration: Declaration


SELECT = "SELECT number, site, first_day, declaration FROM policies"


def remember_policy(connection: sqlite3.Connection, site: str, declaration: Declaration, today: int) -> None:
    """Adds the policy if it is new, and makes it the site's latest; also one that comes back after another."""
    connection.execute(
        "INSERT INTO policies (site, hash, declaration, first_day, turn) "
        "VALUES (?, ?, ?, ?, (SELECT ifnull(max(turn), 0) + 1 FROM policies WHERE site = ?)) "
        "ON CONFLICT (site, hash) DO UPDATE SET turn = excluded.turn",
        (site, declaration.hash, json.dumps(declaration.to_json()), today, site),
    )


def find_policy(connection: sqlite3.Connection, site: str, policy_hash: str) -> StoredPolicy | None:
    """The site's policy of that hash, if it was ever served here."""
    row = connection.execute(f"{SELECT} WHERE site = ? AND hash = ?", (site, policy_hash)).fetchone()
    return None if row is None else _from_row(row)


def policies_of(connection: sqlite3.Connection, site: str) -> list[StoredPolicy]:
    """All policies of a site, the latest first."""
    rows = connection.execute(f"{SELECT} WHERE site = ? ORDER BY turn DESC", (site,))
    return [_from_row(row) for row in rows]


def site_names(connection: sqlite3.Connection) -> list[str]:
    """All sites that were ever served here, by name."""
    return [name for (name,) in connection.execute("SELECT DISTINCT site FROM policies ORDER BY site")]


def _from_row(row: tuple[int, str, int, str]) -> StoredPolicy:
    number, site, first_day, declaration = row
    return StoredPolicy(number, site, first_day, Declaration.from_json(json.loads(declaration)))
