import pytest

from trimtab.errors import PolicyError
from trimtab_bundler.chains import check_chains, modules_of

PACKAGE = {"a/__init__.py": b"from . import b\n", "a/b.py": b"", "a/net.py": b"import socket\n"}


def told(policy: bytes, files: dict[str, bytes]) -> str:
    try:
        check_chains(policy, "policy.py", modules_of(files))
    except PolicyError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("source", "told_of"),
    [
        (b"import socket\n", "'socket' (a -> a.b -> socket, line 1 of a.b), but nothing in a policy may open a conn"),
        (
            b"\nfrom urllib import request\n",
            "'urllib' (a -> a.b -> urllib, line 2 of a.b), but nothing in a policy may",
        ),
        (b"from js import document\n", "'js' (a -> a.b -> js, line 1 of a.b), but a policy sees the visitor's signals"),
        (
            b"import subprocess\n",
            "'subprocess' (a -> a.b -> subprocess, line 1 of a.b), but the browser's Python has one",
        ),
        (
            b"from threading import Thread\n",
            "'threading' (a -> a.b -> threading, line 1 of a.b), but the browser's Pyth",
        ),
        (
            b"import _thread\n_thread.start_new_thread(f, ())\n",
            "'_thread' (a -> a.b -> _thread, line 1 of a.b), but the",
        ),
        (
            b"from . import net\n",
            "'socket' (a -> a.b -> a.net -> socket, line 1 of a.net), but nothing in a policy may",
        ),
    ],
)
def test_an_import_that_comes_to_what_is_forbidden_is_told_with_the_way(source: bytes, told_of: str) -> None:
    said = told(b"import math\nfrom a import f\n", {**PACKAGE, "a/b.py": source})
    assert said.startswith(f"policy.py:2: import of 'a' comes to {told_of}")
    assert said.endswith("; use another wheel, or a module of it that does without")


@pytest.mark.parametrize(
    "source",
    [
        b"import json\n",
        b"import threading\nlock = threading.RLock()\n",  # works where there is one thread
        b"from threading import local\nclass Timer: ...\n",
        b"try:\n    import socket\nexcept ImportError:\n    socket = None\n",
        b"import sys\nif sys.platform == 'win32':\n    import subprocess\n",
        b"def f():\n    import socket\n",
        b"def\n",
    ],
)
def test_what_a_wheel_does_without_is_no_matter(source: bytes) -> None:
    assert not told(b"import a\n", {**PACKAGE, "a/b.py": source})


@pytest.mark.parametrize(
    "policy", [b"import a\n", b"try:\n    import a.net\nexcept ImportError:\n    pass\n", b"def\n"]
)
def test_a_module_that_nobody_needs_is_no_matter(policy: bytes) -> None:
    assert not told(policy, PACKAGE)


@pytest.mark.parametrize("policy", [b"import a.net\n", b"from a import net\n", b"def f():\n    from a.net import g\n"])
def test_a_module_is_found_however_it_is_named(policy: bytes) -> None:
    assert "(a.net -> socket, line 1 of a.net)" in told(policy, PACKAGE)


def test_modules_that_import_each_other_come_to_an_end() -> None:
    assert not told(b"import a\n", {"a.py": b"import b\n", "b.py": b"import a\n"})
