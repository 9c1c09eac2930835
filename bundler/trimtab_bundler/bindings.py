"""The bindings to React and Vue and the types of `window.trimtab`, for a site's own sources: one file each."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from trimtab.errors import TrimtabError

BINDINGS: Final = "bindings"
TYPES: Final = "trimtab.d.ts"
ENDS: Final = (".js", ".ts")


def write_bindings(folder: Path) -> list[Path]:
    """Writes them into `folder`, in place of those of an earlier build. Raises TrimtabError; gives the paths."""
    source = files("trimtab.browser")
    entries = [*source.joinpath(BINDINGS).iterdir(), source.joinpath(TYPES)]
    found = {entry.name: entry.read_bytes() for entry in entries if entry.name.endswith(ENDS)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in sorted(found.items()):
            (folder / name).write_bytes(content)
    except OSError as error:
        raise TrimtabError(f"--bindings {folder}: {error.strerror}; give a folder of your sources") from None
    return [folder / name for name in sorted(found)]
