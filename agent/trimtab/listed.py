"""The wheels that a site lists for its policy: off the device they are imported from where they lie.

A policy imports from them when it is loaded, and its functions when they run. So they are looked into until the next
policy is loaded, before what is installed: on the device there is nothing else.
"""

import hashlib
import importlib
import sys
import tomllib
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from trimtab.errors import PolicyError

SITE_FILE: Final = "trimtab.toml"
POLICY_FILE: Final = "policy.py"
"""What a policy is called in a site's folder, unless its trimtab.toml says otherwise."""
LIST_WHEEL: Final = f'wheels = ["wheels/NAME.whl"] below [site] in {SITE_FILE}'
"""How to list one."""
OURS: Final = sys.stdlib_module_names | {"msgpack", "trimtab"}
"""No wheel stands in for these."""


@dataclass(slots=True)
class Shelf:
    """Finds the modules of some wheels, by Python's import protocol. `modules` are their names at the top;
    `put_aside` is what was imported under these names before."""

    wheels: Sequence[str]
    modules: frozenset[str]
    put_aside: dict[str, ModuleType] = field(default_factory=dict)

    def find_spec(self, name: str, path: object = None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """Part of the import protocol; inside of a package Python looks by itself."""
        return PathFinder.find_spec(name, self.wheels) if path is None and name in self.modules else None

    def take_out(self) -> dict[str, ModuleType]:
        """The imported modules of these names, which are imported no more."""
        names = [name for name in sys.modules if name.partition(".")[0] in self.modules]
        return {name: sys.modules.pop(name) for name in names}


def listed_wheels(policy: Path) -> list[Path]:
    """The wheels that the site of this policy lists; `trimtab build` says what is wrong with a list."""
    for folder in policy.absolute().parents:
        site = _read_site(folder / SITE_FILE)
        if (folder / str(site.get("policy", POLICY_FILE))).resolve() == policy.resolve():
            wheels = site.get("wheels")
            return [folder / name for name in wheels if isinstance(name, str)] if isinstance(wheels, list) else []
    return []


def borrow(wheels: Sequence[Path]) -> str:
    """Imports look into these wheels from now on, and no more into those of before. Gives a hash of them, "" for none.

    Raises PolicyError for one that cannot be read.
    """
    _give_back()
    if not wheels:
        return ""
    contents = {wheel: _read_wheel(wheel) for wheel in wheels}
    modules = frozenset(name for files in contents.values() for name in modules_at_top(list(files))) - OURS
    shelf = Shelf([str(wheel) for wheel in wheels], modules)
    shelf.put_aside = shelf.take_out()
    importlib.invalidate_caches()  # a wheel of this name may have been another one
    sys.meta_path.insert(0, shelf)
    digests = sorted(digest for files in contents.values() for digest in files.values())
    return hashlib.sha256(b"".join(digests)).hexdigest()


def modules_at_top(names: Sequence[str]) -> set[str]:
    """The names by which the modules of a wheel with these files are imported; beside them lies what describes it."""
    tops = {name.partition("/")[0].removesuffix(".py") for name in names if name.endswith(".py")}
    return {top for top in tops if top.isidentifier()}


def _give_back() -> None:
    for shelf in [finder for finder in sys.meta_path if isinstance(finder, Shelf)]:
        sys.meta_path.remove(shelf)
        shelf.take_out()
        sys.modules.update(shelf.put_aside)


def _read_wheel(wheel: Path) -> dict[str, bytes]:
    """Hashes of its files, with their names, by name."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
            return {name: hashlib.sha256(name.encode() + b"\0" + archive.read(name)).digest() for name in names}
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:  # the last: it is encrypted
        why = error.strerror if isinstance(error, OSError) else error
        what = f"[site] wheels: {wheel.name!r} cannot be read ({why})"
        raise PolicyError(what, mend="download it again, or take it out of the list", file=SITE_FILE) from None


def _read_site(path: Path) -> dict[str, Any]:
    """The table [site] of a trimtab.toml; empty where there is none that can be read."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("site")
    except (OSError, ValueError):
        return {}
    return table if isinstance(table, dict) else {}
