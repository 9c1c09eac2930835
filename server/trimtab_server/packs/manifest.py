"""Reading a pack's manifest.json and policy.json. What is wrong with them is found here, before anything is served."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab.messages import Declaration
from trimtab.privacy.mechanisms import SubsetSelection

MANIFEST: Final = "manifest.json"
POLICY: Final = "policy.json"
MANIFEST_VERSION: Final = 1
SITE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
SEGMENT: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
"""A folder or file name in a pack's paths: no dot at its start, so neither '..' nor a hidden file can be listed."""

RESERVED_SITES: Final = frozenset({"sites", "healthz"})
"""First parts of the server's own addresses."""

SUFFIXES: Final[Mapping[str, str]] = MappingProxyType({"br": ".br", "gzip": ".gz"})
"""Content encodings and the endings of their files; the better one first."""


class PackError(TrimtabError):
    """A pack that cannot be served; the text says where, what, and how to mend it."""

    def __init__(self, folder: Path, what: str, mend: str = "build the pack again with `trimtab build`") -> None:
        super().__init__(f"{folder / MANIFEST}: {what}; {mend}")


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack. `encodings` are those that it also lies there compressed in, the best first."""

    path: str
    type: str
    sri: str
    immutable: bool
    encodings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack holds, by path, and the policy it was built from."""

    site: str
    preview: bool
    files: Mapping[str, PackFile]
    declaration: Declaration


def read_manifest(folder: Path) -> Manifest:
    """Reads and checks both files. Raises PackError."""
    data = _read_json(folder, MANIFEST)
    if data.get("v") != MANIFEST_VERSION:
        raise PackError(folder, f"version {data.get('v')!r} is not known here")
    try:
        site, preview = str(data["site"]), bool(data["preview"])
        files = {file.path: file for file in map(_read_file, data["files"])}
        policy_hash = str(data["policy"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PackError(folder, f"is damaged ({error!r})") from None
    if not SITE_NAME.fullmatch(site) or site in RESERVED_SITES:
        raise PackError(folder, f"{site!r} cannot be a site's name", "choose another in trimtab.toml and build again")
    declaration = _read_declaration(folder)
    if declaration.hash != policy_hash:
        raise PackError(folder, f"names policy {policy_hash}, but {POLICY} is {declaration.hash}")
    return Manifest(site, preview, MappingProxyType(files), declaration)


def _read_json(folder: Path, name: str) -> dict[str, Any]:
    try:
        data = json.loads((folder / name).read_bytes())
    except OSError as error:
        raise PackError(folder, f"{name} cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise PackError(folder, f"{name} is no JSON ({error})") from None
    if not isinstance(data, dict):
        raise PackError(folder, f"{name} is no JSON object")
    return data


def _read_file(entry: Mapping[str, Any]) -> PackFile:
    path = str(entry["path"])
    if not all(map(SEGMENT.fullmatch, path.split("/"))):
        raise ValueError(f"path {path!r}")
    media_type, sri = str(entry["type"]), str(entry["sri"])
    if not (media_type + sri).isascii() or not (media_type + sri).isprintable() or '"' in sri:
        raise ValueError(f"type or sri of {path!r}")
    encodings = tuple(name for name, suffix in SUFFIXES.items() if entry.get(suffix[1:]))
    return PackFile(path, media_type, sri, bool(entry["immutable"]), encodings)


def _read_declaration(folder: Path) -> Declaration:
    try:
        declaration = Declaration.from_json(_read_json(folder, POLICY))
        a, b = declaration.noise
        for question in declaration.questions:
            SubsetSelection(len(question.answers), question.width, a, b)
    except PackError:
        raise
    except (TrimtabError, ValueError) as error:
        raise PackError(folder, f"{POLICY}: {error}") from None
    if not declaration.hash or not declaration.arms:
        raise PackError(folder, f"{POLICY} names no hash or no arm")
    return declaration
