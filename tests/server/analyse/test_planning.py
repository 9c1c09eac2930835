import math
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.server.analyse.plan_making import effect, trial
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.effects import ShareEffect
from trimtab_server.analyse.mechanisms import mechanism_for
from trimtab_server.analyse.planning import (
    Aim,
    Looking,
    Trial,
    days_needed,
    smallest_change,
    visitor_variance,
    visitors_needed,
    z_of,
)
from trimtab_server.analyse.precision import report_variance
from trimtab_server.analyse.reach import Contrast

FIVE = effect("5", "5.5")


def once(**arms: str | int | None) -> int | None:
    return visitors_needed(Looking.ONCE, Aim(), trial(**arms), mechanism_for(2, (8, 1)), FIVE)  # type: ignore[arg-type]


def test_visitors_by_hand_without_noise() -> None:
    # (1.95996 + 0.84162)^2 = 7.84888; (0.05 0.95 + 0.055 0.945) / 0.005^2 = 3979; both arms hold half of the visitors.
    assert visitors_needed(Looking.ONCE, Aim(), trial(), None, FIVE) == math.ceil(7.848879734 * 2 * 3979)


def test_visitors_by_hand_with_noise() -> None:
    # Yes or no, a/b = 8: keep 8/9, stray 1/9, lambda 0.15 and 0.1538889, keep minus stray 7/9.
    variance = (0.15 * 0.85 + 0.15388889 * 0.84611111) / (7 / 9) ** 2
    assert once() == pytest.approx(7.848879734 * 2 * variance / 0.005**2, abs=1.5)


def test_half_the_sharing_or_the_asking_needs_twice_the_visitors() -> None:
    for halved in ({"sharing": "1/2"}, {"asked": "1/2"}, {"shown": "1/4", "plain": "1/4"}):
        assert once(**halved) == pytest.approx(2 * (once() or 0), abs=1), halved


def variance(asked: Trial, mechanism: SubsetSelection | None, wanted: ShareEffect) -> float:
    """By one look, in the first month."""
    return visitor_variance(Looking.ONCE, asked, mechanism, wanted, 0.0)


def test_in_the_second_month_one_look_takes_visitors_for_those_of_the_first_and_a_look_every_day_for_new_ones() -> None:
    mechanism, asked = mechanism_for(2, (8, 1)), trial(per_day=100)

    def months(looking: Looking, number: float) -> float:
        return visitor_variance(looking, asked, mechanism, FIVE, 3_000 * number) / variance(asked, mechanism, FIVE)

    assert months(Looking.ONCE, 1) == 1
    assert 1 < months(Looking.ONCE, 1.5) < months(Looking.ONCE, 2) == months(Looking.ONCE, 9)
    assert months(Looking.DAILY, 9) == 1
    needed = visitors_needed(Looking.ONCE, Aim(), trial(per_day=100), mechanism, FIVE)
    assert needed is not None
    assert needed > (visitors_needed(Looking.ONCE, Aim(), trial(), mechanism, FIVE) or 0)
    deviation = math.sqrt(visitor_variance(Looking.ONCE, asked, mechanism, FIVE, needed) / needed)
    assert float(FIVE.raised - FIVE.base) / deviation == pytest.approx(z_of(0.975) + z_of(0.8), rel=1e-3)


def test_who_comes_again_is_asked_once_and_so_counts_once() -> None:
    for mechanism in (None, mechanism_for(2, (8, 1))):
        alone = variance(trial(), mechanism, FIVE)
        assert variance(trial(days_a_month=3), mechanism, FIVE) == pytest.approx(3 * alone)


def test_who_comes_again_is_asked_the_more_surely_until_the_budget_ends() -> None:
    mechanism = mechanism_for(2, (8, 1))
    alone = variance(trial(asked="1/20"), mechanism, FIVE)
    for days, wide in ((3, 1), (10, 1), (20, 2)):
        assert variance(trial(asked="1/20", days_a_month=days), mechanism, FIVE) == pytest.approx(wide * alone)


def test_what_a_device_says_again_for_another_experiment_makes_the_holdout_no_surer() -> None:
    for mechanism in (None, mechanism_for(2, (8, 1))):
        variances = [
            variance(replace(each, contrast=Contrast(shown, plain)), mechanism, FIVE)
            for together in (1, 2)
            for each in [trial(shown="4/9", plain="1/9", days_a_month=2)]
            for shown, plain in [(each.contrast.shown, each.contrast.plain)]
            for plain in [replace(plain, again=Fraction(1, together), together=together)]
        ]
        once, twice = variances
        share = FIVE.base
        alike = share * (1 - share)
        alone = report_variance(mechanism, share) if mechanism else alike
        # Twice the reports, of which each has another of the same device beside it.
        assert once - twice == pytest.approx(2 * 9 * float(alone - (alone + alike) / 2))


def test_looking_every_day_needs_more_and_more_noise_needs_more() -> None:
    for looking in Looking:
        needed = [
            visitors_needed(looking, Aim(), trial(per_day=1000), mechanism_for(4, noise) if noise else None, FIVE) or 0
            for noise in (None, (55, 1), (20, 1), (8, 1), (3, 1))
        ]
        assert needed == sorted(needed), looking
    daily = visitors_needed(Looking.DAILY, Aim(), trial(), None, FIVE) or 0
    assert daily > (visitors_needed(Looking.ONCE, Aim(), trial(), None, FIVE) or 0)


def test_no_arm_has_fewer_reports_than_a_verdict_needs() -> None:
    huge = effect("1", "99")
    assert visitors_needed(Looking.ONCE, Aim(), trial(), None, huge) == 60
    assert visitors_needed(Looking.ONCE, Aim(), trial(shown="9/10", plain="1/10"), None, huge) == 300


def test_an_effect_of_nearly_nothing_is_out_of_reach() -> None:
    for looking in Looking:
        assert visitors_needed(looking, Aim(), trial(), None, effect("5", "5.000001")) is None


@pytest.mark.parametrize("looking", Looking)
@pytest.mark.parametrize("wanted", ["9", "2"])
def test_the_smallest_change_needs_just_the_visitors_that_come(looking: Looking, wanted: str) -> None:
    mechanism, counted = mechanism_for(4, (8, 1)), trial(per_day=1000)
    found = smallest_change(looking, Aim(), counted, mechanism, effect("5", wanted), 30_000)
    assert found is not None
    assert isinstance(found, ShareEffect)
    assert (found.raised > Fraction(5, 100)) == (wanted == "9")

    step = (1 if wanted == "9" else 0) - Fraction(5, 100)
    nearer = ShareEffect(found.base, found.raised - 2 * step / 10_000)  # visitors needed are told to 1 in 2,000
    assert (visitors_needed(looking, Aim(), counted, mechanism, found) or 0) <= 30_000
    assert (visitors_needed(looking, Aim(), counted, mechanism, nearer) or 0) > 30_000


def test_a_handful_of_visitors_shows_no_change_at_all() -> None:
    assert smallest_change(Looking.ONCE, Aim(), trial(), mechanism_for(2, (8, 1)), FIVE, 50) is None


@pytest.mark.parametrize(("visitors", "days"), [(1, 1), (1000, 1), (1001, 2)])
def test_a_day_that_has_begun_is_a_day(visitors: int, days: int) -> None:
    assert days_needed(visitors, 1000) == days


@pytest.mark.parametrize(("base", "raised"), [("0", "5"), ("5", "100"), ("5", "5"), ("5", "-1")])
def test_an_effect_that_leads_nowhere_is_refused(base: str, raised: str) -> None:
    with pytest.raises(ValueError, match="no effect between 0 and 1"):
        effect(base, raised)
