"""Who comes in a crowd: by the numbers of its seed, within its days, with the consents that it was asked for."""

from collections import Counter

import pytest

from trimtab.visitors.crowd import ADAPTS, MIX, NOTHING, SHARES, Comer, Crowd, draw_comer, generator
from trimtab.visitors.people import PEOPLE

LAST_DAY = 20_780
CROWD = Crowd(visitors=3000, days=30, last_day=LAST_DAY, seed=1, sharing=0.3, base=0.3, lift=0.2)


def comers(crowd: Crowd) -> list[Comer]:
    return [draw_comer(crowd, generator(crowd, number)) for number in range(crowd.visitors)]


def test_the_mix_is_of_people_that_there_are_and_of_hundred_percent() -> None:
    assert set(MIX) <= set(PEOPLE)
    assert sum(MIX.values()) == 100


def test_the_same_seed_brings_the_same_visitors_and_another_one_others() -> None:
    again = Crowd(3000, 30, LAST_DAY, 1, 0.3, 0.3, 0.0)
    other = Crowd(3000, 30, LAST_DAY, 2, 0.3, 0.3, 0.0)
    assert comers(CROWD) == comers(again)
    assert comers(CROWD) != comers(other)


def test_kinds_consents_and_days_are_as_many_as_they_should_be() -> None:
    crowd = comers(CROWD)
    people, consents = Counter(comer.person for comer in crowd), Counter(comer.consent for comer in crowd)
    # three standard deviations of a binomial of 3,000 are at most 82
    assert people["skimmer"] == pytest.approx(1200, abs=81)
    assert consents[SHARES] == pytest.approx(900, abs=76)
    assert consents[ADAPTS] == pytest.approx(700, abs=70)
    assert consents[NOTHING] == pytest.approx(1400, abs=82)
    assert {day for comer in crowd for day in comer.days} == set(range(LAST_DAY - 29, LAST_DAY + 1))
    assert all(list(comer.days) == sorted(comer.days) for comer in crowd)
    assert sum(len(set(comer.days)) > 10 for comer in crowd) >= 10
    assert sum(len(set(comer.days)) < len(comer.days) for comer in crowd) >= 100


def test_all_come_on_the_one_day_of_a_crowd_of_one_day() -> None:
    day = Crowd(50, 1, LAST_DAY, 1, 1.0, 0.3, 0.0)
    assert {day for comer in comers(day) for day in comer.days} == {LAST_DAY}
