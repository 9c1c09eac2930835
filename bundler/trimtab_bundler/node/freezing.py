"""Runs inside Pyodide, in Node: imports what a pack needs, and leaves no trace of the making in the memory.

The memory is what every visitor wakes with. So it must hold no place of this machine, nothing that was drawn by chance,
and no way to a file that a browser does not have.
"""

import gc
import importlib
import linecache
import re
import sys
import typing
import zipimport
from collections.abc import Sequence
from functools import wraps
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

KEPT = ("BuiltinImporter", "FrozenImporter")


def preload(archives: Sequence[str]) -> str:
    """Import every module of these archives; those that cannot be, with why, as lines."""
    failed = []
    sys.path[:] = list(archives)
    if PathFinder not in sys.meta_path:
        sys.meta_path.append(PathFinder)
    for archive in archives:
        for name in modules_of(archive):
            try:
                importlib.import_module(name)
            except ImportError as error:
                failed.append(f"{name}: {error}")
    return "\n".join(failed)


def modules_of(archive: str) -> list[str]:
    """The modules of a zip of byte code."""
    importer: Any = zipimport.zipimporter(archive)  # nothing public lists an archive
    names = (name for name in importer._get_files() if name.endswith(".pyc"))
    return sorted(name.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".") for name in names)


def watch_chance() -> None:
    """From now on note each generator that seeds itself by chance; where nobody imports `random`, there is none."""
    random = sys.modules.get("random")
    if random is None:
        return
    drawn = _drawn()
    if random._inst not in drawn:
        drawn.append(random._inst)
    plain = random.Random.seed

    @wraps(plain)
    def seed(self: object, a: object = None, version: int = 2) -> None:
        if a is None and self not in drawn:
            drawn.append(self)
        plain(self, a, version)

    random.Random.seed = seed


def settle() -> None:
    """Nothing of the making stays, and what was drawn by chance is the same in every making."""
    if random := sys.modules.get("random"):
        random.Random.seed = getattr(random.Random.seed, "__wrapped__", random.Random.seed)
        for generator in _drawn():
            generator.seed(0)
    for module in list(sys.modules.values()):
        _detach(module)
    sys.path.clear()
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    for module, cleared in ((zipimport, "_zip_directory_cache"), (linecache, "cache")):
        getattr(module, cleared).clear()
    sys.meta_path[:] = [finder for finder in sys.meta_path if getattr(finder, "__name__", "") in KEPT]
    re.purge()
    for clean in vars(typing)["_cleanups"]:
        clean()
    sys._clear_internal_caches()
    sys.modules.pop(__name__, None)
    for _ in range(3):
        gc.collect()


def _drawn() -> list[Any]:
    drawn: list[Any] = importlib.import_module("trimtab.browser.waking").drawn
    return drawn


def _detach(module: ModuleType) -> None:
    """From its archive, which a traceback would else look into."""
    if isinstance(getattr(module, "__loader__", None), zipimport.zipimporter):
        module.__loader__ = None
        if module.__spec__ is not None:
            module.__spec__.loader = None
