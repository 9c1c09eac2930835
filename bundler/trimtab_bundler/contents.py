"""What a file of a pack is called, and how it is described to the server and to browsers."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

HASH_DIGITS: Final = 12
TYPES: Final = {
    ".bin": "application/octet-stream",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file that browsers download. `immutable`: its name changes with its content.

    `parts`: of a script, what comes from which module.
    """

    path: str
    content: bytes
    immutable: bool = True
    parts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """Its media type."""
        return TYPES[PurePosixPath(self.path).suffix]

    @property
    def sri(self) -> str:
        """Its hash as the `integrity` attribute has it. SHA-256, as processors have instructions for it: all parts of a
        light runtime were there after 260 ms in Chromium, and after 295 with SHA-384 (medians of eight in turn)."""
        return "sha256-" + base64.b64encode(hashlib.sha256(self.content).digest()).decode()


def hashed(name: str, content: bytes, parts: Mapping[str, bytes] | None = None) -> PackFile:
    """The file under a name with its hash in it: tag.js → tag.0123456789ab.js."""
    path = PurePosixPath(name)
    return PackFile(f"{path.stem}.{_digits(content)}{path.suffix}", content, parts=parts or {})


def hashed_folder(name: str, contents: Iterable[tuple[str, bytes]]) -> list[PackFile]:
    """Files that find each other by fixed names, in a folder with one hash of them all."""
    files = sorted(contents)
    digits = _digits(
        b"".join(hashlib.sha256(part).digest() for name, content in files for part in (name.encode(), content))
    )
    return [PackFile(f"{name}-{digits}/{file}", content) for file, content in files]


def _digits(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:HASH_DIGITS]
