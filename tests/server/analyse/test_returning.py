import math
import random
from fractions import Fraction

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.intervals import Share
from trimtab_server.analyse.quantities import Mean, VisitorShare
from trimtab_server.analyse.returning import further_reports, widening

YES_NO = SubsetSelection(answers=2, a=8, b=1)


def yes(hits: int, total: int) -> VisitorShare:
    return VisitorShare(Share(hits, total), YES_NO.keep, YES_NO.stray)


@pytest.mark.parametrize(("days", "further"), [(0, 0), (1, 0), (30, 0), (31, 1), (60, 1), (61, 2)])
def test_a_device_is_in_a_count_once_in_thirty_days(days: int, further: int) -> None:
    assert further_reports(days) == further


def test_without_other_reports_of_the_same_device_nothing_is_wider() -> None:
    assert widening(yes(30, 100), 0.0) == 1.0


def test_an_answer_that_nobody_gives_has_nothing_to_repeat() -> None:
    assert widening(yes(1, 9), 9.0) == 1.0
    assert widening(yes(0, 9), 9.0) == 1.0


def test_of_a_mean_the_noise_is_not_told_apart_and_the_worst_is_taken() -> None:
    assert widening(Mean(3.0, 0.1, 50), 8.0) == 3.0


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

    assert spread / independent == pytest.approx(widening(yes(told.numerator, told.denominator), 9.0), rel=0.05)
