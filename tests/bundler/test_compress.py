import gzip
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest

from trimtab_bundler.cache import Cache
from trimtab_bundler.compress import BEST, QUICK, make_twins
from trimtab_bundler.contents import PackFile
from trimtab_bundler.progress import Progress

FILES = [PackFile("a.js", b"one " * 1000), PackFile("b.js", b"")]


def test_both_twins_unpack_to_the_file(tmp_path: Path, progress: Progress) -> None:
    twins = make_twins(FILES, Cache(tmp_path), progress)
    for file in FILES:
        assert brotli.decompress(twins[file.path].br) == file.content
        assert gzip.decompress(twins[file.path].gz) == file.content


def test_twins_are_the_same_whenever_and_wherever_they_are_made(tmp_path: Path, progress: Progress) -> None:
    first, second = (make_twins(FILES, Cache(tmp_path / name), progress) for name in "ab")
    assert first == second
    header = first["a.js"].gz[:10]
    assert (header[4:8], header[9]) == (bytes(4), 255)  # no time, no operating system


def test_a_content_is_compressed_once_whatever_its_file_is_called(tmp_path: Path, progress: Progress) -> None:
    make_twins(FILES, Cache(tmp_path), progress)
    for kind in tmp_path.iterdir():
        for entry in kind.iterdir():
            entry.write_bytes(b"from the cache")
    twins = make_twins([PackFile("c.js", FILES[0].content)], Cache(tmp_path), progress)
    assert (twins["c.js"].br, twins["c.js"].gz) == (b"from the cache", b"from the cache")


def test_what_goes_wrong_while_compressing_reaches_the_build(tmp_path: Path, progress: Progress) -> None:
    (tmp_path / "cache").write_bytes(b"a file where a folder should be")
    with pytest.raises(NotADirectoryError):
        make_twins(FILES, Cache(tmp_path / "cache"), progress)


def test_a_quick_twin_is_the_same_file_in_more_bytes(tmp_path: Path, progress: Progress) -> None:
    cache = Cache(tmp_path)
    best, quick = (make_twins(FILES, cache, progress, quality=quality) for quality in (BEST, QUICK))
    for file in FILES:
        assert brotli.decompress(quick[file.path].br) == brotli.decompress(best[file.path].br) == file.content
    assert sum(len(twins.br) for twins in quick.values()) >= sum(len(twins.br) for twins in best.values())
