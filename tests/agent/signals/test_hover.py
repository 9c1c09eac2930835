from trimtab.signals.attention import IDLE_LIMIT_MS, Attention
from trimtab.signals.hover import Hover
from trimtab.values import Kind, Measure, Missing


def hover_of() -> Hover:
    """On a page that is attended from 0 until IDLE_LIMIT_MS."""
    attention = Attention()
    attention.update(Kind.PAGE, 0)
    return Hover("box", attention)


def test_without_a_pointer_nobody_knows() -> None:
    assert hover_of().count(5_000) == Missing("hovers box", "no pointer has been seen")


def test_touch_and_pen_do_not_hover() -> None:
    hover = hover_of()
    hover.point(0, mouse=False)

    assert hover.stay_s(5_000) == Missing("hover box", "touch and pen do not hover")


def test_stays_are_counted_and_added() -> None:
    hover = hover_of()
    for begin_ms, end_ms in [(1_000, 3_000), (5_000, 5_500)]:
        hover.enter(begin_ms)
        hover.leave(end_ms)

    assert hover.count(9_000) == Measure("hovers box", "", 2, 9_000)
    assert hover.total_s(9_000) == Measure("hover time box", "s", 2.5, 9_000)
    assert hover.longest_s(9_000) == Measure("longest hover box", "s", 2, 9_000)
    assert hover.stay_s(9_000) == Measure("hover box", "s", 0, 9_000)


def test_the_present_stay_runs() -> None:
    hover = hover_of()
    hover.enter(1_000)

    for name, measure in [("hover", hover.stay_s(4_000)), ("hover time", hover.total_s(4_000))]:
        assert measure == Measure(f"{name} box", "s", 3, 4_000, rise=0.001, until_ms=IDLE_LIMIT_MS)
    assert hover.longest_s(4_000) == Measure("longest hover box", "s", 3, 4_000, rise=0.001, until_ms=IDLE_LIMIT_MS)


def test_the_longest_stay_is_passed_when_the_present_one_is_longer() -> None:
    hover = hover_of()
    hover.enter(0)
    hover.leave(2_000)
    hover.enter(5_000)

    assert hover.longest_s(6_000) == Measure("longest hover box", "s", 2, 6_000, until_ms=7_000)
    assert hover.longest_s(7_000) == Measure("longest hover box", "s", 2, 7_000, rise=0.001, until_ms=IDLE_LIMIT_MS)
    assert hover.longest_s(8_000) == Measure("longest hover box", "s", 3, 8_000, rise=0.001, until_ms=IDLE_LIMIT_MS)


def test_what_is_said_twice_counts_once() -> None:
    hover = hover_of()
    hover.enter(1_000)
    hover.enter(2_000)
    hover.leave(3_000)
    hover.leave(9_000)

    assert hover.count(9_000) == Measure("hovers box", "", 1, 9_000)
    assert hover.total_s(9_000) == Measure("hover time box", "s", 2, 9_000)


def test_a_mouse_that_was_left_behind_does_not_hover_for_ever() -> None:
    hover = hover_of()
    hover.enter(1_000)
    day_ms = 86_400_000

    assert hover.stay_s(IDLE_LIMIT_MS) == Measure("hover box", "s", 0, IDLE_LIMIT_MS)
    attended_s = IDLE_LIMIT_MS / 1000 - 1
    assert hover.total_s(day_ms) == Measure("hover time box", "s", attended_s, day_ms)
    assert hover.longest_s(day_ms) == Measure("longest hover box", "s", attended_s, day_ms)


def test_after_a_touch_the_mouse_hovers_once_it_moves() -> None:
    hover = hover_of()
    hover.point(1_000, mouse=False)
    hover.enter(1_010)
    assert hover.stay_s(5_000) == Missing("hover box", "touch and pen do not hover")

    hover.point(6_000, mouse=True)
    assert hover.stay_s(8_000) == Measure("hover box", "s", 2, 8_000, rise=0.001, until_ms=IDLE_LIMIT_MS)
    hover.point(9_000, mouse=False)
    hover.point(10_000, mouse=True)
    assert hover.count(11_000) == Measure("hovers box", "", 1, 11_000)
    assert hover.total_s(11_000) == Measure("hover time box", "s", 3, 11_000)
