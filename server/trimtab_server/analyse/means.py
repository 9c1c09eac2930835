"""The mean of a number over visitors, from answers that each stand for a value: buckets, ratings.

With the shares f_i of visitors and the values v_i of those answers that stand for one, the mean over visitors who have
a number at all is m = A / B with A = sum v_i f_i and B = sum f_i. Both are linear in the counts, so A - m B is the mean
of one number for each report, Z = sum of (v_i - m) over the told answers i, but for a constant and 1 / (p - q). The
ratio's variance is that of Z / (p - q), over n B^2 (the delta method; Cochran, Sampling Techniques 1977, section 2.11).

Of the variance of Z the counts tell the first part, s_i = c_i / n; the second are the chances to tell both i and j.
A report that tells w of k answers, the true one with chance p, tells i and j both with the chance

    p (w - 1) / (k - 1)                                                      if one of them is true, else
    [p (w - 1) (w - 2) + (1 - p) w (w - 1)] / ((k - 1) (k - 2)):

all sets of w - 1 others are equally likely beside a truth that is told, and all of w others if it is not.
"""

import math
from collections.abc import Sequence
from typing import Final

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.estimates import answer_share
from trimtab_server.analyse.quantities import Mean, Told, Values

CLEARLY_SOME: Final = 3.0
"""Standard deviations by which the share of visitors with a number must lie above 0: below, a ratio to it is no mean
that a symmetric interval holds."""


def mean_of(mechanism: SubsetSelection, counts: Sequence[int], values: Values, further: float = 0) -> Mean | None:
    """The mean over visitors with a number; None without reports, or while there may be no visitor with one.

    `further`: see `Quantity`.
    """
    reports = sum(counts) // mechanism.width
    if reports == 0:
        return None
    shares = [answer_share(mechanism, counts, answer).value for answer in range(len(counts))]
    told = [count / reports for count in counts]
    having = _having(values)
    some = math.sumprod(having, shares)
    if some <= CLEARLY_SOME * math.sqrt((1 + further) / reports) * _deviation(mechanism, having, told, shares):
        return None
    mean = math.sumprod([value or 0.0 for value in values], shares) / some
    scores = [0.0 if value is None else value - mean for value in values]
    deviation = _deviation(mechanism, scores, told, shares) / (some * math.sqrt(reports))
    return Mean(mean, deviation, reports, Told(mechanism, tuple(counts), tuple(values)), further)


def score_deviation(mechanism: SubsetSelection | None, scores: Sequence[float], shares: Sequence[float]) -> float:
    """Of the mean score of visitors, times the root of the reports, if so many `shares` of them have each answer.

    None: as if every report were true.
    """
    if mechanism is None:
        square = math.sumprod([score * score for score in scores], shares)
        return math.sqrt(square - math.sumprod(scores, shares) ** 2)
    p, q = float(mechanism.keep), float(mechanism.stray)
    return _deviation(mechanism, scores, [share * p + (1 - share) * q for share in shares], shares)


def share_deviation(mechanism: SubsetSelection | None, values: Values, shares: Sequence[float]) -> float:
    """The same of the share of visitors with a number."""
    return score_deviation(mechanism, _having(values), shares)


def _having(values: Values) -> Sequence[float]:
    return [0.0 if value is None else 1.0 for value in values]


def _deviation(
    mechanism: SubsetSelection, scores: Sequence[float], told: Sequence[float], shares: Sequence[float]
) -> float:
    """Of the sum of the scores of a report's told answers, its noise taken out."""
    true, others = pair_chances(mechanism)
    squares = [score * score for score in scores]
    added, square = math.fsum(scores), math.sumprod(squares, told)
    # Over all pairs, s_i s_j (f_i + f_j) adds up to 2 (S F - R), with S = sum s_i, F = sum s_i f_i, R = sum s_i^2 f_i.
    square += others * (added * added - math.fsum(squares))
    square += 2 * (true - others) * (added * math.sumprod(scores, shares) - math.sumprod(squares, shares))
    slope = float(mechanism.keep - mechanism.stray)
    return math.sqrt(max(square - math.sumprod(scores, told) ** 2, 0.0)) / slope


def pair_chances(mechanism: SubsetSelection) -> tuple[float, float]:
    """The chance that two given answers are told both: if one of them is true, and if neither is."""
    w, others, p = mechanism.width, mechanism.answers - 1, float(mechanism.keep)
    true = p * (w - 1) / others
    return true, (p * (w - 1) * (w - 2) + (1 - p) * w * (w - 1)) / (others * (others - 1)) if others > 1 else 0.0
