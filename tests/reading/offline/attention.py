"""Attention and dwell, offline."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tests.reading.geometry import WINDOW_PX
from tests.reading.offline import Flags, Numbers, Recording

IDLE_LIMIT_MS: Final = 30_000
HALF: Final = 0.5


def attention_ms(visit: Recording, now_ms: Numbers) -> Numbers:
    """Milliseconds since the start, of which none count once nothing has been scrolled for half a minute."""
    active = np.concatenate([[0.0], visit.t_ms[1:]])
    before = np.concatenate([[0.0], np.cumsum(np.minimum(np.diff(active), IDLE_LIMIT_MS))])
    latest = np.searchsorted(active, now_ms, side="right") - 1
    total: Numbers = before[latest] + np.minimum(now_ms - active[latest], IDLE_LIMIT_MS)
    return total


def attended(visit: Recording, now_ms: Numbers) -> Numbers:
    """Seconds of attention."""
    return attention_ms(visit, now_ms) / 1000


@dataclass(frozen=True, slots=True)
class Stays:
    """Times (ms) at which something came into view and at which it left; the last may not have left (infinity)."""

    begin_ms: Numbers
    end_ms: Numbers

    def lengths_ms(self, visit: Recording, now_ms: Numbers) -> Numbers:
        """Attended length of each stay (a column) up to each moment (a row); 0 where it has not begun."""
        begin, end, now = self.begin_ms[None, :], self.end_ms[None, :], now_ms[:, None]
        until = np.maximum(np.minimum(end, now), begin)
        return attention_ms(visit, until) - attention_ms(visit, begin)


def stays(visit: Recording, in_view: Flags) -> Stays:
    """Stays of what is in view after some records and not after others."""
    change = np.diff(in_view.astype(np.int8), prepend=0, append=0)
    times = np.concatenate([visit.t_ms, [np.inf]])
    return Stays(times[np.flatnonzero(change == 1)], times[np.flatnonzero(change == -1)])


@dataclass(frozen=True, slots=True)
class View:
    """Something on the page: the share of it that is in view after each record, and its height."""

    shares: Numbers
    height_px: float


def paragraph(visit: Recording, number: int) -> View:
    """One paragraph, as recorded."""
    return View(visit.shares[:, number], float(visit.heights_px[number]))


def story(visit: Recording) -> View:
    """The whole text, of which the paragraphs' parts in view are in view; mostly taller than the window."""
    height_px = float(visit.tops_px[-1] + visit.heights_px[-1] - visit.tops_px[0])
    return View(np.minimum(visit.shares @ visit.heights_px / height_px, 1.0), height_px)


def half_in_view(visit: Recording, view: View) -> Stays:
    """Stays: half of it is in view, or half a window full of it."""
    return stays(visit, (view.shares >= HALF) | (view.shares * view.height_px >= HALF * WINDOW_PX))


def dwell(visit: Recording, now_ms: Numbers, view: View) -> Numbers:
    """Attended seconds in view."""
    seconds: Numbers = half_in_view(visit, view).lengths_ms(visit, now_ms).sum(axis=1) / 1000
    return seconds


def longest_stay(visit: Recording, now_ms: Numbers, view: View) -> Numbers:
    """Attended seconds of the longest stay in view."""
    seconds: Numbers = half_in_view(visit, view).lengths_ms(visit, now_ms).max(axis=1, initial=0.0) / 1000
    return seconds


def visits(visit: Recording, now_ms: Numbers, view: View) -> Numbers:
    """Stays begun."""
    return np.searchsorted(half_in_view(visit, view).begin_ms, now_ms, side="right").astype(float)


def in_view_now(visit: Recording, now_ms: Numbers, view: View) -> Numbers:
    """Share of it that is in view."""
    shares = np.concatenate([[0.0], view.shares])
    return shares[visit.records_by(now_ms)]
