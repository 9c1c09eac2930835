"""Dwell: attended time in which a target is in view."""

from typing import Final

from trimtab.signals.attention import Attention
from trimtab.values import Measure

IN_VIEW_SHARE: Final = 0.5
"""In view is half of the target, or half of the window full of it if the target is taller (the half that the Media
Rating Council's viewability guideline asks of an advertisement, with the exception that tall content needs)."""


class Dwell:
    """Attended time and visits of one target."""

    __slots__ = ("_attended_ms", "_height_px", "_since_ms", "_visits", "name", "share")

    def __init__(self, name: str) -> None:
        self.name = name
        self.share = 0.0
        self._height_px = 0.0
        self._attended_ms = 0.0
        self._since_ms: float | None = None
        self._visits = 0

    def measure(self, height_px: float) -> None:
        """The target's height, which decides when it counts as in view."""
        self._height_px = height_px

    def update(self, share: float, viewport_px: float, attention_ms: float) -> None:
        """`share` of the target is in view now; `attention_ms` is the reading of the attention stopwatch."""
        self.share = share
        half_a_window = bool(viewport_px) and share * self._height_px >= IN_VIEW_SHARE * viewport_px
        in_view = share >= IN_VIEW_SHARE or half_a_window
        if in_view and self._since_ms is None:
            self._since_ms = attention_ms
            self._visits += 1
        elif not in_view and self._since_ms is not None:
            self._attended_ms += attention_ms - self._since_ms
            self._since_ms = None

    def attended_ms(self, attention_ms: float) -> float:
        """Attended time so far."""
        return self._attended_ms + (attention_ms - self._since_ms if self._since_ms is not None else 0.0)

    def attended_s(self, attention: Attention, now_ms: float) -> Measure:
        """Attended time as a measure; it runs while the target is in view and attended."""
        spent = self.attended_ms(attention.at(now_ms))
        return attention.stopwatch(f"dwell {self.name}", spent, now_ms, running=self._since_ms is not None)

    def visits(self, now_ms: float) -> Measure:
        """How often the target came into view."""
        return Measure(f"visits {self.name}", "", self._visits, now_ms)

    def visible(self, now_ms: float) -> Measure:
        """Share of the target that is in view now, 0..1."""
        return Measure(f"visible {self.name}", "", self.share, now_ms)
