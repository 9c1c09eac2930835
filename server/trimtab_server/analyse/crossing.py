"""How likely a true difference is seen in time, if one looks every day at an interval that holds at all times.

It is seen at the first look at which it lies beyond the boundary (`boundary`).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from trimtab_server.analyse.boundary import MIXTURE, critical

TANGENTS: Final = 24
"""Tangents that are tried, at times that lie evenly in powers; more change the power by less than a thousandth."""

OVERSHOOT: Final = 0.5826
"""A walk that is looked at in steps crosses as if the line were this many of a step's deviations further away: minus
zeta(1/2) / sqrt(2 pi) (Siegmund 1985, chapter X; Chernoff 1965)."""


@dataclass(frozen=True, slots=True)
class Drift:
    """A difference that grows out of its noise: after n reports it lies `rate` sqrt(n) deviations from zero.

    `reports`: how many there are at the end; `step`: how many come between two looks. Both are even reports, as the
    boundary counts them.
    """

    rate: float
    reports: float
    step: float


def daily_power(drift: Drift, level: float) -> float:
    """The chance that some look up to the last one shows the difference, or a little less.

    Where it is 80 % or so, less by 2 points at most if there are 14 looks or more, and by 4 if there are fewer: a test
    compares it with simulated walks.

    Times sqrt(reports), the deviations are a Brownian motion with drift, and the boundary is a curve that bends down.
    Its tangent at any time lies above it, and the chance to cross a straight line is known (Bachelier 1901; Siegmund
    1985, formula 3.15): the best of some tangents is taken. Looks that are a `step` apart are allowed for.
    """
    last = drift.rate * math.sqrt(drift.reports) - critical(drift.reports, level)
    best = NormalDist().cdf(last)
    for number in range(TANGENTS):
        at = drift.reports * 0.01 ** (number / TANGENTS)
        best = max(best, _crossing(drift, *_tangent(at, level)))
    return best


def _tangent(at: float, level: float) -> tuple[float, float]:
    """Intercept and slope, in deviations of one report, of the line that touches the boundary at `at` reports.

    The boundary squared is (n + 1/m) L(n) with L' = 1 / (n + 1/m), m the mixture: so its slope is (L + 1) / (2 curve).
    """
    curve = critical(at, level) * math.sqrt(at)
    slope = (curve * curve / (at + 1 / MIXTURE) + 1) / (2 * curve)
    return curve - slope * at, slope


def _crossing(drift: Drift, intercept: float, slope: float) -> float:
    """The chance to have crossed a straight line by the end."""
    away = intercept + OVERSHOOT * math.sqrt(drift.step)
    rate, end = drift.rate - slope, drift.reports
    straight = NormalDist().cdf((rate * end - away) / math.sqrt(end))
    mirrored = NormalDist().cdf((-rate * end - away) / math.sqrt(end))
    # Far out the factor overflows where the probability is nothing.
    return straight + (math.exp(2 * away * rate) * mirrored if mirrored > 0 else 0.0)
