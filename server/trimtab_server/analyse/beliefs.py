"""The Bayesian view: what one may believe about a difference after the reports, if one doubted before."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from trimtab_server.analyse.intervals import Interval, Z
from trimtab_server.analyse.means import CLEARLY_SOME

DOUBT: Final = 0.3
"""Before any report, two of three changes are believed to move a share by less than 30 % of itself: the prior that
GrowthBook proposes."""


@dataclass(frozen=True, slots=True)
class Belief:
    """`higher`: how likely the first arm's number is the higher one; `interval` holds the difference with 95 %."""

    higher: float
    interval: Interval


def believe(difference: float, deviation: float, base: float, base_deviation: float) -> Belief | None:
    """The posterior of a difference that was estimated with this `deviation`; None while `base` is not clearly some.

    The prior is normal about 0, and the estimate is nearly normal, so the posterior is normal: its precision is the
    sum of both, its mean the estimate times the estimate's part of it (Gelman et al., Bayesian Data Analysis, section
    2.5). `base` is the number itself, both arms together, which makes a relative prior an absolute one.

    But `base` is an estimate too, with its `base_deviation`. What noise has pushed near 0, or below, gives no scale, or
    so narrow a one that the belief is sure of nothing having changed: of 100 beliefs of 95 % as few as 84 held where a
    base of 1 % was as large as its deviation. Of those that are told, from CLEARLY_SOME deviations on, about 94 or more
    hold (tests/server/analyse/test_beliefs.py).
    """
    if base <= CLEARLY_SOME * base_deviation or deviation <= 0:
        return None
    weight, doubt = deviation**-2, (DOUBT * base) ** -2
    middle, spread = difference * weight / (weight + doubt), 1 / math.sqrt(weight + doubt)
    return Belief(NormalDist().cdf(middle / spread), Interval(middle - Z * spread, middle + Z * spread))
