"""Runs inside Pyodide, in Node: imports what a pack needs, and leaves no trace of the making in the memory.

The memory is what every visitor wakes with. So it must hold no place of this machine, nothing that was drawn by chance,
and no way to a file that a browser does not have.
"""

import gc
import importlib
import json
import marshal
import sys
from functools import wraps
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType
    from typing import Any

KEPT = ("BuiltinImporter", "FrozenImporter")
STARTING = ("site", "zipimport")
"""What only a Python that starts needs."""
HEADER_BYTES = 16
"""Before the code in a .pyc. https://peps.python.org/pep-0552/"""
UNIT_BYTES = 2
"""Of an instruction or an inline cache."""
MOST_UNITS = 8
"""That an entry of a table of locations can be about."""
NO_LOCATION = 0x80 | 15 << 3
"""Such an entry: no line; in its three lowest bits, of how many units, less one. See CPython's Objects/locations.md."""


def preload(archives: "Sequence[str]") -> str:
    """Import every module of these archives, the library first; those that cannot be, with why, as lines."""
    failed = []
    sys.path[:] = list(archives)
    sys.path_hooks[:] = [_zipimporter()]
    finder = sys.modules["_frozen_importlib_external"].PathFinder
    if finder not in sys.meta_path:
        sys.meta_path.append(finder)
    for place, archive in enumerate(archives):
        for name in modules_of(archive):
            try:
                importlib.import_module(name)
            except ImportError as error:
                failed.append(f"{name}: {error}")
        strip_lines(written=place > 0)  # before the next is imported: what that runs, Python adapts for every visitor
    make_codecs()
    return "\n".join(failed)


def make_codecs() -> None:
    """Make all codecs of the modules in C that are loaded: this imports those whose tables they read.

    `_codecs_iso2022` has no tables, and `_codecs_hk` not all that it needs. CPython, Modules/cjkcodecs.
    """
    encodings = sorted(set(importlib.import_module("encodings.aliases").aliases.values()))
    for module in [each for name, each in sys.modules.items() if name.startswith("_codecs_")]:
        for encoding in encodings:
            try:
                module.getcodec(encoding)
            except LookupError:
                continue  # it is another module's


def modules_of(archive: str) -> list[str]:
    """The modules of a zip of byte code."""
    importer = _zipimporter()(archive)  # nothing public lists an archive
    names = (name for name in importer._get_files() if name.endswith(".pyc"))
    return sorted(name.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".") for name in names)


def import_policy(path: str) -> str:
    """Import the policy from its .pyc; what imports from archives is not there any more.

    Gives {"failed", "missing"} as JSON: what it raised, with its traceback (empty if nothing), and the modules that it
    looked for and that are nowhere, whether or not it can do without.
    """
    name = path.rpartition("/")[2].removesuffix(".pyc")
    with open(path, "rb") as file:  # noqa: PTH123  pathlib would stay in the image
        code = marshal.loads(file.read()[HEADER_BYTES:])  # noqa: S302  trimtab has compiled it
    module = sys.modules[name] = type(sys)(name)
    listener = Listener()
    sys.meta_path.insert(0, listener)
    failed = ""
    try:
        exec(code, module.__dict__)  # noqa: S102  importing it is this
    except BaseException as error:  # noqa: BLE001  the site owner's own code: whatever it raises is told with its line
        failed = "".join(importlib.import_module("traceback").format_exception(error))
    sys.meta_path.remove(listener)
    return json.dumps({"failed": failed, "missing": sorted(listener.asked - sys.modules.keys())})


class Listener:
    """Hears the name of every module that is looked for, and finds none."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Part of the import protocol."""
        del path, target
        self.asked.add(name)


def strip_lines(*, written: bool) -> None:
    """Take the numbers of lines from all functions; `written`: from those alone that dataclasses wrote, without a file.

    Those of the library were a tenth of an image, and nobody looks for a mistake there.
    """
    for function in gc.get_objects():
        if type(function) is FunctionType and (not written or function.__code__.co_filename == "<string>"):
            function.__code__ = strip(function.__code__)


def strip(code: CodeType) -> CodeType:
    """The same code, and all code in it, without lines.

    The table must be valid all the same: with an empty one a traceback fails.
    """
    constants = tuple(strip(each) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=bytes(_nowhere(len(code.co_code) // UNIT_BYTES)))


def _nowhere(units: int) -> "Iterator[int]":
    while units > 0:
        yield NO_LOCATION | min(units, MOST_UNITS) - 1
        units -= MOST_UNITS


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


def settle(left_out: "Sequence[str]" = ()) -> None:
    """Nothing of the making stays, and what was drawn by chance is the same in every making.

    `left_out`: modules in C that cannot be imported any more.
    """
    sys.builtin_module_names = tuple(name for name in sys.builtin_module_names if name not in left_out)
    if random := sys.modules.get("random"):
        random.Random.seed = getattr(random.Random.seed, "__wrapped__", random.Random.seed)
        for generator in _drawn():
            generator.seed(0)
    for module in list(sys.modules.values()):
        _detach(module)
    sys.path.clear()
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    vars(sys).pop("__interactivehook__", None)  # a function of `site`
    sys.meta_path[:] = [finder for finder in sys.meta_path if getattr(finder, "__name__", "") in KEPT]
    if linecache := sys.modules.get("linecache"):
        linecache.clearcache()
    if re := sys.modules.get("re"):
        re.purge()
    for clean in vars(sys.modules["typing"])["_cleanups"]:
        clean()
    sys._clear_internal_caches()
    for name in (*STARTING, __name__):
        sys.modules.pop(name, None)
    for _ in range(3):
        gc.collect()


def _drawn() -> "list[Any]":
    drawn: list[Any] = importlib.import_module("trimtab.browser.waking").drawn
    return drawn


def _detach(module: "ModuleType") -> None:
    """From its archive, which a traceback would else look into."""
    if type(getattr(module, "__loader__", None)).__name__ == "zipimporter":
        module.__loader__ = None
        if module.__spec__ is not None:
            module.__spec__.loader = None


def _zipimporter() -> "Any":
    return importlib.import_module("zipimport").zipimporter
