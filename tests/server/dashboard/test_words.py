import pytest

from trimtab_server.analyse.differences import NoPlan
from trimtab_server.analyse.intervals import Interval
from trimtab_server.dashboard import words


def test_counts_have_thousands_and_the_right_number() -> None:
    assert words.counted(0, "report") == "0 reports"
    assert words.counted(1, "report") == "1 report"
    assert words.counted(12_345, "report") == "12,345 reports"


def test_a_share_is_shown_within_its_limits() -> None:
    assert words.percent(0.314, 0) == "31%"
    assert words.percent(0.314, 1) == "31.4%"
    assert words.percent(-0.2, 0) == "0%"
    assert words.percent(1.2, 0) == "100%"
    assert words.percent_span(Interval(-0.1, 0.349), 0) == "0 to 35%"
    assert words.percent_span(Interval(1.01, 1.2), 1) == "about 100%"
    assert words.percent_span(Interval(-0.3, -0.1), 0) == "about 0%"


def test_a_difference_has_its_sign_and_zero_has_none() -> None:
    assert words.points(0.071, 0) == "+7"
    assert words.points(-0.071, 1) == "\u22127.1"
    assert words.points(-0.001, 0) == "0"
    assert words.points_span(Interval(-1.4, 0.12), 0) == "\u2212100 to +12"


def test_decimals_are_shown_only_where_the_interval_is_narrow() -> None:
    assert words.fitting_decimals(Interval(0.2, 0.3)) == 0
    assert words.fitting_decimals(Interval(0.2, 0.23)) == 1


@pytest.mark.parametrize(("number", "text"), [(7, "7"), (42, "42"), (2736, "2,800"), (2701, "2,800"), (100, "100")])
def test_a_plan_is_rounded_up_to_two_digits(number: int, text: str) -> None:
    assert words.roughly(number) == text


@pytest.mark.parametrize(
    ("more", "per_day", "text"),
    [
        (2736, 200.0, "about 2,800 more reports, 2 weeks"),
        (100, 0.0, "about 100 more reports"),
        (100, 99.0, "about 100 more reports, 2 days"),
        (1, 5.0, "about 1 more report, 1 day"),
        (9000, 100.0, "about 9,000 more reports, 3 months"),
        (2_000_000, 200.0, "would take years"),
        (NoPlan.ALIKE, 200.0, "too alike to tell apart"),
        (NoPlan.TOO_FEW, 200.0, "too few reports to say when"),
    ],
)
def test_what_is_to_come_is_told_in_reports_and_in_time(more: int | NoPlan, per_day: float, text: str) -> None:
    assert words.reports_to_come(more, per_day) == text


def test_a_day_is_written_as_people_write_it() -> None:
    assert words.day_name(20_780) == "23 Nov 2026"
    assert words.day_name(20_759) == "2 Nov 2026"
