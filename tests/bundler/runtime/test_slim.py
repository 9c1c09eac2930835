"""What stands in for parts of the library, and when it does not."""

import traceback
from typing import Any

import pytest

from trimtab_bundler.runtime.slim import asked_whole, excerpt, slim_library

SOURCES = {
    "inspect.py": (
        b"import sys\nimport types\n_mark = object()\ndef get_annotations(t): return help_of(t, _mark)\n"
        b"def help_of(t, m): return sys\ndef getattr_static(t): return 1\ndef iscoroutinefunction(t): return types\n"
        b"def unused(): return 1\n"
    ),
    "dataclasses.py": b"import inspect\n",
    "typing.py": b"def later():\n    from inspect import getattr_static\n",
    "asking.py": b"def later():\n    import inspect\n",
}


def test_an_excerpt_has_what_its_functions_name_and_no_more() -> None:
    text = excerpt(SOURCES["inspect.py"], ["get_annotations"]).decode()
    assert [line for line in text.split("\n") if not line.startswith(" ")] == [
        "import sys", "_mark = object()", "def get_annotations(t):", "def help_of(t, m):"
    ]  # fmt: skip


def test_who_is_content_with_a_part_gets_that() -> None:
    assert not asked_whole(["dataclasses", "typing", "inspect", "_thread"], ["json"], SOURCES)
    small = slim_library(SOURCES)
    assert b"unused" not in small["inspect.py"]
    assert b"no event loop" in small["asyncio/__init__.py"]


def test_who_asks_for_more_even_in_a_function_gets_the_whole() -> None:
    assert asked_whole(["asking"], [], SOURCES) == {"inspect"}
    assert slim_library(SOURCES, {"inspect"})["inspect.py"] == SOURCES["inspect.py"]


def test_what_a_policy_or_a_wheel_imports_it_gets_whole() -> None:
    assert asked_whole([], ["traceback", "asyncio.events", "json"], SOURCES) == {"traceback", "asyncio"}


def fail(depth: int) -> None:
    try:
        if depth:
            fail(depth - 1)
        int("missing")
    except ValueError as cause:
        cause.add_note(f"at {depth}")
        if depth:
            raise
        raise ReachedError("as it should") from cause


class ReachedError(Exception):
    pass


@pytest.mark.parametrize("depth", [0, 1])
def test_the_stand_in_writes_an_exception_as_the_library_does_but_for_the_source(depth: int) -> None:
    small: dict[str, Any] = {}
    exec(slim_library(SOURCES)["traceback.py"], small)  # noqa: S102  it is a module
    with pytest.raises((ReachedError, ValueError)) as raised:
        fail(depth)
    whole = "".join(traceback.format_exception(raised.value)).split("\n")
    told = "".join(small["format_exception"](raised.value)).split("\n")
    assert told == [line for line in whole if not line.startswith("    ")]
