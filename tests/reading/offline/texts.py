"""Reading, offline: a text is cut into slices, which are in the window, above it or below."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tests.reading.geometry import WINDOW_PX
from tests.reading.offline import Flags, Numbers, Recording
from tests.reading.offline.attention import Stays, stays

SLICES: Final = 64
MIN_ATTENDED_MS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How many slices of a text of so many words had been seen, passed and come back into view after each record (a
    leading zero for before the first), and the stays of any part of it in view."""

    words: float
    seen: Numbers
    passed: Numbers
    reread: Numbers
    in_view: Stays


def progress(visit: Recording, words: float, top_px: int, height_px: int, visible: Flags) -> Progress:
    """Looks at every slice after every record.

    A page hears of a scroll before it hears what left the window by it, so each record is looked at twice: at the new
    offset with what was visible before, and with what is visible now. A slice is passed at the record at which it
    leaves over the top edge, unless that is a jump. It matters to people whose layout was another.
    """
    y_px, still = np.repeat(visit.y_px, 2)[1:], np.repeat(visible, 2)[:-1]
    above_px, shown_px = (np.clip(y_px + edge - top_px, 0, height_px) for edge in (0, WINDOW_PX))
    number = np.arange(SLICES)
    above = number < (SLICES * above_px // height_px)[:, None]
    within = (number < (SLICES * shown_px // height_px)[:, None]) & ~above & still[:, None]
    seen = np.logical_or.accumulate(within)
    moved = np.zeros(len(above), dtype=bool)
    moved[1::2] = ~visit.jumps[1:]  # the second look at a record is at what stands still
    left = above.copy()
    left[1:] &= ~above[:-1]
    passed = np.logical_or.accumulate(seen & left & moved[:, None])
    came_back = np.zeros_like(within)
    came_back[1:] = within[1:] & ~within[:-1] & passed[:-1]
    counts = [seen.sum(axis=1), passed.sum(axis=1), np.cumsum(came_back.sum(axis=1))]
    seen_by, passed_by, reread_by = (np.concatenate([[0.0], count[::2]]) for count in counts)
    return Progress(words, seen_by, passed_by, reread_by, stays(visit, visible))


def story(visit: Recording) -> Progress:
    """The whole text, with as many words as it has paragraphs."""
    top = int(visit.tops_px[0])
    height = int(visit.tops_px[-1] + visit.heights_px[-1]) - top
    return progress(visit, len(visit.tops_px), top, height, visit.shares.any(axis=1))


def paragraph(visit: Recording, number: int) -> Progress:
    """One paragraph, of one word."""
    top, height = int(visit.tops_px[number]), int(visit.heights_px[number])
    return progress(visit, 1, top, height, visit.shares[:, number] > 0)


def words_per_minute(visit: Recording, text: Progress, now_ms: Numbers) -> Numbers:
    """Words passed per minute of attention while any of the text was in view; known after two seconds of it."""
    spent_ms = text.in_view.lengths_ms(visit, now_ms).sum(axis=1)
    passed = text.passed[visit.records_by(now_ms)]
    known = (spent_ms >= MIN_ATTENDED_MS) & (passed > 0)
    return np.where(known, text.words * passed / SLICES / np.where(known, spent_ms, 1.0) * 60_000, np.nan)


def words_seen(visit: Recording, text: Progress, now_ms: Numbers) -> Numbers:
    """Words that have been in view."""
    return text.words * text.seen[visit.records_by(now_ms)] / SLICES


def share_seen(visit: Recording, text: Progress, now_ms: Numbers) -> Numbers:
    """Share of the text that has been in view."""
    return text.seen[visit.records_by(now_ms)] / SLICES


def rereads(visit: Recording, text: Progress, now_ms: Numbers) -> Numbers:
    """Words that came back into view after they had been passed."""
    return text.words * text.reread[visit.records_by(now_ms)] / SLICES
