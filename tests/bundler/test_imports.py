from textwrap import indent

import pytest

from trimtab.errors import PolicyError
from trimtab_bundler.imports import Import, check_policy_imports, read_fallbacks, read_imports


def test_imports_are_found_with_their_lines_wherever_they_stand() -> None:
    source = b"import math, json.decoder\n\ndef f():\n    class C:\n        from random import choice, Random as R\n"
    assert read_imports(source) == [
        Import("math", (), 1),
        Import("json.decoder", (), 1),
        Import("random", ("choice", "Random"), 5, function="f"),
    ]


def test_an_import_that_the_file_can_do_without_is_optional() -> None:
    source = b"try:\n    import numpy\nexcept ImportError:\n    import array as numpy\nelse:\n    import math\n"
    assert read_imports(source) == [Import("numpy", (), 2, optional=True), Import("math", (), 6)]


def test_an_import_is_not_optional_because_something_else_is_caught() -> None:
    source = b"try:\n    import numpy\nexcept ValueError:\n    pass\n"
    assert read_imports(source) == [Import("numpy", (), 2)]


def test_imports_for_type_checkers_do_not_count() -> None:
    source = b"import typing\nif typing.TYPE_CHECKING:\n    import numpy\nelse:\n    import math\n"
    assert read_imports(source) == [Import("typing", (), 1), Import("math", (), 5)]


def test_an_encoding_brings_its_codec_wherever_it_is_used() -> None:
    source = b"def f(text):\n    return text.encode('Windows-1252').decode('no.such')\nb''.decode('latin1')\n"
    assert read_imports(source) == [
        Import("encodings.cp1252", (), 2, optional=True, function="f"),
        Import("encodings.latin_1", (), 3, optional=True),
    ]


def test_a_module_that_is_named_in_a_call_is_found() -> None:
    source = (
        b"def f():\n    return importlib.import_module('a.b')\nimport_module('c')\n__import__('d')\nimport_module(e)\n"
    )
    assert read_imports(source) == [
        Import("a.b", (), 2, optional=True, function="f"),
        Import("c", (), 3, optional=True),
        Import("d", (), 4, optional=True),
    ]


def test_what_a_function_imports_instead_of_another_is_found() -> None:
    alone = "try:\n    import a\nexcept ImportError:\n    import b\n"
    source = f"{alone}def f():\n{indent(alone, '    ')}"
    assert list(read_fallbacks(source.encode())) == [Import("b", (), 9, optional=True, function="f")]


def test_relative_imports_and_stars_are_found() -> None:
    assert read_imports(b"from . import a\nfrom ..b import c\nfrom math import *\n") == [
        Import(".", ("a",), 1),
        Import("..b", ("c",), 2),
        Import("math", (), 3),
    ]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import numpy as np", "'numpy', which the browser does not have; use the standard library"),
        ("import js", "'js', but a policy sees the visitor's signals alone; read what you need from the visitor"),
        ("from pyodide.http import pyfetch", "'pyodide.http', but a policy sees the visitor's signals alone"),
        ("import socket", "'socket', but nothing in a policy may open a connection; remove it"),
        ("import urllib.request", "'urllib.request', but nothing in a policy may open a connection; remove it"),
        ("from urllib import request", "'urllib', but nothing in a policy may open a connection; remove it"),
        ("import threading", "'threading', but the browser's Python has one thread and no processes; remove it"),
        ("from . import limits", "'.', but a policy is one module; put what it needs into the policy's file"),
        ("def f():\n    import numpy", "'numpy', which the browser does not have"),
    ],
)
def test_an_import_that_cannot_be_in_the_browser_is_refused_with_its_line(source: str, told: str) -> None:
    with pytest.raises(PolicyError) as raised:
        check_policy_imports(f"import math\n{source}\n".encode(), "policy.py")
    line = 2 + source.count("\n")
    assert str(raised.value).startswith(f"policy.py:{line}: import of {told}")


@pytest.mark.parametrize(
    "source", ["from urllib.parse import quote", "from trimtab import Policy", "import math, decimal"]
)
def test_what_the_browser_has_is_let_through(source: str) -> None:
    check_policy_imports(source.encode(), "policy.py")


def test_what_a_site_lists_a_wheel_for_is_let_through() -> None:
    check_policy_imports(b"import humanize.time\n", "policy.py", {"humanize"})


def test_what_is_nowhere_is_refused_with_how_to_list_a_wheel() -> None:
    told = r'list a wheel that has it \(wheels = \["wheels/NAME\.whl"\] below \[site\] in trimtab\.toml\)'
    with pytest.raises(PolicyError, match=told):
        check_policy_imports(b"import numpy\n", "policy.py")


def test_an_import_that_may_fail_is_let_through() -> None:
    check_policy_imports(b"try:\n    import numpy\nexcept ImportError:\n    numpy = None\n", "policy.py")


def test_a_file_that_is_no_python_is_left_to_the_loader() -> None:
    check_policy_imports(b"def\n", "policy.py")
    check_policy_imports(b"\0", "policy.py")
