"""Which cell of the page held most attention: a coarse heat map of one visit, in the memory of 96 numbers.

Where somebody looks is not known. It is taken to be where the pointer was last, else the middle of the window: gaze and
cursor are in one region of the page most of the time (Huang, White, Dumais 2011), and one window is about a row.
"""

import math
from typing import ClassVar

from trimtab.scales import CELLS, GRID_COLUMNS, GRID_ROWS
from trimtab.signals.attention import MIN_ATTENDED_MS, Attention
from trimtab.values import Measure, Missing


class Grid:
    """Attended time by cell. Cells are shares of the page as it is when they are attended. `on`: somebody asks."""

    __slots__ = (
        "_attended_ms",
        "_attention",
        "_best",
        "_cell",
        "_height_px",
        "_since_ms",
        "_x",
        "_y",
        "on",
        "width_px",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_attention", "on"})
    _attended_ms: list[float]
    _best: int
    _cell: int
    _height_px: float
    _since_ms: float
    _x: float | None
    _y: float | None
    width_px: float

    def __init__(self, attention: Attention, *, on: bool) -> None:
        self.on = on
        self._attention = attention
        self._attended_ms = [0.0] * CELLS
        self._best = 0
        self._cell = 0
        self._since_ms = 0.0
        self.width_px = 0.0
        self._height_px = 0.0
        self._x = None
        self._y = None

    def measure(self, width_px: float, height_px: float) -> None:
        """Width of the window and height of the document."""
        self.width_px, self._height_px = width_px, height_px

    def point(self, x_px: float, y_px: float) -> None:
        """The pointer is there, in the window."""
        self._x, self._y = x_px, y_px

    def update(self, scrolled_px: float, window_px: float, t_ms: float) -> None:
        """Something has moved: what was attended up to now goes to the cell that it was in."""
        if not self._height_px or not self.width_px:
            return
        attended_ms = self._attention.at(t_ms)
        self._attended_ms[self._cell] += attended_ms - self._since_ms
        self._since_ms = attended_ms
        if self._attended_ms[self._cell] > self._attended_ms[self._best]:
            self._best = self._cell
        x_px = self.width_px / 2 if self._x is None else self._x
        y_px = scrolled_px + (window_px / 2 if self._y is None else self._y)
        row = _part(y_px / self._height_px, GRID_ROWS)
        self._cell = row * GRID_COLUMNS + _part(x_px / self.width_px, GRID_COLUMNS)

    def cell(self, now_ms: float) -> Measure | Missing:
        """Number of the cell, row by row from 0; of two alike the one that was there first."""
        name = "cell of most attention"
        if not self.on:
            return Missing(name, "no question asks for it")
        attended_ms, until = self._attention.at(now_ms), self._attention.runs_until(now_ms)
        if attended_ms < MIN_ATTENDED_MS:
            known_ms = now_ms + MIN_ATTENDED_MS - attended_ms if until else math.inf
            return Missing(name, f"attended for less than {MIN_ATTENDED_MS / 1000:g} s", known_ms)
        here_ms = self._attended_ms[self._cell] + attended_ms - self._since_ms
        behind_ms = self._attended_ms[self._best] - here_ms
        if behind_ms < 0 or self._cell == self._best:
            return Measure(name, "", float(self._cell), now_ms)
        return Measure(name, "", float(self._best), now_ms, until_ms=now_ms + behind_ms if until else math.inf)


def _part(share: float, parts: int) -> int:
    return min(max(int(share * parts), 0), parts - 1)
