"""Approach: how far the pointer is from a target, and whether it hesitates there.

To hesitate is to be near with a mouse (within NEAR_PX of the target's box, or on it), slow or at rest, without a
click. The attended seconds of that are the signal. A click on the target ends it, and so does leaving, a quick
movement, a page that is hidden, and a page that is scrolled away under the mouse; scrolling begins none. A target that
moves by itself is measured anew with the next movement.
"""

from typing import ClassVar, Final

from trimtab.signals.attention import Attention
from trimtab.signals.pointer import length
from trimtab.values import Measure, Missing

NEAR_PX: Final = 100
"""About the width of a large button: nearer than that, the next movement could reach it (Fitts 1954)."""
SLOW_PX_S: Final = 150
"""Aimed movements peak at about ten times this speed; below it a hand waits or trembles. The number is ours."""
REST_MS: Final = 300
"""A pointer of which nothing is heard for so long after a quick movement rests. Longer than between two events of one
movement, which come once a frame; ours."""


class Approach:
    """The pointer's distance from one target, and the time it has hesitated near it."""

    __slots__ = (
        "_at",
        "_attention",
        "_columns",
        "_distance_px",
        "_hesitates_since_ms",
        "_moved_ms",
        "_nearer_px",
        "_rows",
        "_spent_ms",
        "mouse",
        "name",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_attention", "name"})
    _at: tuple[float, float] | None
    _columns: tuple[float, float] | None
    _distance_px: float | None
    _hesitates_since_ms: float | None
    _moved_ms: float
    _nearer_px: float | None
    _rows: tuple[float, float] | None
    _spent_ms: float
    mouse: bool

    def __init__(self, name: str, attention: Attention) -> None:
        self.name = name
        self.mouse = True
        self._attention = attention
        self._at = None
        self._rows = None
        self._columns = None
        self._distance_px = None
        self._nearer_px = None
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
        """The pointer has moved to this place of the document."""
        if self._rows is None or self._columns is None:
            return
        before_px, self._distance_px = self._distance_px, self._from(x_px, y_px)
        self._nearer_px = None if before_px is None else before_px - self._distance_px
        slow = self._at is not None and self._is_slow(length(x_px - self._at[0], y_px - self._at[1]), t_ms)
        self._at, self._moved_ms = (x_px, y_px), t_ms
        if self._distance_px > NEAR_PX or not self.mouse:
            self.end(t_ms)
        elif not slow:
            self.end(t_ms)
            self._hesitates_since_ms = self._attention.at(t_ms) + REST_MS
        else:
            attention_ms = self._attention.at(t_ms)
            since_ms = self._hesitates_since_ms
            self._hesitates_since_ms = attention_ms if since_ms is None else min(since_ms, attention_ms)

    def scroll(self, y_px: float, t_ms: float) -> None:
        """The page has been scrolled: a mouse that stands still is now in this row of the document."""
        if self._at is None:
            return
        x_px, _ = self._at = self._at[0], y_px
        self._distance_px = self._from(x_px, y_px)
        if self._distance_px > NEAR_PX:
            self.end(t_ms)

    def begin(self, t_ms: float, *, mouse: bool) -> None:
        """A new stroke, or another kind of pointer: the way to it from the last place was not moved."""
        self.end(t_ms)
        self.mouse = mouse
        self._at = self._distance_px = self._nearer_px = None

    def end(self, t_ms: float) -> None:
        """Whatever hesitation there was is over."""
        if self._hesitates_since_ms is not None:
            self._spent_ms += max(self._attention.at(t_ms) - self._hesitates_since_ms, 0.0)
            self._hesitates_since_ms = None

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
        if self._nearer_px is None:
            return Missing(name, "the pointer has not moved since the target was measured")
        return Measure(name, "px", self._nearer_px, now_ms)

    def hesitation_s(self, now_ms: float) -> Measure | Missing:
        """Attended seconds of hesitation near the target since its last click."""
        name = f"hesitation at {self.name}"
        if not self.mouse:
            return Missing(name, "touch and pen do not hover")
        if self._distance_px is None:
            return Missing(name, self._why_unknown())
        if self._hesitates_since_ms is None:
            return Measure(name, "s", self._spent_ms / 1000, now_ms)
        stay_ms = self._attention.at(now_ms) - self._hesitates_since_ms
        if stay_ms < 0:  # it has just come, and may still be moving
            return Measure(name, "s", self._spent_ms / 1000, now_ms, until_ms=now_ms - stay_ms)
        return self._attention.stopwatch(name, self._spent_ms + stay_ms, now_ms)

    def _why_unknown(self) -> str:
        measured = self._rows is not None and self._columns is not None
        return "no pointer has been seen" if measured else "its place has not been measured"

    def _from(self, x_px: float, y_px: float) -> float:
        """The distance from a place of the document to the nearest edge; 0 on it."""
        if self._rows is None or self._columns is None:
            return 0.0
        (top, bottom), (left, right) = self._rows, self._columns
        aside_px = left - x_px if x_px < left else x_px - right if x_px > right else 0.0
        above_px = top - y_px if y_px < top else y_px - bottom if y_px > bottom else 0.0
        return length(aside_px, above_px)

    def _is_slow(self, moved_px: float, t_ms: float) -> bool:
        """Whether the last movement was. After a rest it was made at the end of it, not in all that time."""
        took_ms = min(max(t_ms - self._moved_ms, 1.0), REST_MS)
        return moved_px * 1000 <= SLOW_PX_S * took_ms
