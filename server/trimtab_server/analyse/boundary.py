"""How far a difference must lie from zero if one looks every day.

The boundary is that of a normal mixture (Robbins 1970; for estimated variances Waudby-Smith, Arbour, Sinha, Kennedy,
Ramdas 2021, "Time-uniform central limit theory", theorem 2.2): an interval that holds at all times at once.

A difference of two means whose variance is V has the information 1/V, and at all times together it is a Brownian
motion with drift, divided by its time 1/V (the covariance of the estimate at two times is V at the later one; see
Jennison, Turnbull 2000, section 3.1). While there is no difference every report has the same variance s^2, in both
arms, and 1/V is n1 n2 / (n1 + n2) / s^2. So the boundary's clock is `even_reports`: it runs right also where the arms
take in reports at proportions that change.
"""

import math
from typing import Final

from trimtab_server.analyse.intervals import LEVEL

TUNED_REPORTS: Final = 5_000
"""The boundary for 5 % is narrowest about here, in reports of both arms together: GrowthBook's default."""

MIXTURE: Final = (-2 * math.log(1 - LEVEL) + math.log(1 - 2 * math.log(1 - LEVEL))) / TUNED_REPORTS
"""The variance of the mixture that does so, nearly (Waudby-Smith et al., appendix on the choice of rho): 0.00159.

It must be settled before the first report. A site ten times as large loses 7 % of width by it, one of a tenth 26 %.
"""


def even_reports(first: float, second: float) -> float:
    """So many reports, half of them in each arm, tell as much as `first` and `second` reports in the two arms do."""
    return 4 * first * second / (first + second)


def critical(reports: float, level: float) -> float:
    """How many standard deviations from zero a difference must lie after so many reports; at least 3.035 at 5 %."""
    grown = reports * MIXTURE
    return math.sqrt((1 + 1 / grown) * (math.log1p(grown) - 2 * math.log(level)))


def chance_at_most(deviations: float, reports: float) -> float:
    """The p-value that holds at all times: `critical` at this level is just so many deviations.

    Where there is no difference it is ever at most x with a chance of at most x, however often one looks.
    """
    grown = reports * MIXTURE
    exponent = deviations * deviations * grown / (2 * (1 + grown))
    return min(1.0, math.sqrt(1 + grown) * math.exp(-exponent))
