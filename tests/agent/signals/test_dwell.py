import pytest

from trimtab.signals.attention import Attention
from trimtab.signals.dwell import Dwell
from trimtab.values import Kind, Measure

VIEWPORT_PX = 800.0


def dwell_of(height_px: float = 400) -> tuple[Dwell, Attention]:
    attention = Attention()
    attention.update(Kind.PAGE, 0)
    dwell = Dwell("story", attention)
    dwell.measure(height_px)
    return dwell, attention


def see(dwell: Dwell, share: float, t_ms: float) -> None:
    dwell.share = share
    dwell.update(VIEWPORT_PX, t_ms)


def test_a_target_is_dwelt_on_while_half_of_it_is_in_view() -> None:
    dwell, _ = dwell_of()
    for share, t_ms in [(0.49, 1_000), (0.5, 2_000), (1, 3_000), (0.3, 5_500)]:
        see(dwell, share, t_ms)

    assert dwell.attended_s(9_000) == Measure("dwell story", "s", 3.5, 9_000)
    assert dwell.visits(9_000) == Measure("visits story", "", 1, 9_000)


def test_a_target_that_is_in_view_now_counts_as_a_stopwatch() -> None:
    dwell, _ = dwell_of()
    see(dwell, 1, 2_000)

    assert dwell.attended_s(5_000) == Measure("dwell story", "s", 3, 5_000, rise=0.001, until_ms=30_000)


@pytest.mark.parametrize(
    ("height_px", "share", "in_view"), [(4_000, 0.1, True), (4_000, 0.09, False), (900, 0.4, False)]
)
def test_a_target_taller_than_the_window_is_in_view_when_it_fills_half_of_it(
    height_px: float, share: float, in_view: bool
) -> None:
    dwell, _ = dwell_of(height_px)
    see(dwell, share, 1_000)

    assert dwell.visits(2_000).value == in_view


def test_before_the_window_is_measured_only_the_share_counts() -> None:
    dwell, _ = dwell_of(4_000)
    dwell.share = 0.3
    dwell.update(0, 1_000)

    assert dwell.visits(2_000).value == 0


def test_each_return_is_a_visit() -> None:
    dwell, _ = dwell_of()
    for t_ms in range(0, 8_000, 1_000):
        see(dwell, t_ms // 1_000 % 2, t_ms)

    assert dwell.visits(8_000).value == 4
    assert dwell.attended_s(8_000).value == 4


def test_attention_that_pauses_pauses_the_dwelling() -> None:
    dwell, attention = dwell_of()
    see(dwell, 1, 1_000)
    attention.update(Kind.HIDDEN, 3_000)

    assert dwell.attended_s(60_000) == Measure("dwell story", "s", 2, 60_000)
    attention.update(Kind.SHOWN, 60_000)
    assert dwell.attended_s(61_000).value == 3


def test_the_longest_stay_is_that_of_all_visits() -> None:
    dwell, _ = dwell_of()
    for share, t_ms in [(1, 0), (0, 5_000), (1, 6_000)]:
        see(dwell, share, t_ms)

    assert dwell.longest_s(7_000) == Measure("longest stay story", "s", 5, 7_000, until_ms=11_000)
    assert dwell.longest_s(13_000) == Measure("longest stay story", "s", 7, 13_000, rise=0.001, until_ms=30_000)
    see(dwell, 0, 14_000)
    assert dwell.longest_s(20_000) == Measure("longest stay story", "s", 8, 20_000)


def test_the_longest_stay_will_not_be_passed_by_a_visitor_who_is_idle() -> None:
    dwell, _ = dwell_of()
    for share, t_ms in [(1, 0), (0, 20_000), (1, 25_000)]:
        see(dwell, share, t_ms)

    assert dwell.longest_s(60_000) == Measure("longest stay story", "s", 20, 60_000)


def test_the_visible_share_is_that_of_now() -> None:
    dwell, _ = dwell_of()
    see(dwell, 0.25, 1_000)

    assert dwell.visible(2_000) == Measure("visible story", "", 0.25, 2_000)
