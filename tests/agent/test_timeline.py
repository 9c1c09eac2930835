import math

import pytest

from trimtab.timeline import AT_ONCE, GRID_MS, Timeline
from trimtab.values import Event, Kind

CONTINUOUS = [kind for kind in Kind if kind not in AT_ONCE]


def test_an_event_in_time_is_left_as_it_is() -> None:
    timeline = Timeline()
    event = Event(Kind.SCROLL, 120.0, a=10.0)

    assert timeline.admit(event, 1_000.0) is event
    assert timeline.misdated == 0


def test_an_event_that_comes_late_happens_now_and_is_counted() -> None:
    timeline = Timeline()
    timeline.pass_event(Event(Kind.SCROLL, 500.0))
    late = timeline.admit(Event(Kind.SCROLL, 120.0, a=10.0), 1_000.0)

    assert late == Event(Kind.SCROLL, 500.0, a=10.0)
    assert timeline.misdated == 1


def test_an_event_before_the_page_s_start_happens_at_its_start() -> None:
    timeline = Timeline()

    assert timeline.admit(Event(Kind.SCROLL, -5.0), 1_000.0).t_ms == 0.0
    assert timeline.misdated == 1


def test_an_event_from_the_future_happens_now_and_is_counted() -> None:
    timeline = Timeline()

    assert timeline.admit(Event(Kind.SCROLL, 3_600_000.0, a=10.0), 120.0) == Event(Kind.SCROLL, 120.0, a=10.0)
    assert timeline.misdated == 1


def test_the_time_now_runs_no_more_backwards_than_events_do() -> None:
    timeline = Timeline()
    timeline.pass_event(Event(Kind.SCROLL, 500.0))

    assert timeline.admit(Event(Kind.SCROLL, 600.0), 100.0).t_ms == 500.0
    assert timeline.misdated == 1


@pytest.mark.parametrize("kind", sorted(AT_ONCE))
def test_a_discrete_event_is_decided_at_once(kind: Kind) -> None:
    timeline = Timeline()

    assert timeline.pass_event(Event(kind, 120.0, 0))
    assert timeline.wake_at_ms() is None


@pytest.mark.parametrize("kind", CONTINUOUS)
def test_a_continuous_event_is_decided_on_the_grid(kind: Kind) -> None:
    timeline = Timeline()

    assert not timeline.pass_event(Event(kind, 120.0, 0))
    assert timeline.wake_at_ms() == 200


@pytest.mark.parametrize(("t_ms", "due_ms"), [(0.0, 0), (0.1, 100), (99.9, 100), (100.0, 100), (100.1, 200)])
def test_the_grid_s_moment_is_the_next_one_or_the_event_s_own(t_ms: float, due_ms: float) -> None:
    timeline = Timeline()
    timeline.pass_event(Event(Kind.SCROLL, t_ms))

    assert timeline.wake_at_ms() == due_ms


def test_the_earliest_of_several_moments_counts() -> None:
    timeline = Timeline()
    timeline.pass_event(Event(Kind.SCROLL, 120.0))
    timeline.pass_event(Event(Kind.SCROLL, 199.0))
    timeline.expect(1_000.0)

    assert timeline.wake_at_ms() == 200


def test_a_moment_is_due_once_time_has_gone_past_it() -> None:
    timeline = Timeline()
    timeline.pass_event(Event(Kind.SCROLL, 120.0))

    assert timeline.due_before(200.0) is None
    assert timeline.due_before(200.1) == 200
    assert timeline.due_before(1_000.0) is None


def test_an_event_before_a_moment_that_was_decided_comes_late() -> None:
    timeline = Timeline()
    timeline.pass_event(Event(Kind.SCROLL, 120.0))
    timeline.due_before(250.0)

    assert timeline.admit(Event(Kind.SCROLL, 199.0), 1_000.0).t_ms == 200
    assert timeline.admit(Event(Kind.SCROLL, 200.0), 1_000.0).t_ms == 200
    assert timeline.misdated == 1


@pytest.mark.parametrize(
    ("decided_ms", "wake_ms", "due_ms"),
    [
        (100.0, 730.0, 800),
        (100.0, 800.0, 800),
        (100.0, 100.0, 200),
        (100.0, 20.0, 200),
        (120.0, 130.0, 200),
        (120.0, math.nextafter(200.0, math.inf), 300),
    ],
)
def test_the_next_decision_is_on_the_grid_and_later_than_the_last(
    decided_ms: float, wake_ms: float, due_ms: float
) -> None:
    timeline = Timeline()
    timeline.plan(decided_ms, wake_ms)

    assert timeline.wake_at_ms() == due_ms


def test_if_nothing_can_happen_nothing_is_planned() -> None:
    timeline = Timeline()
    timeline.pass_event(Event(Kind.SCROLL, 120.0))
    timeline.plan(200.0, math.inf)

    assert timeline.wake_at_ms() is None
    assert timeline.due_before(math.inf) is None


def test_what_is_expected_in_the_past_is_decided_from_now_on() -> None:
    timeline = Timeline()
    timeline.pass_event(Event(Kind.CLICK, 1_020.0))
    timeline.expect(300.0)

    assert timeline.wake_at_ms() == 1_100


def test_a_decision_makes_up_for_every_moment_before_it() -> None:
    timeline = Timeline()
    timeline.pass_event(Event(Kind.SCROLL, 120.0))
    timeline.pass_event(Event(Kind.CLICK, 130.0))
    timeline.plan(130.0, math.inf)

    assert timeline.wake_at_ms() is None


def test_the_grid_is_fine_enough_to_be_unnoticed() -> None:
    assert GRID_MS <= 100
