"""Namespaces and filters: experiments that share one never meet on the same device, if their ranges do not overlap.

Source: sections `inNamespace` and `isFilteredOut` of GrowthBook's SDK specification,
docs.growthbook.io/lib/build-your-own (0.7.1). A filter is the later and more general form of a namespace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trimtab.experiments.hashing import HASH_VERSION, bucket
from trimtab.experiments.ranges import Range

NAMESPACE_HASH_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Namespace:
    """The part of a named line, from `start` on and below `end`, that an experiment takes."""

    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Filter:
    """Those devices whose number, drawn with the filter's own seed from `attribute`, is in one of the ranges."""

    seed: str
    ranges: Sequence[Range]
    attribute: str = "id"
    hash_version: int = HASH_VERSION


def in_namespace(value: str, namespace: Namespace) -> bool:
    """Whether the device that `value` names is in this part of the namespace."""
    number = bucket(f"__{namespace.name}", value, NAMESPACE_HASH_VERSION)
    return Range(namespace.start, namespace.end).holds(number)


def passes_filter(value: str, given: Filter) -> bool:
    """Whether the filter lets the device pass that `value`, its value of the filter's attribute, names."""
    number = bucket(given.seed, value, given.hash_version)
    return any(candidate.holds(number) for candidate in given.ranges)
