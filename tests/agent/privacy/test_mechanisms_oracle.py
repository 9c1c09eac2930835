"""The noise as it comes out of the dice: its error, its ratio, and another implementation of the same mechanisms."""

import math
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from multi_freq_ldpy.pure_frequency_oracles import GRR, SS  # type: ignore[import-untyped]
from scipy import stats  # type: ignore[import-untyped]

from trimtab.privacy.mechanisms import SubsetSelection, best_width
from trimtab.privacy.randomness import randbelow

ROWS = [(2, 1), (4, 1), (10, 1), (16, 2), (64, 2), (100, 1), (256, 4)]
DEGREES = 2_000
"""Of freedom, at least: the measured error is then within 11 % of the true one in 999 of 1000 runs."""
TOLD_EACH = 20
"""How often each answer is told in a round, at least: with fewer the counts are too skewed for chi-square."""
SURE = 1e-3


def near(answers: int, epsilon: int, *, response: bool) -> SubsetSelection:
    """Subset selection, or randomised response, with a/b next to e^epsilon."""
    ratio = Fraction(math.exp(epsilon)).limit_denominator(10**6)
    a, b = ratio.numerator, ratio.denominator
    return SubsetSelection(answers, 1 if response else best_width(answers, a, b), a, b)


def telling(mechanism: SubsetSelection, seed: int) -> Iterator[tuple[int, ...]]:
    """Offsets after offsets, drawn as a device draws them, from seeded bytes."""
    source = random.Random(seed).randbytes  # noqa: S311  # simulated visitors, no secret
    while True:
        yield mechanism.offsets(randbelow(mechanism.modulus, source))


@pytest.mark.parametrize("response", [True, False], ids=["randomised response", "subset selection"])
@pytest.mark.parametrize(("answers", "epsilon"), ROWS)
def test_the_measured_total_squared_error_is_that_of_the_closed_form(
    answers: int, epsilon: int, response: bool
) -> None:
    """With every answer true equally often all directions of the error weigh the same, so their sum is chi-square."""
    mechanism = near(answers, epsilon, response=response)
    keep, stray = float(mechanism.keep), float(mechanism.stray)
    each, rounds = math.ceil(TOLD_EACH / mechanism.width), math.ceil(DEGREES / (answers - 1))
    draws = telling(mechanism, seed=answers)
    total = 0.0
    for _ in range(rounds):
        told = Counter(answer for truth in range(answers) for _ in range(each)
                       for answer in mechanism.tell(truth, next(draws)))  # fmt: skip
        reports = answers * each
        shares = [(told[answer] / reports - stray) / (keep - stray) for answer in range(answers)]
        total += reports * sum((share - 1 / answers) ** 2 for share in shares)
    degrees = rounds * (answers - 1)
    measured = total * (answers - 1) / float(mechanism.total_error)

    low, high = stats.chi2.ppf([SURE / 2, 1 - SURE / 2], degrees)
    assert low <= measured <= high


def audited(mechanism: SubsetSelection, draws: int) -> float:
    """The ratio of chances that so many draws prove, by Clopper and Pearson (1934), wrong once in a thousand times.

    Looked at is what parts two truths best: the told set holds the first and not the second.
    """
    offsets = telling(mechanism, seed=1934)
    each = draws // 2
    hits = [0, 0]
    for truth in (0, 1):
        for _ in range(each):
            told = mechanism.tell(truth, next(offsets))
            hits[truth] += 0 in told and 1 not in told
    least = stats.beta.ppf(SURE / 2, hits[0], each - hits[0] + 1)
    most = stats.beta.ppf(1 - SURE / 2, hits[1] + 1, each - hits[1])
    return float(least / most)


@pytest.mark.parametrize(("answers", "width"), [(4, 1), (16, 2)], ids=["one of four", "two of sixteen"])
def test_a_million_draws_prove_no_larger_ratio_than_is_claimed(answers: int, width: int) -> None:
    assert 7.7 < audited(SubsetSelection(answers, width), 1_000_000) <= 8


def test_a_mechanism_that_leaks_a_little_more_is_found_out() -> None:
    assert audited(SubsetSelection(4, 1, 85, 10), 1_000_000) > 8


EPSILON = math.log(8)


@pytest.mark.parametrize("answers", [2, 4, 16])
def test_randomised_response_is_that_of_another_library(answers: int) -> None:
    mechanism = SubsetSelection(answers)
    truths = [truth * truth % answers for truth in range(20_000)]
    draws = telling(mechanism, seed=7)
    ours = [min(mechanism.tell(truth, next(draws))) for truth in truths]
    np.random.seed(7)
    theirs = [int(GRR.GRR_Client.py_func(truth, answers, EPSILON)) for truth in truths]

    # Their estimator finds in our reports what ours finds, and both devices tell the truth equally often.
    estimated = GRR.GRR_Aggregator_MI(ours, answers, EPSILON)
    assert estimated == pytest.approx(shares(mechanism, [[answer] for answer in ours]), abs=1e-9)
    kept = [sum(map(int.__eq__, truths, reports)) for reports in (ours, theirs)]
    assert all(is_likely(number, len(truths), mechanism.keep) for number in kept)


@pytest.mark.parametrize(("answers", "width"), [(16, 2), (23, 3), (32, 4)])
def test_subset_selection_is_that_of_another_library(answers: int, width: int) -> None:
    mechanism = SubsetSelection(answers, best_width(answers, 8, 1))
    truths = [truth * truth % answers for truth in range(20_000)]
    draws = telling(mechanism, seed=8)
    ours = [sorted(mechanism.tell(truth, next(draws))) for truth in truths]
    np.random.seed(8)
    theirs = [SS.SS_Client.py_func(truth, answers, EPSILON).tolist() for truth in truths]

    assert mechanism.width == width == len(theirs[0])
    estimated = SS.SS_Aggregator_MI(ours, answers, EPSILON)
    assert estimated == pytest.approx(shares(mechanism, ours), abs=1e-9)
    for sets in (ours, theirs):
        pairs = list(zip(truths, sets, strict=True))
        assert is_likely(sum(truth in told for truth, told in pairs), len(pairs), mechanism.keep)
        others = [told for truth, told in pairs if truth != 1]
        assert is_likely(sum(1 in told for told in others), len(others), mechanism.stray)


def shares(mechanism: SubsetSelection, reports: list[list[int]]) -> list[float]:
    """The estimate of every answer's share, brought to 0 or more and a sum of 1 as their library does it."""
    told = Counter(answer for report in reports for answer in report)
    keep, stray = mechanism.keep, mechanism.stray
    exact = [(Fraction(told[n], len(reports)) - stray) / (keep - stray) for n in range(mechanism.answers)]
    positive = [max(float(share), 0.0) for share in exact]
    return [share / sum(positive) for share in positive]


def is_likely(hits: int, total: int, chance: Fraction) -> bool:
    """Whether so many hits are within what happens in 999 of 1000 cases."""
    low, high = stats.binom.ppf([SURE / 2, 1 - SURE / 2], total, float(chance))
    return bool(low <= hits <= high)
