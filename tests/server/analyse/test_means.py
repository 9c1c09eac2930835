import random
from fractions import Fraction
from itertools import combinations
from math import comb

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.means import mean_of, pair_chances

NOISES = [SubsetSelection(3, 1, 8, 1), SubsetSelection(5, 2, 3, 1), SubsetSelection(6, 3, 8, 3), SubsetSelection(2, 1)]
FIVE = SubsetSelection(5, 2, 3, 1)
STARS = (None, 1.0, 2.0, 3.0, 5.0)
SHARES = (Fraction(1, 2), Fraction(1, 10), Fraction(1, 10), Fraction(1, 5), Fraction(1, 10))


def told_sets(mechanism: SubsetSelection, truth: int) -> list[tuple[frozenset[int], Fraction]]:
    """Every set that can be told, with its chance, from the definition of the mechanism."""
    sets = [frozenset(chosen) for chosen in combinations(range(mechanism.answers), mechanism.width)]
    inside = comb(mechanism.answers - 1, mechanism.width - 1)
    return [
        (told, mechanism.keep / inside if truth in told else (1 - mechanism.keep) / (len(sets) - inside))
        for told in sets
    ]


@pytest.mark.parametrize("mechanism", NOISES, ids=str)
def test_two_answers_are_told_both_as_often_as_enumeration_says(mechanism: SubsetSelection) -> None:
    true, others = pair_chances(mechanism)
    last = mechanism.answers - 1

    assert true == pytest.approx(float(sum(chance for told, chance in told_sets(mechanism, 0) if {0, last} <= told)))
    if mechanism.answers > 2:
        neither = sum(chance for told, chance in told_sets(mechanism, 0) if {1, last} <= told)
        assert others == pytest.approx(float(neither))


def test_the_mean_and_its_deviation_are_those_of_enumeration_where_counts_are_as_expected() -> None:
    reports = 27_000_000
    chances: dict[frozenset[int], Fraction] = {}
    for truth, share in enumerate(SHARES):
        for told, chance in told_sets(FIVE, truth):
            chances[told] = chances.get(told, Fraction(0)) + share * chance
    supports = [sum(chance for told, chance in chances.items() if answer in told) for answer in range(5)]
    mean = Fraction(10 + 20 + 60 + 50, 50)  # (0.1 x 1 + 0.1 x 2 + 0.2 x 3 + 0.1 x 5) / 0.5
    scores = [Fraction(0) if value is None else Fraction(value) - mean for value in STARS]
    sums = [(sum(scores[answer] for answer in told), chance) for told, chance in chances.items()]
    middle = sum(value * chance for value, chance in sums)
    variance = sum(value**2 * chance for value, chance in sums) - middle**2

    found = mean_of(FIVE, [int(support * reports) for support in supports], STARS)

    assert found is not None
    slope = FIVE.keep - FIVE.stray
    assert found.value == pytest.approx(float(mean), abs=1e-5)
    assert found.deviation**2 == pytest.approx(float(variance / (slope * Fraction(1, 2)) ** 2 / reports), rel=1e-4)
    assert found.reports == reports


def test_nineteen_of_twenty_intervals_hold_the_true_mean() -> None:
    draws = random.Random(20261123)  # noqa: S311  # simulated visitors, no secret
    held = 0
    for _ in range(400):
        counts = [0] * 5
        for truth in draws.choices(range(5), [float(share) for share in SHARES], k=1_500):
            for answer in FIVE.tell(truth, FIVE.offsets(draws.randrange(FIVE.modulus))):
                counts[answer] += 1
        found = mean_of(FIVE, counts, STARS)
        assert found is not None
        held += 2.8 in found.around(1.959964)

    assert 370 <= held <= 390


def test_a_mean_over_nobody_is_none() -> None:
    assert mean_of(FIVE, [0] * 5, STARS) is None
    assert mean_of(SubsetSelection(3, 1, 8, 1), [80, 10, 10], (None, 1.0, 2.0)) is None
