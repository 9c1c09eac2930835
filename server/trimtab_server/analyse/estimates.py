"""How many visitors truly answered what: the noise of subset selection taken out again.

A report supports answer v with probability p if v is true and q if it is not. Let f be the share of visitors for
whom v is true: of all reports a share lambda = f p + (1 - f) q supports v, so f = (lambda - q) / (p - q).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.intervals import Interval, Share, wilson


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of visitors with one answer. Not cut to [0, 1]: noise may push it out, and averages stay honest so."""

    share: float
    interval: Interval


def visitor_share(mechanism: SubsetSelection, supporting: Fraction) -> Fraction:
    """The share of visitors that explains a `supporting` share of reports; exact."""
    return (supporting - mechanism.stray) / (mechanism.keep - mechanism.stray)


def visitor_interval(mechanism: SubsetSelection, supporting: Interval) -> Interval:
    """The same line applied to both ends: it rises (p > q), so coverage is kept."""
    stray, slope = float(mechanism.stray), float(mechanism.keep - mechanism.stray)
    return Interval((supporting.low - stray) / slope, (supporting.high - stray) / slope)


def estimate_answer(mechanism: SubsetSelection, counts: Sequence[int], answer: int) -> Estimate:
    """Estimate for one answer from how many reports told each; raises ValueError without any report.

    Reports are independent draws that support v with probability lambda, whether visitors differ or noise does:
    a Wilson interval about lambda covers sampling and noise together.
    """
    share = Share(counts[answer], sum(counts) // mechanism.width)
    exact = visitor_share(mechanism, Fraction(share.hits, share.total))
    return Estimate(float(exact), visitor_interval(mechanism, wilson(share)))


def estimate_answers(mechanism: SubsetSelection, counts: Sequence[int]) -> tuple[Estimate, ...]:
    """One estimate for each answer, in order; they add up to exactly 1 before rounding. Empty without any report."""
    if sum(counts) == 0:
        return ()
    return tuple(estimate_answer(mechanism, counts, answer) for answer in range(len(counts)))
