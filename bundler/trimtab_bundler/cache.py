"""What is made once per user and kept: downloads, compiled code, compressed files. May be deleted at any time."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path


@dataclass(frozen=True, slots=True)
class Cache:
    """Entries under `root`, each named by its kind and a hash of everything that it was made from.

    An entry is made aside and renamed, so that one which is there is whole, also if two builds make it at once.
    """

    root: Path

    @classmethod
    def of_user(cls) -> "Cache":
        """The cache in the folder where this system keeps a user's caches."""
        return cls(user_cache_path("trimtab", appauthor=False))

    def folder(self, kind: str, key: str, fill: Callable[[Path], object]) -> Path:
        """The folder of this entry, filled by `fill` if it is not there yet."""
        place = self.root / kind / key
        if not place.is_dir():
            with self._aside(kind) as aside:
                made = aside / key
                made.mkdir()
                fill(made)
                _move(made, place)
        return place

    def blob(self, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes of this entry, made by `make` if they are not there yet."""
        place = self.root / kind / key
        try:
            return place.read_bytes()
        except FileNotFoundError:
            content = make()
        with self._aside(kind) as aside:
            made = aside / key
            made.write_bytes(content)
            _move(made, place)
        return content

    @contextmanager
    def _aside(self, kind: str) -> Iterator[Path]:
        """A new folder beside the entries of a kind, gone afterwards whatever happens."""
        shelf = self.root / kind
        shelf.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".making-", dir=shelf))
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _move(made: Path, place: Path) -> None:
    try:
        made.replace(place)
    except OSError:
        if not place.exists():  # otherwise another build was first, with the same content
            raise
