"""Numbers as lengths: where a bar begins and ends on an axis, in percent of the axis' width."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from trimtab_server.analyse.intervals import Interval
from trimtab_server.dashboard.words import amount, points, signed

SHARE_LIMITS: Final = ((0.05, 5), (0.1, 5), (0.2, 4), (0.3, 3), (0.4, 4), (0.5, 5), (0.6, 3), (0.8, 4), (1.0, 4))
"""Where an axis may end, and how many steps lead there so that each is a round number."""

AMOUNT_STEPS: Final = 5
"""At most so many steps on an axis of amounts."""

DIFFERENCE_LIMITS: Final = (0.02, 0.04, 0.1, 0.2, 0.3, 0.4, 0.6, 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval and the estimate in it, each from 0 to 100."""

    low: float
    high: float
    point: float

    @property
    def width(self) -> float:
        """From low to high."""
        return round(self.high - self.low, 2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across all bars, at a place from 0 to 100."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `low` to `high`, the same for all bars of a table so that they can be compared."""

    low: float
    high: float
    ticks: tuple[Tick, ...]

    def place(self, value: float) -> float:
        """Where a value lies, from 0 to 100; values beyond the axis at its end."""
        return round(100 * (min(max(value, self.low), self.high) - self.low) / (self.high - self.low), 2)

    def bar(self, interval: Interval, point: float) -> Bar:
        """The bar of an estimate."""
        return Bar(self.place(interval.low), self.place(interval.high), self.place(point))


def share_axis(intervals: Iterable[Interval]) -> Axis:
    """From 0 to a round number that holds all intervals, for shares of visitors."""
    most = max((interval.high for interval in intervals), default=1.0)
    high, steps = next((limit for limit in SHARE_LIMITS if limit[0] >= most), SHARE_LIMITS[-1])
    ticks = tuple(Tick(round(100 * n / steps, 2), f"{100 * high * n / steps:.0f}%") for n in range(steps + 1))
    return Axis(0.0, high, ticks)


def difference_axis(intervals: Iterable[Interval]) -> Axis:
    """As far below 0 as above, for differences in percentage points."""
    most = max((max(-interval.low, interval.high) for interval in intervals), default=1.0)
    high = next((limit for limit in DIFFERENCE_LIMITS if limit >= most), 1.0)
    ticks = tuple(Tick(50.0 + 25.0 * half, points(high * half / 2, 0)) for half in (-2, -1, 0, 1, 2))
    return Axis(-high, high, ticks)


def amount_axis(intervals: Iterable[Interval]) -> Axis:
    """Between two round numbers that hold all intervals, for averages."""
    shown = list(intervals)
    least, most = min((each.low for each in shown), default=0.0), max((each.high for each in shown), default=1.0)
    step = _round_step((most - least) / AMOUNT_STEPS)
    first, last = math.floor(least / step), math.ceil(most / step)
    last = max(last, first + 1)
    ticks = tuple(
        Tick(round(100 * (n - first) / (last - first), 2), amount(n * step, _decimals(step)))
        for n in range(first, last + 1)
    )
    return Axis(first * step, last * step, ticks)


def change_axis(intervals: Iterable[Interval]) -> Axis:
    """As far below 0 as above, for differences of averages."""
    step = _round_step(max((max(-each.low, each.high) for each in intervals), default=1.0) / 2)
    ticks = tuple(Tick(50.0 + 25.0 * half, signed(half * step, _decimals(step))) for half in (-2, -1, 0, 1, 2))
    return Axis(-2 * step, 2 * step, ticks)


def _round_step(least: float) -> float:
    """The next of 1, 2 or 5 times a power of ten; 1 for nothing."""
    if least <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return power * next(digit for digit in (1, 2, 5, 10) if digit * power >= least * (1 - 1e-9))


def _decimals(step: float) -> int:
    return max(-math.floor(math.log10(step)), 0)
