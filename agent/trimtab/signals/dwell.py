"""Dwell: attended time in which a target is in view."""

from typing import ClassVar, Final

from trimtab.signals.attention import Attention
from trimtab.values import Measure

IN_VIEW_SHARE: Final = 0.5
"""In view is half of the target, or, of a target taller than the window, half a window full of it. Half is what the
Media Rating Council's guideline for viewable impressions asks (2014, 50 % of the pixels)."""


class Dwell:
    """Attended time and visits of one target. `share` is how much of it is in view now, 0..1."""

    __slots__ = ("_attended_ms", "_attention", "_height_px", "_longest_ms", "_since_ms", "_visits", "name", "share")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_attention", "name"})
    _attended_ms: float
    _height_px: float
    _longest_ms: float
    _since_ms: float | None
    _visits: int
    share: float

    def __init__(self, name: str, attention: Attention) -> None:
        self.name = name
        self.share = 0.0
        self._attention = attention
        self._height_px = 0.0
        self._attended_ms = 0.0
        self._longest_ms = 0.0
        self._since_ms = None
        self._visits = 0

    def measure(self, height_px: float) -> None:
        """The target's height, which decides when it counts as in view."""
        self._height_px = height_px

    def update(self, viewport_px: float, t_ms: float) -> None:
        """Looks whether the target is in view now, in a window of this height."""
        half_a_window = bool(viewport_px) and self.share * self._height_px >= IN_VIEW_SHARE * viewport_px
        in_view = self.share >= IN_VIEW_SHARE or half_a_window
        if in_view == (self._since_ms is not None):
            return
        attention_ms = self._attention.at(t_ms)
        if self._since_ms is None:
            self._since_ms = attention_ms
            self._visits += 1
        else:
            self._attended_ms += attention_ms - self._since_ms
            self._longest_ms = max(self._longest_ms, attention_ms - self._since_ms)
            self._since_ms = None

    def attended_s(self, now_ms: float) -> Measure:
        """Attended time; it runs while the target is in view and attended."""
        spent_ms, running = self._attended_ms, self._since_ms is not None
        if self._since_ms is not None:
            spent_ms += self._attention.at(now_ms) - self._since_ms
        return self._attention.stopwatch(f"dwell {self.name}", spent_ms, now_ms, running=running)

    def longest_s(self, now_ms: float) -> Measure:
        """The longest stay, the present one included."""
        stay_ms = self._attention.at(now_ms) - self._since_ms if self._since_ms is not None else 0.0
        running = self._since_ms is not None and stay_ms >= self._longest_ms
        longest_ms = max(stay_ms, self._longest_ms)
        measure = self._attention.stopwatch(f"longest stay {self.name}", longest_ms, now_ms, running=running)
        if self._since_ms is None or running or (stops_ms := self._attention.runs_until(now_ms)) is None:
            return measure
        passes_ms = now_ms + self._longest_ms - stay_ms
        return measure._replace(until_ms=passes_ms) if passes_ms < stops_ms else measure

    def visits(self, now_ms: float) -> Measure:
        """How often the target came into view."""
        return Measure(f"visits {self.name}", "", self._visits, now_ms)

    def visible(self, now_ms: float) -> Measure:
        """Share of the target that is in view now, 0..1."""
        return Measure(f"visible {self.name}", "", self.share, now_ms)
