"""Scrolling: speed and depth."""

import math
from typing import Final

from trimtab.values import Measure, Missing

WINDOW_MS: Final = 2_000
"""Speed is a moving average over two seconds, so that the pauses between turns of a wheel belong to it."""
BUCKET_MS: Final = 100
BUCKETS: Final = WINDOW_MS // BUCKET_MS
JUMP_WINDOWS: Final = 1.5
"""A single movement by more than this many window heights is a jump (anchor, End key, restored position)."""


class Scroll:
    """Scroll speed as a moving average in constant memory, and how deep the visitor has been."""

    __slots__ = ("_buckets", "_deepest_px", "_document_px", "_first_ms", "_newest", "_y_px", "viewport_px")

    def __init__(self) -> None:
        self._buckets = [0.0] * BUCKETS
        self._newest = 0
        self._first_ms: float | None = None
        self._y_px = 0.0
        self._deepest_px = 0.0
        self._document_px = 0.0
        self.viewport_px = 0.0

    @property
    def y_px(self) -> float:
        """Where the top edge of the window stands in the document."""
        return self._y_px

    def measure_page(self, viewport_px: float, document_px: float, t_ms: float) -> None:
        """Heights of the window and of the document; the first call starts the watch."""
        if self._first_ms is None:
            self._first_ms = t_ms
        self.viewport_px = viewport_px
        self._document_px = document_px
        self._deepest_px = max(self._deepest_px, self._bottom_px())

    def resize(self, viewport_px: float, t_ms: float) -> None:
        """A new height of the window."""
        self.measure_page(viewport_px, self._document_px, t_ms)

    def grow(self, document_px: float, t_ms: float) -> None:
        """A new height of the document."""
        self.measure_page(self.viewport_px, document_px, t_ms)

    def update(self, y_px: float, t_ms: float) -> None:
        """The window has been scrolled to `y_px`."""
        moved = abs(y_px - self._y_px)
        self._y_px = y_px
        self._deepest_px = max(self._deepest_px, self._bottom_px())
        self._turn_to(int(t_ms // BUCKET_MS))
        if moved <= JUMP_WINDOWS * self.viewport_px or not self.viewport_px:
            self._buckets[self._newest % BUCKETS] += moved

    def speed_px_s(self, now_ms: float) -> Measure | Missing:
        """Moving average of the distance scrolled, whichever way, in pixels a second."""
        name = "scroll speed"
        if self._first_ms is None:
            return Missing(name, "the page has not been measured")
        if now_ms < (known_ms := self._first_ms + WINDOW_MS):
            return Missing(name, f"watched for less than {WINDOW_MS / 1000:g} s", known_ms)
        self._turn_to(int(now_ms // BUCKET_MS))
        moved = math.fsum(self._buckets)
        return Measure(name, "px/s", moved * 1000 / WINDOW_MS, now_ms, until_ms=self._next_change_ms())

    def depth(self, now_ms: float) -> Measure | Missing:
        """Share of the document that has been above the window's bottom edge, 0..1."""
        return self._share("scroll depth", self._deepest_px, now_ms)

    def position(self, now_ms: float) -> Measure | Missing:
        """Share of the document that is above the window's bottom edge now, 0..1."""
        return self._share("scroll position", self._bottom_px(), now_ms)

    def _share(self, name: str, px: float, now_ms: float) -> Measure | Missing:
        if not self._document_px:
            return Missing(name, "the page has not been measured")
        return Measure(name, "", min(px / self._document_px, 1.0), now_ms)

    def _bottom_px(self) -> float:
        return self._y_px + self.viewport_px

    def _turn_to(self, bucket: int) -> None:
        """Empties the buckets between the newest one and this one."""
        for step in range(self._newest + 1, min(bucket, self._newest + BUCKETS) + 1):
            self._buckets[step % BUCKETS] = 0.0
        if bucket > self._newest + BUCKETS:
            self._buckets = [0.0] * BUCKETS
        self._newest = max(bucket, self._newest)

    def _next_change_ms(self) -> float:
        """When the oldest distance falls out of the window; never, if nothing has been scrolled in it."""
        for age in range(BUCKETS - 1, -1, -1):
            if self._buckets[(self._newest - age) % BUCKETS]:
                return (self._newest - age + BUCKETS) * BUCKET_MS
        return math.inf
