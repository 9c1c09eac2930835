"""OUT/manifest.json: what a pack holds. Read by the server, and by the next build into the same folder."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab_bundler.compress import Twins
from trimtab_bundler.contents import PackFile
from trimtab_bundler.pack import Pack

MANIFEST: Final = "manifest.json"
POLICY: Final = "policy.json"
VERSION: Final = 1
TWINS: Final = (".br", ".gz")


@dataclass(frozen=True, slots=True)
class Previous:
    """The build that lies in OUT. `current` and `old` are its files by path, as its manifest describes them."""

    current: Mapping[str, dict[str, Any]]
    old: Mapping[str, dict[str, Any]]


def describe(file: PackFile, twins: Twins) -> dict[str, Any]:
    """A file's entry in the manifest; `bytes`, `br` and `gz` are sizes."""
    return {
        "path": file.path,
        "bytes": len(file.content),
        "br": len(twins.br),
        "gz": len(twins.gz),
        "sri": file.sri,
        "type": file.type,
        "immutable": file.immutable,
    }


def render_manifest(pack: Pack, entries: list[dict[str, Any]]) -> bytes:
    """The manifest of a pack with these files."""
    return to_json(
        {
            "v": VERSION,
            "site": pack.site.name,
            "policy": pack.declaration.hash,
            "preview": pack.preview,
            "tag": {"path": pack.tag.path, "sri": pack.tag.sri},
            "files": sorted(entries, key=lambda entry: str(entry["path"])),
        }
    )


def to_json(data: object) -> bytes:
    """The same bytes for the same data."""
    return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def read_previous(out: Path) -> Previous | None:
    """The build that lies in `out`, None if there is nothing. Raises TrimtabError if anything else lies there."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return None
    try:
        data = json.loads((out / MANIFEST).read_bytes())
        entries = {str(entry["path"]): dict(entry) for entry in data["files"]}
        known = data["v"] == VERSION and bool(data["site"])
    except (OSError, ValueError, TypeError, KeyError):
        known = False
    if not known:
        raise TrimtabError(f"{out} is there and is no pack of trimtab; give another folder, or remove it first")
    listed = {MANIFEST, POLICY} | {path + end for path in entries for end in ("", *TWINS)}
    for path in sorted(out.rglob("*")):
        if not path.is_dir() and path.relative_to(out).as_posix() not in listed:
            raise TrimtabError(
                f"{path} is not from trimtab and would be lost; move it out of {out}, or give another folder"
            )
    current = {path: entry for path, entry in entries.items() if not entry.get("old")}
    return Previous(current, {path: entry for path, entry in entries.items() if entry.get("old")})
