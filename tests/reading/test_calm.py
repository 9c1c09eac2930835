"""A segment changes its mind rarely, and never there and back at once."""

import numpy as np
import pytest

from tests.reading.definitions import Decided, by_name
from tests.reading.people import needs_readers
from tests.reading.table import CALM_S, shown_by_demo

pytestmark = needs_readers


def most_in_30_s(everybodys: list[Decided]) -> list[int]:
    return [decided.most_in_30_s for decided in everybodys]


def test_the_median_reader_sees_one_change_of_segment_in_half_a_minute_at_most() -> None:
    assert np.median(most_in_30_s(by_name("proposed"))) <= 1


def test_nobody_is_moved_there_and_back_within_eight_seconds() -> None:
    assert min(decided.shortest_s for decided in by_name("proposed")) >= CALM_S


def test_on_the_demo_page_nothing_changes_there_and_back_within_eight_seconds() -> None:
    shown = [decided for _, decided in shown_by_demo()]
    assert any(decided.changes_s for decided in shown)
    assert min(decided.shortest_s for decided in shown) >= CALM_S
    assert np.median(most_in_30_s(shown)) <= 1


@pytest.mark.parametrize(
    ("changes_s", "shortest_s", "most"),
    [([], np.inf, 0), ([4], np.inf, 1), ([4, 34, 40], 6, 2), ([4, 33.9, 80], 29.9, 2)],
)
def test_changes_are_counted_in_any_half_minute(changes_s: list[float], shortest_s: float, most: int) -> None:
    decided = Decided(changes_s=changes_s)
    assert decided.shortest_s == pytest.approx(shortest_s)
    assert decided.most_in_30_s == most
