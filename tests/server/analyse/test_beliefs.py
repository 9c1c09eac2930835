import math

import numpy as np
import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.beliefs import DOUBT, believe
from trimtab_server.analyse.differences import measure
from trimtab_server.analyse.intervals import Share
from trimtab_server.analyse.quantities import VisitorShare


def test_a_belief_matches_the_one_worked_by_hand() -> None:
    # Prior deviation 0.3 x 0.1 = 0.03, estimate 0.04 +- 0.03: the mean lies half way, the deviation is 0.03 / sqrt(2).
    belief = believe(0.04, 0.03, 0.1, 0.02)

    assert belief is not None
    spread = 0.03 / math.sqrt(2)
    assert belief.interval.low == pytest.approx(0.02 - 1.959964 * spread)
    assert belief.interval.high == pytest.approx(0.02 + 1.959964 * spread)
    assert belief.higher == pytest.approx(0.5 * math.erfc(-0.02 / spread / math.sqrt(2)))


@pytest.mark.parametrize(("base", "base_deviation"), [(0.0, 0.0), (-0.02, 0.0), (0.06, 0.02)])
def test_a_share_that_may_be_nothing_but_noise_gives_no_scale_to_doubt_by(base: float, base_deviation: float) -> None:
    assert believe(0.01, 0.02, base, base_deviation) is None


@pytest.mark.parametrize(
    ("answers", "noise", "base", "reports", "told"),
    [
        (4, 8, 0.01, (1_000, 1_000), 0.01),
        (4, 8, 0.01, (5_000, 5_000), 0.17),
        (4, 8, 0.01, (20_000, 20_000), 0.91),
        (4, 3, 0.05, (5_000, 5_000), 0.91),
        (2, 8, 0.05, (1_000, 1_000), 0.98),
        (2, 55, 0.01, (500, 4_500), 0.91),
        (2, 8, 0.3, (500, 500), 1.0),
    ],
)
def test_a_belief_that_is_told_holds_as_often_as_it_says(
    answers: int, noise: int, base: float, reports: tuple[int, int], told: float
) -> None:
    draws, mechanism = np.random.default_rng(20261130), SubsetSelection(answers, 1, noise, 1)
    first, second = reports

    def arm(share: float, total: int) -> VisitorShare:
        supporting = share * float(mechanism.keep) + (1 - share) * float(mechanism.stray)
        return VisitorShare(Share(int(draws.binomial(total, supporting)), total), mechanism.keep, mechanism.stray)

    # Truths are drawn from the prior, about a base that is that of both arms together.
    holds = []
    truths = draws.normal(0, DOUBT * base, 1_500)
    for truth in truths:
        one = arm(base + truth * second / (first + second), first)
        two = arm(base - truth * first / (first + second), second)
        belief = measure(one, two).belief
        if belief is not None:
            holds.append(truth in belief.interval)

    assert len(holds) / len(truths) == pytest.approx(told, abs=0.03)
    assert sum(holds) >= 0.93 * len(holds)
