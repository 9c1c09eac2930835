"""A device that lies: how far made-up reports can move a difference, and how many it takes to undo a verdict.

A report is one vote. Whatever it says, it adds one to its arm's reports and at most one to those that support an
answer, so k of them move a share of reports s = c / n to (c + k) / (n + k) at most, or to c / (n + k) at least. Taking
the noise out divides that by p - q, so a lie weighs more than the truth told through noise: at a/b = 8 and two answers
9/7 of it. Nothing else can be moved: not other questions, arms, days or policies, and no report is more than one vote.
"""

import math
from collections.abc import Callable
from dataclasses import replace

from trimtab_server.analyse.intervals import Share
from trimtab_server.analyse.quantities import VisitorShare

MOST_FAKES = 10_000_000
"""Beyond this nobody needs a number."""


def most_moved(first: VisitorShare, second: VisitorShare, fakes: int) -> float:
    """How far so many made-up reports move the difference at most, in either direction; a share of visitors."""
    before = first.value - second.value
    higher, lower = pushed(first, second, fakes, split(first, second, fakes))
    back_higher, back_lower = pushed(second, first, fakes, split(second, first, fakes))
    return max(higher.value - lower.value - before, before - (back_lower.value - back_higher.value))


def pushed(first: VisitorShare, second: VisitorShare, fakes: int, raising: int) -> tuple[VisitorShare, VisitorShare]:
    """The two arms after so many made-up reports: `raising` of them raise the first, the others lower the second."""
    one, two = first.supporting, second.supporting
    return (
        replace(first, supporting=Share(one.hits + raising, one.total + raising)),
        replace(second, supporting=Share(two.hits, two.total + fakes - raising)),
    )


def split(first: VisitorShare, second: VisitorShare, fakes: int) -> int:
    """How many of the made-up reports must raise the first arm so that all together move the difference furthest.

    k reports raise s1 by (1 - s1) k / (n1 + k), and lower s2 by s2 k / (n2 + k). The next one does as much in both
    where (1 - s1) n1 / (n1 + k1)^2 = s2 n2 / (n2 + k2)^2; the two gains fall, so that is the best split.
    """
    one, two = first.supporting, second.supporting
    raise_by, lower_by = math.sqrt(one.total - one.hits), math.sqrt(two.hits)
    if raise_by + lower_by == 0:
        return 0
    best = (raise_by * (two.total + fakes) - lower_by * one.total) / (raise_by + lower_by)
    return min(max(round(best), 0), fakes)


def best_split(fakes: int, effect: Callable[[int], float]) -> float:
    """The greatest effect of any split of the fakes in two, if the effect rises towards it from both sides."""
    low, high = 0, fakes
    while high - low > 2:
        left, right = low + (high - low) // 3, high - (high - low) // 3
        low, high = (left, high) if effect(left) < effect(right) else (low, right)
    return max(effect(split) for split in range(low, high + 1))


def fewest_that(undo: Callable[[int], bool]) -> int | None:
    """The smallest number of made-up reports for which `undo` is true, if it stays true; None beyond MOST_FAKES."""
    high = 1
    while not undo(high):
        high *= 2
        if high > MOST_FAKES:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if undo(middle) else (middle, high)
    return high
