"""What tests show to be otherwise in a light runtime than in stock Pyodide, and why; and what is not run."""

from typing import Final

TOO_DEEP: Final = (
    "tests/agent/visitors/test_trace.py::test_a_line_that_cannot_be_true_is_told_with_its_number[the line is not]"
)
"""A test of the agent with 4,000 brackets within one another. In a worker the browser's stack ends before Python's
limit. Traces are read outside of browsers."""

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

WITHOUT_DOCSTRINGS: Final = ("passed", "not there")
"""What came of a test in stock, and in a light runtime: it is the examples in a docstring of the library or of C, which
a light runtime does without."""

READS_A_DOCSTRING: Final = ("passed", "failed")
"""It looks at the docstring of `max`."""

EXPLAINED: Final[dict[str, dict[tuple[str, str], tuple[str, ...]]]] = {
    "statistics": {
        WITHOUT_DOCSTRINGS: (
            "statistics",
            *("statistics.NormalDist.overlap", "statistics._exact_ratio", "statistics._rank", "statistics._sum"),
            *("statistics.correlation", "statistics.covariance", "statistics.linear_regression"),
            *("statistics.fmean", "statistics.geometric_mean", "statistics.harmonic_mean", "statistics.mean"),
            *("statistics.kde", "statistics.kde_random", "statistics.mode", "statistics.multimode"),
            *("statistics.median", "statistics.median_grouped", "statistics.median_high", "statistics.median_low"),
            *("statistics.pstdev", "statistics.pvariance", "statistics.stdev", "statistics.variance"),
        )
    },
    "heapq": {WITHOUT_DOCSTRINGS: ("merge",)},
    "collections": {
        WITHOUT_DOCSTRINGS: (
            *("collections.Counter", "collections.namedtuple"),
            *(
                f"collections.Counter.__{name}__"
                for name in ("add", "and", "iadd", "iand", "init", "ior", "isub", "or", "sub")
            ),
            *(f"collections.Counter.{name}" for name in ("elements", "most_common", "subtract", "update")),
        )
    },
    "functools": {
        READS_A_DOCSTRING: tuple(
            f"test.test_functools.Test{name}.test_builtin_update" for name in ("UpdateWrapper", "Wraps")
        )
    },
    "decimal": {
        WITHOUT_DOCSTRINGS: (
            *("decimal", "decimal #2", "decimal.Context"),
            *(f"decimal.Decimal.{name}" for name in ("compare_total", "copy_sign", "fma", "from_float #2", "quantize")),
        )
    },
    "enum": {WITHOUT_DOCSTRINGS: ("enum.Enum", "enum._simple_enum", "enum._test_simple_enum", "enum.bin")},
    "typing": {
        WITHOUT_DOCSTRINGS: (
            *("typing.TypedDict", "typing._collect_type_parameters", "typing._should_unflatten_callable_args"),
            *("typing.get_args", "typing.get_origin", "typing.get_protocol_members"),
            *("typing.is_protocol", "typing.is_typeddict"),
            *("typing.ParamSpec", "typing.ParamSpecArgs", "typing.ParamSpecKwargs"),
        )
    },
}
"""By the module of the library and what came of it: the tests, no more and no fewer."""
