"""Bucket ranges: which part of the numbers from 0 to 1 belongs to which arm.

Source: sections `inRange`, `getEqualWeights`, `getBucketRanges` and `chooseVariation` of GrowthBook's SDK
specification, docs.growthbook.io/lib/build-your-own (0.7.1). Sums are taken term by term, in order: Python's own
`sum` of floats rounds differently, and the last bit decides at an edge.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

WEIGHTS_LOW: Final = 0.99
WEIGHTS_HIGH: Final = 1.01


class Range(NamedTuple):
    """The numbers from `start` on that are below `end`."""

    start: float
    end: float

    def holds(self, number: float) -> bool:
        """Whether the number is in the range; its start is, its end is not."""
        return self.start <= number < self.end


def equal_weights(arms: int) -> list[float]:
    """The same share for each arm."""
    return [1 / arms] * arms if arms > 0 else []


def bucket_ranges(arms: int, coverage: float = 1.0, weights: Sequence[float] | None = None) -> list[Range]:
    """One range an arm. `coverage` (clamped to 0..1) leaves a gap after each arm, so that raising it moves nobody.

    Weights of another number than `arms`, or whose sum is not within 0.99..1.01, count as equal ones.
    """
    coverage = min(max(coverage, 0.0), 1.0)
    if weights is None or len(weights) != arms or not WEIGHTS_LOW <= _sum(weights) <= WEIGHTS_HIGH:
        weights = equal_weights(arms)
    ranges = []
    start = 0.0
    for weight in weights:
        ranges.append(Range(start, start + coverage * weight))
        start += weight
    return ranges


def choose(number: float, ranges: Sequence[Range]) -> int | None:
    """The index of the first range that holds the number; None: it is in none, so this device is left out."""
    return next((index for index, candidate in enumerate(ranges) if candidate.holds(number)), None)


def _sum(weights: Sequence[float]) -> float:
    total = 0.0
    for weight in weights:
        total += weight
    return total
