"""Scrolling, offline."""

from typing import Final

import numpy as np

from tests.reading.geometry import WINDOW_PX
from tests.reading.offline import Numbers, Recording
from tests.reading.offline.attention import attention_ms

STEP_MS: Final = 100
WATCH_MS: Final = 2_000
PAUSE_MS: Final = 2_000
TURN_PX: Final = 40
SEARCH_TURN_PX: Final = 200
SEARCH_TURNS: Final = 6
SEARCH_MS: Final = 10_000


def distances(visit: Recording, until_ms: float) -> Numbers:
    """Pixels moved in each tenth of a second from the start, whichever way; jumps are not movement."""
    moved = np.where(visit.jumps, 0.0, visit.moved_px)
    steps = (visit.t_ms // STEP_MS).astype(np.int64)
    return np.bincount(steps, weights=moved, minlength=int(until_ms // STEP_MS) + 1)


def windows(visit: Recording, now_ms: Numbers, span_ms: float) -> Numbers:
    """For each moment a row: the pixels of the tenths of a second that are over, for as long as the span."""
    size = round(span_ms / STEP_MS)
    series = np.concatenate([np.zeros(size), distances(visit, float(now_ms.max()))])
    rows = np.lib.stride_tricks.sliding_window_view(series, size)
    chosen: Numbers = rows[(now_ms // STEP_MS).astype(np.int64)]
    return chosen


def speed(visit: Recording, now_ms: Numbers, span_ms: float = 2_000) -> Numbers:
    """Pixels a second, mean over the span; known two seconds after the start."""
    mean = windows(visit, now_ms, span_ms).mean(axis=1) * 1000 / STEP_MS
    return np.where(now_ms < WATCH_MS, np.nan, mean)


def median_speed(visit: Recording, now_ms: Numbers) -> Numbers:
    """Pixels a second, median over two seconds; known two seconds after the start."""
    median = np.median(windows(visit, now_ms, 2_000), axis=1) * 1000 / STEP_MS
    return np.where(now_ms < WATCH_MS, np.nan, median)


def mean_speed(visit: Recording, now_ms: Numbers) -> Numbers:
    """Pixels a second of attention since the start; known after two seconds of it."""
    path = np.concatenate([[0.0], np.cumsum(np.where(visit.jumps, 0.0, visit.moved_px))])
    spent_s = attention_ms(visit, now_ms) / 1000
    known = spent_s >= WATCH_MS / 1000
    return np.where(known, path[visit.records_by(now_ms)] / np.where(known, spent_s, 1.0), np.nan)


def depth(visit: Recording, now_ms: Numbers) -> Numbers:
    """Share of the document that has been above the window's lower edge."""
    deepest = np.concatenate([[0.0], np.maximum.accumulate(visit.y_px)])[visit.records_by(now_ms)]
    return np.minimum((deepest + WINDOW_PX) / visit.document_px, 1.0)


def position(visit: Recording, now_ms: Numbers) -> Numbers:
    """Share of the document that is above the window's lower edge now."""
    y = np.concatenate([[0.0], visit.y_px])[visit.records_by(now_ms)]
    return np.minimum((y + WINDOW_PX) / visit.document_px, 1.0)


def turned_ms(visit: Recording, back_px: float, cuts: list[int]) -> Numbers:
    """Times at which the window had gone so far back from the furthest point of its way. The way starts anew, in the
    same direction, at each record of `cuts`."""
    turned = []
    heading = 0
    for first, end in zip([0, *cuts], [*cuts, len(visit.y_px)], strict=True):
        start = first
        while start < end:
            y = visit.y_px[start:end]
            down, up = np.maximum.accumulate(y) - y, y - np.minimum.accumulate(y)
            gone_back = np.abs(y - y[0]) if heading == 0 else down if heading > 0 else up
            if not (gone_back >= back_px).any():
                break
            at = start + int(np.argmax(gone_back >= back_px))
            if heading:
                turned.append(float(visit.t_ms[at]))
            heading = -heading if heading else 1 if visit.y_px[at] > y[0] else -1
            start = at
    return np.array(turned)


def turns(visit: Recording, now_ms: Numbers) -> Numbers:
    """How often the direction has changed; a jump is no change."""
    return np.searchsorted(turned_ms(visit, TURN_PX, cuts(visit)), now_ms, side="right").astype(float)


def cuts(visit: Recording) -> list[int]:
    """The records that are jumps: the way to them has no direction."""
    return [int(record) for record in np.flatnonzero(visit.jumps)]


def searches(visit: Recording, now_ms: Numbers) -> Numbers:
    """How often there were six long turns within ten seconds, none of them counted twice; a jump is no turn."""
    found: list[float] = []
    run: list[float] = []
    for t in turned_ms(visit, SEARCH_TURN_PX, cuts(visit)):
        run = [*run[-SEARCH_TURNS + 1 :], float(t)]
        if len(run) == SEARCH_TURNS and t - run[0] <= SEARCH_MS:
            found.append(float(t))
            run = []
    return np.searchsorted(np.array(found), now_ms, side="right").astype(float)


def pauses(visit: Recording, now_ms: Numbers) -> Numbers:
    """Rests of two seconds or more between two scrolls that have both happened."""
    scrolls = visit.scrolls_ms
    ended = scrolls[1:][np.diff(scrolls) >= PAUSE_MS]
    return np.searchsorted(ended, now_ms, side="right").astype(float)


def idle(visit: Recording, now_ms: Numbers) -> Numbers:
    """Seconds since the last scroll."""
    count = np.searchsorted(visit.scrolls_ms, now_ms, side="right")
    latest: Numbers = np.concatenate([[np.nan], visit.scrolls_ms])[count]
    return (now_ms - latest) / 1000


def mean_step_speed(visit: Recording) -> float:
    """Mean over all scrolls but the first of pixels a second since the one before: the known best single number."""
    moved, seconds = visit.moved_px[2:], np.diff(visit.t_ms[1:]) / 1000
    return float(np.mean(moved / seconds)) if len(moved) else np.nan
