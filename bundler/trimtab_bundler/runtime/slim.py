"""What stands in a lean runtime for Pyodide's own Python, `inspect` and `traceback`: they would bring much along.

Pyodide's modules load packages, run event loops and import JavaScript; a policy may do none of that (`imports` refuses
it), and the core is called through `pyimport` alone. Each stand-in has what Pyodide's C and JavaScript take from the
module when they start; whatever else was asked for would raise AttributeError, in the build's own trial first.
"""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from trimtab_bundler.imports import Read, read_imports
from trimtab_bundler.stdlib import file_of

FIRST: Final = "_pyodide/__init__.py"
"""What Pyodide imports first."""
PYODIDE: Final[Mapping[str, str]] = {
    FIRST: """
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
NO_LOOP: Final = b"""
def get_event_loop():
    raise RuntimeError("no event loop in a lean runtime")
"""
OF_INSPECT: Final = ("get_annotations", "getattr_static", "iscoroutinefunction")
"""What `dataclasses`, `typing` and Pyodide's C take of `inspect`, besides `signature`."""
NO_SIGNATURE: Final = b"""
def signature(thing):
    raise ValueError("no signatures in a lean runtime")
"""
"""`dataclasses` then leaves the signature out of a docstring."""
TRACEBACK: Final = b'''
"""What an exception that nobody catches is written with; the lines of the source are nowhere."""
import sys

CAUSE = "The above exception was the direct cause of the following exception:"
CONTEXT = "During handling of the above exception, another exception occurred:"

def format_exception(error, /, value=None, tb=None, **options):
    return list(_lines(error if value is None else value, set()))

def format_exc(**options):
    return "".join(format_exception(sys.exception()))

def print_exception(error, /, value=None, tb=None, limit=None, file=None, chain=True):
    print("".join(format_exception(error, value)), end="", file=sys.stderr if file is None else file)

_print_exception_bltin = print_exception

def _lines(error, told):
    told.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in told:
        yield from _lines(before, told)
        yield f"\\n{CAUSE if error.__cause__ else CONTEXT}\\n\\n"
    trace = error.__traceback__
    if trace is not None:
        yield "Traceback (most recent call last):\\n"
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f'  File "{code.co_filename}", line {trace.tb_lineno}, in {code.co_name}\\n'
        trace = trace.tb_next
    kind = type(error)
    module = "" if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}."
    name = f"{module}{kind.__qualname__}"
    text = str(error)
    yield f"{name}: {text}\\n" if text else f"{name}\\n"
    for note in getattr(error, "__notes__", ()):
        yield f"{note}\\n"
'''
PARTS: Final[Mapping[str, frozenset[str]]] = {
    "asyncio": frozenset(),
    "inspect": frozenset({"dataclasses", "typing", "warnings"}),
    "traceback": frozenset({"site", "warnings"}),
}
"""Modules of which a part is enough, and who is content with it; whoever else asks for one gets the whole."""
CODECS: Final = "_codecs_"
"""Beginning of the names of modules in C that are there only if something imports them: `tables` says why."""


def slim_library(
    sources: Mapping[str, bytes], whole: Collection[str] = (), imported: Iterable[str] = ()
) -> dict[str, bytes]:
    """The library's sources with the stand-ins among them, but for the modules of PARTS that are wanted `whole`.

    The codecs among those that are `imported` are imported with Python's start: a policy alone may ask for them, and it
    comes later.
    """
    small = {name: source.encode() for name, source in PYODIDE.items()}
    small[FIRST] += "".join(f"import {name}\n" for name in imported if name.startswith(CODECS)).encode()
    parts = {
        "asyncio": {"asyncio/__init__.py": NO_LOOP},
        "inspect": {"inspect.py": excerpt(sources["inspect.py"], OF_INSPECT) + NO_SIGNATURE},
        "traceback": {"traceback.py": TRACEBACK},
    }
    for module in PARTS.keys() - set(whole):
        small |= parts[module]
    return {**sources, **small}


def asked_whole(
    modules: Iterable[str], wanted: Iterable[str], sources: Mapping[str, bytes], read: Read = read_imports
) -> set[str]:
    """The modules of PARTS of which a part is too little: for who `wanted` it (a policy, a wheel), or for one of these
    modules of the library."""
    asked = {module.partition(".")[0] for module in wanted}
    for module in modules:
        name, top = file_of(module, sources), module.partition(".")[0]
        if name and name not in PYODIDE and top not in PARTS:
            asked |= {each.top for each in read(sources[name]) if module not in PARTS.get(each.top, ())}
    return asked & PARTS.keys()


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
