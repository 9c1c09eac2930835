import pytest

from trimtab_server.analyse.pace import reports_per_day


def test_the_pace_is_the_mean_of_the_last_two_weeks_for_each_question_and_arm() -> None:
    totals = {(0, 1, 100): 714, (0, 1, 87): 14, (1, 0, 99): 7}

    assert reports_per_day(totals, 100) == pytest.approx({(0, 1): 52.0, (1, 0): 0.5})


def test_a_young_policy_is_not_measured_by_days_before_it() -> None:
    assert reports_per_day({(0, 0, 99): 30}, 100) == {(0, 0): 15.0}


def test_reports_of_long_ago_make_no_pace() -> None:
    assert reports_per_day({(0, 0, 86): 30}, 100) == {}


def test_one_report_of_a_wrong_clock_does_not_slow_the_pace() -> None:
    assert reports_per_day({(0, 0, 100): 3000, (0, 0, 88): 1}, 100)[0, 0] == 3001
