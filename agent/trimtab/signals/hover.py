"""Hover: a mouse that rests on a target. Touch and pen have no hover, and a finger's path says nothing about one.

Time counts while there is attention. Without it nobody hovers, wherever the mouse was left; a visitor who comes back to
a mouse that still lies there goes on with that stay.
"""

import math
from typing import ClassVar

from trimtab.signals.attention import Attention
from trimtab.values import Measure, Missing

MOUSE = 0.0


class Hover:
    """Stays of the mouse on one target."""

    __slots__ = ("_attention", "_count", "_longest_ms", "_on", "_since_ms", "_total_ms", "mouse", "name")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_attention", "name"})
    _count: int
    _longest_ms: float
    _on: bool
    _since_ms: float | None
    _total_ms: float
    mouse: bool | None

    def __init__(self, name: str, attention: Attention) -> None:
        self.name = name
        self.mouse = None
        self._attention = attention
        self._on = False
        self._count = 0
        self._total_ms = 0.0
        self._longest_ms = 0.0
        self._since_ms = None

    def enter(self, t_ms: float) -> None:
        """The mouse has come onto the target. After a touch it counts once the mouse moves there."""
        self._on = True
        if self.mouse is None:
            self.mouse = True
        self._begin(t_ms)

    def point(self, t_ms: float, *, mouse: bool) -> None:
        """Another kind of pointer has moved than before."""
        self.mouse = mouse
        if mouse:
            self._begin(t_ms)
        else:
            self.leave(t_ms)

    def leave(self, t_ms: float) -> None:
        """The mouse has left the target, or the page."""
        self._on = False
        if self._since_ms is not None:
            stay_ms = self._attention.at(t_ms) - self._since_ms
            self._total_ms += stay_ms
            self._longest_ms = max(self._longest_ms, stay_ms)
            self._since_ms = None

    def count(self, now_ms: float) -> Measure | Missing:
        """How often the mouse came onto the target."""
        return self._known("hovers", "", self._count, now_ms)

    def total_s(self, now_ms: float) -> Measure | Missing:
        """Attended seconds on the target in all."""
        return self._known("hover time", "s", self._total_ms + self._stay_ms(now_ms), now_ms, runs=True)

    def longest_s(self, now_ms: float) -> Measure | Missing:
        """Attended seconds of the longest stay, the present one included."""
        stay_ms = self._stay_ms(now_ms)
        longest_ms = max(self._longest_ms, stay_ms)
        passes = self._since_ms is not None and stay_ms < self._longest_ms
        until_ms = now_ms + self._longest_ms - stay_ms if passes else math.inf
        return self._known("longest hover", "s", longest_ms, now_ms, runs=not passes, until_ms=until_ms)

    def stay_s(self, now_ms: float) -> Measure | Missing:
        """Attended seconds of the present stay; 0 if the mouse is elsewhere, or the visitor."""
        there = self._attention.runs_until(now_ms) is not None
        return self._known("hover", "s", self._stay_ms(now_ms) if there else 0.0, now_ms, runs=True)

    def _begin(self, t_ms: float) -> None:
        if self._on and self.mouse and self._since_ms is None:
            self._since_ms = self._attention.at(t_ms)
            self._count += 1

    def _stay_ms(self, now_ms: float) -> float:
        return self._attention.at(now_ms) - self._since_ms if self._since_ms is not None else 0.0

    def _known(
        self, what: str, unit: str, value: float, now_ms: float, *, runs: bool = False, until_ms: float = math.inf
    ) -> Measure | Missing:
        name = f"{what} {self.name}"
        if not self.mouse:
            why = "no pointer has been seen" if self.mouse is None else "touch and pen do not hover"
            return Missing(name, why)
        scale = 1000 if unit == "s" else 1
        stops_ms = self._attention.runs_until(now_ms) if self._since_ms is not None else None
        if unit != "s" or stops_ms is None:  # nothing runs
            return Measure(name, unit, value / scale, now_ms)
        return Measure(name, unit, value / scale, now_ms, rise=0.001 if runs else 0.0, until_ms=min(until_ms, stops_ms))
