"""All packs that are served, by site. A rebuilt pack is noticed by itself; files of earlier builds stay available.

A page that was loaded before a rebuild still asks for the files of its own build. They are served as long as they
lie in the folder; what was never listed in a manifest is not served at all.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from trimtab_server.packs.manifest import MANIFEST, Manifest, PackError, PackFile, read_manifest
from trimtab_server.store.keeping import Store
from trimtab_server.store.schema import StoreError

log = logging.getLogger(__name__)

type Stamp = tuple[int, int, int]
"""File number, size and time of change of a manifest: another build has another."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack as it was last read. `files` are those of its manifest and of earlier ones."""

    folder: Path
    stamp: Stamp | None
    manifest: Manifest
    files: Mapping[str, PackFile]


def load_pack(folder: Path, earlier: Mapping[str, PackFile] | None = None) -> Pack:
    """Reads a pack; `earlier` are files of earlier builds. Raises PackError."""
    # The stamp comes first: if the manifest changes in between, the next look reads it again.
    stamp = stamp_of(folder)
    manifest = read_manifest(folder)
    return Pack(folder, stamp, manifest, MappingProxyType({**(earlier or {}), **manifest.files}))


def stamp_of(folder: Path) -> Stamp | None:
    """The stamp of the manifest that lies in the folder now; None while there is none."""
    try:
        status = (folder / MANIFEST).stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


class Shelf:
    """The packs of one server. Every policy it meets is remembered in the store."""

    def __init__(self, folders: Iterable[Path], store: Store, today: Callable[[], int]) -> None:
        """Reads all packs. Raises PackError, also for two packs of one site."""
        self._store = store
        self._today = today
        self._refused: dict[str, Stamp | None] = {}
        self._turn = asyncio.Lock()
        self.packs: dict[str, Pack] = {}
        for folder in folders:
            pack = load_pack(folder)
            site = pack.manifest.site
            if site in self.packs:
                raise PackError(folder, f"site {site!r} is in {self.packs[site].folder} too", "leave one of them out")
            self._put(site, pack)

    async def refresh(self) -> None:
        """Looks at every manifest's stamp (microseconds), and reads again those that changed."""
        if any(self._changed(site) for site in self.packs):
            async with self._turn:
                for site in filter(self._changed, list(self.packs)):
                    await asyncio.to_thread(self._reload, site)

    def _changed(self, site: str) -> bool:
        stamp = stamp_of(self.packs[site].folder)
        return stamp not in (None, self.packs[site].stamp, self._refused.get(site))

    def _reload(self, site: str) -> None:
        known = self.packs[site]
        try:
            pack = load_pack(known.folder, known.files)
            if pack.manifest.site != site:
                raise PackError(
                    known.folder, f"is site {pack.manifest.site!r} now", f"serve {site!r} from it, or restart"
                )
            self._put(site, pack)
        except (PackError, StoreError) as error:
            # The last good build goes on; this one is not tried again, so that one line is logged and not thousands.
            self._refused[site] = stamp_of(known.folder)
            log.warning("%s (the earlier build is still served)", error)

    def _put(self, site: str, pack: Pack) -> None:
        self._store.remember(site, pack.manifest.declaration, self._today())
        self.packs[site] = pack
