"""The statistics are those of scipy, and of a textbook."""

import numpy as np
import pytest
from scipy.stats import mannwhitneyu  # type: ignore[import-untyped]

from tests.reading.offline import Numbers
from tests.reading.statistics import FOLDS, auc, bootstrap, folds

SCORES = np.random.default_rng(1).integers(0, 4, size=300)
LOW, HIGH = SCORES == 0, SCORES >= 2


def made_up(shift: float, *, ties: bool) -> Numbers:
    values = np.random.default_rng(2).normal(size=len(SCORES)) - shift * SCORES
    return np.round(values * 2) if ties else values


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("shift", [0.0, 0.3, 2.0])
def test_the_area_is_that_of_mann_and_whitney(shift: float, ties: bool) -> None:
    values = made_up(shift, ties=ties)
    expected = mannwhitneyu(values[LOW], values[HIGH]).statistic / (LOW.sum() * HIGH.sum())
    assert auc(values, SCORES) == pytest.approx(expected, abs=1e-12)


def test_unknown_values_are_left_out() -> None:
    values = made_up(0.3, ties=False)
    unknown = np.arange(len(values)) % 3 == 0
    expected = auc(values[~unknown], SCORES[~unknown])
    assert auc(np.where(unknown, np.nan, values), SCORES) == pytest.approx(expected, abs=1e-12)


def test_the_interval_is_as_wide_as_hanley_and_mcneil_say() -> None:
    values = made_up(0.3, ties=False)
    estimate = bootstrap(values, SCORES)
    a, low, high = estimate.value, LOW.sum(), HIGH.sum()
    q1, q2 = a / (2 - a), 2 * a * a / (1 + a)
    error = np.sqrt((a * (1 - a) + (low - 1) * (q1 - a * a) + (high - 1) * (q2 - a * a)) / (low * high))
    assert estimate.value == auc(values, SCORES)
    assert estimate.high - estimate.low == pytest.approx(2 * 1.96 * error, rel=0.1)


def test_an_interval_is_the_same_each_time() -> None:
    values = made_up(0.3, ties=True)
    assert bootstrap(values, SCORES) == bootstrap(values.copy(), SCORES)


def test_a_difference_is_taken_on_the_same_draws() -> None:
    values = made_up(0.3, ties=False)
    assert bootstrap(values, SCORES, values).high == 0
    better, worse = bootstrap(values, SCORES), bootstrap(made_up(0.1, ties=False), SCORES)
    difference = bootstrap(values, SCORES, made_up(0.1, ties=False))
    assert difference.value == pytest.approx(better.value - worse.value)
    assert difference.high - difference.low < (better.high - better.low) / 2


def test_folds_hold_everybody_out_once_with_the_scores_in_proportion() -> None:
    pairs = list(folds(SCORES, repeat=0))
    assert len(pairs) == FOLDS
    assert np.array([held for _, held in pairs]).sum(axis=0).tolist() == [1] * len(SCORES)
    for training, held in pairs:
        assert not (training & held).any()
        for score in range(4):
            everybody = np.count_nonzero(np.equal(SCORES, score))
            assert abs(np.count_nonzero(np.equal(SCORES[held], score)) - everybody / FOLDS) < 1


def test_another_repeat_makes_other_folds() -> None:
    first, second = (next(folds(SCORES, repeat))[1].tolist() for repeat in (0, 1))
    assert first != second
