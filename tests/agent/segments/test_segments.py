import math
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.agent.making import PAGE, gauge_of, named, on_click, open_visit, scroll
from trimtab import Policy, Visitor, adjust, seconds
from trimtab.declared import Segment
from trimtab.segments import Segments
from trimtab.timeline import GRID_MS
from trimtab.values import Event, Kind, Measure, Missing, SegmentChange

UNKNOWN = Missing("speed", "not yet", 9_000.0)


def fast(v: Visitor) -> bool:
    return v.scroll.speed_px_s > 600


def calm(v: Visitor) -> bool:
    return v.scroll.speed_px_s < 100


def made_of(*rules: object, enter_s: float = 2, leave_s: float = 8) -> list[Segment]:
    """Segments of these rules, all with the same waits."""
    policy = Policy("segments")
    declare = policy.segment(enter_after=seconds(enter_s), leave_after=seconds(leave_s))
    return [declare(rule) for rule in rules]  # type: ignore[arg-type]  # functions that are rules


def at_speed(segments: Segments, speed: float | Missing, now_ms: float) -> list[SegmentChange]:
    reading = speed if isinstance(speed, Missing) else Measure("scroll speed", "px/s", speed, now_ms)
    return segments.update(gauge_of({"scroll.speed_px_s": reading}, now_ms), now_ms)


def test_a_segment_is_entered_once_its_rule_has_held_for_the_whole_wait() -> None:
    segments = Segments(made_of(fast))

    assert at_speed(segments, 900, 1_000) == []
    assert segments.wake_at_ms() == 3_000
    assert at_speed(segments, 900, 2_999) == []
    assert segments.inside() == {}
    assert at_speed(segments, 1_200, 3_000) == [
        SegmentChange("fast", True, 3_000, "scroll speed 1200 px/s > 600 for 2.0 s", 0.5)
    ]
    assert segments.inside() == {0: 0.5}
    assert segments.wake_at_ms() == math.inf


def test_a_segment_is_left_once_its_rule_has_not_held_for_the_whole_wait() -> None:
    segments = Segments(made_of(fast, enter_s=0))
    at_speed(segments, 900, 1_000)

    assert at_speed(segments, 500, 2_000) == []
    assert segments.wake_at_ms() == 10_000
    assert segments.inside() == {0: pytest.approx(1 / 3)}
    assert at_speed(segments, 150, 10_000) == [
        SegmentChange("fast", False, 10_000, "scroll speed 150 px/s ≤ 600 for 8.0 s", 0.75)
    ]
    assert segments.inside() == {}


def test_a_wait_that_is_interrupted_starts_again() -> None:
    segments = Segments(made_of(fast))
    changes = [at_speed(segments, speed, now) for now, speed in [(0, 900), (1_900, 100), (2_000, 900), (3_950, 900)]]

    assert changes == [[], [], [], []]
    assert segments.wake_at_ms() == 4_000
    assert len(at_speed(segments, 900, 4_000)) == 1


def test_without_a_wait_a_segment_is_entered_and_left_at_once() -> None:
    segments = Segments(made_of(fast, enter_s=0, leave_s=0))

    assert [change.entered for change in at_speed(segments, 900, 50)] == [True]
    assert [change.entered for change in at_speed(segments, 100, 100)] == [False]


def test_the_strength_follows_the_numbers_while_inside() -> None:
    segments = Segments(made_of(fast, enter_s=0))
    at_speed(segments, 1_200, 0)
    at_speed(segments, 6_000, 50)

    assert segments.inside() == {0: 0.9}


def test_an_unknown_number_changes_nothing_and_starts_the_wait_again() -> None:
    segments = Segments(made_of(fast))
    at_speed(segments, 900, 0)

    assert at_speed(segments, UNKNOWN, 1_500) == []
    assert segments.wake_at_ms() == 9_000
    assert at_speed(segments, 900, 3_000) == []
    assert len(at_speed(segments, 900, 5_000)) == 1
    assert at_speed(segments, UNKNOWN, 50_000) == []
    assert list(segments.inside()) == [0]


def test_a_segment_is_asked_again_when_its_number_can_turn() -> None:
    segments = Segments(made_of(fast))
    falling = Measure("scroll speed", "px/s", 500.0, 0.0, until_ms=700.0)
    segments.update(gauge_of({"scroll.speed_px_s": falling}), 0)

    assert segments.wake_at_ms() == 700


@pytest.mark.parametrize("fail", [lambda: 1 / 0, sys.exit], ids=["error", "exit"])
def test_a_rule_that_raises_holds_and_is_counted_and_the_others_go_on(fail: Callable[[], object]) -> None:
    def broken(v: Visitor) -> bool:
        return fast(v) if v.clicks(replace(TARGET, index=0)) < 1 else bool(fail())

    segments = Segments(made_of(broken, fast, enter_s=0))

    def update(clicks: float, speed: float, now_ms: float) -> list[str]:
        gauge = gauge_of({"clicks.count": clicks, "scroll.speed_px_s": speed}, now_ms)
        return [change.segment for change in segments.update(gauge, now_ms)]

    assert update(0, 900, 0) == ["broken", "fast"]
    assert update(1, 100, 50) == []
    assert segments.errors == 1
    assert list(segments.inside()) == [0, 1]


TARGET = Policy("any").target("box", "#box")


def test_a_rule_that_raises_waits_anew_and_does_not_keep_the_device_busy() -> None:
    def broken(v: Visitor) -> bool:
        return v.scroll.speed_px_s > 600 and bool(1 / v._gauge("fuse", -1, "").value)  # type: ignore[union-attr]

    segments = Segments(made_of(broken))

    def update(fuse: float, now_ms: float) -> list[SegmentChange]:
        return segments.update(gauge_of({"scroll.speed_px_s": 900, "fuse": fuse}, now_ms), now_ms)

    update(1, 0)
    update(0, 1_000)

    assert segments.wake_at_ms() == math.inf
    assert update(1, 2_000) == []
    assert len(update(1, 4_000)) == 1


def test_entering_a_segment_leaves_its_rivals_first() -> None:
    segments = Segments(made_of(fast, calm, enter_s=1, leave_s=30), [frozenset({0, 1})])
    at_speed(segments, 900, 0)
    at_speed(segments, 900, 1_000)
    at_speed(segments, 50, 2_000)

    assert at_speed(segments, 50, 3_000) == [
        SegmentChange("fast", False, 3_000, "calm was entered", 0.0),
        SegmentChange("calm", True, 3_000, "scroll speed 50 px/s < 100 for 1.0 s", 0.5),
    ]
    assert list(segments.inside()) == [1]


def test_of_two_rivals_that_ripen_together_the_one_declared_first_is_entered() -> None:
    def faster(v: Visitor) -> bool:
        return v.scroll.speed_px_s > 700

    segments = Segments(made_of(fast, faster, enter_s=0), [frozenset({0, 1})])

    assert [change.segment for change in at_speed(segments, 900, 0)] == ["fast"]
    assert list(segments.inside()) == [0]


def both(*, leave_s: float = 30) -> Segments:
    """Two rivals, `fast` and `faster`, whose rules can hold at the same time."""

    def faster(v: Visitor) -> bool:
        return v.scroll.speed_px_s > 700

    return Segments(made_of(fast, faster, enter_s=1, leave_s=leave_s), [frozenset({0, 1})])


def test_rivals_that_both_hold_do_not_take_turns() -> None:
    segments = both()
    at_speed(segments, 650, 0)
    entered = [*at_speed(segments, 650, 1_000), *at_speed(segments, 900, 2_000), *at_speed(segments, 900, 3_000)]
    later = [change for now_ms in range(3_050, 60_000, 50) for change in at_speed(segments, 900, now_ms)]

    assert [(change.segment, change.entered) for change in entered] == [
        ("fast", True), ("fast", False), ("faster", True)
    ]  # fmt: skip
    assert later == []


def test_a_displaced_segment_comes_back_when_its_rival_is_left() -> None:
    segments = both(leave_s=2)
    for now_ms, speed in [(0, 650), (1_000, 650), (2_000, 900), (3_000, 900), (4_000, 650)]:
        at_speed(segments, speed, now_ms)
    left = at_speed(segments, 650, 6_000)

    assert [(change.segment, change.entered) for change in left] == [("faster", False)]
    assert segments.wake_at_ms() == 6_000
    at_speed(segments, 650, 6_050)
    assert [(change.segment, change.entered) for change in at_speed(segments, 650, 7_050)] == [("fast", True)]


def test_a_displaced_segment_comes_back_when_its_rule_holds_anew() -> None:
    segments = both()
    for now_ms, speed in [(0, 650), (1_000, 650), (2_000, 900), (3_000, 900), (4_000, 100), (5_000, 650)]:
        at_speed(segments, speed, now_ms)

    assert [(change.segment, change.entered) for change in at_speed(segments, 650, 6_000)] == [
        ("faster", False), ("fast", True)
    ]  # fmt: skip


def test_a_displaced_segment_waits_for_every_rival() -> None:
    def slower(v: Visitor) -> bool:
        return v.scroll.speed_px_s > 500

    def faster(v: Visitor) -> bool:
        return v.scroll.speed_px_s > 700

    rules = made_of(slower, fast, faster, enter_s=0, leave_s=0)
    segments = Segments(rules, [frozenset({0, 1}), frozenset({0, 2})])

    def entered(speed: float, now_ms: float) -> list[str]:
        return [change.segment for change in at_speed(segments, speed, now_ms) if change.entered]

    assert [entered(550, 0), entered(900, 50), entered(650, 100), entered(550, 150), entered(550, 200)] == [
        ["slower"],
        ["fast", "faster"],
        [],
        [],
        ["slower"],
    ]


# In a visit


@pytest.mark.parametrize("offset_ms", [0, 1, 20, 99])
def test_hysteresis_is_exact_to_the_grid(offset_ms: int) -> None:
    policy, _ = on_click()

    @policy.segment(enter_after=seconds(2), leave_after=seconds(1))
    def deep(v: Visitor) -> bool:
        return v.scroll.position > 0.5

    scrolls = [scroll(10_000 + offset_ms, 7_000), scroll(20_000 + offset_ms, 0)]
    step = open_visit(policy).step([PAGE, *scrolls], 60_000)
    grid_ms = GRID_MS if offset_ms else 0

    assert [(entry.at_ms, entry.entered) for entry in step.log if isinstance(entry, SegmentChange)] == [
        (12_000 + grid_ms, True),
        (21_000 + grid_ms, False),
    ]


def test_a_stopwatch_ripens_a_segment_without_any_event() -> None:
    policy, _ = on_click()

    @policy.segment(enter_after=seconds(1), leave_after=seconds(1))
    def patient(v: Visitor) -> bool:
        return v.attended_s >= 5

    visit = open_visit(policy)
    assert visit.step([PAGE], 100).wake_at_ms == 5_000
    assert visit.step([], 5_001).wake_at_ms == 6_000
    assert visit.step([], 6_001).log == (
        SegmentChange("patient", True, 6_000, "attention 6 s ≥ 5 for 1.0 s", 1 / 6),
    )  # fmt: skip


def test_a_visit_of_a_rule_that_raises_goes_on() -> None:
    policy = Policy("broken")
    box = policy.target("box", "#box")

    @policy.segment(enter_after=seconds(0), leave_after=seconds(0))
    def broken(v: Visitor) -> bool:
        return v.clicks(box) > 0 and bool(1 / 0)

    policy.adjust("other", on=box, when=lambda v: v.clicks(box) > 0, do=adjust.add_class("x"), debounce=seconds(0))
    visit = open_visit(policy)
    step = visit.step([PAGE, Event(Kind.CLICK, 10_000, 0), named(11_000, "quiz")], 12_000)

    assert [command.apply for command in step.commands] == [True]
    assert visit.segments.errors == 2
    assert step.wake_at_ms is None
