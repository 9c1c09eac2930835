"""Plans against statsmodels where there is no noise, and against simulated experiments where there is."""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from statsmodels.stats.power import normal_sample_size_one_tail
from statsmodels.stats.proportion import power_proportions_2indep, samplesize_proportions_2indep_onetail

from tests.server.analyse.plan_making import effect, trial
from trimtab_server.analyse.boundary import critical, even_reports
from trimtab_server.analyse.crossing import Drift, daily_power
from trimtab_server.analyse.differences import FEWEST_REPORTS, interval_between
from trimtab_server.analyse.effects import AverageEffect, ShareEffect, spread
from trimtab_server.analyse.intervals import Share
from trimtab_server.analyse.means import mean_of
from trimtab_server.analyse.mechanisms import Mechanism, mechanism_for
from trimtab_server.analyse.planning import Aim, Looking, Trial, visitor_variance, visitors_needed, z_of
from trimtab_server.analyse.precision import supporting_share
from trimtab_server.analyse.quantities import VisitorShare

EFFECTS = [effect("5", "5.5"), effect("1", "2"), effect("30", "33"), effect("50", "45")]
AIMS = [Aim(), Aim(power=0.9, level=0.01)]


@pytest.mark.parametrize("wanted", EFFECTS)
@pytest.mark.parametrize("aim", AIMS)
def test_visitors_without_noise_are_those_of_statsmodels(wanted: ShareEffect, aim: Aim) -> None:
    base, raised = float(wanted.base), float(wanted.raised)
    for shown, plain in (("1/2", "1/2"), ("9/20", "1/10")):
        planned = visitors_needed(Looking.ONCE, aim, trial(shown=shown, plain=plain), None, wanted)
        sides = trial(shown=shown, plain=plain).contrast
        deviation = math.sqrt(raised * (1 - raised) / sides.shown.share + base * (1 - base) / sides.plain.share)
        theirs = normal_sample_size_one_tail(raised - base, aim.power, aim.level / 2, deviation, deviation)
        assert planned == math.ceil(theirs)


@pytest.mark.parametrize("wanted", EFFECTS)
def test_with_a_pooled_variance_nearly_as_many_are_needed_and_their_power_is_the_same(wanted: ShareEffect) -> None:
    gap, base = float(wanted.raised - wanted.base), float(wanted.base)
    planned = visitors_needed(Looking.ONCE, Aim(), trial(), None, wanted) or 0
    theirs = samplesize_proportions_2indep_onetail(abs(gap), min(base, base + gap), 0.8, 1, 0.05)
    assert planned == pytest.approx(2 * theirs, rel=0.005)
    power = power_proportions_2indep(gap, base, planned / 2, alpha=0.05)
    assert power.power == pytest.approx(0.8, abs=0.002)


def counted(trial: Trial, mechanism: Mechanism, wanted: ShareEffect, visitors: int, days: int, seed: int) -> np.ndarray:
    """Estimated differences divided by their estimated deviation, and even reports: (2, experiments, days)."""
    rng = np.random.default_rng(seed)
    p, q = float(mechanism.keep), float(mechanism.stray)
    told: list[np.ndarray] = []
    for side, share in ((trial.contrast.shown, wanted.raised), (trial.contrast.plain, wanted.base)):
        a_day = visitors / days * trial.reports(side)
        reports = rng.poisson(a_day, (8000, days))
        supporting = rng.binomial(reports, float(share) * p + (1 - float(share)) * q)
        told += [reports.cumsum(axis=1), supporting.cumsum(axis=1)]
    n1, x1, n2, x2 = told
    l1, l2 = x1 / n1, x2 / n2
    deviations = (l1 - l2) / np.sqrt(l1 * (1 - l1) / n1 + l2 * (1 - l2) / n2)
    return np.stack([deviations, 4 * n1 * n2 / (n1 + n2)])


NOISY = [
    (4, (8, 1), effect("5", "7"), "1/2", "1/2"),
    (2, (3, 1), effect("30", "36"), "9/20", "1/10"),
    (4, (20, 1), effect("5", "3"), "9/20", "9/20"),
    (96, (8, 1), effect("10", "20"), "9/20", "9/20"),
]


@pytest.mark.parametrize(("answers", "noise", "wanted", "shown", "plain"), NOISY)
def test_one_look_at_noised_reports_has_the_planned_power(
    answers: int, noise: tuple[int, int], wanted: ShareEffect, shown: str, plain: str
) -> None:
    mechanism, asked = mechanism_for(answers, noise), trial(shown=shown, plain=plain, sharing="3/10")
    visitors = visitors_needed(Looking.ONCE, Aim(), asked, mechanism, wanted) or 0

    deviations, _ = counted(asked, mechanism, wanted, visitors, 1, seed=20260)

    direction = math.copysign(1, float(wanted.raised - wanted.base))
    assert np.mean(direction * deviations[:, -1] > z_of(0.975)) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize("days", [20, 60])
@pytest.mark.parametrize(("answers", "noise", "wanted", "shown", "plain"), NOISY)
def test_a_look_every_day_has_the_planned_power(
    answers: int, noise: tuple[int, int], wanted: ShareEffect, shown: str, plain: str, days: int
) -> None:
    mechanism = mechanism_for(answers, noise)
    about = visitors_needed(
        Looking.DAILY, Aim(), trial(shown=shown, plain=plain, sharing="3/10", company=12), mechanism, wanted
    )
    asked = trial(shown=shown, plain=plain, sharing="3/10", per_day=(about or 0) // days, company=12)
    visitors = visitors_needed(Looking.DAILY, Aim(), asked, mechanism, wanted) or 0

    deviations, even = counted(asked, mechanism, wanted, visitors, days, seed=20261)

    known = np.geomspace(even.min(), even.max(), 400)
    limits = np.interp(even, known, [critical(float(reports), 0.05 / 12) for reports in known])
    direction = math.copysign(1, float(wanted.raised - wanted.base))
    assert np.mean((direction * deviations > limits).any(axis=1)) == pytest.approx(0.8, abs=0.015)


@pytest.mark.parametrize(("answers", "noise", "wanted", "shown", "plain"), NOISY)
def test_the_dashboard_s_own_verdict_comes_in_time_as_often_as_planned(
    answers: int, noise: tuple[int, int], wanted: ShareEffect, shown: str, plain: str
) -> None:
    mechanism, days, company = mechanism_for(answers, noise), 30, 12
    unpaced = trial(shown=shown, plain=plain, company=company)
    a_day = (visitors_needed(Looking.DAILY, Aim(), unpaced, mechanism, wanted) or 0) / days
    rng = np.random.default_rng(20264)
    arms = []
    for side, share in ((unpaced.contrast.shown, wanted.raised), (unpaced.contrast.plain, wanted.base)):
        reports = rng.poisson(a_day * unpaced.reports(side), (1500, days))
        supporting = rng.binomial(reports, float(supporting_share(mechanism, share)))
        arms.append(zip(supporting.cumsum(axis=1).tolist(), reports.cumsum(axis=1).tolist(), strict=True))

    def clear(hits: int, total: int, other_hits: int, other_total: int) -> bool:
        first = VisitorShare(Share(hits, total), mechanism.keep, mechanism.stray)
        second = VisitorShare(Share(other_hits, other_total), mechanism.keep, mechanism.stray)
        far = critical(even_reports(total, other_total), 0.05 / company)
        return min(total, other_total) >= FEWEST_REPORTS and 0 not in interval_between(first, second, far)

    seen = [
        any(
            clear(*first, *second) for first, second in zip(zip(*one, strict=True), zip(*two, strict=True), strict=True)
        )
        for one, two in zip(*arms, strict=True)
    ]
    assert np.mean(seen) == pytest.approx(0.8, abs=0.03)


def test_visitors_who_come_again_spread_as_planned() -> None:
    mechanism, wanted = mechanism_for(4, (8, 1)), effect("20", "40")
    asked = trial(days_a_month=5, asked="1/8")
    rng = np.random.default_rng(20262)
    people, experiments = 400, 4000
    p, q = float(mechanism.keep), float(mechanism.stray)
    means = []
    for share in (0.4, 0.2):
        truth = rng.random((experiments, people)) < share
        reports = rng.random((experiments, people)) < 5 / 8  # five of eight questions, each once
        supporting = reports & (rng.random((experiments, people)) < np.where(truth, p, q))
        means.append((supporting.sum(axis=1) / reports.sum(axis=1) - q) / (p - q))

    # So many people in each arm are 2 * people * 5 visitors of a day.
    planned = visitor_variance(Looking.ONCE, asked, mechanism, wanted, 0.0) / (2 * people * 5)
    assert float(np.var(means[0] - means[1])) == pytest.approx(planned, rel=0.05)


@pytest.mark.parametrize("reports", [300, 20_000, 1_000_000])
@pytest.mark.parametrize("looks", [1, 2, 5, 14, 60])
def test_the_power_of_daily_looks_is_that_of_simulated_walks(reports: int, looks: int) -> None:
    rng = np.random.default_rng(20263)
    step = reports / looks
    rate = (critical(reports, 0.05) + 0.6) / math.sqrt(reports)
    times = np.arange(1, looks + 1) * step
    limits = np.array([critical(float(time), 0.05) for time in times]) * np.sqrt(times)
    walks = rng.normal(rate * step, math.sqrt(step), (20_000, looks)).cumsum(axis=1)
    simulated = float(np.mean((walks >= limits).any(axis=1)))

    # Three standard deviations of a rate near 75 % from 20,000 walks, and what more than 20 looks may add.
    assert daily_power(Drift(rate, reports, step), 0.05) == pytest.approx(simulated, abs=0.015)


RATED = AverageEffect((None, 1.0, 2.0, 3.0, 4.0, 5.0), 0.4, 3.2, 3.6)
"""Two visitors of five have a number."""
WIDE = AverageEffect((None, *map(float, range(12))), 0.9, 4.0, 4.8)
"""So many answers that a report tells two."""
INSIDE = AverageEffect((None, None, None, 1.0, 0.0, 0.0), 0.3, 0.2, 0.35)
"""Of three answers one, among the three visitors of ten who are in a segment."""


@pytest.mark.parametrize(("wanted", "plain"), [(RATED, "1/2"), (WIDE, "1/8"), (INSIDE, "1/2")])
@pytest.mark.parametrize("days", [1, 12])
def test_an_average_of_a_group_is_seen_by_the_dashboard_s_own_numbers_as_often_as_planned(
    wanted: AverageEffect, plain: str, days: int
) -> None:
    mechanism, looking = mechanism_for(len(wanted.values), (8, 1)), Looking.ONCE if days == 1 else Looking.DAILY
    unpaced = trial(plain=plain, shown=str(1 - Fraction(plain)), company=12)
    about = visitors_needed(looking, Aim(), unpaced, mechanism, wanted) or 0
    asked = trial(plain=plain, shown=str(1 - Fraction(plain)), company=12, per_day=about // days)
    visitors = visitors_needed(looking, Aim(), asked, mechanism, wanted) or 0
    rng, experiments = np.random.default_rng(20265), 500
    arms = []
    for side, average in ((asked.contrast.shown, wanted.raised), (asked.contrast.plain, wanted.base)):
        law, sets = told_sets(mechanism, spread(wanted.values, wanted.having, average))
        a_day = round(visitors / days * asked.reports(side))
        arms.append((rng.multinomial(a_day, law, (experiments, days)) @ sets).cumsum(axis=1))

    def clear(first: list[int], second: list[int]) -> bool:
        one, two = mean_of(mechanism, first, wanted.values), mean_of(mechanism, second, wanted.values)
        if one is None or two is None or min(one.reports, two.reports) < FEWEST_REPORTS:
            return False
        bar = critical(even_reports(one.reports, two.reports), 0.05 / 12) if days > 1 else z_of(0.975)
        return 0 not in interval_between(one, two, bar)

    seen = [any(map(clear, *each)) for each in zip(*(arm.tolist() for arm in arms), strict=True)]

    assert np.mean(seen) == pytest.approx(0.8, abs=0.05)


def told_sets(mechanism: Mechanism, shares: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """The chance of each set that can be told, and the sets themselves: a row of ones and zeros for each."""
    sets = list(combinations(range(mechanism.answers), mechanism.width))
    weights = [mechanism.b + (mechanism.a - mechanism.b) * sum(shares[each] for each in told) for told in sets]
    rows = [[each in told for each in range(mechanism.answers)] for told in sets]
    return np.array(weights) / sum(weights), np.array(rows, dtype=int)


def test_even_reports_of_even_arms_are_all_of_them() -> None:
    assert even_reports(0.5, 0.5) == 1
