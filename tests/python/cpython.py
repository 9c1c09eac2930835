"""CPython's own tests of the modules that a policy is likely to import, as a suite: those of this interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.python.packing import Packer, Suite
from trimtab_bundler.imports import Import, read_imports
from trimtab_bundler.wheels import core_wheel

TESTED: Final = [
    "json",
    "math",
    "statistics",
    "random",
    "bisect",
    "heapq",
    "collections",
    "dataclasses",
    "re",
    "datetime",
    "struct",
    "array",
    "functools",
    "itertools",
    "operator",
    "string",
    "fractions",
    "decimal",
    "enum",
    "typing",
    "contextlib",
    "copy",
]
WATCHED: Final = [
    *("str", "bytes", "int", "long", "float", "complex", "bool", "list", "tuple", "dict", "dictviews", "set", "slice"),
    *("range", "deque", "ordered_dict", "defaultdict", "userdict", "userlist", "userstring", "memoryview", "structseq"),
    *(
        "builtin",
        "format",
        "fstring",
        "string_literals",
        "int_literal",
        "ucn",
        "unicodedata",
        "strtod",
        "hash",
        "index",
    ),
    *("iter", "iterlen", "enumerate", "sort", "unpack", "unpack_ex", "compare", "richcmp", "contains", "isinstance"),
    *("augassign", "binop", "unary", "pow", "numeric_tower", "abstract_numbers", "cmath"),
    *("class", "descr", "property", "super", "subclassinit", "types", "type_params", "genericalias", "abc"),
    *("call", "extcall", "keywordonlyarg", "positional_only_arg", "decorators", "funcattrs", "scope", "global"),
    *("named_expressions", "patma", "listcomps", "setcomps", "dictcomps", "genexps", "generators", "yield_from"),
    *("coroutines", "with", "context", "weakref", "weakset", "gc"),
    *("raise", "exceptions", "baseexception", "exception_variations", "exception_group", "except_star", "traceback"),
    *("time", "strftime", "strptime", "calendar", "codecs", "codeccallbacks", "charmapcodec"),
    *("base64", "binascii", "zlib", "hashlib", "hmac", "secrets", "uuid", "html", "urlparse", "ipaddress", "quopri"),
    *("textwrap", "difflib", "pprint", "reprlib", "shlex", "csv", "configparser", "fnmatch", "graphlib", "colorsys"),
    *("io", "memoryio", "print", "marshal", "sys"),
]
"""Tests of what everybody uses without importing it, and of what they import now and then."""
LIBRARY: Final = Path(sysconfig.get_path("stdlib"))
RUNNER: Final = "unittesting"
LOADING: Final = b"import unittesting\nunittesting.load('test.test_datetime')\n"
"""What is done while the pack is made: the tests of `datetime` import other versions of it when they are loaded."""
HIDDEN: Final = (
    *(
        "_pydatetime",
        "_pylong",
        "_strptime",
        "asyncio",
        "unittest",
        "unittest.mock",
        "sre_compile",
        "sre_constants",
        "sre_parse",
    ),
    *(f"encodings.utf_{name}" for name in ("8_sig", "16", "16_le", "16_be", "32", "32_le", "32_be")),
)
"""What they import by names that no reader of their source finds."""
HIDDEN_TOO: Final = ("uuid", "pty", "multiprocessing.shared_memory")
"""Likewise; of some nothing can be imported in a browser."""
MISSING: Final = ("_testinternalcapi", "_testlimitedcapi", "_testsinglephase")
"""CPython's own modules for its tests, which Pyodide does not have. A few tests need them; without, none of their file
could be imported."""
STANDING_IN: Final = b"""class Given(int):
    __call__ = __getitem__ = lambda self, *given, **named: self
def __getattr__(name): return Given(1)
"""
NOT_IMPORTED: Final = "test/support/interpreters/"
"""It needs more of them, and is only a helper here."""
NOT_IN_PYODIDE: Final = ("_pydecimal.py",)
"""Pyodide leaves it out of the library; the tests of `decimal` compare with it."""
DATA: Final = ("test/mathdata/*", "test/decimaltestdata/*", "test/data/*", "test/archivetestdata/R*", "test/*.pck")
HERE: Final = Path(__file__).parent


def cpython_suite(packer: Packer) -> Suite:
    """Those of `TESTED`."""
    return _suite(packer, TESTED, {})


def watched_suite(packer: Packer) -> Suite:
    """Those of `WATCHED`, of which some fail: not what comes of them is of interest, but what they use."""
    return _suite(packer, WATCHED, {f"{name}.py": STANDING_IN for name in MISSING})


def _suite(packer: Packer, tested: Sequence[str], beside: dict[str, bytes]) -> Suite:
    files = {name: content for name, content in _files(tested) if not name.startswith(NOT_IMPORTED)}
    sources = {name: content for name, content in files.items() if name.endswith(".py")}
    own = {f"{RUNNER}.py": (HERE / f"{RUNNER}.py").read_bytes(), "loading.py": LOADING}
    tests = packer.wheel("tests", sources | own | beside)
    data = {name: content for name, content in files.items() if not name.endswith(".py")}
    hidden = [Import(name) for name in HIDDEN] + [Import(name, optional=True) for name in HIDDEN_TOO]
    return Suite([core_wheel(packer.compiler), tests], hidden, RUNNER, data)


def modules_testing(name: str) -> list[str]:
    """The modules with the tests of this module of the library."""
    inner = [path.stem for path in sorted((LIBRARY / "test" / f"test_{name}").glob("test_*.py"))]
    return [f"test.test_{name}", *(f"test.test_{name}.{each}" for each in inner)]


def _named(module: str) -> Iterator[str]:
    """The modules of the `test` package that a test imports when it is run."""
    path = LIBRARY.joinpath(*module.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for wanted in read_imports(source.read_bytes()):
        names = [wanted.module, *(f"{wanted.module}.{name}" for name in wanted.names)]
        yield from (
            name for name in names if name.startswith("test.") and (LIBRARY / f"{name.replace('.', '/')}.py").is_file()
        )


def _files(tested: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The tests, all modules of the `test` package that importing them brings, and data; by their paths."""
    roots = [module for name in tested for module in modules_testing(name)]
    roots += ["test.datetimetester", "test.test_datetime", "test.support._hypothesis_stubs"]
    roots += [name for root in roots for name in _named(root)]
    script = "import importlib, json, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\n"
    script += "print(json.dumps([m.__file__ for n, m in sys.modules.items() if n.partition('.')[0] == 'test']))"
    ended = subprocess.run([sys.executable, "-c", script, *roots], capture_output=True, text=True, check=True)
    for path in sorted(map(Path, json.loads(ended.stdout))):
        yield path.relative_to(LIBRARY).as_posix(), path.read_bytes()
    for pattern in (*NOT_IN_PYODIDE, *DATA):
        for path in sorted(LIBRARY.glob(pattern)):
            yield path.relative_to(LIBRARY).as_posix(), path.read_bytes()
