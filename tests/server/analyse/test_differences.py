import math

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.differences import Difference, NoPlan, Verdict, Waiting, compare_answer, reports_needed
from trimtab_server.analyse.intervals import Share

YES_NO = SubsetSelection(answers=2, a=8, b=1)
"""p = 8/9 and q = 1/9, so p - q = 7/9."""


def compared(first: list[int], second: list[int]) -> Difference:
    found = compare_answer(YES_NO, first, second, 1)
    assert isinstance(found, Difference)
    return found


def test_a_difference_matches_the_one_worked_by_hand() -> None:
    # Newcombe's own example, 56 of 70 against 48 of 80: 0.2, from 0.0524 to 0.3339; each divided by 7/9.
    found = compared([14, 56], [32, 48])

    assert found.share == pytest.approx(0.2 * 9 / 7)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0524 * 9 / 7, 0.3339 * 9 / 7), abs=1e-4)
    assert found.verdict is Verdict.HIGHER
    assert found.more_reports is None


def test_the_verdict_turns_with_the_arms() -> None:
    assert compared([32, 48], [14, 56]).verdict is Verdict.LOWER


def test_a_difference_whose_interval_holds_zero_cannot_be_told_yet_and_says_how_many_more_reports_it_takes() -> None:
    found = compared([60, 40], [65, 35])

    assert found.verdict is Verdict.CANNOT_TELL
    assert 0 in found.interval
    # V = .4 x .6 / 100 + .35 x .65 / 100 = 0.004675; 200 ((1.959964 + 0.841621)^2 V / 0.05^2 - 1) = 2735.5
    assert found.more_reports == 2736


def test_so_many_more_reports_would_show_a_difference_of_that_size_four_times_in_five() -> None:
    more = reports_needed(Share(40, 100), Share(35, 100))
    assert isinstance(more, int)
    grown = (200 + more) / 200
    error = math.sqrt((0.4 * 0.6 + 0.35 * 0.65) / (100 * grown))

    power = 0.5 * math.erfc((1.959964 - 0.05 / error) / math.sqrt(2))

    assert power == pytest.approx(0.8, abs=1e-3)


def test_arms_that_look_alike_need_no_realistic_number_of_reports() -> None:
    assert compared([60, 40], [60, 40]).more_reports is NoPlan.ALIKE
    assert compared([500_000, 500_000], [500_001, 499_999]).more_reports is NoPlan.ALIKE


def test_a_handful_of_reports_is_no_result_however_clear_it_looks() -> None:
    found = compared([0, 4], [4, 0])

    assert found.interval.low > 0
    assert found.verdict is Verdict.CANNOT_TELL
    assert compared([0, 30], [30, 0]).verdict is Verdict.HIGHER


def test_with_a_handful_of_reports_nobody_can_say_how_many_more_it_takes() -> None:
    assert compared([1, 0], [1, 0]).more_reports is NoPlan.TOO_FEW
    assert compared([60, 40], [15, 14]).more_reports is NoPlan.TOO_FEW
    assert isinstance(compared([60, 40], [15, 15]).more_reports, int)


def test_an_arm_without_a_report_is_waited_for() -> None:
    assert compare_answer(YES_NO, [0, 0], [3, 1], 1) == Waiting(0, 4)
