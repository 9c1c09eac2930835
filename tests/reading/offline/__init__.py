"""The same signals computed a second time, offline: whole arrays at once, from the definitions, not from the core.

Every function takes a `Recording` and moments (ms, sorted) and gives one number for each, NaN where nothing is known
yet. Where the core keeps running sums and states, these look at all records up to the moment.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from tests.reading.geometry import WINDOW_PX, layout_of
from tests.reading.people import Person

type Numbers = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]
type Indices = npt.NDArray[np.int64]

JUMP_PX: Final = 1.5 * WINDOW_PX
PLACED_BY_MS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Recording:
    """One person's visit as arrays; record 0 is the page as it was shown. `shares` has a row a record and a column a
    paragraph."""

    t_ms: Numbers
    y_px: Numbers
    shares: Numbers
    tops_px: Indices
    heights_px: Indices
    document_px: int

    @property
    def end_ms(self) -> float:
        """The last record's time."""
        return float(self.t_ms[-1])

    @property
    def moved_px(self) -> Numbers:
        """How far each record is from the one before, whichever way."""
        return np.abs(np.diff(self.y_px, prepend=0.0))

    @property
    def placed(self) -> Flags:
        """Which records are the page taking its place: the one that it was shown with, and those of its first second,
        because nothing by hand but scrolling was recorded that could have come before them."""
        early: Flags = self.t_ms < PLACED_BY_MS
        early[0] = True
        return early

    @property
    def jumps(self) -> Flags:
        """Which records came by no movement: the page's place, or a way too long for a wheel. Nobody clicked."""
        return self.placed | (self.moved_px > JUMP_PX)

    @property
    def scrolls_ms(self) -> Numbers:
        """When somebody scrolled, jumps included."""
        return self.t_ms[~self.placed]

    def records_by(self, now_ms: Numbers) -> Indices:
        """How many records there are up to each moment."""
        return np.searchsorted(self.t_ms, now_ms, side="right")


@cache
def recording_of(person: Person) -> Recording:
    """The arrays of this person's visit."""
    layout = layout_of(person)
    count = len(layout.tops_px)
    shares = np.array([[row.get(number, 0.0) for number in range(count)] for row in person.shares])
    tops, heights = np.array(layout.tops_px), np.array(layout.heights_px)
    return Recording(np.array(person.t_ms), np.array(person.y_px), shares, tops, heights, layout.document_px)
