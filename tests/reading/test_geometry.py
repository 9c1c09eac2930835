"""The layout that was worked out explains what people saw."""

import numpy as np
import pytest

from tests.reading.geometry import WINDOW_PX, Points, edges, layout_of, layouts, line, usual_readers, variety
from tests.reading.people import Person, needs_readers, people

pytestmark = needs_readers


def readers_of(text: str) -> list[Person]:
    return [person for person in people() if person.text == text]


def errors(readers: list[Person]) -> list[float]:
    """Recorded share of each paragraph minus the one that the layout says, for everything that was in view."""
    found = []
    for person in readers:
        layout = layout_of(person)
        for y, shares in zip(person.y_px, person.shares, strict=True):
            for number, share in shares.items():
                top, height = layout.tops_px[number], layout.heights_px[number]
                shown = min(y + WINDOW_PX, top + height) - max(y, top)
                found.append(share - max(shown, 0) / height)
    return found


def test_there_are_598_people_and_30_texts() -> None:
    assert (len(people()), len(layouts())) == (598, 30)
    assert {len(layout.tops_px) for layout in layouts().values()} == {4, 5, 6, 7}


def test_the_window_is_the_same_in_all_texts() -> None:
    heights = []
    for text in layouts():
        upper, lower = edges(readers_of(text))
        for number in set(upper) & set(lower):
            if variety(upper[number]) > 4 and variety(lower[number]) > 4:
                (slope, bottom), (_, top) = line(upper[number]), line(lower[number])
                heights.append(bottom + slope - top)
    assert len(heights) > 90
    assert round(float(np.median(heights))) == WINDOW_PX
    assert np.percentile(heights, [10, 90]) == pytest.approx([WINDOW_PX, WINDOW_PX], abs=8)


def test_the_layout_explains_nearly_all_that_was_recorded() -> None:
    usual = [person for text in layouts() for person in usual_readers(readers_of(text))]
    assert np.percentile(np.abs(errors(usual)), [50, 90]) == pytest.approx([0.0025, 0.01], abs=0.005)
    everybody = np.abs(errors(list(people())))
    assert np.median(everybody) < 0.01
    assert np.mean(everybody > 0.05) < 0.15


def test_a_line_through_points_is_not_bent_by_a_few_that_lie_elsewhere() -> None:
    points: Points = [(share / 10, 100 + 40 * share) for share in range(10)]
    slope, intercept = line([*points, (0.5, 9_000), (0.9, -700)])
    assert (slope, intercept) == pytest.approx((400, 100))
