import math

import pytest

from trimtab.declared import moving_average, seconds
from trimtab.signals.pointer import RECENT_POINTS, STROKE_MS, Pointer, length
from trimtab.values import Measure, Missing


def pointer_of(*points: tuple[float, float, float]) -> Pointer:
    """A mouse that was at these places: (t ms, x px, y px)."""
    pointer = Pointer(moving_average(seconds(2)))
    for t_ms, x_px, y_px in points:
        pointer.update(x_px, y_px, 0, t_ms)
    return pointer


def test_a_pointer_that_nobody_has_seen_has_neither_place_nor_speed() -> None:
    pointer = pointer_of()

    assert pointer.at is None
    for measure in (pointer.speed_px_s(0), pointer.path_px(0), pointer.idle_s(0)):
        assert isinstance(measure, Missing)
        assert measure.why == "no pointer has been seen"
    assert pointer.flips(0) == Missing("pointer flips", "the pointer has not moved in the last 2 s")


def test_the_path_is_as_long_as_its_steps() -> None:
    pointer = pointer_of((0, 0, 0), (100, 30, 40), (5_000, 30, 140))

    assert pointer.path_px(5_000) == Measure("pointer path", "px", 150, 5_000)
    assert pointer.at == (30, 140)


def test_the_speed_is_smoothed_over_the_window() -> None:
    pointer = pointer_of(*((t_ms, t_ms / 2, 0) for t_ms in range(0, 4_000, 20)))

    assert pointer.speed_px_s(4_000) == Measure("pointer speed", "px/s", 500, 4_000, until_ms=4_100)


def test_a_straight_line_is_as_straight_as_can_be() -> None:
    pointer = pointer_of((1_000, 0, 0), (1_100, 30, 40), (1_200, 60, 80))

    assert pointer.straightness(1_300) == Measure("pointer straightness", "", 1, 1_300, until_ms=3_000)


def test_a_detour_is_less_straight_by_its_length() -> None:
    pointer = pointer_of((1_000, 0, 0), (1_100, 300, 0), (1_200, 300, 400))

    assert pointer.straightness(1_300) == Measure("pointer straightness", "", 500 / 700, 1_300, until_ms=3_000)


def test_a_hand_that_trembles_has_no_direction() -> None:
    pointer = pointer_of((1_000, 0, 0), (1_100, 3, 0), (1_200, 0, 0))

    assert pointer.flips(1_300) == Measure("pointer flips", "", 0, 1_300, until_ms=3_000)
    still = pointer_of((1_000, 0, 0), (1_100, 3, 0))
    assert still.straightness(1_300) == Missing(
        "pointer straightness", "the pointer has hardly moved in the last 2 s"
    )  # fmt: skip


def test_flips_are_turns_of_the_horizontal_direction() -> None:
    places = [0, 50, 20, 60, 100, 40]
    pointer = pointer_of(*((1_000 + 10 * n, x, 7 * n) for n, x in enumerate(places)))

    assert pointer.flips(1_100) == Measure("pointer flips", "", 3, 1_100, until_ms=3_000)


def test_what_is_older_than_two_seconds_is_forgotten() -> None:
    pointer = pointer_of((0, 0, 0), (100, 100, 0), (200, 0, 0), (2_150, 50, 0))

    assert pointer.flips(2_160) == Measure("pointer flips", "", 0, 2_160, until_ms=2_200)
    assert pointer.flips(4_149) == Measure("pointer flips", "", 0, 4_149, until_ms=4_150)
    assert isinstance(pointer.flips(4_150), Missing)


def test_idle_is_a_stopwatch_since_the_last_movement() -> None:
    pointer = pointer_of((0, 0, 0), (1_000, 9, 9))

    assert pointer.idle_s(4_500) == Measure("pointer idle", "s", 3.5, 4_500, rise=0.001, until_ms=math.inf)


def test_a_pointer_that_never_rests_needs_no_more_memory() -> None:
    pointer = pointer_of(*((n, n % 7, n % 5) for n in range(10 * RECENT_POINTS)))

    assert len(pointer._points) == RECENT_POINTS


def test_a_length_is_that_of_pythagoras() -> None:
    assert (length(3, 4), length(-3, 4), length(0, 0)) == (5, 5, 0)


def strokes(*points: tuple[float, float, float]) -> Pointer:
    """Points of (t ms, x px, kind)."""
    pointer = Pointer(moving_average(seconds(2)))
    for t_ms, x_px, kind in points:
        pointer.update(x_px, 0, kind, t_ms)
    return pointer


@pytest.mark.parametrize(("kind", "path_px"), [(0, 900), (1, 0), (2, 0)])
def test_between_a_lifted_finger_and_the_next_touch_nothing_was_moved(kind: float, path_px: float) -> None:
    pointer = strokes((3_000, 0, kind), (3_001 + STROKE_MS, 900, kind))

    assert pointer.path_px(4_000).value == path_px  # type: ignore[union-attr]  # seen
    assert (pointer.speed_px_s(4_000).value > 0) == bool(path_px)  # type: ignore[union-attr]  # seen
    assert pointer.at == (900, 0)


def test_a_finger_that_stays_down_draws_one_stroke() -> None:
    assert strokes((0, 0, 1), (STROKE_MS, 50, 1)).path_px(600) == Measure("pointer path", "px", 50, 600)


def test_between_a_mouse_and_a_finger_nothing_was_moved() -> None:
    pointer = strokes((1_000, 0, 0), (1_010, 10, 0), (1_020, 900, 1), (1_030, 905, 1), (1_040, 0, 0))

    assert pointer.path_px(1_050) == Measure("pointer path", "px", 15, 1_050)
    assert isinstance(pointer.straightness(1_050), Missing)
