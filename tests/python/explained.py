"""What CPython's tests show to be otherwise in a light runtime than in stock Pyodide, and why; and what is not run."""

from typing import Final

NOT_RUN: Final = [
    *(f"test.test_copy.TestCopy.test_deepcopy_reflexive_{kind}" for kind in ("dict", "list", "tuple")),
    *(
        f"test.test_functools.TestPartial{kind}.test_recursive_pickle"
        for kind in ("C", "CSubclass", "Py", "PySubclass")
    ),
    *(
        f"test.test_json.test_recursion.Test{kind}Recursion.test_{test}"
        for kind in ("C", "Py")
        for test in ("endless_recursion", "highly_nested_objects_decoding", "highly_nested_objects_encoding")
    ),
]
"""They recurse until Python's limit. In a worker the browser's stack ends before it, in stock Pyodide as well, and
Python dies of that."""

EXPLAINED: Final[dict[str, dict[str, tuple[str, ...]]]] = {}
"""By the module of the library and the reason."""
