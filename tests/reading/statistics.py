"""Areas under the curve with bootstrap intervals, and cross-validation: small, seeded, checked against scipy.

People are split into those who understood nothing (score 0) and those who understood most (2 or 3); score 1 is in
neither. A value may be NaN: it was not known of this person, who then counts in neither group.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from tests.reading.offline import Flags, Indices, Numbers

RESAMPLES: Final = 2_000
SEED: Final = 598
FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


def low_and_high(scores: Indices) -> tuple[Indices, Indices]:
    """Places of those with score 0, and of those with score 2 or more."""
    return np.flatnonzero(scores == 0), np.flatnonzero(scores >= 2)


def auc(values: Numbers, scores: Indices) -> float:
    """Probability that somebody with score 0 has the greater value than somebody with score 2 or more; ties half."""
    low, high = low_and_high(scores)
    return _share(_wins(values, low, high), _known(values, low), _known(values, high))


def bootstrap(values: Numbers, scores: Indices, other: Numbers | None = None) -> Estimate:
    """The area with its percentile interval from people drawn anew, each group for itself (Efron 1979).

    With `other`, the area of `values` minus that of `other`, on the same draws."""
    low, high = low_and_high(scores)
    draws_low, draws_high = _draws(len(low), SEED), _draws(len(high), SEED + 1)
    areas = _areas(values, low, high, draws_low, draws_high)
    whole = auc(values, scores)
    if other is not None:
        areas = areas - _areas(other, low, high, draws_low, draws_high)
        whole -= auc(other, scores)
    at_low, at_high = np.percentile(areas, [2.5, 97.5])
    return Estimate(whole, float(at_low), float(at_high))


def folds(scores: Indices, repeat: int) -> Iterator[tuple[Flags, Flags]]:
    """Five pairs of masks (training people, held-out people), each with the scores in the same proportions."""
    rng = np.random.default_rng([SEED, repeat])
    fold = np.empty(len(scores), dtype=int)
    for score in np.unique(scores):
        places = rng.permutation(np.flatnonzero(scores == score))
        fold[places] = np.arange(len(places)) % FOLDS
    for number in range(FOLDS):
        yield fold != number, fold == number


def _draws(size: int, seed: int) -> Numbers:
    """How often each of so many people is drawn, a row a resample."""
    counts = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=RESAMPLES)
    return counts.astype(float)


def _areas(values: Numbers, low: Indices, high: Indices, draws_low: Numbers, draws_high: Numbers) -> Numbers:
    wins = _wins(values, low, high)
    known_low, known_high = draws_low * _known(values, low), draws_high * _known(values, high)
    won = ((known_low @ wins) * known_high).sum(axis=1)
    areas: Numbers = won / (known_low.sum(axis=1) * known_high.sum(axis=1))
    return areas


def _wins(values: Numbers, low: Indices, high: Indices) -> Numbers:
    """1 where the one of the first group has more than the one of the second, ½ where both have the same."""
    first, second = values[low][:, None], values[high][None, :]
    wins: Numbers = (first > second) + 0.5 * (first == second)
    return wins


def _known(values: Numbers, places: Indices) -> Numbers:
    known: Numbers = (~np.isnan(values[places])).astype(float)
    return known


def _share(wins: Numbers, known_low: Numbers, known_high: Numbers) -> float:
    pairs = float(known_low.sum() * known_high.sum())
    return float(known_low @ wins @ known_high) / pairs if pairs else np.nan
