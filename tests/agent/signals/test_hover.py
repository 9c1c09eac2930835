import math

from trimtab.signals.hover import Hover
from trimtab.values import Measure, Missing


def test_without_a_pointer_nobody_knows() -> None:
    assert Hover("box").count(5_000) == Missing("hovers box", "no pointer has been seen")


def test_touch_and_pen_do_not_hover() -> None:
    hover = Hover("box")
    hover.mouse = False

    assert hover.stay_s(5_000) == Missing("hover box", "touch and pen do not hover")


def test_stays_are_counted_and_added() -> None:
    hover = Hover("box")
    for begin_ms, end_ms in [(1_000, 3_000), (5_000, 5_500)]:
        hover.enter(begin_ms)
        hover.leave(end_ms)

    assert hover.count(9_000) == Measure("hovers box", "", 2, 9_000)
    assert hover.total_s(9_000) == Measure("hover time box", "s", 2.5, 9_000)
    assert hover.longest_s(9_000) == Measure("longest hover box", "s", 2, 9_000)
    assert hover.stay_s(9_000) == Measure("hover box", "s", 0, 9_000)


def test_the_present_stay_runs() -> None:
    hover = Hover("box")
    hover.enter(1_000)

    for name, measure in [("hover", hover.stay_s(4_000)), ("hover time", hover.total_s(4_000))]:
        assert measure == Measure(f"{name} box", "s", 3, 4_000, rise=0.001)
    assert hover.longest_s(4_000) == Measure("longest hover box", "s", 3, 4_000, rise=0.001)


def test_the_longest_stay_is_passed_when_the_present_one_is_longer() -> None:
    hover = Hover("box")
    hover.enter(0)
    hover.leave(2_000)
    hover.enter(5_000)

    assert hover.longest_s(6_000) == Measure("longest hover box", "s", 2, 6_000, until_ms=7_000)
    assert hover.longest_s(7_000) == Measure("longest hover box", "s", 2, 7_000, rise=0.001)
    assert hover.longest_s(8_000) == Measure("longest hover box", "s", 3, 8_000, rise=0.001, until_ms=math.inf)


def test_what_is_said_twice_counts_once() -> None:
    hover = Hover("box")
    hover.enter(1_000)
    hover.enter(2_000)
    hover.leave(3_000)
    hover.leave(9_000)

    assert hover.count(9_000) == Measure("hovers box", "", 1, 9_000)
    assert hover.total_s(9_000) == Measure("hover time box", "s", 2, 9_000)
