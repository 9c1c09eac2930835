"""server/PROMISES.md shows what comes out of the simulations, and the promises hold where it says so."""

from itertools import product

import pytest

from tests.promises import tables
from tests.promises.rates import BASES, GROUPS, NOISES, VISITORS, family_alarms
from trimtab_server.analyse.planning import Looking

GRID = list(product(NOISES, BASES, VISITORS))
SLACK = 0.01
"""Three standard deviations of a rate near 2 % from 2,000 experiments."""
LITTLE_SLACK = 0.0044
"""The same of one near 4.5 % from 20,000."""
FIVE_PEOPLE = 0.005
"""By how much a few cells of the smallest site may hold more than 0.96."""
SAME = 0.0087
"""Four of the distance between two rates of 95 %, each from 20,000 experiments."""


@pytest.mark.parametrize("name", tables.TABLES)
def test_every_table_has_its_place(name: str) -> None:
    assert tables.written(name).startswith("| a/b |")


@pytest.mark.proof
@pytest.mark.parametrize("name", tables.TABLES)
def test_the_tables_are_those_that_the_simulations_make(name: str) -> None:
    assert tables.written(name) == "\n".join(tables.TABLES[name]())


@pytest.mark.proof
@pytest.mark.parametrize(("noise", "base", "visitors"), GRID)
def test_intervals_of_95_percent_hold_the_truth_in_94_to_96_of_100_experiments(
    noise: int, base: float, visitors: int
) -> None:
    found = tables.coverage(noise, base, visitors)

    assert 0.94 <= found.share <= 0.96
    assert 0.94 <= found.difference <= 0.96
    assert found.always >= 0.95
    # Where the smaller share may be 0, nothing bounds the ratio, and an interval without an end holds more.
    assert found.ratio >= 0.94
    assert found.ratio <= 0.96 or found.untold > 0.01


@pytest.mark.proof
@pytest.mark.parametrize(("noise", "base", "visitors"), GRID)
def test_sixty_daily_looks_find_nothing_where_nothing_is_in_95_of_100_experiments(
    noise: int, base: float, visitors: int
) -> None:
    for held_out in (0.5, 0.1, 0.05, 0.02):
        assert tables.alarms(noise, base, visitors, held_out).always <= 0.05 - SLACK


@pytest.mark.proof
@pytest.mark.parametrize(("noise", "base", "visitors"), GRID)
def test_visitors_who_are_asked_again_as_soon_as_may_be_keep_the_promises_for_sixty_days(
    noise: int, base: float, visitors: int
) -> None:
    alike, half = (tables.monthly(noise, base, visitors, habit) for habit in (1.0, 0.5))

    # Where five people in an arm have the answer, how alike reports are is a guess, and the widest is taken.
    most = 0.96 + FIVE_PEOPLE * (base * visitors <= 10)
    assert min(alike.second, alike.share) >= 0.94
    assert max(alike.second, alike.share) <= most
    # Allowed for are visitors who always answer alike; with those of whom half do it holds more.
    assert half.second >= 0.94
    for found in (alike, half):
        assert found.always <= 0.05 - LITTLE_SLACK
        assert found.firm <= 0.05 - LITTLE_SLACK


@pytest.mark.proof
@pytest.mark.parametrize(("noise", "base", "visitors"), GRID)
def test_within_thirty_days_visitors_who_return_are_as_good_as_new_ones(noise: int, base: float, visitors: int) -> None:
    new = tables.coverage(noise, base, visitors).difference

    for habit in (0.5, 1.0):
        first = tables.monthly(noise, base, visitors, habit).first
        assert 0.94 <= first <= 0.96
        assert first == pytest.approx(new, abs=SAME)


@pytest.mark.proof
@pytest.mark.parametrize(("noise", "base", "visitors"), GRID)
def test_even_devices_that_spent_their_budget_on_one_question_would_not_undo_a_firm_verdict(
    noise: int, base: float, visitors: int
) -> None:
    for habit in (0.5, 1.0):
        assert tables.alarms_returning(noise, base, visitors, habit).worst <= 0.05 - SLACK
        assert tables.returning(noise, base, visitors, habit).worst >= 0.95
    known = tables.returning(noise, base, visitors, 1.0).known
    assert known >= 0.94
    # Where a hundred people or fewer have the answer, how alike reports are is a guess, and the widest is taken.
    assert known <= 0.96 or base * visitors <= 100


@pytest.mark.proof
@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize(("noise", "visitors"), product(NOISES, VISITORS))
def test_averages_of_groups_keep_the_same_promises(group: str, noise: int, visitors: int) -> None:
    found = tables.of_group(noise, group, visitors)

    assert found.alarms <= 0.05 - SLACK
    assert found.always >= 0.95
    assert min(found.average, found.difference) >= 0.94
    # Where the group may be empty a number is told only if it is clearly not, and its interval holds a little more.
    assert max(found.average, found.difference) <= 0.96 or found.told < 0.9


@pytest.mark.proof
@pytest.mark.parametrize("noise", NOISES)
@pytest.mark.parametrize("visitors", VISITORS)
def test_a_page_of_twelve_comparisons_says_nothing_where_nothing_is(noise: int, visitors: int) -> None:
    assert family_alarms(noise, visitors) <= 0.05 - SLACK


@pytest.mark.proof
@pytest.mark.parametrize(("noise", "base", "visitors"), GRID)
def test_a_plan_finds_what_it_says_as_often_as_it_says(noise: int, base: float, visitors: int) -> None:
    once, daily = (tables.power(looking, noise, base, visitors) for looking in Looking)

    assert once is not None
    assert once.found == pytest.approx(0.8, abs=0.02)
    assert daily is not None
    assert daily.found == pytest.approx(0.8, abs=0.02)
