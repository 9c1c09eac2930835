"""The compressed twins of a pack's files, for servers that send them as they are. Made once per user and content."""

import gzip
import hashlib
import os
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import brotli  # type: ignore[import-untyped]  # it ships no types

from trimtab_bundler.cache import Cache
from trimtab_bundler.contents import PackFile
from trimtab_bundler.progress import Progress

BROTLI_QUALITY: Final = 11
BROTLI_WINDOW: Final = 24  # log2 of bytes; the largest that browsers accept, and the runtime is larger
GZIP_LEVEL: Final = 9


@dataclass(frozen=True, slots=True)
class Twins:
    """A file's content in brotli and in gzip."""

    br: bytes
    gz: bytes


def make_twins(files: Iterable[PackFile], cache: Cache, progress: Progress) -> dict[str, Twins]:
    """The twins of each file, by path. The first time on a machine, the runtime takes many seconds."""
    largest_first = sorted(files, key=lambda file: -len(file.content))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        twins = pool.map(lambda file: _twins(file, cache, progress), largest_first)
        return {file.path: pair for file, pair in zip(largest_first, twins, strict=True)}


def _twins(file: PackFile, cache: Cache, progress: Progress) -> Twins:
    with progress.step(f"compressing {file.path}, once"):
        return Twins(
            br=_cached(file, cache, f"br{BROTLI_QUALITY}-{BROTLI_WINDOW}-{brotli.__version__}", _brotli),
            gz=_cached(file, cache, f"gz{GZIP_LEVEL}-{zlib.ZLIB_RUNTIME_VERSION}", _gzip),
        )


def _cached(file: PackFile, cache: Cache, how: str, compress: Callable[[bytes], bytes]) -> bytes:
    key = hashlib.sha256(file.content).hexdigest()
    return cache.blob(how, key, lambda: compress(file.content))


def _brotli(content: bytes) -> bytes:
    compressed: bytes = brotli.compress(content, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW)
    return compressed


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, GZIP_LEVEL, mtime=0)
