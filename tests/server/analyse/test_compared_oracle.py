"""Averages by group beside numpy, which has every report and so needs no formula for pairs of told answers."""

import numpy as np
import pytest

from trimtab.messages import Named
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.compared import compared_in

REPORTS = 60_000
TEN = SubsetSelection(10, 3, 3, 1)
VISITORS = (0.1, 0.2, 0.1, 0.05, 0.15, 0.1, 0.05, 0.05, 0.1, 0.1)
BUCKETS = ("none", "a", "b", "c", "d")
PARTED = tuple(f"{who}: {each}" for who in ("not skimmer", "skimmer") for each in BUCKETS)
CHOICE = Named("reading", PARTED, 3, by="skimmer")
NUMBER = Named("attended", PARTED, 3, "number", (None, 1.0, 2.0, 4.0, 8.0) * 2, "s", "skimmer")


def told(seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """One row for each report, with 1 for each answer that it tells, drawn from the definition of the mechanism."""
    draws = np.random.default_rng(seed)
    truth = draws.choice(len(VISITORS), REPORTS, p=VISITORS)
    order = draws.random((REPORTS, TEN.answers))
    true = draws.random(REPORTS) < float(TEN.keep)
    order[np.arange(REPORTS), truth] = np.where(true, -1.0, 2.0)  # surely among the first w, or surely not
    rows = np.zeros((REPORTS, TEN.answers))
    np.put_along_axis(rows, np.argsort(order, axis=1)[:, : TEN.width], 1.0, axis=1)
    return rows


@pytest.mark.parametrize("question", [CHOICE, NUMBER], ids=lambda question: question.name)
def test_numbers_within_a_segment_and_their_deviations_are_those_of_the_single_reports(question: Named) -> None:
    rows = told(20261123)
    counts = [int(count) for count in rows.sum(axis=0)]
    slope, stray = float(TEN.keep - TEN.stray), float(TEN.stray)
    truths = (rows - stray) / slope  # of each report: unbiased for 1 at the true answer and 0 elsewhere

    for compared in compared_in(question):
        found = compared.of(TEN, counts)
        having = np.array([value is not None for value in compared.values], dtype=float)
        values = np.array([value or 0.0 for value in compared.values])
        top, bottom = truths @ values, truths @ having
        ratio = top.mean() / bottom.mean()
        deviation = (top - ratio * bottom).std(ddof=1) / bottom.mean() / np.sqrt(REPORTS)

        assert found is not None
        assert found.value == pytest.approx(ratio)
        reach = found.around(1.0)
        assert (reach.high - reach.low) / 2 == pytest.approx(deviation, rel=0.02)
