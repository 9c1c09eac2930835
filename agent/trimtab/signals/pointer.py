"""The pointer: how fast and how straight it goes, and whether it hesitates near a target.

Positions are CSS pixels of the window. Straightness is the distance between the ends of the recent path over its
length; 1 is a straight line. Flips are turns of the horizontal direction, as in the literature on uncertainty in
mouse paths (Freeman and Ambady 2010, x-flips).

A path is one stroke: what lies between a lifted finger and the next touch, or between a mouse and a finger, was not
moved, and counts neither as path nor as speed.
"""

import math
from collections import deque
from itertools import pairwise
from typing import ClassVar, Final

from trimtab.declared import Smoothing
from trimtab.signals.hover import MOUSE
from trimtab.signals.pace import Pace
from trimtab.values import Measure, Missing

RECENT_MS: Final = 2_000
RECENT_POINTS: Final = 256
"""Two seconds of a pointer that is sampled once a frame, on a screen of 120 Hz."""
STROKE_MS: Final = 500
"""A finger or pen of which nothing was heard for longer has been lifted: a browser does not tell us. Ours."""
TREMOR_PX: Final = 3
"""Shorter movements change no direction: a resting hand trembles."""


class Pointer:
    """The path of the pointer, in constant memory: the last points of the last two seconds."""

    __slots__ = ("_pace", "_path_px", "_points", "kind")
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    _pace: Pace
    _path_px: float
    _points: deque[tuple[float, float, float]]
    kind: float | None

    def __init__(self, smoothing: Smoothing) -> None:
        self.kind = None
        self._pace = Pace(smoothing)
        self._path_px = 0.0
        self._points = deque(maxlen=RECENT_POINTS)

    @property
    def at(self) -> tuple[float, float] | None:
        """Where the pointer is in the window, if it has been seen."""
        return self._points[-1][1:] if self._points else None

    def begins(self, kind: float, t_ms: float) -> bool:
        """Whether a point of this kind now is the first of a stroke: of all, of another kind, or after a lift."""
        return kind != self.kind or (kind != MOUSE and t_ms - self._points[-1][0] > STROKE_MS)

    def update(self, x_px: float, y_px: float, kind: float, t_ms: float) -> None:
        """The pointer has moved; `kind` is 0 for a mouse, 1 for touch, 2 for a pen."""
        points = self._points
        if self.begins(kind, t_ms):
            points.clear()
        self.kind = kind
        if points:
            _, x, y = points[-1]
            moved_px = length(x_px - x, y_px - y)
            self._pace.move(moved_px, t_ms)
            self._path_px += moved_px
        points.append((t_ms, x_px, y_px))
        while points[0][0] <= t_ms - RECENT_MS:
            points.popleft()

    def speed_px_s(self, now_ms: float) -> Measure | Missing:
        """Pixels a second, smoothed as the policy says."""
        if self.kind is None:
            return Missing("pointer speed", "no pointer has been seen")
        return self._pace.speed_px_s("pointer speed", now_ms)

    def path_px(self, now_ms: float) -> Measure | Missing:
        """Length of all strokes in this visit."""
        if self.kind is None:
            return Missing("pointer path", "no pointer has been seen")
        return Measure("pointer path", "px", self._path_px, now_ms)

    def straightness(self, now_ms: float) -> Measure | Missing:
        """Straightness of the last two seconds, 0..1."""
        points = self._recent(now_ms)
        steps = pairwise(points)
        path_px = sum(length(b[1] - a[1], b[2] - a[2]) for a, b in steps)
        if path_px <= TREMOR_PX:
            return Missing("pointer straightness", "the pointer has hardly moved in the last 2 s")
        ends_px = length(points[-1][1] - points[0][1], points[-1][2] - points[0][2])
        return Measure("pointer straightness", "", ends_px / path_px, now_ms, until_ms=points[0][0] + RECENT_MS)

    def flips(self, now_ms: float) -> Measure | Missing:
        """Turns of the horizontal direction in the last two seconds."""
        points = self._recent(now_ms)
        if not points:
            return Missing("pointer flips", "the pointer has not moved in the last 2 s")
        turns, direction, anchor = 0, 0, points[0][1]
        for _, x, _ in points[1:]:
            if abs(x - anchor) <= TREMOR_PX:
                continue
            heading = 1 if x > anchor else -1
            turns += direction not in (0, heading)
            direction, anchor = heading, x
        return Measure("pointer flips", "", turns, now_ms, until_ms=points[0][0] + RECENT_MS)

    def idle_s(self, now_ms: float) -> Measure | Missing:
        """Seconds since the pointer last moved."""
        if not self._points:
            return Missing("pointer idle", "no pointer has been seen")
        return Measure("pointer idle", "s", (now_ms - self._points[-1][0]) / 1000, now_ms, rise=0.001)

    def _recent(self, now_ms: float) -> list[tuple[float, float, float]]:
        return [point for point in self._points if point[0] > now_ms - RECENT_MS]


def length(x: float, y: float) -> float:
    """Euclidean length; by sqrt alone, which is the same everywhere, unlike hypot."""
    return math.sqrt(x * x + y * y)
