from pathlib import Path

import pytest

from trimtab_bundler.cache import Cache


def test_bytes_are_made_once(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.blob("kind", "key", lambda: b"first") == b"first"
    assert cache.blob("kind", "key", lambda: b"second") == b"first"
    assert cache.blob("kind", "other", lambda: b"second") == b"second"


def test_a_folder_is_filled_once(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    place = cache.folder("kind", "key", lambda folder: (folder / "file").write_bytes(b"first"))
    assert cache.folder("kind", "key", lambda folder: (folder / "file").write_bytes(b"second")) == place
    assert (place / "file").read_bytes() == b"first"


def test_a_folder_that_could_not_be_filled_does_not_count(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    def fail(folder: Path) -> None:
        (folder / "half").write_bytes(b"")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        cache.folder("kind", "key", fail)
    assert list(tmp_path.rglob("*")) == [tmp_path / "kind"]
    place = cache.folder("kind", "key", lambda folder: (folder / "whole").write_bytes(b""))
    assert [path.name for path in place.iterdir()] == ["whole"]


def test_of_two_builds_that_make_one_entry_at_once_both_get_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    def fill(folder: Path) -> None:
        cache.folder("kind", "key", lambda other: (other / "file").write_bytes(b"of the other"))
        (folder / "file").write_bytes(b"of this")

    place = cache.folder("kind", "key", fill)
    assert (place / "file").read_bytes() == b"of the other"
    assert [path.name for path in (tmp_path / "kind").iterdir()] == ["key"]


def test_a_disk_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "kind").write_bytes(b"a file where a folder should be")
    with pytest.raises(FileExistsError):
        Cache(tmp_path).folder("kind", "key", lambda _: None)
