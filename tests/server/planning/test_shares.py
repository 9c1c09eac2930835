from fractions import Fraction

import pytest

from trimtab_server.planning.numbers import length, people, percent, percent_away, points
from trimtab_server.planning.page import COLUMN
from trimtab_server.planning.shares import PlanError, read_change, read_percent


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("10%", "11/200"),
        ("+10 %", "11/200"),
        ("-10%", "9/200"),
        ("2pts", "7/100"),
        ("2 points", "7/100"),
        ("+0.5pt", "11/200"),
        ("-1point", "4/100"),
    ],
)
def test_percent_is_of_the_base_and_points_are_added_to_it(text: str, raised: str) -> None:
    assert read_change(text).raised(Fraction(5, 100)) == Fraction(raised)


@pytest.mark.parametrize(("text", "raised"), [("10%", -9), ("-10%", -11), ("2pts", "-499/50")])
def test_more_of_a_number_below_zero_is_nearer_to_zero(text: str, raised: str) -> None:
    assert read_change(text).raised(Fraction(-10)) == Fraction(raised)


def test_all_visitors_may_share_however_it_is_written() -> None:
    assert read_percent("--sharing", "100.0%", all_too=True) == 1
    with pytest.raises(PlanError, match="and below 100%"):
        read_percent("--base", "100.0%")


@pytest.mark.parametrize(
    "text", ["", "10", "0.1", "10pp", "%", "1e3%", "--10%", "10%%", "ten%", "1,5%", "0pts", "nan%"]
)
def test_a_change_that_can_be_mistaken_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match="; "):
        read_change(text)


def test_a_percentage_is_exact() -> None:
    assert read_percent("--base", "0.1%") == Fraction(1, 1000)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (None, "too many"),
        (9_999, "9,999"),
        (10_000, "10,000"),
        (10_001, "10,100"),
        (1_250_951, "1,260,000"),
        (9_999_999, "10,000,000"),
        (10_000_001, "11 million"),
        (123_000_001, "130 million"),
        (990_000_000, "990 million"),
        (990_000_001, "1.0 billion"),
        (1_510_000_000, "1.6 billion"),
        (9_900_000_000, "9.9 billion"),
        (9_900_000_001, "10 billion"),
        (990_000_000_000, "990 billion"),
        (990_000_000_001, "too many"),
    ],
)
def test_visitors_are_rounded_up(number: int | None, told: str) -> None:
    assert people(number) == told
    assert len(told) < COLUMN


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, "never"),
        (1, "1 day"),
        (3650, "3,650 days"),
        (3651, "11 years"),
        (36_500, "100 years"),
        (36_501, "100+ years"),
    ],
)
def test_days_become_years_where_they_are_many(days: int | None, told: str) -> None:
    assert length(days) == told


def test_shares_have_few_digits_and_what_could_be_seen_is_not_made_smaller() -> None:
    assert (percent(Fraction(1, 20)), percent(Fraction(1, 800))) == ("5%", "0.125%")
    assert (points(Fraction(-1, 100)), points(Fraction(1, 200))) == ("1 point", "0.5 points")
    assert percent_away(Fraction(5601, 100_000), Fraction(1, 20)) == "5.61%"
    assert percent_away(Fraction(4449, 100_000), Fraction(1, 20)) == "4.44%"
