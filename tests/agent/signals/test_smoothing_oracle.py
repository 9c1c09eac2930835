"""Every smoother against pandas, scipy or exact arithmetic, on the same series."""

from collections.abc import Sequence
from decimal import Decimal, localcontext

import numpy as np
import numpy.typing as npt
import pandas as pd  # type: ignore[import-untyped]
import pytest
from scipy.stats import median_abs_deviation  # type: ignore[import-untyped]

from trimtab.declared import Smoothing, exponential_average, hampel, moving_average, seconds, windowed_median
from trimtab.signals.powers import half_to_the
from trimtab.signals.smoothing import MAD_SCALE, make_smoother

STEP_MS = 100
SPANS_S = (0.2, 0.5, 2, 3.3, 30)
LENGTH = 400

type Series = npt.NDArray[np.float64]


def wheel(seed: int) -> Series:
    """Distances as a wheel makes them: mostly nothing, sometimes one notch or several, now and then a fraction."""
    rng = np.random.default_rng(seed)
    notches = rng.choice([0.0, 0.0, 0.0, 0.0, 100.0, 200.0, 500.0], size=LENGTH)
    return notches + rng.choice([0.0, 1.0], size=LENGTH, p=[0.8, 0.2]) * rng.normal(size=LENGTH)


def noise(seed: int) -> Series:
    """A series without any repeated value, with rare values far out."""
    rng = np.random.default_rng(seed)
    return rng.normal(300, 40, size=LENGTH) + (rng.random(LENGTH) < 0.03) * rng.normal(0, 4000, size=LENGTH)


def steady(seed: int) -> Series:
    """The same value for long stretches, so that the median deviation is zero."""
    return np.repeat(np.random.default_rng(seed).integers(0, 5, size=LENGTH // 10), 10).astype(float)


ALL_SERIES = [
    pytest.param(make(seed), id=f"{make.__name__}-{seed}") for make in (wheel, noise, steady) for seed in (1, 2)
]


def smoothed(smoothing: Smoothing, series: Sequence[float] | Series) -> Series:
    smoother = make_smoother(smoothing, STEP_MS)
    values = []
    for x in series:
        smoother.update(float(x))
        values.append(smoother.get())
    return np.array(values)


def scipy_hampel(series: Series, size: int, limit: float) -> Series:
    """The newest value of each window, or its median where the value is further than `limit` deviations from it."""
    windows = [series[max(0, end - size) : end] for end in range(1, len(series) + 1)]
    middle = np.array([np.median(window) for window in windows])
    spread = np.array([1.4826 * median_abs_deviation(window) for window in windows])
    return np.where(np.abs(series - middle) <= limit * spread, series, middle)


def close(ours: Series, theirs: Series) -> None:
    scale = max(1.0, float(np.max(np.abs(theirs))))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9 * scale)


@pytest.mark.parametrize("span_s", SPANS_S)
@pytest.mark.parametrize("series", ALL_SERIES)
def test_the_moving_average_is_pandas_rolling_mean(series: Series, span_s: float) -> None:
    theirs = pd.Series(series).rolling(round(span_s * 10), min_periods=1).mean().to_numpy()
    close(smoothed(moving_average(seconds(span_s)), series), theirs)


@pytest.mark.parametrize("span_s", SPANS_S)
@pytest.mark.parametrize("series", ALL_SERIES)
def test_the_windowed_median_is_pandas_rolling_median(series: Series, span_s: float) -> None:
    theirs = pd.Series(series).rolling(round(span_s * 10), min_periods=1).median().to_numpy()
    close(smoothed(windowed_median(seconds(span_s)), series), theirs)


@pytest.mark.parametrize("span_s", SPANS_S)
@pytest.mark.parametrize("series", ALL_SERIES)
def test_the_exponential_average_is_pandas_with_the_same_half_life(series: Series, span_s: float) -> None:
    theirs = pd.Series(series).ewm(halflife=span_s * 10, adjust=False).mean().to_numpy()
    close(smoothed(exponential_average(half_life=seconds(span_s)), series), theirs)


@pytest.mark.parametrize(("span_s", "limit"), [(0.2, 3.0), (0.5, 0.5), (2, 3.0), (3.3, 10.0)])
@pytest.mark.parametrize("series", ALL_SERIES)
def test_hampels_filter_is_the_median_of_scipys_deviation(series: Series, span_s: float, limit: float) -> None:
    close(smoothed(hampel(seconds(span_s), limit=limit), series), scipy_hampel(series, round(span_s * 10), limit))


def test_the_series_bring_hampels_filter_to_both_of_its_answers() -> None:
    series = noise(1)
    replaced = smoothed(hampel(seconds(2)), series) != series
    assert 0 < np.mean(replaced) < 0.1


def test_the_scale_of_the_deviation_is_the_normal_distributions() -> None:
    one = float(median_abs_deviation(np.array([-1.0, 0.0, 1.0]), scale="normal"))
    assert pytest.approx(one, abs=5e-5) == MAD_SCALE


def exactly(power: Decimal) -> Decimal:
    """0.5 ** power to fifty digits."""
    with localcontext(prec=60):
        return (-power * Decimal(2).ln()).exp()


@pytest.mark.parametrize("whole", range(0, 1074, 7))
def test_whole_powers_of_one_half_are_exact(whole: int) -> None:
    assert half_to_the(float(whole)) == 0.5**whole


def off_by(power: float) -> float:
    true = exactly(Decimal(power))
    return abs(float((Decimal(half_to_the(power)) - true) / true))


def powers(low: float, high: float) -> list[float]:
    return [float(power) for power in np.random.default_rng(7).uniform(low, high, size=300)]


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 1e-6), (1, 20), (20, 1000)])
def test_powers_of_one_half_are_right_to_the_last_digits(low: float, high: float) -> None:
    assert max(off_by(power) for power in powers(low, high)) < 1e-15


@pytest.mark.parametrize("power", [1075.5, 2000.0, 1e6, 1e300])
def test_a_power_too_small_for_a_number_is_zero(power: float) -> None:
    assert half_to_the(power) == 0.0


@pytest.mark.parametrize("steps", [2.0, 20.0, 300.0])
def test_after_a_half_life_one_half_is_left(steps: float) -> None:
    assert half_to_the(1 / steps) ** steps == pytest.approx(0.5, rel=1e-13)
