"""What one server process is told at its start. Everything has been checked once a Settings exists."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trimtab.errors import TrimtabError

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8000


class SettingsError(TrimtabError):
    """A setting that cannot be used; the text says which and what to give instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`packs`: folders that `trimtab build` wrote; `data`: folder of the store, made if missing;
    `pages`: a folder of static pages to serve at /, or None. Port 0 takes any free port.

    Raises SettingsError.
    """

    packs: tuple[Path, ...]
    data: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    pages: Path | None = None

    def __post_init__(self) -> None:
        if not self.packs:
            raise SettingsError("no pack to serve; give at least one folder that `trimtab build` wrote")
        for folder in self.packs:
            if not folder.is_dir():
                raise SettingsError(f"{folder}: no such folder; make it with `trimtab build SITE -o {folder}`")
            if (folder / "trimtab.toml").is_file():
                mend = f"pack it with `trimtab build {folder} -o OUT`, and serve OUT"
                raise SettingsError(f"{folder}: the folder of a site, and no pack; {mend}")
        if self.data.exists() and not self.data.is_dir():
            raise SettingsError(f"{self.data}: is no folder; give a folder as --data")
        if not self.host:
            raise SettingsError(f"--host is empty; give an address of this machine, such as {DEFAULT_HOST}")
        if not 0 <= self.port <= 65535:
            raise SettingsError(f"--port {self.port} is no port; give 1 to 65535, or 0 for any free one")
        if self.pages is not None and not self.pages.is_dir():
            raise SettingsError(f"{self.pages}: no such folder; give a folder of pages as --pages, or leave it out")
