"""Where the paragraphs stood, worked out from how much of each was in view at which offset.

A paragraph that the window's lower edge cuts shows `(y + window - top) / height` of itself, one that the upper edge
cuts `(top + height - y) / height`. Both are straight lines in y, so a line through the records of one text gives top
and height of each paragraph, and both edges together the window. Lines are fitted as medians of slopes (Theil 1950,
Sen 1968): a few people had another layout, a phone's or a wide screen's, and must not bend them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from tests.reading.people import Person, people

WINDOW_PX: Final = 569
"""Height of the window in which everybody read: the median over all paragraphs whose both edges were fitted."""
CUT: Final = 0.98
"""A paragraph is cut by an edge if less than this share of it is in view: shares are rounded to whole percents."""

type Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Tops and heights of the paragraphs of a text, and the height of its document; whole pixels."""

    tops_px: tuple[int, ...]
    heights_px: tuple[int, ...]
    document_px: int

    @property
    def top_px(self) -> int:
        """Where the text begins."""
        return self.tops_px[0]

    @property
    def height_px(self) -> int:
        """From the first paragraph's top to the last one's end."""
        return self.tops_px[-1] + self.heights_px[-1] - self.top_px


def layout_of(person: Person) -> Layout:
    """The layout of this person's text, stretched if they could scroll further down than most: a narrower column."""
    usual = layouts()[person.text]
    stretch = max(1.0, (max(person.y_px) + WINDOW_PX) / usual.document_px)
    return Layout(
        tuple(round(top * stretch) for top in usual.tops_px),
        tuple(round(height * stretch) for height in usual.heights_px),
        round(usual.document_px * stretch),
    )


@cache
def layouts() -> dict[str, Layout]:
    """The usual layout of each text, from the people who scrolled exactly as far as most who scrolled at all."""
    by_text: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people():
        by_text[person.text].append(person)
    return {text: _layout(readers) for text, readers in by_text.items()}


def edges(readers: Iterable[Person]) -> tuple[dict[int, Points], dict[int, Points]]:
    """Of each paragraph cut by the window's upper and by its lower edge: (share in view, y) of every such record."""
    upper: defaultdict[int, Points] = defaultdict(list)
    lower: defaultdict[int, Points] = defaultdict(list)
    for person in readers:
        for y, shares in zip(person.y_px, person.shares, strict=True):
            first, last = min(shares), max(shares)
            if first == last:
                continue  # both edges may cut the only one in view
            if shares[first] < CUT:
                upper[first].append((shares[first], y))
            if shares[last] < CUT:
                lower[last].append((shares[last], y))
    return upper, lower


def usual_readers(readers: Sequence[Person]) -> list[Person]:
    """Those who scrolled exactly as far as most."""
    furthest = Counter(max(person.y_px) for person in readers if len(person.t_ms) > 3)
    usual_px = max(furthest, key=lambda y: (furthest[y], y))
    return [person for person in readers if max(person.y_px) == usual_px]


def line(points: Points) -> tuple[float, float]:
    """Slope and intercept of y over share: the median of the slopes between any two points, then of the rest."""
    share, y = np.array(points).T
    i, j = np.triu_indices(len(share), 1)
    apart = share[i] != share[j]
    slope = float(np.median((y[j] - y[i])[apart] / (share[j] - share[i])[apart]))
    return slope, float(np.median(y - slope * share))


def _layout(readers: Sequence[Person]) -> Layout:
    usual = usual_readers(readers)
    upper, lower = edges(readers)
    tops, heights = [], []
    for number in range(max(lower) + 1):
        if variety(lower[number]) >= variety(upper[number]):
            height, top = line(lower[number])
            top += WINDOW_PX
        else:
            slope, bottom = line(upper[number])
            height, top = -slope, bottom + slope
        tops.append(round(top))
        heights.append(round(height))
    return Layout(tuple(tops), tuple(heights), int(max(usual[0].y_px)) + WINDOW_PX)


def variety(points: Points) -> int:
    """How many different shares there are."""
    return len({share for share, _ in points})
