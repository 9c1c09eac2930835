"""What stands in a lean runtime for Pyodide's own Python, and for `inspect`: both would bring much along.

Pyodide's modules load packages, run event loops and import JavaScript; a policy may do none of that (`imports` refuses
it), and the core is called through `pyimport` alone. Each stand-in has what Pyodide's C and JavaScript take from the
module when they start; whatever else was asked for would raise AttributeError, in the build's own trial first.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from trimtab_bundler.imports import read_imports
from trimtab_bundler.stdlib import file_of

PYODIDE: Final[Mapping[str, str]] = {
    "_pyodide/__init__.py": """
from . import _base, _importhook

def set_excepthook():
    pass
""",
    "_pyodide/_base.py": '''
from importlib import import_module

def eval_code(source, globals=None, locals=None, **options):
    """The value of an expression, or None after statements; Pyodide's own splits the last expression off by ast."""
    space = {} if globals is None else globals
    first, _, last = source.rpartition(";")
    if first:
        exec(first, space)
    try:
        code = compile(last.strip(), "<exec>", "eval")
    except SyntaxError:
        exec(last.strip(), space)
        return None
    return eval(code, space)

def pyimport_impl(path):
    return import_module(path)
''',
    "_pyodide/_importhook.py": '''
def _nothing(*arguments):
    """No JavaScript can be imported."""

register_js_module = unregister_js_module = register_js_finder = register_windows_finder = _nothing
add_note_to_module_not_found_error = register_module_not_found_hook = _nothing
''',
    "_pyodide/docstring.py": """
def get_cmeth_docstring(method):
    return ""

def dedent_docstring(docstring):
    return docstring or ""
""",
    "_pyodide/jsbind.py": """
def _refuse(*arguments):
    raise TypeError("no signatures for JavaScript in a lean runtime")

class _Nothing:
    pass

js2py_annotation = py2js_annotation = func_to_sig = get_attr_sig = bind_class_sig = _refuse
Deep = Default = Json = BindClass = default_signature = no_default = type_converter = _Nothing
""",
    "pyodide/__init__.py": "",
    "asyncio/__init__.py": """
def get_event_loop():
    raise RuntimeError("no event loop in a lean runtime")
""",
    "pyodide/code.py": "from _pyodide._base import eval_code\n",
    "pyodide/_package_loader.py": """
class _Place:
    def __str__(self):
        return "/"

SITE_PACKAGES = DSO_DIR = _Place()

def init_loaded_packages():
    pass
""",
}
INSPECT: Final = "inspect.py"
OF_INSPECT: Final = ("get_annotations", "getattr_static", "iscoroutinefunction")
"""What the users below and Pyodide's C take of `inspect`, besides `signature`."""
NO_SIGNATURE: Final = """
def signature(thing):
    raise ValueError("no signatures in a lean runtime")
"""
"""`dataclasses` then leaves the signature out of a docstring."""
USERS: Final = frozenset({"dataclasses", "typing"})
"""Modules that are content with a part of `inspect`; whoever else asks for it gets the whole."""


def slim_library(sources: Mapping[str, bytes], *, whole_inspect: bool) -> dict[str, bytes]:
    """The library's sources with the stand-ins among them."""
    small = {name: source.encode() for name, source in PYODIDE.items()}
    if not whole_inspect:
        small[INSPECT] = excerpt(sources[INSPECT], OF_INSPECT) + NO_SIGNATURE.encode()
    return {**sources, **small}


def asks_for_inspect(modules: Iterable[str], sources: Mapping[str, bytes]) -> bool:
    """Whether one of these modules of the library imports `inspect` who is not content with a part of it."""
    for module in modules:
        name = file_of(module, sources)
        content = name and module not in {*USERS, "inspect"}
        if content and any(wanted.module == "inspect" for wanted in read_imports(sources[name])):
            return True
    return False


def excerpt(source: bytes, names: Iterable[str]) -> bytes:
    """These functions of a module, as they are there, with all of its top level that they name. Raises KeyError."""
    tree = ast.parse(source)
    defined = {name: node for node in tree.body for name in _defines(node)}
    wanted: dict[ast.stmt, None] = {}
    waiting = list(names)
    for name in waiting:  # grows
        node = defined[name]
        if node not in wanted:
            wanted[node] = None
            waiting += [each.id for each in ast.walk(node) if isinstance(each, ast.Name) and each.id in defined]
    return b"\n".join(ast.unparse(node).encode() for node in tree.body if node in wanted)


def _defines(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases)
