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


def half_in_view(visit: Recording, paragraph: int) -> Stays:
    """Stays of a paragraph: half of it, or half a window full of it."""
    share = visit.shares[:, paragraph]
    px = share * visit.heights_px[paragraph]
    return stays(visit, (share >= HALF) | (px >= HALF * WINDOW_PX))


def dwell(visit: Recording, now_ms: Numbers, paragraph: int) -> Numbers:
    """Attended seconds in view."""
    seconds: Numbers = half_in_view(visit, paragraph).lengths_ms(visit, now_ms).sum(axis=1) / 1000
    return seconds


def longest_stay(visit: Recording, now_ms: Numbers, paragraph: int) -> Numbers:
    """Attended seconds of the longest stay in view."""
    seconds: Numbers = half_in_view(visit, paragraph).lengths_ms(visit, now_ms).max(axis=1, initial=0.0) / 1000
    return seconds


def visits(visit: Recording, now_ms: Numbers, paragraph: int) -> Numbers:
    """Stays begun."""
    return np.searchsorted(half_in_view(visit, paragraph).begin_ms, now_ms, side="right").astype(float)


def in_view_now(visit: Recording, now_ms: Numbers, paragraph: int) -> Numbers:
    """Share of the paragraph that is in view."""
    shares = np.concatenate([[0.0], visit.shares[:, paragraph]])
    return shares[visit.records_by(now_ms)]
