"""The speed of rare movements with long rests between them, against pandas on the series of tenths of a second."""

from collections.abc import Callable

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest

from trimtab.declared import Smoothing, exponential_average, moving_average, seconds, windowed_median
from trimtab.signals.pace import STEP_MS, Pace

MINUTES_MS = 10 * 60_000
REST = 300


def movements(seed: int) -> list[tuple[float, float]]:
    """Times (ms) and pixels: a few notches of the wheel close together, then a rest of up to half a minute."""
    rng = np.random.default_rng(seed)
    gaps = np.where(rng.random(150) < 0.7, rng.uniform(20, 600, 150), rng.uniform(2_000, 30_000, 150))
    times = np.cumsum(gaps)
    return [(float(t), float(px)) for t, px in zip(times, rng.integers(1, 800, 150), strict=True) if t < MINUTES_MS]


def series(moved: list[tuple[float, float]]) -> "pd.Series[float]":
    """Pixels in each tenth of a second, after as much rest as any window is long."""
    steps = [int(t // STEP_MS) for t, _ in moved]
    pixels = np.bincount(steps, weights=[px for _, px in moved], minlength=MINUTES_MS // STEP_MS)
    return pd.Series(np.concatenate([np.zeros(REST), pixels]))


def speeds(smoothing: Smoothing, moved: list[tuple[float, float]], *, often: bool) -> dict[int, float]:
    """Speed by the number of steps that are over: asked after each movement, or also four times a second."""
    pace = Pace(smoothing)
    asked = {}
    times = sorted({*(t for t, _ in moved), *(range(0, MINUTES_MS, 250) if often else ())})
    pixels = dict(moved)
    for t in times:
        if t in pixels:
            pace.move(pixels[t], t)
        asked[int(t // STEP_MS)] = pace.speed_px_s("speed", t).value
    return asked


@pytest.mark.parametrize("often", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("smoothing", "oracle"),
    [
        (moving_average(seconds(2)), lambda x: x.rolling(20).mean()),
        (moving_average(seconds(30)), lambda x: x.rolling(300).mean()),
        (windowed_median(seconds(2)), lambda x: x.rolling(20).median()),
        (exponential_average(half_life=seconds(0.5)), lambda x: x.ewm(halflife=5, adjust=False).mean()),
        (exponential_average(half_life=seconds(2)), lambda x: x.ewm(halflife=20, adjust=False).mean()),
        (exponential_average(half_life=seconds(30)), lambda x: x.ewm(halflife=300, adjust=False).mean()),
    ],
)
def test_speed_is_pandas_of_the_series_however_often_it_is_asked(
    smoothing: Smoothing, oracle: Callable[["pd.Series[float]"], "pd.Series[float]"], seed: int, often: bool
) -> None:
    moved = movements(seed)
    theirs = oracle(series(moved)).to_numpy()[REST - 1 :] * 1000 / STEP_MS
    asked = speeds(smoothing, moved, often=often)
    np.testing.assert_allclose([asked[step] for step in asked], [theirs[step] for step in asked], rtol=0, atol=1e-9)


def test_a_fading_average_is_not_worth_waking_up_for_but_still_right() -> None:
    pace = Pace(exponential_average(half_life=seconds(2)))
    pace.move(100, 1_000)
    soon, late = pace.speed_px_s("speed", 2_000), pace.speed_px_s("speed", 30_000)
    assert soon.until_ms == 2_100
    assert late.until_ms == float("inf")
    assert late.value == pytest.approx(1000 * (1 - 0.5 ** (1 / 20)) * 0.5 ** (28.9 / 2), rel=1e-9)
