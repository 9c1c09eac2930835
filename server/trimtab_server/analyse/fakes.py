"""A device that lies: how far made-up reports can move a difference, and how many it takes to undo a verdict.

A report is one vote. Whatever it says, it adds one to its arm's reports and at most one to those that support an
answer, so k of them move a share of reports s = c / n to (c + k) / (n + k) at most, or to c / (n + k) at least. Taking
the noise out divides that by p - q, so a lie weighs more than the truth told through noise: at a/b = 8 and two answers
9/7 of it. No report is more than one vote, and none moves other questions, arms or policies. The days that
they say make a policy look older only if they are more than one in a hundred (`lasting`).

An average (`means`) is a ratio N / D of two sums over reports. One that tells the set S adds to N the values of S less
q times all values, and to D the numbers of S less q times all there are. With k of them the ratio is linear-fractional,
so its greatest value lies where all k tell the same S: the w answers with the highest v_i - m, or 0 for no number,
where m is that greatest value itself. Dinkelbach's iteration (Management Science 13, 1967) finds it.

A verdict about an average can also be undone by hiding: lies that tell "no number" until those who have one are too few
for an average. Where few have a number that takes less.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from trimtab_server.analyse.intervals import Share
from trimtab_server.analyse.means import mean_of
from trimtab_server.analyse.quantities import Mean, Quantity, Told, VisitorShare

MOST_FAKES = 10_000_000
"""Beyond this nobody needs a number."""


def most_moved(first: Quantity, second: Quantity, fakes: int) -> float:
    """How far so many made-up reports move the difference at most, in either direction and in its own unit."""
    if isinstance(first, Mean) and isinstance(second, Mean):
        return _mean_moved(first.told, second.told, fakes)
    assert isinstance(first, VisitorShare)  # a difference is of two of a kind
    assert isinstance(second, VisitorShare)
    return _share_moved(first, second, fakes)


def raised(quantity: Quantity, fakes: int) -> Sequence[Quantity | None]:
    """What it may be after so many made-up reports that raise it, by one way to lie and another.

    None: visitors with a number are too few then for a mean.
    """
    if isinstance(quantity, Mean):
        return _retold(quantity, quantity.told, fakes)
    assert isinstance(quantity, VisitorShare)
    return [_voted(quantity, fakes, fakes)]


def lowered(quantity: Quantity, fakes: int) -> Sequence[Quantity | None]:
    """The same of those that lower it."""
    if isinstance(quantity, Mean):
        return _retold(quantity, _negative(quantity.told), fakes)
    assert isinstance(quantity, VisitorShare)
    return [_voted(quantity, 0, fakes)]


def _voted(share: VisitorShare, hits: int, fakes: int) -> VisitorShare:
    votes = share.supporting
    return replace(share, supporting=Share(votes.hits + hits, votes.total + fakes))


def _retold(mean: Mean, aim: Told, fakes: int) -> Sequence[Mean | None]:
    """The mean after lies that raise what `aim` has most, or that hide most visitors who have a number."""
    told, ratio = mean.told, mean.value if aim is mean.told else -mean.value
    hiding = sorted(
        range(len(aim.values)), key=lambda each: (aim.values[each] is None, _beyond(ratio, aim.values[each]))
    )
    lies = (_highest_lie(aim, fakes)[1], hiding[-told.mechanism.width :])
    counts = ([count + fakes * (each in lie) for each, count in enumerate(told.counts)] for lie in lies)
    return [mean_of(told.mechanism, each, told.values, mean.further) for each in counts]


def _mean_moved(first: Told, second: Told, fakes: int) -> float:
    """Every split is tried: a lie that takes visitors out of the ratio does more the more there are of it."""
    up, down = _highest(first, fakes), [-each for each in _highest(_negative(first), fakes)]
    back_up, back_down = _highest(second, fakes), [-each for each in _highest(_negative(second), fakes)]
    before = up[0] - back_up[0]
    higher = max(one - two for one, two in zip(up, reversed(back_down), strict=True))
    lower = min(one - two for one, two in zip(down, reversed(back_up), strict=True))
    return max(higher - before, before - lower)


def _highest(told: Told, fakes: int) -> list[float]:
    """The highest that the mean can be after at most 0, 1, ... made-up reports in this arm."""
    return list(accumulate((_highest_lie(told, each)[0] for each in range(fakes + 1)), max))


def _highest_lie(told: Told, fakes: int) -> tuple[float, Sequence[int]]:
    """The highest mean after exactly so many, and the answers that each of them tells.

    Where they may leave no visitor with a number, only the values bound the ratio.
    """
    width, stray = told.mechanism.width, float(told.mechanism.stray)
    noise = stray * (sum(told.counts) // width + fakes)
    counted = [(count, value) for count, value in zip(told.counts, told.values, strict=True) if value is not None]
    top = math.fsum(count * value for count, value in counted) - noise * sum(told.numbers)
    bottom = math.fsum(count for count, _ in counted) - noise * len(told.numbers)

    def ratio(lie: Sequence[int]) -> float:
        said = [value for each in lie if (value := told.values[each]) is not None]
        return (top + fakes * sum(said)) / (bottom + fakes * len(said))

    def best(mean: float) -> Sequence[int]:
        return sorted(range(len(told.values)), key=lambda each: _beyond(mean, told.values[each]), reverse=True)[:width]

    most = max(told.numbers)
    if bottom + fakes * max(width - (len(told.values) - len(told.numbers)), 0) <= 0:
        return most, best(most)
    mean, lie = -math.inf, best(most)
    while (higher := ratio(lie)) > mean:
        mean, lie = higher, best(higher)
    return (min(mean, most) if fakes else mean), lie


def _beyond(mean: float, value: float | None) -> float:
    return 0.0 if value is None else value - mean


def _negative(told: Told) -> Told:
    return replace(told, values=tuple(None if value is None else -value for value in told.values))


def _share_moved(first: VisitorShare, second: VisitorShare, fakes: int) -> float:
    before = first.value - second.value
    up, back_up = split(first, second, fakes), split(second, first, fakes)
    higher = _voted(first, up, up).value - _voted(second, 0, fakes - up).value
    lower = _voted(first, 0, fakes - back_up).value - _voted(second, back_up, back_up).value
    return max(higher - before, before - lower)


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
