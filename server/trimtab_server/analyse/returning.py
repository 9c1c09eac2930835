"""Devices that report several times: what they do to an interval, at worst.

Nothing tells the reports of one device apart, and that is on purpose. So an interval takes each report for another
visitor's. A device is asked about one (question, experiment) pair once in thirty days, though, and a held-out one each
question: so in a longer time one count holds several reports of it, and one visitor's answers are alike.

Two reports of one device have independent noise, and the covariance of their truths is at most f (1 - f): if they are
always the same. A report varies by lambda (1 - lambda) / (p - q)^2. With g other reports of the same device in the same
count, in the mean over reports, the variance of the estimate is therefore at most

    1 + g f (1 - f) (p - q)^2 / (lambda (1 - lambda))

times as large: Kish's design effect (Survey Sampling 1965, section 5.4), the noise apart. Noise hides the visitor, and
so it also hides that visitors come again: the noisier, the smaller the factor.
"""

import math

from trimtab.privacy.budget import MONTH_DAYS, REPORTS_A_MONTH
from trimtab_server.analyse.quantities import Quantity, VisitorShare


def most_reports(days: int) -> int:
    """How many reports a device can make in so many days."""
    return min(days, REPORTS_A_MONTH * max(1, math.ceil(days / MONTH_DAYS)))


def further_reports(days: int) -> int:
    """g at worst: every device is asked the same again as soon as it may be, all `days` long."""
    return max(0, math.ceil(days / MONTH_DAYS) - 1)


def widening(quantity: Quantity, further: float) -> float:
    """How many times as wide an interval is at worst, with `further` other reports of the same device: 1 or more."""
    if not isinstance(quantity, VisitorShare):
        return math.sqrt(1 + further)
    share = min(max(quantity.value, 0.0), 1.0)
    p, q = float(quantity.keep), float(quantity.stray)
    supporting = share * p + (1 - share) * q
    alike = share * (1 - share) * (p - q) ** 2 / (supporting * (1 - supporting))
    return math.sqrt(1 + further * alike)
