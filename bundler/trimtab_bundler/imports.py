"""Which modules a Python file imports, where, and which of them a policy may not have in the browser."""

import ast
import hashlib
import json
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from encodings import normalize_encoding
from encodings.aliases import aliases
from importlib.util import find_spec, resolve_name
from pathlib import Path
from typing import Final

from trimtab.errors import PolicyError
from trimtab.listed import LIST_WHEEL
from trimtab_bundler.cache import Cache

TRUSTED: Final = sys.stdlib_module_names | {"trimtab", "__future__"}
CONNECTS: Final = frozenset(
    [
        "asyncio",
        "ftplib",
        "http.client",
        "http.server",
        "imaplib",
        "poplib",
        "select",
        "selectors",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "urllib.request",
        "webbrowser",
        "xmlrpc",
    ]
)
STARTS: Final = frozenset(
    ["concurrent.futures", "multiprocessing", "pty", "signal", "subprocess", "threading", "_thread"]
)
BROWSER: Final = frozenset(["js", "pyodide", "pyodide_js", "_pyodide", "micropip"])
CATCHES_IMPORT: Final = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})

type Read = Callable[[bytes], Sequence["Import"]]


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module. `names` are what is taken from it; `optional`: the file goes on without it;
    `function`: where it is imported when that function is called, empty at the top level."""

    module: str
    names: tuple[str, ...] = ()
    line: int = 0
    optional: bool = False
    function: str = ""

    @property
    def top(self) -> str:
        """The name that a module of another place has to be found by."""
        return self.module.partition(".")[0]


def read_imports(source: bytes) -> list[Import]:
    """Every import in a file, those inside of functions too. Raises SyntaxError or ValueError.

    Left out: those for type checkers, and what is imported instead when another import failed. With them, as optional:
    the codecs of encodings that `encode` and `decode` are called with, which Python imports then, and what
    `import_module` and `__import__` are called with.
    """
    return list(_imports(ast.parse(source), "", optional=False))


def read_fallbacks(source: bytes) -> Iterator[Import]:
    """What functions import instead when another import has failed: it is not known before they are called."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Try) and any(map(_catches_import, node.handlers)):
                    yield from _each(node.handlers, function.name, optional=True)


def reading_once(cache: Cache) -> Read:
    """`read_imports` for files that do not change with a policy, the library's and the core's: 0.7 s of a build."""
    state = hashlib.sha256(sys.version.encode() + Path(__file__).read_bytes())

    def read(source: bytes) -> list[Import]:
        key = state.copy()
        key.update(source)
        kept = cache.blob(
            "imports", key.hexdigest(), lambda: json.dumps([*map(astuple, read_imports(source))]).encode()
        )
        return [Import(module, tuple(names), *rest) for module, names, *rest in json.loads(kept)]

    return read


def whole_names(imports: Iterable[Import], path: str) -> Iterator[Import]:
    """The imports of the file at `path` (in an archive) with whole names; without those that leave every package."""
    package = path.rpartition("/")[0].replace("/", ".")
    for wanted in imports:
        try:
            yield replace(wanted, module=resolve_name(wanted.module, package))
        except ImportError:
            continue


def check_policy_imports(source: bytes, file: str, listed: Collection[str] = ()) -> None:
    """Raises PolicyError for the first import that cannot work in the browser, before the policy is run here.

    `listed`: the names at the top of the modules in wheels that the site lists.
    """
    try:
        imports = read_imports(source)
    except (SyntaxError, ValueError):
        return  # running it tells this with its line
    for wanted in imports:
        if not wanted.optional and (why := _refusal(wanted, listed)):
            what, mend = why
            raise PolicyError(f"import of {wanted.module!r}, {what}", mend=mend, file=file, line=wanted.line)


def forbidden(wanted: Import) -> tuple[str, str] | None:
    """Why nothing that decides in the browser may have this import, and how to mend it; None if it may."""
    modules = {wanted.top, wanted.module, *(f"{wanted.module}.{name}" for name in wanted.names)}
    if not modules.isdisjoint(BROWSER):
        return "but a policy sees the visitor's signals alone", "read what you need from the visitor, or name a target"
    if not modules.isdisjoint(CONNECTS):
        return "but nothing in a policy may open a connection", "remove it; put the data that it needs into the policy"
    if not modules.isdisjoint(STARTS):
        return "but the browser's Python has one thread and no processes", "remove it"
    return None


def _refusal(wanted: Import, listed: Collection[str]) -> tuple[str, str] | None:
    if why := forbidden(wanted):
        return why
    if wanted.module.startswith("."):
        return "but a policy is one module", "put what it needs into the policy's file"
    if wanted.top not in TRUSTED and wanted.top not in listed:
        mend = f"use the standard library, list a wheel that has it ({LIST_WHEEL}), or put what it needs into the file"
        return "which the browser does not have", mend
    return None


def _imports(node: ast.AST, function: str, *, optional: bool) -> Iterator[Import]:
    match node:
        case ast.Import():
            yield from (Import(alias.name, (), node.lineno, optional, function) for alias in node.names)
        case ast.ImportFrom():
            names = tuple(alias.name for alias in node.names if alias.name != "*")
            yield Import("." * node.level + (node.module or ""), names, node.lineno, optional, function)
        case ast.If(test=ast.Name("TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
            yield from _each(node.orelse, function, optional)
        case ast.Try() if any(_catches_import(handler) for handler in node.handlers):
            yield from _each(node.body, function, optional=True)
            yield from _each([*node.orelse, *node.finalbody], function, optional)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield from _each(node.body, function or name, optional)
        case ast.Call(
            func=ast.Name("import_module" | "__import__") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(str(name)), *_],
        ) if name:
            yield Import(name, (), node.lineno, True, function)
            yield from _each(ast.iter_child_nodes(node), function, optional)
        case ast.Call(func=ast.Attribute(attr="encode" | "decode"), args=[ast.Constant(str(name)), *_]):
            yield from (Import(module, (), node.lineno, True, function) for module in _codecs(name))
            yield from _each(ast.iter_child_nodes(node), function, optional)
        case _:
            yield from _each(ast.iter_child_nodes(node), function, optional)


def _codecs(encoding: str) -> Iterator[str]:
    """The module that Python imports when text is encoded so, if it has one."""
    name = normalize_encoding(encoding).lower()
    module = f"encodings.{aliases.get(name, name)}"
    if "." not in name and find_spec(module):
        yield module


def _each(nodes: Iterable[ast.AST], function: str, optional: bool) -> Iterator[Import]:
    for node in nodes:
        yield from _imports(node, function, optional=optional)


def _catches_import(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(name is None or (isinstance(name, ast.Name) and name.id in CATCHES_IMPORT) for name in caught)
