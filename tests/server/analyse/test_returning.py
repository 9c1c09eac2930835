import math
import random
from fractions import Fraction
from functools import cache

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.intervals import Share, Z
from trimtab_server.analyse.quantities import Mean, Told, VisitorShare
from trimtab_server.analyse.returning import again, most_reports, reports_of_one, reports_of_one_evenly

YES_NO = SubsetSelection(answers=2, a=8, b=1)
TOLD = Told(YES_NO, (0, 50), (None, 3.0))


def yes(hits: int, total: int) -> VisitorShare:
    return VisitorShare(Share(hits, total), YES_NO.keep, YES_NO.stray)


def evenly(days: int) -> dict[int, int]:
    return dict.fromkeys(range(days), 7)


@pytest.mark.parametrize(("days", "worst"), [(0, 0), (1, 0), (30, 0), (60, 1), (90, 2), (365, 11.18)])
def test_a_device_is_in_a_count_once_in_thirty_days(days: int, worst: float) -> None:
    found = again(evenly(days))
    assert found.worst == pytest.approx(worst, abs=0.01)
    assert found.one_look == min(found.worst, 1)
    assert found.verdict == 0


@pytest.mark.parametrize(("days", "worst"), [(0, 0), (1, 0), (2, 1), (3, 2), (30, 2), (60, 5)])
def test_a_held_out_device_is_in_a_count_once_for_each_of_three_experiments(days: int, worst: float) -> None:
    found = again(evenly(days), 3)
    assert found.worst == found.one_look == worst
    assert found.verdict == min(worst, 2)


def test_overnight_no_more_reports_can_be_of_devices_that_were_asked_before_than_there_are() -> None:
    """Of 31 days' reports those of two may be of the same devices: 2 / 31 have one other beside them."""
    assert again(evenly(31)).worst == pytest.approx(2 / 31)
    assert again({0: 1000, 30: 1}).worst == pytest.approx(2 / 1001)  # whoever dates one report back does little
    assert again({0: 5, 29: 5}).worst == 0
    assert again({0: 5, 30: 5, 60: 5}).worst == 2


@pytest.mark.parametrize("days", [1, 17, 30, 31, 45, 60, 61, 200, 365])
def test_evenly_coming_reports_are_counted_in_closed_form(days: int) -> None:
    assert reports_of_one_evenly(days) == pytest.approx(reports_of_one(evenly(days)))


@pytest.mark.parametrize("seed", range(30))
def test_no_way_to_share_reports_among_devices_has_more_of_one_device(seed: int) -> None:
    draws = random.Random(seed)  # noqa: S311  # cases, no secret
    days = sorted(draws.choices(range(0, 130, 5), k=8))
    by_day = {day: days.count(day) for day in days}
    assert reports_of_one(by_day) * len(days) == most_squares(tuple(days), ())


@cache
def most_squares(days: tuple[int, ...], devices: tuple[tuple[int, int], ...]) -> int:
    """The greatest sum of squares of reports per device over all ways; `devices`: last day and reports of each."""
    if not days:
        return sum(times * times for _, times in devices)
    day, *rest = days
    ways = [tuple(sorted((*devices, (day, 1))))]
    for last, times in set(devices):
        if last <= day - 30:
            others = list(devices)
            others.remove((last, times))
            ways.append(tuple(sorted((*others, (day, times + 1)))))
    return max(most_squares(tuple(rest), way) for way in ways)


def test_no_device_makes_more_reports_than_days_budget_and_questions_give() -> None:
    assert [most_reports(days, 4) for days in (1, 3, 30, 31)] == [1, 3, 4, 8]
    assert [most_reports(days, 40) for days in (3, 30, 60)] == [3, 10, 20]


def test_without_other_reports_of_the_same_device_nothing_is_wider() -> None:
    assert yes(30, 100).widening(0) == 1.0


def test_an_answer_that_clearly_nobody_gives_has_nothing_to_repeat() -> None:
    assert yes(0, 1_000).widening(9) == 1.0


def test_of_few_reports_the_widest_is_taken_that_their_interval_leaves_open() -> None:
    few, many = yes(1, 9), yes(10**6, 9 * 10**6)
    shares = [number / 1000 for number in range(1001)]
    p, q = float(YES_NO.keep), float(YES_NO.stray)
    told = [share * p + (1 - share) * q for share in shares]
    factors = [
        1 + 9 * share * (1 - share) * (p - q) ** 2 / (each * (1 - each))
        for share, each in zip(shares, told, strict=True)
    ]
    open_to_few = [
        factor for share, factor in zip(shares, factors, strict=True) if share in few.around(Z).clipped(0.0, 1.0)
    ]
    assert few.widening(9) == pytest.approx(math.sqrt(max(open_to_few)), rel=1e-4)
    assert 1 < many.widening(9) < 1.01


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
