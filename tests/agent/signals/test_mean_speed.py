"""The mean scroll speed of a visit: what was scrolled, per second of attention."""

import math

import pytest

from tests.agent.making import PAGE, scroll
from trimtab.declared import moving_average, seconds
from trimtab.signals import Signals
from trimtab.values import Event, Kind, Measure, Missing


def after(*events: Event) -> Signals:
    signals = Signals([], moving_average(seconds(2)), typing=False)
    for event in (PAGE, *events):
        signals.update(event)
    return signals


def mean_speed(signals: Signals, now_ms: float) -> Measure | Missing:
    return signals.gauge(now_ms)("scroll.mean_speed_px_s", -1, "")


def test_it_is_distance_over_attended_time_and_says_how_it_sinks() -> None:
    signals = after(scroll(1_000, 300), scroll(4_000, 100))
    expected = Measure("mean scroll speed", "px/s", 50, 10_000, spread=1 / 10_000, until_ms=34_000)
    assert mean_speed(signals, 10_000) == expected


def test_time_in_which_nobody_attends_does_not_count() -> None:
    idle = after(scroll(10_000, 400))
    assert mean_speed(idle, 3_600_000) == Measure("mean scroll speed", "px/s", 10, 3_600_000)
    hidden = after(scroll(5_000, 400), Event(Kind.HIDDEN, 8_000))
    assert mean_speed(hidden, 60_000) == Measure("mean scroll speed", "px/s", 50, 60_000)


def test_a_jump_is_no_distance() -> None:
    measure = mean_speed(after(scroll(1_000, 500), scroll(2_000, 7_000), scroll(3_000, 6_900)), 10_000)
    assert isinstance(measure, Measure)
    assert measure.value == 60


def test_before_two_seconds_of_attention_it_is_not_known() -> None:
    assert mean_speed(after(), 500) == Missing("mean scroll speed", "attended for less than 2 s", 2_000)
    hidden = after(Event(Kind.HIDDEN, 1_000))
    assert mean_speed(hidden, 90_000) == Missing("mean scroll speed", "attended for less than 2 s", math.inf)


def test_it_sinks_as_it_said_it_would() -> None:
    signals = after(scroll(1_000, 700))
    first, later = mean_speed(signals, 5_000), mean_speed(signals, 17_000)
    assert isinstance(first, Measure)
    assert isinstance(later, Measure)
    assert later.value == pytest.approx(first.value / (1 + first.spread * 12_000), rel=1e-15)
