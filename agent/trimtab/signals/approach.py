"""Approach: how far the pointer is from a target, and whether it hesitates there.

To hesitate is to come near (within NEAR_PX of the target's box, or onto it), slowly, and to stay there without a
click. The seconds of that are the signal; a click on the target, or leaving, ends it.
"""

from typing import ClassVar, Final

from trimtab.signals.pointer import length
from trimtab.values import Measure, Missing

NEAR_PX: Final = 100
"""About the width of a large button: nearer than that, the next movement could reach it (Fitts 1954)."""
SLOW_PX_S: Final = 150
"""Aimed movements peak at about ten times this speed; below it a hand waits or trembles. The number is ours."""


class Approach:
    """The pointer's distance from one target, and the time it has hesitated near it."""

    __slots__ = (
        "_before_px",
        "_columns",
        "_distance_px",
        "_hesitates_since_ms",
        "_moved_ms",
        "_rows",
        "_spent_ms",
        "name",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset({"name"})
    _before_px: float | None
    _columns: tuple[float, float] | None
    _distance_px: float | None
    _hesitates_since_ms: float | None
    _moved_ms: float
    _rows: tuple[float, float] | None
    _spent_ms: float

    def __init__(self, name: str) -> None:
        self.name = name
        self._rows = None
        self._columns = None
        self._distance_px = None
        self._before_px = None
        self._moved_ms = 0.0
        self._hesitates_since_ms = None
        self._spent_ms = 0.0

    def measure_height(self, top_px: float, height_px: float) -> None:
        """Where the target stands in the document from top to bottom."""
        self._rows = (top_px, top_px + height_px)

    def measure_width(self, left_px: float, width_px: float) -> None:
        """Where the target stands from left to right."""
        self._columns = (left_px, left_px + width_px)

    def update(self, x_px: float, y_px: float, t_ms: float) -> None:
        """The pointer is at this place of the document now."""
        if self._rows is None or self._columns is None:
            return
        (top, bottom), (left, right) = self._rows, self._columns
        aside_px = left - x_px if x_px < left else x_px - right if x_px > right else 0.0
        above_px = top - y_px if y_px < top else y_px - bottom if y_px > bottom else 0.0
        away_px = length(aside_px, above_px)
        elapsed_ms, self._moved_ms = t_ms - self._moved_ms, t_ms
        before_px, self._before_px, self._distance_px = self._distance_px, self._distance_px, away_px
        if away_px > NEAR_PX:
            self._end(t_ms)
        elif self._hesitates_since_ms is None and before_px is not None:
            slow = abs(away_px - before_px) * 1000 <= SLOW_PX_S * max(elapsed_ms, 1.0)
            self._hesitates_since_ms = t_ms if slow else None

    def click(self, t_ms: float) -> None:
        """The target has been clicked: the visitor has made up their mind."""
        self._hesitates_since_ms = None
        self._spent_ms = 0.0
        self._moved_ms = t_ms

    def distance_px(self, now_ms: float) -> Measure | Missing:
        """From the pointer to the nearest edge of the target; 0 on it."""
        name = f"distance to {self.name}"
        if self._distance_px is None:
            return Missing(name, self._why_unknown())
        return Measure(name, "px", self._distance_px, now_ms)

    def approach_px(self, now_ms: float) -> Measure | Missing:
        """How much nearer the last movement brought the pointer; below 0 it went away."""
        name = f"approach to {self.name}"
        if self._distance_px is None or self._before_px is None:
            return Missing(name, "the pointer has not moved since the target was measured")
        return Measure(name, "px", self._before_px - self._distance_px, now_ms)

    def hesitation_s(self, now_ms: float) -> Measure | Missing:
        """Seconds of hesitation near the target since its last click."""
        name = f"hesitation at {self.name}"
        if self._distance_px is None:
            return Missing(name, self._why_unknown())
        running = self._hesitates_since_ms is not None
        spent_ms = self._spent_ms + (now_ms - self._hesitates_since_ms if self._hesitates_since_ms is not None else 0.0)
        return Measure(name, "s", spent_ms / 1000, now_ms, rise=0.001 if running else 0.0)

    def _why_unknown(self) -> str:
        measured = self._rows is not None and self._columns is not None
        return "no pointer has been seen" if measured else "its place has not been measured"

    def _end(self, t_ms: float) -> None:
        if self._hesitates_since_ms is not None:
            self._spent_ms += t_ms - self._hesitates_since_ms
            self._hesitates_since_ms = None
