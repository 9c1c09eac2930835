import math
from fractions import Fraction
from itertools import pairwise

import pytest

from tests.server.analyse.plan_making import effect
from trimtab_server.analyse.differences import FEWEST_REPORTS, deviations_from_zero
from trimtab_server.analyse.effects import AverageEffect, spread
from trimtab_server.analyse.intervals import Share
from trimtab_server.analyse.means import mean_of
from trimtab_server.analyse.mechanisms import mechanism_for
from trimtab_server.analyse.precision import report_variance, supporting_share
from trimtab_server.analyse.quantities import VisitorShare

STARS = (None, 1.0, 2.0, 3.0, 4.0, 5.0)
NOISE = (8, 1)


def stars(base: float, raised: float, having: float = 1.0) -> AverageEffect:
    return AverageEffect(STARS, having, base, raised)


@pytest.mark.parametrize("average", [1.001, 2.0, 3.0, 4.9])
@pytest.mark.parametrize("having", [0.05, 1.0])
def test_visitors_are_spread_as_evenly_as_their_average_allows(average: float, having: float) -> None:
    none, *numbers = spread(STARS, having, average)

    assert none == pytest.approx(1 - having)
    assert math.fsum(numbers) == pytest.approx(having)
    assert math.sumprod([1, 2, 3, 4, 5], numbers) / having == pytest.approx(average, rel=1e-6)
    # Of greatest entropy is what is geometric, each answer as many times the one before.
    ratios = [later / earlier for earlier, later in pairwise(numbers)]
    assert ratios == pytest.approx([ratios[0]] * 4)


def test_an_average_in_the_middle_is_an_even_spread() -> None:
    assert spread(STARS, 0.5, 3.0) == pytest.approx((0.5, *[0.1] * 5))


def test_without_noise_an_average_varies_as_its_numbers_do() -> None:
    assert stars(3.0, 3.5).variance(None, 3.0) == pytest.approx(2.0)  # of 1 to 5, each as likely
    assert stars(3.0, 3.5, having=0.25).variance(None, 3.0) == pytest.approx(8.0)


def test_a_share_of_all_visitors_is_the_average_of_ones_and_zeros() -> None:
    wanted, mechanism = AverageEffect((0.0, 1.0, 0.0, 0.0), 1.0, 0.2, 0.3), mechanism_for(4, NOISE)
    share = Fraction(1, 5)

    assert wanted.variance(mechanism, 0.2) == pytest.approx(float(report_variance(mechanism, share)))
    assert wanted.variance(None, 0.2) == pytest.approx(effect("20", "30").variance(None, share))
    assert spread(wanted.values, 1.0, 0.2)[1] == pytest.approx(0.2)


@pytest.mark.parametrize("answers", [6, 16])
def test_the_planned_variance_is_the_one_that_the_dashboard_finds_in_counts_as_expected(answers: int) -> None:
    mechanism, reports = mechanism_for(answers, NOISE), 10_000_000
    values = (None, *map(float, range(1, answers)))
    wanted = AverageEffect(values, 0.6, 3.0, 3.5)
    p, q = float(mechanism.keep), float(mechanism.stray)
    shares = spread(values, 0.6, 3.0)

    found = mean_of(mechanism, [round(reports * (share * p + (1 - share) * q)) for share in shares], values)

    assert mechanism.width == (1 if answers == 6 else 2)
    assert found is not None
    assert found.value == pytest.approx(3.0, abs=1e-4)
    assert found.deviation**2 * reports == pytest.approx(wanted.variance(mechanism, 3.0), rel=1e-3)


@pytest.mark.parametrize(("base", "raised"), [("1", "7"), ("10", "4"), ("30", "42"), ("99", "91")])
@pytest.mark.parametrize(("raised_arm", "base_arm"), [(9_000, 9_000), (9_000, 1_000), (1_000, 9_000)])
def test_a_difference_is_as_far_away_as_the_dashboard_finds_it_in_counts_as_expected(
    base: str, raised: str, raised_arm: int, base_arm: int
) -> None:
    wanted, mechanism = effect(base, raised), mechanism_for(2, (8, 1))
    arms = [
        VisitorShare(Share(round(supporting_share(mechanism, share) * total), total), mechanism.keep, mechanism.stray)
        for share, total in ((wanted.raised, raised_arm), (wanted.base, base_arm))
    ]
    variance = sum(
        wanted.variance(mechanism, share) / total
        for share, total in ((wanted.raised, raised_arm), (wanted.base, base_arm))
    )
    even = float(abs(wanted.raised - wanted.base)) / math.sqrt(variance)

    far = even * wanted.reach(mechanism, raised_arm, base_arm)
    assert far == pytest.approx(deviations_from_zero(arms[0], arms[1]), rel=0.01)


def test_a_rise_of_a_rare_answer_is_nearer_than_it_looks_but_not_one_that_many_reports_show() -> None:
    assert effect("1", "4").reach(None, 500, 500) < 0.98
    assert effect("1", "1.03").reach(None, 2_000_000, 2_000_000) == pytest.approx(1, abs=0.002)


def test_who_says_the_same_again_adds_nothing_and_noise_hides_who_does() -> None:
    mechanism, share = mechanism_for(2, NOISE), Fraction(1, 5)
    alone, again = (effect("20", "30").variance(mechanism, share, further) for further in (0, 3))

    assert again - alone == pytest.approx(3 * 0.16)
    assert effect("20", "30").variance(None, share, 3) == pytest.approx(4 * 0.16)
    assert stars(3.0, 3.5).variance(mechanism_for(6, NOISE), 3.0, 3) == pytest.approx(
        4 * stars(3.0, 3.5).variance(mechanism_for(6, NOISE), 3.0)
    )


def test_where_few_have_a_number_many_reports_are_needed_to_see_that_any_have() -> None:
    mechanism = mechanism_for(6, NOISE)
    few, many = (stars(3.0, 3.5, having).fewest(mechanism) for having in (0.02, 1.0))

    assert many == FEWEST_REPORTS
    assert few > 5_000
    assert effect("20", "30").fewest(mechanism) == FEWEST_REPORTS


def test_a_part_of_the_way_leads_to_the_end_in_the_effect_s_direction() -> None:
    assert stars(3.0, 3.5).part(Fraction(1, 2)).raised == 4.0
    assert stars(3.0, 2.5).part(Fraction(1, 2)).raised == 2.0
    assert effect("20", "30").part(Fraction(1, 2)).raised == Fraction(3, 5)
    assert effect("20", "10").part(Fraction(1, 2)).raised == Fraction(1, 10)


@pytest.mark.parametrize(("base", "raised"), [(1.0, 2.0), (3.0, 5.0), (3.0, 3.0), (3.0, 6.0)])
def test_an_average_that_leads_beyond_its_values_is_refused(base: float, raised: float) -> None:
    with pytest.raises(ValueError, match=r"no effect between 1\.0 and 5\.0"):
        stars(base, raised)
