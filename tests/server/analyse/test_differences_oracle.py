"""Side by side with GrowthBook's engine and with statsmodels: they get our means and variances, the noise taken out.

gbstats 0.8.0 wants pandas below 2, which Python 3.13 cannot build, and statsmodels brings 90 MB and seconds of imports.
So the server computes for itself, and both stand here.
"""

import math
import random

import pytest
from gbstats.bayesian.tests import (  # type: ignore[import-untyped]
    EffectBayesianABTest,
    EffectBayesianConfig,
    GaussianPrior,
)
from gbstats.frequentist.tests import (  # type: ignore[import-untyped]
    SequentialConfig,
    SequentialTwoSidedTTest,
    TwoSidedTTest,
)
from gbstats.models.statistics import SampleMeanStatistic  # type: ignore[import-untyped]
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.beliefs import DOUBT, believe
from trimtab_server.analyse.boundary import TUNED_REPORTS, chance_at_most, critical
from trimtab_server.analyse.differences import measure
from trimtab_server.analyse.estimates import answer_share
from trimtab_server.analyse.intervals import Share, difference_interval, wilson
from trimtab_server.analyse.many import holm
from trimtab_server.analyse.quantities import VisitorShare

NOISE = SubsetSelection(2, 1, 8, 1)
EXPERIMENTS = [([1_200, 800], [1_300, 700]), ([900, 300], [1_000, 200]), ([40_000, 8_000], [40_400, 7_600])]
BOTH = pytest.mark.parametrize("counts", EXPERIMENTS, ids=["2,000", "1,200", "48,000"])


def yes(counts: list[int]) -> VisitorShare:
    return answer_share(NOISE, counts, 1)


def statistic(share: VisitorShare) -> SampleMeanStatistic:
    """The corrected mean, and the variance of a report with noise and sampling both, as gbstats wants to be told."""
    n, told = share.reports, share.supporting.value
    variance = told * (1 - told) / float(share.keep - share.stray) ** 2
    return SampleMeanStatistic(n=n, sum=n * share.value, sum_squares=variance * (n - 1) + n * share.value**2)


@BOTH
def test_the_interval_for_all_times_is_growthbooks_but_for_newcombes_shape(counts: tuple[list[int], list[int]]) -> None:
    first, second = map(yes, counts)
    config = SequentialConfig(difference_type="absolute", sequential_tuning_parameter=TUNED_REPORTS)

    theirs = SequentialTwoSidedTTest(statistic(second), statistic(first), config).compute_result()
    ours = measure(first, second)

    width = theirs.ci[1] - theirs.ci[0]
    assert theirs.expected == pytest.approx(ours.value)
    assert (ours.interval.low, ours.interval.high) == pytest.approx(theirs.ci, abs=0.02 * width)
    # Their multiplier is ours: the width over the deviation, which they tell.
    reports = first.reports + second.reports
    assert width / 2 / theirs.uplift.stddev == pytest.approx(critical(reports, 0.05), rel=1e-9)


@BOTH
def test_the_interval_for_one_look_is_growthbooks_but_for_newcombes_shape(counts: tuple[list[int], list[int]]) -> None:
    first, second = map(yes, counts)
    config = SequentialConfig(difference_type="absolute")

    theirs = TwoSidedTTest(statistic(second), statistic(first), config).compute_result()

    ours, width = measure(first, second).single, theirs.ci[1] - theirs.ci[0]
    assert (ours.low, ours.high) == pytest.approx(theirs.ci, abs=0.01 * width)


def test_the_chance_at_all_times_is_theirs_where_their_formula_is_applied_to_the_deviations_themselves() -> None:
    # Their p_value divides the squared difference by the variance and multiplies by N once more than formula 155 has.
    for deviations in (0.5, 2.0, 3.0, 5.0):
        grown = 10_000 * (-2 * math.log(0.05) + math.log(1 - 2 * math.log(0.05))) / TUNED_REPORTS
        evidence = math.exp(grown * deviations**2 / (2 * (grown + 1))) / math.sqrt(grown + 1)
        assert chance_at_most(deviations, 10_000) == pytest.approx(min(1.0, 1 / evidence))


@BOTH
def test_the_belief_is_growthbooks(counts: tuple[list[int], list[int]]) -> None:
    first, second = map(yes, counts)
    prior = GaussianPrior(mean=0, variance=DOUBT**2, proper=True)
    config = EffectBayesianConfig(difference_type="absolute", prior_type="relative", prior_effect=prior)
    one, two = statistic(second), statistic(first)

    theirs = EffectBayesianABTest(one, two, config).compute_result()
    deviation = math.sqrt(one.variance / one.n + two.variance / two.n)
    ours = believe(first.value - second.value, deviation, second.value, 0.0)  # their scale is the second arm alone

    assert ours is not None
    assert ours.higher == pytest.approx(theirs.chance_to_win, rel=1e-3)
    assert (ours.interval.low, ours.interval.high) == pytest.approx(theirs.ci, rel=1e-3)


def test_holms_correction_is_that_of_statsmodels() -> None:
    draws = random.Random(20261123)  # noqa: S311  # numbers for a test
    for size in (1, 2, 7, 40):
        chances = [draws.random() ** 3 for _ in range(size)]
        assert holm(chances) == pytest.approx(multipletests(chances, method="holm")[1])


def test_wilsons_and_newcombes_intervals_are_those_of_statsmodels() -> None:
    for one, two in ((Share(56, 70), Share(48, 80)), (Share(0, 30), Share(5, 20)), (Share(900, 9000), Share(80, 1000))):
        interval = wilson(one)
        between = difference_interval(one.value, interval, two.value, wilson(two))
        theirs = confint_proportions_2indep(one.hits, one.total, two.hits, two.total, method="newcomb")
        assert (interval.low, interval.high) == pytest.approx(proportion_confint(one.hits, one.total, method="wilson"))
        assert (between.low, between.high) == pytest.approx(theirs)
