"""The belief beside a verdict, against the posterior itself: both shares integrated over, with the exact likelihood."""

import numpy as np
import pytest
from scipy import integrate, stats  # type: ignore[import-untyped]

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.differences import measure
from trimtab_server.analyse.intervals import Share
from trimtab_server.analyse.quantities import VisitorShare

DOUBTED = 0.3
"""The prior's deviation, as a part of the share."""
CLOSE = 0.06
"""Of the posterior's deviation: likelihoods of some hundred supporting reports are that far from normal ones."""


def posterior(counts: tuple[Share, Share], noise: int, scale: float) -> tuple[float, float, float]:
    """The mean, the deviation and the chance to be above 0 of the first share minus the second.

    Each arm's supporting reports are binomial. Before them the difference is normal about 0 with deviation `scale`,
    and every level of the two shares as likely as any other.
    """
    keep, stray = noise / (noise + 1), 1 / (noise + 1)
    shares = [(each.value - stray) / (keep - stray) for each in counts]
    spreads = [(each.value * (1 - each.value) / each.total) ** 0.5 / (keep - stray) for each in counts]
    first, second = (
        np.linspace(share - 9 * spread, share + 9 * spread, 801) for share, spread in zip(shares, spreads, strict=True)
    )
    one, two = (
        stats.binom.logpmf(each.hits, each.total, np.clip(stray + grid * (keep - stray), 1e-12, 1))
        for each, grid in zip(counts, (first, second), strict=True)
    )
    gap = first[:, np.newaxis] - second
    weight = one[:, np.newaxis] + two + stats.norm.logpdf(gap, 0, scale)
    density = np.exp(weight - weight.max())

    def over_both(values: np.ndarray) -> float:
        inner = integrate.simpson(values * density, x=second, axis=1)
        return float(integrate.simpson(inner, x=first))

    whole = over_both(np.ones_like(gap))
    mean = over_both(gap) / whole
    deviation = (over_both((gap - mean) ** 2) / whole) ** 0.5
    return mean, deviation, over_both((gap > 0) + 0.5 * (gap == 0)) / whole


@pytest.mark.parametrize(
    ("noise", "first", "second"),
    [
        (55, Share(380, 10_000), Share(2_900, 90_000)),  # the smaller arm is the higher one
        (8, Share(15_200, 90_000), Share(1_650, 10_000)),
        (8, Share(6_500, 20_000), Share(6_300, 20_000)),
        (3, Share(31_000, 100_000), Share(2_990, 10_000)),
    ],
)
def test_a_belief_is_what_integrating_over_both_shares_gives(noise: int, first: Share, second: Share) -> None:
    mechanism = SubsetSelection(2, 1, noise, 1)
    both = (first.hits + second.hits) / (first.total + second.total)
    together = (both - float(mechanism.stray)) / float(mechanism.keep - mechanism.stray)

    mean, deviation, higher = posterior((first, second), noise, DOUBTED * together)
    one, two = (VisitorShare(each, mechanism.keep, mechanism.stray) for each in (first, second))
    found = measure(one, two).belief

    assert found is not None
    assert (found.interval.low + found.interval.high) / 2 == pytest.approx(mean, abs=CLOSE * deviation)
    assert (found.interval.high - found.interval.low) / (2 * 1.959964) == pytest.approx(deviation, rel=0.03)
    assert found.higher == pytest.approx(higher, abs=0.02)


@pytest.mark.parametrize(
    ("noise", "first", "second", "weights"),
    [
        (55, Share(380, 10_000), Share(2_900, 90_000), (1.0, 0.0)),
        (55, Share(380, 10_000), Share(2_900, 90_000), (0.5, 0.5)),
        (3, Share(31_000, 100_000), Share(2_990, 10_000), (0.0, 1.0)),
    ],
    ids=["the first arm's", "the mean of both", "the second arm's"],
)
def test_another_scale_than_that_of_all_reports_together_would_be_noticed(
    noise: int, first: Share, second: Share, weights: tuple[float, float]
) -> None:
    mechanism = SubsetSelection(2, 1, noise, 1)
    arms = [VisitorShare(each, mechanism.keep, mechanism.stray) for each in (first, second)]
    found = measure(arms[0], arms[1]).belief
    assert found is not None

    scale = DOUBTED * sum(weight * arm.value for weight, arm in zip(weights, arms, strict=True))
    mean, deviation, _ = posterior((first, second), noise, scale)
    assert abs((found.interval.low + found.interval.high) / 2 - mean) > CLOSE * deviation
