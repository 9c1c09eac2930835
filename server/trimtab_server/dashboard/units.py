"""How the numbers of a table are written: shares of visitors in percent, averages in the question's own unit."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, Self

from trimtab_server.analyse.intervals import Interval
from trimtab_server.dashboard.bars import Axis, amount_axis, change_axis, difference_axis, share_axis
from trimtab_server.dashboard.words import amount, fitting_decimals, percent, percent_span, points, points_span, signed

MOST_DECIMALS: Final = 3
STEPS: Final = 4
"""Steps of the last digit that an interval is wide at least: finer digits say nothing."""


class Unit(Protocol):
    """One way to write numbers, and the axes that go with it."""

    @property
    def of_difference(self) -> str:
        """What differences are in, for a caption: 'in percentage points'; empty if there is no word for it."""

    def one(self, value: float) -> str:
        """A number."""

    def span(self, interval: Interval) -> str:
        """Its interval."""

    def change(self, value: float) -> str:
        """A difference of two numbers, with its sign."""

    def change_span(self, interval: Interval, joint: str = "to") -> str:
        """The difference's interval."""

    def extent(self, value: float) -> str:
        """How far something moves a difference, with its unit and without a sign."""

    def named(self, text: str) -> str:
        """A number of the headline with its unit behind it, if the number itself does not say it."""

    def axis(self, intervals: Sequence[Interval]) -> Axis:
        """An axis that holds these intervals of numbers."""

    def change_axis(self, intervals: Sequence[Interval]) -> Axis:
        """An axis that holds these intervals of differences."""


@dataclass(frozen=True, slots=True)
class Shares:
    """From 0 to 100 %; differences are percentage points."""

    decimals: int

    @classmethod
    def fitting(cls, intervals: Iterable[Interval]) -> Self:
        """With as many decimals as the narrowest interval gives reason for."""
        return cls(min(map(fitting_decimals, intervals), default=0))

    @property
    def of_difference(self) -> str:
        """Percentage points."""
        return "in percentage points"

    def one(self, value: float) -> str:
        """'31%'."""
        return percent(value, self.decimals)

    def span(self, interval: Interval) -> str:
        """'27 to 35%'."""
        return percent_span(interval, self.decimals)

    def change(self, value: float) -> str:
        """'+7', cut to what a difference can be."""
        return points(min(max(value, -1.0), 1.0), self.decimals)

    def change_span(self, interval: Interval, joint: str = "to") -> str:
        """'+2 to +12'."""
        return points_span(interval, self.decimals, joint)

    def extent(self, value: float) -> str:
        """'1.3 points'."""
        return self.named(points(value, max(self.decimals, 1)).lstrip("+"))

    def named(self, text: str) -> str:
        """'+7 points'."""
        return f"{text} points"

    def axis(self, intervals: Sequence[Interval]) -> Axis:
        """From 0."""
        return share_axis(interval.clipped(0, 1) for interval in intervals)

    def change_axis(self, intervals: Sequence[Interval]) -> Axis:
        """About 0."""
        return difference_axis(interval.clipped(-1, 1) for interval in intervals)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Averages of a number that lies between `low` and `high`; `name` is its unit, such as 's', or empty."""

    decimals: int
    name: str
    low: float
    high: float

    @classmethod
    def fitting(cls, name: str, values: Sequence[float | None], intervals: Iterable[Interval]) -> Self:
        """With as many decimals as the narrowest interval gives reason for. `values`: what the answers stand for."""
        known = [value for value in values if value is not None]
        width = min((each.high - each.low for each in intervals if each.high > each.low), default=1.0)
        decimals = min(max(math.ceil(-math.log10(width / STEPS)), 0), MOST_DECIMALS)
        return cls(decimals, name, min(known), max(known))

    @property
    def of_difference(self) -> str:
        """The question's unit."""
        return f"in {self.name}" if self.name else ""

    def one(self, value: float) -> str:
        """'31.4'."""
        return amount(min(max(value, self.low), self.high), self.decimals)

    def span(self, interval: Interval) -> str:
        """'27.0 to 35.2', cut to what an average can be."""
        shown = interval.clipped(self.low, self.high)
        return f"{amount(shown.low, self.decimals)} to {amount(shown.high, self.decimals)}"

    def change(self, value: float) -> str:
        """'+4.2', cut to what a difference can be."""
        most = self.high - self.low
        return signed(min(max(value, -most), most), self.decimals)

    def change_span(self, interval: Interval, joint: str = "to") -> str:
        """'+1.2 to +7.3', cut to what a difference can be."""
        return f"{self.change(interval.low)} {joint} {self.change(interval.high)}"

    def extent(self, value: float) -> str:
        """'4.2 s'."""
        return self.named(amount(value, max(self.decimals, 1)))

    def named(self, text: str) -> str:
        """'+4.2 s'."""
        return f"{text} {self.name}".rstrip()

    def axis(self, intervals: Sequence[Interval]) -> Axis:
        """Not from 0: averages are points with a reach, not lengths."""
        return amount_axis(interval.clipped(self.low, self.high) for interval in intervals)

    def change_axis(self, intervals: Sequence[Interval]) -> Axis:
        """About 0."""
        most = self.high - self.low
        return change_axis(interval.clipped(-most, most) for interval in intervals)
