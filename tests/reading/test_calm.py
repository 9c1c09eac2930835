"""The demo's skimmer changes its mind rarely, and never there and back at once; nor does what it changes."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.reading.definitions import Decided, by_name
from tests.reading.people import needs_readers, people
from tests.reading.table import CALM_S, shown_by_demo

pytestmark = needs_readers


def most_in_30_s(everybodys: list[Decided]) -> list[int]:
    return [decided.most_in_30_s for decided in everybodys]


def demos_segment() -> list[Decided]:
    return by_name("demo")


def demos_adjustment() -> list[Decided]:
    return [decided for _, decided in shown_by_demo()]


@pytest.mark.parametrize("decided_by", [demos_segment, demos_adjustment])
def test_the_median_reader_sees_one_change_in_half_a_minute_at_most(decided_by: Callable[[], list[Decided]]) -> None:
    assert np.median(most_in_30_s(decided_by())) <= 1


@pytest.mark.parametrize("decided_by", [demos_segment, demos_adjustment])
def test_nobody_is_moved_there_and_back_within_eight_seconds(decided_by: Callable[[], list[Decided]]) -> None:
    assert sum(len(decided.changes_s) > 1 for decided in decided_by()) > len(people()) / 10
    assert min(decided.shortest_s for decided in decided_by()) >= CALM_S


def test_the_skimmer_before_moved_somebody_there_and_back_within_eight_seconds() -> None:
    assert min(decided.shortest_s for decided in by_name("former")) < CALM_S


@pytest.mark.parametrize(
    ("changes_s", "shortest_s", "most"),
    [([], np.inf, 0), ([4], np.inf, 1), ([4, 34, 40], 6, 2), ([4, 33.9, 80], 29.9, 2)],
)
def test_changes_are_counted_in_any_half_minute(changes_s: list[float], shortest_s: float, most: int) -> None:
    decided = Decided(changes_s=changes_s)
    assert decided.shortest_s == pytest.approx(shortest_s)
    assert decided.most_in_30_s == most
