"""Runs inside Pyodide, in Node: tries what a pack needs of the standard library, and says what came from its zip."""

import importlib
import json
import sys
import traceback
from collections.abc import Sequence
from types import ModuleType
from typing import Any

POLICY = "trimtab_policy"
asked: set[str] = set()
data: set[str] = set()


class Listener:
    """Hears the name of every module that is looked for, and finds none."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        """Part of the import protocol."""
        del path, target
        asked.add(name)


def watch_data(zipimporter: Any) -> None:
    """From now on note the files that are read from archives, and the packages whose files are asked for."""
    plain, reader = zipimporter.get_data, zipimporter.get_resource_reader

    def get_data(self: Any, path: str) -> bytes:
        content: bytes = plain(self, path)
        data.add(path)
        return content

    def get_resource_reader(self: Any, package: str) -> object:
        data.add(f"{self.archive}/{package.replace('.', '/')}/")
        return reader(self, package)

    zipimporter.get_data, zipimporter.get_resource_reader = get_data, get_resource_reader


sys.meta_path.insert(0, Listener)
if "zipimport" in sys.modules:  # a lean runtime has no archives
    watch_data(sys.modules["zipimport"].zipimporter)


def try_imports(wanted_json: str) -> str:
    """Import each `[module, names]` of a JSON list; what failed, as a JSON list of `[index, why]`."""
    failed = []
    for index, (module, names) in enumerate(json.loads(wanted_json)):
        try:
            _import(module, names)
        except Exception as error:  # noqa: BLE001  # a module may raise anything when it is imported; it is told
            failed.append([index, f"{type(error).__name__}: {error}".splitlines()[0]])
    return json.dumps(failed)


def try_rules(probing: str) -> None:
    """Try the rules of the policy that has been visited, as the source of `trimtab.probing` does.

    Raises what one raises: on the machine of the build none does.
    """
    module = sys.modules["trimtab.probing"] = ModuleType("trimtab.probing")
    exec(compile(probing, "probing.py", "exec"), module.__dict__)  # noqa: S102  it is ours, and in no pack
    policy = sys.modules["trimtab.policy"].find_policy(sys.modules[POLICY])
    try:
        module.__dict__["probe"](policy, File(f"{POLICY}.py"))
    except sys.modules["trimtab.errors"].PolicyError as error:
        raise error.__cause__ or error from None


class File(str):
    """Where the policy's code says that it is from; `pathlib` is in few packs."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """As that of a path."""
        return self


def format_traceback() -> str:
    """The text of an exception with a cause and a note, through three frames."""
    try:
        _fail(2)
    except RuntimeError as error:
        error.add_note("a note")
        return "".join(traceback.format_exception(error))
    return ""


def list_modules(archive: str) -> str:
    """The imported modules that came from `archive`, as a sorted JSON list."""
    return json.dumps(sorted(name for name, module in sys.modules.items() if _comes_from(module, archive)))


def list_frozen() -> str:
    """The imported modules that are built into Python as byte code, as a sorted JSON list."""
    return json.dumps(sorted(name for name, module in sys.modules.items() if _loader(module) == "FrozenImporter"))


def list_built_in() -> str:
    """The imported modules that are built into Python in C, as a sorted JSON list."""
    return json.dumps(sorted(name for name, module in sys.modules.items() if _loader(module) == "BuiltinImporter"))


def list_missing() -> str:
    """The modules that were looked for since this one was imported and are not there, as a sorted JSON list."""
    return json.dumps(sorted(asked - sys.modules.keys()))


def list_data() -> str:
    """The files in archives that were read, and the folders of which some may have been, as a sorted JSON list."""
    return json.dumps(sorted(data))


def _import(module: str, names: list[str]) -> None:
    imported = importlib.import_module(module)
    for name in names:
        if not hasattr(imported, name):
            importlib.import_module(f"{module}.{name}")


def _fail(depth: int) -> None:
    if depth:
        _fail(depth - 1)
    try:
        int("missing")
    except ValueError as cause:
        raise RuntimeError("as it should") from cause


def _comes_from(module: object, archive: str) -> bool:
    return _loader(module) == "zipimporter" and vars(module)["__loader__"].archive == archive


def _loader(module: object) -> str:
    """The name of the class that loaded it; a lean runtime has no zipimport to compare with."""
    loader = getattr(module, "__loader__", None)
    return (loader if isinstance(loader, type) else type(loader)).__name__
