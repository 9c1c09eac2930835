"""What stands in for parts of the library, and when it does not."""

from trimtab_bundler.runtime.slim import INSPECT, asks_for_inspect, excerpt, slim_library

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


def test_who_is_content_with_a_part_of_inspect_gets_that() -> None:
    assert not asks_for_inspect(["dataclasses", "typing", "inspect", "_thread"], SOURCES)
    assert b"unused" not in slim_library(SOURCES, whole_inspect=False)[INSPECT]


def test_who_asks_for_inspect_even_in_a_function_gets_the_whole() -> None:
    assert asks_for_inspect(["asking"], SOURCES)
    assert slim_library(SOURCES, whole_inspect=True)[INSPECT] == SOURCES[INSPECT]
