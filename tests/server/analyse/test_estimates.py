import random
from fractions import Fraction

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.estimates import answer_share, estimate_answers

FOUR = SubsetSelection(answers=4, a=8, b=1)
"""p = 8/11 and q = 1/11, so p - q = 7/11."""


def test_the_share_of_visitors_is_exact_in_fractions() -> None:
    told = [answer_share(FOUR, counts, 0).exact for counts in ([1, 3, 0, 0], [8, 1, 1, 1], [1, 8, 1, 1])]

    assert told == [Fraction(1, 4), 1, 0]


def test_an_estimate_matches_the_one_worked_by_hand() -> None:
    estimate = estimate_answers(FOUR, [440, 330, 220, 110])[0]

    assert estimate.share == pytest.approx(0.4857143, abs=1e-7)  # (0.4 - 1/11) / (7/11) = 3.4/7
    assert estimate.interval.low == pytest.approx(0.4408433, abs=1e-7)  # Wilson of 440 in 1100: 0.3714457 ...
    assert estimate.interval.high == pytest.approx(0.5316790, abs=1e-7)  # ... to 0.4292503, both through the same line


def test_estimates_of_all_answers_add_up_to_one() -> None:
    estimates = estimate_answers(FOUR, [5, 17, 3, 90])

    assert sum(estimate.share for estimate in estimates) == pytest.approx(1)


def test_an_estimate_below_zero_stays_below_zero() -> None:
    estimate = estimate_answers(FOUR, [0, 100, 0, 0])[0]

    assert estimate.share == pytest.approx(-1 / 7)
    assert estimate.interval.low == pytest.approx(-1 / 7)


def test_a_report_that_tells_three_answers_is_one_report() -> None:
    wide = SubsetSelection(answers=10, width=3, a=8, b=3)  # p = 8/15, q = 37/135, so p - q = 7/27
    estimates = estimate_answers(
        wide,
        [
            80,
            40,
            *[35] * 6,
            30,
            30,
        ][:10],
    )

    assert sum(estimate.share for estimate in estimates) == pytest.approx(1)
    assert estimates[0].share == pytest.approx((80 / 130 - 37 / 135) / (7 / 27))


def test_without_a_report_there_is_no_estimate() -> None:
    assert estimate_answers(FOUR, [0, 0, 0, 0]) == ()


def simulate(truth: list[int], draws: random.Random, mechanism: SubsetSelection, visitors: int) -> list[int]:
    """Counts of told answers from visitors drawn from a population with these relative frequencies."""
    counts = [0] * mechanism.answers
    for answer in draws.choices(range(mechanism.answers), weights=truth, k=visitors):
        for told in mechanism.tell(answer, mechanism.offsets(draws.randrange(mechanism.modulus))):
            counts[told] += 1
    return counts


@pytest.mark.parametrize(
    ("mechanism", "truth", "covered"),
    [
        (SubsetSelection(answers=4, a=8, b=1), [50, 30, 15, 5], 943),
        (SubsetSelection(answers=2, a=55, b=1), [95, 5], 957),
        (SubsetSelection(answers=3, a=3, b=1), [98, 1, 1], 955),
        (SubsetSelection(answers=16, width=2, a=8, b=1), [*[1] * 15, 5], 947),
    ],
    ids=["four answers at 8", "a rare yes at 55", "rare answers at 3", "two of sixteen answers at 8"],
)
def test_intervals_cover_the_true_share_of_the_population_in_about_950_of_1000_simulated_experiments(
    mechanism: SubsetSelection, truth: list[int], covered: int
) -> None:
    draws = random.Random(20261123)  # noqa: S311  # simulated visitors, no secret
    last = truth[-1] / sum(truth)

    hits = sum(
        last in estimate_answers(mechanism, simulate(truth, draws, mechanism, 200))[-1].interval for _ in range(1000)
    )

    assert hits == covered
