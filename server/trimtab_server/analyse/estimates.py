"""How many visitors truly answered what: the noise of subset selection taken out again."""

from collections.abc import Sequence
from dataclasses import dataclass

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.intervals import Interval, Share, Z
from trimtab_server.analyse.quantities import VisitorShare


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of visitors with one answer, not cut to [0, 1]. A segment's size, if the answer is a segment."""

    share: float
    interval: Interval


def answer_share(mechanism: SubsetSelection, counts: Sequence[int], answer: int, further: float = 0) -> VisitorShare:
    """The share of visitors with an answer, from how many reports told each; raises ValueError without any report.

    `further`: see `Quantity`.
    """
    supporting = Share(counts[answer], sum(counts) // mechanism.width)
    return VisitorShare(supporting, mechanism.keep, mechanism.stray, further)


def estimate_answers(mechanism: SubsetSelection, counts: Sequence[int], further: float = 0) -> tuple[Estimate, ...]:
    """One estimate for each answer, in order; they add up to exactly 1 before rounding. Empty without any report."""
    if sum(counts) == 0:
        return ()
    shares = [answer_share(mechanism, counts, answer, further) for answer in range(len(counts))]
    return tuple(Estimate(share.value, share.around(Z)) for share in shares)
