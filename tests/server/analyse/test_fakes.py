from itertools import product

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.estimates import answer_share
from trimtab_server.analyse.fakes import MOST_FAKES, best_split, fewest_that, most_moved, pushed
from trimtab_server.analyse.quantities import VisitorShare

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


def test_all_made_up_reports_are_counted_somewhere() -> None:
    first, second = pushed(yes(40, 10), yes(45, 5), 7, 3)

    assert first.reports + second.reports == 107
    assert second.supporting.hits == 5


def test_the_fewest_is_found_also_if_it_is_the_first_and_given_up_if_it_is_out_of_reach() -> None:
    assert fewest_that(lambda fakes: fakes >= 1) == 1
    assert fewest_that(lambda fakes: fakes >= 1234) == 1234
    assert fewest_that(lambda fakes: fakes > 2 * MOST_FAKES) is None


@pytest.mark.parametrize("best", [0, 1, 6, 999, 1000])
def test_the_best_split_is_found_wherever_it_lies(best: int) -> None:
    assert best_split(1000, lambda split: -abs(split - best)) == 0
