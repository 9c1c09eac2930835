import random
import subprocess
import sys
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from scipy.stats import chi2, chisquare  # type: ignore[import-untyped]  # it ships no types

from trimtab.messages import Arm, Declaration, Named
from trimtab_server.analyse.arrivals import Arrivals, Arrived, upper_tail
from trimtab_server.analyse.arrivals import check_arrivals as check
from trimtab_server.analyse.totals import Totals

SHARES = (0.1, 0.45, 0.45)
ARMS = (Arm("", "holdout"), Arm("size", "big"), Arm("size", "plain"))


def check_arrivals(totals: Totals, shares: tuple[float, ...] = SHARES, questions: int = 10) -> Arrivals:
    asked = tuple(Named(f"q{n}", ("none", "yes")) for n in range(questions))
    return check(Declaration("shop", "00" * 8, (8, 1), (), (), ARMS, asked, (), shares=shares), totals)


def by_month(months: Sequence[Sequence[int]]) -> Totals:
    return {(0, arm, 30 * month): n for month, row in enumerate(months) for arm, n in enumerate(row)}


def test_a_fair_draw_of_one_day_is_tested_as_scipy_does() -> None:
    found = check_arrivals({(0, 0, 7): 60, (1, 0, 7): 50, (0, 1, 7): 450, (0, 2, 7): 440})

    assert found.reports == (110, 450, 440)
    assert found.expected == pytest.approx((100, 450, 450))
    assert found.chance == pytest.approx(chisquare([110, 450, 440], [100, 450, 450]).pvalue)
    assert found.verdict is Arrived.AS_DECLARED


@pytest.mark.parametrize(("statistic", "freedom"), product((0.0, 0.3, 9.0, 80.0), (1, 2, 7)))
def test_the_tail_is_that_of_the_distribution(statistic: float, freedom: int) -> None:
    assert upper_tail(statistic, freedom) == pytest.approx(chi2.sf(statistic, freedom))


def test_an_arm_that_loses_a_tenth_of_its_reports_is_seen() -> None:
    assert check_arrivals({(0, 0, 7): 1000, (0, 1, 7): 4500, (0, 2, 7): 4050}).verdict is Arrived.SKEWED


def test_what_might_be_ten_reports_of_each_device_counts_as_a_tenth() -> None:
    # The same on each of ten days, as if the same devices came: ten times the reports say no more than one day's.
    days = {(0, arm, day): n for arm, n in enumerate((100, 480, 420)) for day in range(10)}
    one_day = {key: n for key, n in days.items() if key[2] == 0}

    assert check_arrivals(days).chance == pytest.approx(check_arrivals(one_day).chance)


def test_a_device_makes_no_more_reports_than_there_is_to_ask() -> None:
    days = {(0, arm, day): n for arm, n in enumerate((100, 480, 420)) for day in range(10)}

    assert check_arrivals(days).chance > check_arrivals(days, questions=3).chance > 0
    assert check_arrivals(days, questions=1).chance == pytest.approx(
        chisquare([1000, 4800, 4200], [1000, 4500, 4500]).pvalue
    )


def test_devices_that_return_alarm_no_more_often_than_is_told() -> None:
    draws = random.Random(20261123)  # noqa: S311  # simulated devices, no secret

    def one() -> float:
        totals = dict.fromkeys(product((0,), range(3), range(10)), 0)
        for arm in draws.choices(range(3), SHARES, k=200):
            for day in range(10 if draws.random() < 0.3 else 1):
                totals[0, arm, day] += 1
        return check_arrivals(totals).chance

    chances = [one() for _ in range(400)]

    assert sum(chance < 0.05 for chance in chances) <= 0.05 * 400


@pytest.mark.parametrize("again", [0.0, 0.5, 1.0], ids=["none", "half", "all"])
def test_a_year_alarms_no_more_often_than_is_told_however_many_devices_return_each_month(again: float) -> None:
    draws = np.random.default_rng(20261130)

    def one() -> float:
        always = draws.multinomial(round(1000 * again), SHARES)
        months = [always + draws.multinomial(1000 - round(1000 * again), SHARES) for _ in range(12)]
        return check_arrivals(by_month([row.tolist() for row in months]), questions=1).chance

    chances = [one() for _ in range(1000)]

    assert sum(chance < 0.05 for chance in chances) <= 0.05 * len(chances)


def test_an_arm_that_begins_to_fail_after_a_year_is_seen_as_soon_as_in_the_first_month() -> None:
    fair, failing = (200, 900, 900), (200, 900, 600)

    assert check_arrivals(by_month([failing]), questions=1).verdict is Arrived.SKEWED
    found = check_arrivals(by_month([fair] * 12 + [failing]), questions=1)
    assert (found.verdict, found.month) == (Arrived.SKEWED, 360)
    assert check_arrivals(by_month([fair] * 13), questions=1).verdict is Arrived.AS_DECLARED


def test_a_month_of_ten_reports_of_each_device_counts_as_a_tenth_of_it() -> None:
    # Ten days of each month, the same on each: one day's numbers, twice for the whole and the months, and once a month.
    failing = {(0, arm, 30 + day): n for arm, n in enumerate((100, 480, 320)) for day in range(10)}
    fair = {(0, arm, day): n for arm, n in enumerate((100, 450, 450)) for day in range(10)}

    found = check_arrivals(fair | failing)

    assert found.month == 30
    assert found.chance == pytest.approx(4 * chisquare([100, 480, 320], [90, 405, 405]).pvalue)


@pytest.mark.parametrize(("day", "month"), [(100, 90), (-100, -100)])
def test_a_hundredth_of_all_may_be_misdated_and_makes_no_month_of_its_own(day: int, month: int) -> None:
    fair = by_month([(400, 1800, 1800)] * 2)

    misdated = check_arrivals(fair | {(0, 1, day): 80}, questions=1)
    assert (misdated.verdict, misdated.month) == (Arrived.AS_DECLARED, None)
    assert check_arrivals(fair | {(0, 1, day): 82}, questions=1).month == month


def test_too_few_reports_and_undeclared_shares_are_told_so() -> None:
    assert check_arrivals({}).verdict is Arrived.TOO_FEW
    assert check_arrivals({(0, 1, 7): 49}).verdict is Arrived.TOO_FEW
    assert check_arrivals({(0, 1, 7): 50}).verdict is Arrived.SKEWED
    assert check_arrivals({(0, 1, 7): 5000}, ()).verdict is Arrived.NOT_DECLARED


def test_the_server_starts_without_scipy() -> None:
    line = "import sys, trimtab_server.app, trimtab_server.report.command; sys.exit('scipy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", line], check=False).returncode == 0
