from itertools import combinations, combinations_with_replacement, product

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.estimates import answer_share
from trimtab_server.analyse.fakes import MOST_FAKES, best_split, fewest_that, most_moved
from trimtab_server.analyse.means import mean_of
from trimtab_server.analyse.quantities import Mean, VisitorShare

YES_NO = SubsetSelection(answers=2, a=8, b=1)


def yes(no: int, hits: int) -> VisitorShare:
    return answer_share(YES_NO, [no, hits], 1)


@pytest.mark.parametrize("arms", [((40, 10), (45, 5)), ((3, 0), (0, 20)), ((100, 0), (8, 1)), ((0, 9), (9, 0))])
@pytest.mark.parametrize("fakes", [1, 2, 7, 12])
def test_no_way_to_lie_moves_a_difference_further_than_is_told(
    arms: tuple[tuple[int, int], tuple[int, int]], fakes: int
) -> None:
    (no1, yes1), (no2, yes2) = arms
    before = yes(no1, yes1).value - yes(no2, yes2).value
    lies = [(a, b, c, fakes - a - b - c) for a, b, c in product(range(fakes + 1), repeat=3) if a + b + c <= fakes]
    farthest = max(abs(yes(no1 + a, yes1 + b).value - yes(no2 + c, yes2 + d).value - before) for a, b, c, d in lies)

    told = most_moved(yes(no1, yes1), yes(no2, yes2), fakes)

    assert told == pytest.approx(farthest, rel=1e-12)


def test_a_lie_weighs_more_than_a_vote_by_as_much_as_noise_takes_from_the_truth() -> None:
    # One of 100 made-up reports moves a share of reports by 0.99/101 at most; through p - q = 7/9 that is 9/7 of it.
    assert most_moved(yes(99, 1), yes(10**9, 0), 1) == pytest.approx(0.99 / 101 * 9 / 7, rel=1e-6)


RATINGS = (None, 1.0, 2.0, 3.0)
TWO_TOLD = SubsetSelection(answers=4, width=2, a=8, b=1)
ONE_TOLD = SubsetSelection(answers=4, width=1, a=8, b=1)


def sets_told(mechanism: SubsetSelection, reports: int) -> list[list[int]]:
    """All that so many made-up reports can add to the counts."""
    tellable = list(combinations(range(mechanism.answers), mechanism.width))
    lies = combinations_with_replacement(tellable, reports)
    return [[sum(told.count(answer) for told in lie) for answer in range(mechanism.answers)] for lie in lies]


def rated(mechanism: SubsetSelection, counts: list[int]) -> Mean:
    mean = mean_of(mechanism, counts, RATINGS)
    assert mean is not None
    return mean


@pytest.mark.parametrize("mechanism", [ONE_TOLD, TWO_TOLD])
@pytest.mark.parametrize(
    "arms",
    [
        ([60, 80, 90, 170], [90, 60, 100, 150]),
        ([40, 60, 60, 120], [30, 120, 60, 40]),
        ([100, 80, 60, 60], [70, 80, 90, 60]),
    ],
)
@pytest.mark.parametrize("fakes", [1, 3, 5])
def test_no_way_to_lie_moves_an_average_further_than_is_told(
    mechanism: SubsetSelection, arms: tuple[list[int], list[int]], fakes: int
) -> None:
    first, second = arms
    before = rated(mechanism, first).value - rated(mechanism, second).value
    farthest = max(
        abs(rated(mechanism, add(first, one)).value - rated(mechanism, add(second, two)).value - before)
        for here in range(fakes + 1)
        for one, two in product(sets_told(mechanism, here), sets_told(mechanism, fakes - here))
    )

    told = most_moved(rated(mechanism, first), rated(mechanism, second), fakes)

    assert told == pytest.approx(farthest, rel=1e-9)


def add(counts: list[int], more: list[int]) -> list[int]:
    return [count + each for count, each in zip(counts, more, strict=True)]


def test_an_average_moves_no_further_than_from_one_end_of_its_values_to_the_other() -> None:
    low, high = rated(ONE_TOLD, [30, 170, 60, 40]), rated(ONE_TOLD, [30, 40, 60, 170])
    told = most_moved(low, high, 10_000)
    assert low.value - high.value + told == pytest.approx(3 - 1, abs=0.05)
    assert low.value - high.value + told <= 3 - 1


def test_the_fewest_is_found_also_if_it_is_the_first_and_given_up_if_it_is_out_of_reach() -> None:
    assert fewest_that(lambda fakes: fakes >= 1) == 1
    assert fewest_that(lambda fakes: fakes >= 1234) == 1234
    assert fewest_that(lambda fakes: fakes > 2 * MOST_FAKES) is None


@pytest.mark.parametrize("best", [0, 1, 6, 999, 1000])
def test_the_best_split_is_found_wherever_it_lies(best: int) -> None:
    assert best_split(1000, lambda split: -abs(split - best)) == 0
