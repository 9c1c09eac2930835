"""Pace: distance per time of anything that moves, as a regular series of tenths of a second, smoothed."""

import math
from typing import ClassVar, Final

from trimtab.declared import Smoothing
from trimtab.signals.smoothing import Smoother, make_smoother
from trimtab.values import Measure

STEP_MS: Final = 100


class Pace:
    """Speed in pixels a second. Distances come as they happen; a step is closed when time has passed it."""

    __slots__ = ("_ends_ms", "_moved_px", "_smoother", "_smoothing")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_smoothing"})
    _ends_ms: float
    _moved_px: float
    _smoother: Smoother

    def __init__(self, smoothing: Smoothing) -> None:
        self._smoothing = smoothing
        self._smoother = at_rest(smoothing)
        self._ends_ms = STEP_MS
        self._moved_px = 0.0

    def move(self, px: float, t_ms: float) -> None:
        """So many pixels more at this time."""
        if t_ms >= self._ends_ms:
            self._advance(t_ms)
        self._moved_px += px

    def speed_px_s(self, name: str, now_ms: float) -> Measure:
        """The smoothed speed. It can change without any event until the movement has left the window."""
        if now_ms >= self._ends_ms:
            self._advance(now_ms)
        still = not self._moved_px and self._smoother.quiet()
        until_ms = math.inf if still else self._ends_ms
        return Measure(name, "px/s", self._smoother.get() * 1000 / STEP_MS, now_ms, until_ms=until_ms)

    def _advance(self, t_ms: float) -> None:
        """Closes the steps that are over. A rest, however long, is one leap: the smoother is as at the start."""
        while self._ends_ms <= t_ms:
            if not self._moved_px and self._smoother.settled():
                self._smoother = at_rest(self._smoothing)
                self._ends_ms = (t_ms // STEP_MS + 1) * STEP_MS
                return
            self._smoother.update(self._moved_px)
            self._moved_px = 0.0
            self._ends_ms += STEP_MS


def at_rest(smoothing: Smoothing) -> Smoother:
    """A smoother that has seen nothing move for its whole span, so that a first step is no full speed."""
    smoother = make_smoother(smoothing, STEP_MS)
    for _ in range(round(smoothing.span_ms / STEP_MS) + 1):
        smoother.update(0.0)
    return smoother
