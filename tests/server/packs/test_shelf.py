import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.running import run
from trimtab.messages import Declaration
from trimtab_server.packs.manifest import PackError
from trimtab_server.packs.shelf import Shelf
from trimtab_server.store.keeping import Store

type MakePack = Callable[..., Path]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "data")
    yield store
    store.close()


def hashes(store: Store) -> list[str]:
    return [policy.declaration.hash for policy in store.archive.policies("news")]


def test_the_policy_of_a_pack_is_remembered(tmp_path: Path, store: Store, make_pack: MakePack, today: int) -> None:
    Shelf([make_pack(tmp_path / "a")], store, lambda: today)

    assert hashes(store) == ["0123456789abcdef"]


def test_two_packs_of_one_site_are_refused(tmp_path: Path, store: Store, make_pack: MakePack, today: int) -> None:
    with pytest.raises(PackError, match=r"site 'news' is in .*a too; leave one of them out"):
        Shelf([make_pack(tmp_path / "a"), make_pack(tmp_path / "b")], store, lambda: today)


def test_a_rebuilt_pack_is_noticed_and_the_files_of_the_earlier_build_stay_known(
    tmp_path: Path, store: Store, make_pack: MakePack, declaration: Declaration, today: int
) -> None:
    shelf = Shelf([make_pack(tmp_path / "a", {"tag.1.js": b"one"})], store, lambda: today)

    make_pack(tmp_path / "a", {"tag.2.js": b"two"}, policy=replace(declaration, hash="f" * 16))
    run(shelf.refresh())

    assert list(shelf.packs["news"].files) == ["tag.1.js", "tag.2.js"]
    assert list(shelf.packs["news"].manifest.files) == ["tag.2.js"]
    assert hashes(store) == ["f" * 16, "0123456789abcdef"]


def test_a_folder_that_is_replaced_as_a_whole_is_noticed_too(
    tmp_path: Path, store: Store, make_pack: MakePack, today: int
) -> None:
    shelf = Shelf([make_pack(tmp_path / "a", {"tag.1.js": b"one"})], store, lambda: today)

    make_pack(tmp_path / "staged", {"tag.2.js": b"two"})
    (tmp_path / "a").rename(tmp_path / "old")
    run(shelf.refresh())
    assert list(shelf.packs["news"].manifest.files) == ["tag.1.js"]
    (tmp_path / "staged").rename(tmp_path / "a")
    run(shelf.refresh())

    assert list(shelf.packs["news"].manifest.files) == ["tag.2.js"]


def test_a_rebuild_whose_policy_cannot_be_remembered_is_not_served(
    tmp_path: Path, store: Store, make_pack: MakePack, declaration: Declaration, today: int
) -> None:
    shelf = Shelf([make_pack(tmp_path / "a", {"tag.1.js": b"one"})], store, lambda: today)
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON policies BEGIN SELECT RAISE(ABORT, 'disk full'); END")

    make_pack(tmp_path / "a", {"tag.2.js": b"two"}, policy=replace(declaration, hash="f" * 16))
    run(shelf.refresh())

    assert list(shelf.packs["news"].files) == ["tag.1.js"]


@pytest.mark.parametrize("change", [{"v": 9}, {"site": "shop"}])
def test_a_broken_rebuild_leaves_the_good_build_in_place_and_is_logged_once(
    tmp_path: Path,
    store: Store,
    make_pack: MakePack,
    today: int,
    caplog: pytest.LogCaptureFixture,
    change: dict[str, object],
) -> None:
    shelf = Shelf([make_pack(tmp_path / "a", {"tag.1.js": b"one"})], store, lambda: today)

    make_pack(tmp_path / "a", {"tag.2.js": b"two"}, change=change)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            run(shelf.refresh())
    assert [record.message.endswith("(the earlier build is still served)") for record in caplog.records] == [True]
    assert list(shelf.packs["news"].manifest.files) == ["tag.1.js"]

    make_pack(tmp_path / "a", {"tag.3.js": b"three"})
    run(shelf.refresh())
    assert list(shelf.packs["news"].manifest.files) == ["tag.3.js"]
