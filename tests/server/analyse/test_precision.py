import math
from fractions import Fraction

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.precision import (
    cost_of_noise,
    noise_variance,
    report_variance,
    supporting_share,
    total_noise_error,
)

SHARES = [Fraction(0), Fraction(1, 20), Fraction(1, 3), Fraction(1, 2), Fraction(1)]


def near(epsilon: float, answers: int) -> SubsetSelection:
    """Randomised response with a/b next to e^epsilon."""
    return SubsetSelection(answers=answers, a=round(math.exp(epsilon) * 10**9), b=10**9)


@pytest.mark.parametrize(
    ("answers", "epsilon", "error"),
    [
        (2, 1, 1.8413),
        (4, 1, 7.5562),
        (10, 1, 40.958),
        (16, 2, 10.575),
        (64, 2, 118.50),
        (100, 1, 3468.3),
        (256, 4, 32.239),
    ],
)
def test_the_total_error_of_the_noise_matches_the_published_figures(answers: int, epsilon: float, error: float) -> None:
    assert float(total_noise_error(near(epsilon, answers))) == pytest.approx(error, rel=5e-5)


@pytest.mark.parametrize(("answers", "width"), [(2, 1), (10, 3), (97, 11)])
def test_the_total_error_is_the_one_that_the_device_chose_its_width_by(answers: int, width: int) -> None:
    mechanism = SubsetSelection(answers, width, 8, 1)

    assert total_noise_error(mechanism) == mechanism.total_error


@pytest.mark.parametrize("share", SHARES)
def test_noise_and_sampling_add_up_to_the_variance_of_a_report(share: Fraction) -> None:
    mechanism = SubsetSelection(answers=5, a=8, b=1)

    assert report_variance(mechanism, share) == noise_variance(mechanism, share) + share * (1 - share)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("width", [1, 2])
def test_the_variance_of_a_report_is_the_one_found_by_enumerating_every_visitor_and_every_draw(
    share: Fraction, width: int
) -> None:
    mechanism = SubsetSelection(answers=3, width=width, a=8, b=3)
    p, q = mechanism.keep, mechanism.stray
    chances = {0: share, 1: (1 - share) / 2, 2: (1 - share) / 2}
    mean = square = Fraction(0)
    for truth, chance in chances.items():
        for draw in range(mechanism.modulus):
            told = mechanism.tell(truth, mechanism.offsets(draw))
            value = ((0 in told) - q) / (p - q)
            mean += chance * value / mechanism.modulus
            square += chance * value**2 / mechanism.modulus

    assert mean == share
    assert square - mean**2 == report_variance(mechanism, share)
    assert supporting_share(mechanism, share) == share * p + (1 - share) * q


@pytest.mark.parametrize(("epsilon", "times"), [(1, 20), (2, 4.8), (4, 1.4)])
def test_a_rare_conversion_costs_as_many_more_visitors_as_published(epsilon: float, times: float) -> None:
    assert float(cost_of_noise(near(epsilon, 2), Fraction(1, 20))) == pytest.approx(times, rel=0.03)
