"""The server's intervals for many experiments at once. A test compares each number with the server's own."""

import math
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.boundary import MIXTURE
from trimtab_server.analyse.intervals import Z
from trimtab_server.analyse.means import CLEARLY_SOME, pair_chances

type Counts = NDArray[np.int64]
type Numbers = NDArray[np.float64]
type Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spans:
    """An interval for each experiment; `high` may be infinite."""

    low: Numbers
    high: Numbers

    def holds(self, value: float) -> Truths:
        """Whether each contains the value."""
        inside: Truths = (self.low <= value) & (value <= self.high)
        return inside


@dataclass(frozen=True, slots=True)
class Arms:
    """Reports that support an answer, of so many, in each experiment; taken through noise with these chances.

    `further`: so many others of the same device stand beside each.
    """

    hits: Counts
    total: Counts
    keep: float
    stray: float
    further: Numbers | float = 0.0

    @property
    def value(self) -> Numbers:
        """The estimated shares of visitors."""
        return self._visitors(self.hits / self.total)

    def at(self, look: int) -> Self:
        """The same at one of several looks."""
        return replace(self, hits=self.hits[:, look], total=self.total[:, look])

    def beside(self, further: Numbers | float) -> Self:
        """The same with so many."""
        return replace(self, further=further)

    def widening(self, further: Numbers | float) -> Numbers | float:
        """As `VisitorShare.widening`."""
        if np.all(further == 0):
            return 1.0
        p, q, told = self.keep, self.stray, self._wilson(Z)
        worst = p * q / (p * q + math.sqrt(p * q * (1 - p) * (1 - q)))
        supporting = np.minimum(np.minimum(np.maximum(worst, np.maximum(told.low, q)), told.high), p)
        alike = np.maximum((supporting - q) * (p - supporting), 0) / (supporting * (1 - supporting))
        wide: Numbers = np.sqrt(1 + further * alike)
        return wide

    def around(self, deviations: Numbers | float) -> Spans:
        """As `VisitorShare.around`."""
        told = self._wilson(deviations * self.widening(self.further))
        return Spans(self._visitors(told.low), self._visitors(told.high))

    def _wilson(self, deviations: Numbers | float) -> Spans:
        p, n, z2 = self.hits / self.total, self.total, np.square(deviations)
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        reach = deviations / (1 + z2 / n) * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        low = np.where(self.hits == 0, 0.0, middle - reach)
        high = np.where(self.hits == n, 1.0, middle + reach)
        return Spans(low, high)

    def _visitors(self, supporting: Numbers) -> Numbers:
        return (supporting - self.stray) / (self.keep - self.stray)


@dataclass(frozen=True, slots=True)
class Averages:
    """Averages over a group, from how many reports told each answer (the last axis) in each experiment."""

    counts: Counts
    mechanism: SubsetSelection
    values: tuple[float | None, ...]

    @property
    def total(self) -> Counts:
        """Reports."""
        reports: Counts = self.counts.sum(axis=-1) // self.mechanism.width
        return reports

    @property
    def value(self) -> Numbers:
        """As `means.mean_of`, but for where that is None."""
        having, numbers = self._scores()
        shares = self._shares()
        with np.errstate(divide="ignore", invalid="ignore"):
            value: Numbers = shares @ numbers / (shares @ having)
        return value

    @property
    def told(self) -> Truths:
        """Where `mean_of` is not None."""
        having = np.broadcast_to(self._scores()[0], self.counts.shape)
        some = (having * self._shares()).sum(axis=-1)
        told: Truths = some > CLEARLY_SOME * self._deviation(having) / np.sqrt(self.total)
        return told

    def around(self, deviations: Numbers | float) -> Spans:
        """As `Mean.around`."""
        having, numbers = self._scores()
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = having * (numbers - self.value[..., np.newaxis])
            reach = deviations * self._deviation(scores) / np.abs(self._shares() @ having * np.sqrt(self.total))
            return Spans(self.value - reach, self.value + reach)

    def _scores(self) -> tuple[Numbers, Numbers]:
        having = np.array([value is not None for value in self.values], dtype=float)
        return having, np.array([value or 0.0 for value in self.values])

    def _shares(self) -> Numbers:
        keep, stray = float(self.mechanism.keep), float(self.mechanism.stray)
        shares: Numbers = (self.counts / self.total[..., np.newaxis] - stray) / (keep - stray)
        return shares

    def _deviation(self, scores: Numbers) -> Numbers:
        """As `means._deviation`."""
        true, others = pair_chances(self.mechanism)
        told, shares = self.counts / self.total[..., np.newaxis], self._shares()
        added, squares = scores.sum(axis=-1), np.square(scores)
        square = (squares * told).sum(axis=-1) + others * (np.square(added) - squares.sum(axis=-1))
        square += 2 * (true - others) * (added * (scores * shares).sum(axis=-1) - (squares * shares).sum(axis=-1))
        spread = np.sqrt(np.maximum(square - np.square((scores * told).sum(axis=-1)), 0.0))
        found: Numbers = spread / float(self.mechanism.keep - self.mechanism.stray)
        return found


type Estimates = Arms | Averages
"""Both have `value`, `total` and `around`."""


def critical(first: Estimates, second: Estimates, level: float) -> Numbers:
    """As `boundary.critical` after `boundary.even_reports`."""
    one, two = first.total.astype(float), second.total.astype(float)
    grown = 4 * one * two / (one + two) * MIXTURE
    found: Numbers = np.sqrt((1 + 1 / grown) * (np.log1p(grown) - 2 * math.log(level)))
    return found


def differences(first: Estimates, second: Estimates, deviations: Numbers | float) -> Spans:
    """As `intervals.difference_interval`."""
    x, y, one, two = first.value, second.value, first.around(deviations), second.around(deviations)
    return Spans(x - y - np.hypot(x - one.low, two.high - y), x - y + np.hypot(one.high - x, y - two.low))


def ratios(first: Arms, second: Arms, deviations: Numbers | float) -> Spans:
    """As `intervals.ratio_interval`; all numbers from 0 on where that is None."""
    x, y, one, two = first.value, second.value, first.around(deviations), second.around(deviations)
    told = two.low > 0
    below, above = one.low * (2 * x - one.low), one.high * (2 * x - one.high)
    near_0, far = two.low * (2 * y - two.low), two.high * (2 * y - two.high)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(told & (one.low > 0), below / (x * y + np.sqrt(x * y * x * y - far * below)), 0.0)
        high = np.where(one.high > 0, (x * y + np.sqrt(x * y * x * y - near_0 * above)) / near_0, 0.0)
    return Spans(low, np.where(told, high, np.inf))
