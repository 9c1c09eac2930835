import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from trimtab.messages import Declaration
from trimtab_server.store.policies import find_policy, policies_of, remember_policy, site_names
from trimtab_server.store.schema import open_database


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / "s.sqlite")) as connection:
        yield connection


def test_a_policy_comes_back_as_it_was_given(connection: sqlite3.Connection, declaration: Declaration) -> None:
    remember_policy(connection, "news", declaration, 100)

    found = find_policy(connection, "news", declaration.hash)

    assert found is not None
    assert (found.site, found.first_day, found.declaration) == ("news", 100, declaration)


def test_a_policy_is_known_at_its_own_site_only(connection: sqlite3.Connection, declaration: Declaration) -> None:
    remember_policy(connection, "news", declaration, 100)

    assert find_policy(connection, "shop", declaration.hash) is None
    assert find_policy(connection, "news", "f" * 16) is None


def test_the_latest_policy_comes_first_also_when_it_came_back(
    connection: sqlite3.Connection, declaration: Declaration
) -> None:
    other = replace(declaration, hash="f" * 16)
    remember_policy(connection, "news", declaration, 100)
    remember_policy(connection, "news", other, 101)
    assert [policy.declaration.hash for policy in policies_of(connection, "news")] == [other.hash, declaration.hash]

    remember_policy(connection, "news", declaration, 102)

    assert [policy.declaration.hash for policy in policies_of(connection, "news")] == [declaration.hash, other.hash]
    assert [policy.first_day for policy in policies_of(connection, "news")] == [100, 101]


def test_sites_are_named_in_order(connection: sqlite3.Connection, declaration: Declaration) -> None:
    for site in ("shop", "course", "shop"):
        remember_policy(connection, site, declaration, 100)

    assert site_names(connection) == ["course", "shop"]
