"""Scrolling: speed, depth, turns, pauses."""

from typing import Final

from trimtab.declared import Smoothing
from trimtab.signals.pace import Pace
from trimtab.values import Measure, Missing

WATCH_MS: Final = 2_000
"""A speed is known after two seconds of watching: before that, one turn of the wheel would be all there is."""
MEDIAN: Final = Smoothing("windowed-median", 2_000)
JUMP_WINDOWS: Final = 1.5
"""A single movement by more than this many window heights is a jump (anchor, End key, restored position)."""
PAUSE_MS: Final = 2_000
TURN_PX: Final = 40
"""Less than two lines back is a correction of the hand, not a change of direction."""


class Scroll:
    """How the page is scrolled, in constant memory."""

    __slots__ = (
        "_anchor_px",
        "_deepest_px",
        "_direction",
        "_document_px",
        "_first_ms",
        "_last_ms",
        "_median",
        "_pace",
        "_pauses",
        "_turns",
        "path_px",
        "viewport_px",
        "y_px",
    )

    def __init__(self, smoothing: Smoothing) -> None:
        self.y_px = 0.0
        self.viewport_px = 0.0
        self.path_px = 0.0
        self._pace = Pace(smoothing)
        self._median = Pace(MEDIAN)
        self._first_ms: float | None = None
        self._last_ms: float | None = None
        self._deepest_px = 0.0
        self._document_px = 0.0
        self._direction = 0
        self._anchor_px = 0.0
        self._turns = 0
        self._pauses = 0

    def measure_page(self, viewport_px: float, document_px: float, t_ms: float) -> None:
        """Heights of the window and of the document; the first call starts the watch."""
        if self._first_ms is None:
            self._first_ms = t_ms
        self.viewport_px = viewport_px
        self._document_px = document_px
        self._deepest_px = max(self._deepest_px, self.y_px + self.viewport_px)

    def resize(self, viewport_px: float, t_ms: float) -> None:
        """A new height of the window."""
        self.measure_page(viewport_px, self._document_px, t_ms)

    def grow(self, document_px: float, t_ms: float) -> None:
        """A new height of the document."""
        self.measure_page(self.viewport_px, document_px, t_ms)

    def update(self, y_px: float, t_ms: float) -> None:
        """The window has been scrolled to `y_px`."""
        moved_px = abs(y_px - self.y_px)
        self._pauses += self._last_ms is not None and t_ms - self._last_ms >= PAUSE_MS
        self._last_ms = t_ms
        self.y_px = y_px
        self._deepest_px = max(self._deepest_px, y_px + self.viewport_px)
        if moved_px <= JUMP_WINDOWS * self.viewport_px or not self.viewport_px:
            self._pace.move(moved_px, t_ms)
            self._median.move(moved_px, t_ms)
            self.path_px += moved_px
            self._turn(y_px)
        else:
            self._anchor_px = y_px

    def speed_px_s(self, now_ms: float) -> Measure | Missing:
        """Distance scrolled per second, whichever way, smoothed as the policy says."""
        return self._speed(self._pace, "scroll speed", now_ms)

    def median_speed_px_s(self, now_ms: float) -> Measure | Missing:
        """Median over two seconds: 0 while the visitor rests more than they scroll."""
        return self._speed(self._median, "median scroll speed", now_ms)

    def depth(self, now_ms: float) -> Measure | Missing:
        """Share of the document that has been above the window's bottom edge, 0..1."""
        return self._share("scroll depth", self._deepest_px, now_ms)

    def position(self, now_ms: float) -> Measure | Missing:
        """Share of the document that is above the window's bottom edge now, 0..1."""
        return self._share("scroll position", self.y_px + self.viewport_px, now_ms)

    def turns(self, now_ms: float) -> Measure:
        """Changes of direction in this visit."""
        return Measure("scroll turns", "", self._turns, now_ms)

    def pauses(self, now_ms: float) -> Measure:
        """Rests of two seconds or more between two movements."""
        return Measure("scroll pauses", "", self._pauses, now_ms)

    def idle_s(self, now_ms: float) -> Measure | Missing:
        """Seconds since the last movement."""
        if self._last_ms is None:
            return Missing("scroll idle", "nothing has been scrolled yet")
        return Measure("scroll idle", "s", (now_ms - self._last_ms) / 1000, now_ms, rise=0.001)

    def _speed(self, pace: Pace, name: str, now_ms: float) -> Measure | Missing:
        if self._first_ms is None:
            return Missing(name, "the page has not been measured")
        if now_ms < (known_ms := self._first_ms + WATCH_MS):
            return Missing(name, f"watched for less than {WATCH_MS / 1000:g} s", known_ms)
        return pace.speed_px_s(name, now_ms)

    def _share(self, name: str, px: float, now_ms: float) -> Measure | Missing:
        if not self._document_px:
            return Missing(name, "the page has not been measured")
        return Measure(name, "", min(px / self._document_px, 1.0), now_ms)

    def _turn(self, y_px: float) -> None:
        """Counts a change of direction once it has gone TURN_PX the other way."""
        heading = 1 if y_px > self._anchor_px else -1
        if heading == self._direction:
            self._anchor_px = y_px
        elif abs(y_px - self._anchor_px) >= TURN_PX:
            self._turns += self._direction != 0
            self._direction, self._anchor_px = heading, y_px
