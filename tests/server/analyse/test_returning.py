import math
import random
from fractions import Fraction

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.intervals import Share
from trimtab_server.analyse.quantities import Mean, Told, VisitorShare
from trimtab_server.analyse.returning import further_in_month, further_reports, most_reports

YES_NO = SubsetSelection(answers=2, a=8, b=1)
TOLD = Told(YES_NO, (0, 50), (None, 3.0))


def yes(hits: int, total: int) -> VisitorShare:
    return VisitorShare(Share(hits, total), YES_NO.keep, YES_NO.stray)


@pytest.mark.parametrize(("days", "further"), [(0, 0), (1, 0), (30, 0), (31, 1), (60, 1), (61, 2)])
def test_a_device_is_in_a_count_once_in_thirty_days(days: int, further: int) -> None:
    assert further_reports(days) == further


@pytest.mark.parametrize(("days", "further"), [(0, 0), (1, 0), (2, 1), (3, 2), (30, 2), (31, 5)])
def test_a_held_out_device_is_in_a_count_once_for_each_of_three_experiments(days: int, further: int) -> None:
    assert further_reports(days, 3) == further
    assert further_in_month(days, 3) == min(further, 2)


def test_no_device_makes_more_reports_than_days_budget_and_questions_give() -> None:
    assert [most_reports(days, 4) for days in (1, 3, 30, 31)] == [1, 3, 4, 8]
    assert [most_reports(days, 40) for days in (3, 30, 60)] == [3, 10, 20]


def test_without_other_reports_of_the_same_device_nothing_is_wider() -> None:
    assert yes(30, 100).widening(0) == 1.0


def test_an_answer_that_nobody_gives_has_nothing_to_repeat() -> None:
    assert yes(1, 9).widening(9) == 1.0
    assert yes(0, 9).widening(9) == 1.0


def test_of_a_mean_the_noise_is_not_told_apart_and_the_worst_is_taken() -> None:
    assert Mean(3.0, 0.1, 50, TOLD).widening(8) == 3.0


def test_an_interval_allows_for_the_other_reports_of_a_device() -> None:
    alone = yes(30, 100)
    three = VisitorShare(alone.supporting, alone.keep, alone.stray, further=2)
    assert three.value == alone.value
    assert three.around(1.96) == alone.around(1.96 * alone.widening(2))
    assert Mean(3.0, 0.1, 50, TOLD, further=3).around(1.0) == Mean(3.0, 0.2, 50, TOLD).around(1.0)


def test_the_spread_of_reports_of_devices_that_always_answer_alike_is_as_much_wider_as_told() -> None:
    draws = random.Random(20261123)  # noqa: S311  # simulated visitors, no secret
    devices, each, share = 50, 10, 0.3
    p, q = float(YES_NO.keep), float(YES_NO.stray)

    def supporting() -> float:
        truths = [draws.random() < share for _ in range(devices)]
        return sum(draws.random() < (p if truth else q) for truth in truths for _ in range(each)) / (devices * each)

    shares = [supporting() for _ in range(600)]
    mean = math.fsum(shares) / len(shares)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in shares) / len(shares))
    told = Fraction(3, 10) * YES_NO.keep + Fraction(7, 10) * YES_NO.stray
    independent = math.sqrt(told * (1 - told) / (devices * each))

    assert spread / independent == pytest.approx(yes(told.numerator, told.denominator).widening(9), rel=0.05)
