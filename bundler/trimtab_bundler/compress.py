"""The compressed twins of a pack's files, for servers that send them as they are. Made once per user and content."""

import gzip
import hashlib
import os
import zlib
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Final

import brotli  # type: ignore[import-untyped]  # it ships no types

from trimtab_bundler.cache import Cache
from trimtab_bundler.contents import PackFile
from trimtab_bundler.progress import Progress

BEST: Final = 11
QUICK: Final = 5
"""Brotli qualities. The runtime takes the best part of a minute at the best one, and a second at the quick one, for a
fifth more bytes: good enough for somebody who only wants to look."""
BROTLI_WINDOW: Final = 24  # log2 of bytes; the largest that browsers accept, and the runtime is larger
GZIP_LEVEL: Final = 9


@dataclass(frozen=True, slots=True)
class Twins:
    """A file's content in brotli and in gzip."""

    br: bytes
    gz: bytes


def make_twins(files: Iterable[PackFile], cache: Cache, progress: Progress, *, quality: int = BEST) -> dict[str, Twins]:
    """The twins of each file, by path. The first time on a machine, the runtime takes many seconds."""
    waiting = deque(sorted(files, key=lambda file: -len(file.content)))  # the largest takes as long as all others
    expected = len(waiting)
    made: SimpleQueue[tuple[str, Twins | Exception]] = SimpleQueue()

    def work() -> None:
        with suppress(IndexError):  # nothing is waiting any more
            while True:
                file = waiting.popleft()
                made.put((file.path, _attempt(file, cache, progress, quality)))

    for _ in range(os.cpu_count() or 1):
        Thread(target=work, daemon=True).start()  # a pool would keep an interrupted build until the runtime is done
    return dict(_taken(made.get()) for _ in range(expected))


def _attempt(file: PackFile, cache: Cache, progress: Progress, quality: int) -> Twins | Exception:
    try:
        return _twins(file, cache, progress, quality)
    except Exception as error:  # noqa: BLE001  # raised again where somebody waits for it
        return error


def _taken(made: tuple[str, Twins | Exception]) -> tuple[str, Twins]:
    path, twins = made
    if isinstance(twins, Exception):
        raise twins
    return path, twins


def _twins(file: PackFile, cache: Cache, progress: Progress, quality: int) -> Twins:
    with progress.step(f"compressing {file.path}, once"):
        return Twins(
            br=_cached(file, cache, f"br{quality}-{BROTLI_WINDOW}-{brotli.__version__}", partial(_brotli, quality)),
            gz=_cached(file, cache, f"gz{GZIP_LEVEL}-{zlib.ZLIB_RUNTIME_VERSION}", _gzip),
        )


def _cached(file: PackFile, cache: Cache, how: str, compress: Callable[[bytes], bytes]) -> bytes:
    key = hashlib.sha256(file.content).hexdigest()
    return cache.blob(how, key, lambda: compress(file.content))


def _brotli(quality: int, content: bytes) -> bytes:
    compressed: bytes = brotli.compress(content, quality=quality, lgwin=BROTLI_WINDOW)
    return compressed


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, GZIP_LEVEL, mtime=0)
