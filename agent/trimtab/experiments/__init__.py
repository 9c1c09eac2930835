"""Experiments: which arm this device is in, and which decisions therefore reach the page.

`assignment` is the stage; it draws with the arithmetic of GrowthBook's SDK specification, so that others can check it:
`hashing`, `ranges`, `namespaces`. `conditions` evaluates the specification's targeting conditions. `trials` puts it all
together as that SDK does, with `sticky` arms and `prerequisites` on `flags`. All are pure functions.
"""

from typing import TYPE_CHECKING

from trimtab.experiments.assignment import Assignment, assign
from trimtab.experiments.hashing import bucket
from trimtab.experiments.namespaces import Namespace, in_namespace
from trimtab.experiments.ranges import Range, bucket_ranges, choose, equal_weights

if TYPE_CHECKING:
    from trimtab.experiments.conditions import ConditionError, evaluate_condition

__all__ = [
    "Assignment",
    "ConditionError",
    "Namespace",
    "Range",
    "assign",
    "bucket",
    "bucket_ranges",
    "choose",
    "equal_weights",
    "evaluate_condition",
    "in_namespace",
]


def __getattr__(name: str) -> object:
    """Conditions are imported when first asked for: no page needs them, and each would wait for them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from trimtab.experiments import conditions  # noqa: PLC0415  see above

    return getattr(conditions, name)
