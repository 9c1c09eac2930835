"""Counts: clicks on targets, and events that the page names itself, with their values."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar, Final

from trimtab.messages import MAX_NAMES
from trimtab.signals.smoothing import MovingAverage
from trimtab.values import Measure, Missing

MEAN_OF: Final = 10
"""The mean of an event's values is over the last ten."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A count on the way to the next page: how often it happened, its last value, and the last ones for the mean."""

    times: int
    last: float | None
    recent: tuple[float, ...]


class Count:
    """How often one thing happened in this visit, and the values it came with. `label` is for explanations."""

    __slots__ = ("_label", "_last", "_mean", "_times")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_label"})
    _last: float | None
    _mean: MovingAverage
    _times: int

    def __init__(self, label: str) -> None:
        self._label = label
        self._times = 0
        self._last = None
        self._mean = MovingAverage(MEAN_OF)

    def update(self, value: float | None = None) -> None:
        """It happened once more."""
        self._times += 1
        if value is not None:
            self._last = value
            self._mean.update(value)

    def carry(self) -> Carried:
        """What goes on on the next page."""
        return Carried(self._times, self._last, tuple(self._mean.recent()))

    def resume(self, carried: Carried) -> None:
        """Goes on from the count of the pages before."""
        self._times, self._last = carried.times, carried.last
        for value in carried.recent:
            self._mean.update(value)

    def count(self, now_ms: float) -> Measure:
        """How often so far."""
        return Measure(self._label, "", self._times, now_ms)

    def last(self, now_ms: float) -> Measure | Missing:
        """The value that it came with last."""
        name = f"{self._label} value"
        return Missing(name, "it has had no value yet") if self._last is None else Measure(name, "", self._last, now_ms)

    def mean(self, now_ms: float) -> Measure | Missing:
        """The mean of its last ten values."""
        name = f"{self._label} mean"
        if self._last is None:
            return Missing(name, "it has had no value yet")
        return Measure(name, "", self._mean.get(), now_ms)


class Counts:
    """Counts by name, of MAX_NAMES names at most. A name that the policy has read is never forgotten.

    `dropped` counts the names that were forgotten, or not begun, for want of room.
    """

    __slots__ = ("_counts", "_read", "dropped")
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    _counts: dict[str, Count]
    _read: set[str]
    dropped: int

    def __init__(self) -> None:
        self._counts = {}
        self._read = set()
        self.dropped = 0

    def update(self, name: str, value: float | None = None) -> None:
        """It happened once more; where there is no room, it takes that of the oldest name that nobody has read."""
        if name not in self._counts and self._make_room():
            self._counts[name] = self.fresh(name)
        if name in self._counts:
            self._counts[name].update(value)

    def _make_room(self) -> bool:
        if len(self._counts) < MAX_NAMES:
            return True
        self.dropped += 1
        unread = next((name for name in self._counts if name not in self._read), None)
        if unread is None:
            return False
        del self._counts[unread]
        return True

    def carry(self) -> dict[str, Carried]:
        """What goes on on the next page, by name."""
        return {name: count.carry() for name, count in self._counts.items()}

    def resume(self, carried: Mapping[str, Carried]) -> None:
        """Goes on from the counts of the pages before."""
        for name, count in islice(carried.items(), MAX_NAMES):
            self._counts[name] = self.fresh(name)
            self._counts[name].resume(count)

    def of(self, name: str) -> Count:
        """The count of one name; of 0 if it never happened. Who reads it keeps its place."""
        if len(self._read) < MAX_NAMES:
            self._read.add(name)
        return self._counts.get(name) or self.fresh(name)

    def fresh(self, name: str) -> Count:
        """The count of something that has never happened."""
        return Count(f"event {name}")
