"""Hover: a mouse that rests on a target. Touch and pen have no hover, and a finger's path says nothing about one."""

from typing import ClassVar

from trimtab.values import Measure, Missing

MOUSE = 0.0


class Hover:
    """Stays of the mouse on one target."""

    __slots__ = ("_count", "_longest_ms", "_since_ms", "_total_ms", "mouse", "name")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"name"})
    _count: int
    _longest_ms: float
    _since_ms: float | None
    _total_ms: float
    mouse: bool | None

    def __init__(self, name: str) -> None:
        self.name = name
        self.mouse = None
        self._count = 0
        self._total_ms = 0.0
        self._longest_ms = 0.0
        self._since_ms = None

    def enter(self, t_ms: float) -> None:
        """The mouse has come onto the target."""
        self.mouse = True
        if self._since_ms is None:
            self._since_ms = t_ms
            self._count += 1

    def leave(self, t_ms: float) -> None:
        """The mouse has left the target, or the page."""
        if self._since_ms is not None:
            stay_ms = t_ms - self._since_ms
            self._total_ms += stay_ms
            self._longest_ms = max(self._longest_ms, stay_ms)
            self._since_ms = None

    def count(self, now_ms: float) -> Measure | Missing:
        """How often the mouse came onto the target."""
        return self._known("hovers", "", self._count, now_ms)

    def total_s(self, now_ms: float) -> Measure | Missing:
        """Seconds on the target in all."""
        return self._known("hover time", "s", self._total_ms + self._stay_ms(now_ms), now_ms, runs=True)

    def longest_s(self, now_ms: float) -> Measure | Missing:
        """Seconds of the longest stay, the present one included."""
        stay_ms = self._stay_ms(now_ms)
        longest_ms = max(self._longest_ms, stay_ms)
        passes = self._since_ms is not None and stay_ms < self._longest_ms
        until_ms = now_ms + self._longest_ms - stay_ms if passes else float("inf")
        return self._known(
            "longest hover", "s", longest_ms, now_ms, runs=stay_ms >= self._longest_ms, until_ms=until_ms
        )

    def stay_s(self, now_ms: float) -> Measure | Missing:
        """Seconds of the present stay; 0 if the mouse is elsewhere."""
        return self._known("hover", "s", self._stay_ms(now_ms), now_ms, runs=True)

    def _stay_ms(self, now_ms: float) -> float:
        return now_ms - self._since_ms if self._since_ms is not None else 0.0

    def _known(
        self, what: str, unit: str, value: float, now_ms: float, *, runs: bool = False, until_ms: float = float("inf")
    ) -> Measure | Missing:
        name = f"{what} {self.name}"
        if not self.mouse:
            why = "no pointer has been seen" if self.mouse is None else "touch and pen do not hover"
            return Missing(name, why)
        scale = 1000 if unit == "s" else 1
        rise = 0.001 if runs and self._since_ms is not None else 0.0
        return Measure(name, unit, value / scale, now_ms, rise=rise, until_ms=until_ms)
