"""The Bayesian view: what one may believe about a difference after the reports, if one doubted before."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from trimtab_server.analyse.intervals import Interval, Z

DOUBT: Final = 0.3
"""Before any report, two of three changes are believed to move a share by less than 30 % of itself: the prior that
GrowthBook proposes."""


@dataclass(frozen=True, slots=True)
class Belief:
    """`higher`: how likely the first arm's number is the higher one; `interval` holds the difference with 95 %."""

    higher: float
    interval: Interval


def believe(difference: float, deviation: float, base: float) -> Belief | None:
    """The posterior of a difference that was estimated with this `deviation`; None if `base` is not above 0.

    The prior is normal about 0, and the estimate is nearly normal, so the posterior is normal: its precision is the
    sum of both, its mean the estimate times the estimate's part of it (Gelman et al., Bayesian Data Analysis, section
    2.5). `base` is the number itself, both arms together, which makes a relative prior an absolute one. What noise
    has pushed to 0 or below gives no scale.
    """
    if base <= 0 or deviation <= 0:
        return None
    weight, doubt = deviation**-2, (DOUBT * base) ** -2
    middle, spread = difference * weight / (weight + doubt), 1 / math.sqrt(weight + doubt)
    return Belief(NormalDist().cdf(middle / spread), Interval(middle - Z * spread, middle + Z * spread))
