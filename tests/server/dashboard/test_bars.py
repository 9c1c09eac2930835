from trimtab_server.analyse.intervals import Interval
from trimtab_server.dashboard.bars import Bar, difference_axis, share_axis


def test_shares_share_one_axis_that_ends_at_a_round_number() -> None:
    axis = share_axis([Interval(0.1, 0.2), Interval(0.3, 0.44)])

    assert [tick.label for tick in axis.ticks] == ["0%", "10%", "20%", "30%", "40%", "50%"]
    assert axis.bar(Interval(0.1, 0.2), 0.15) == Bar(20.0, 40.0, 30.0)


def test_differences_have_zero_in_the_middle() -> None:
    axis = difference_axis([Interval(-0.17, 0.03)])

    assert [tick.label for tick in axis.ticks] == ["\u221220", "\u221210", "0", "+10", "+20"]
    assert axis.bar(Interval(-0.17, 0.03), -0.07) == Bar(7.5, 57.5, 32.5)


def test_what_noise_pushed_beyond_the_axis_is_drawn_at_its_end() -> None:
    assert share_axis([Interval(-0.2, 1.3)]).bar(Interval(-0.2, 1.3), 1.1) == Bar(0.0, 100.0, 100.0)


def test_without_reports_there_is_an_axis_all_the_same() -> None:
    assert share_axis([]).high == 1.0
    assert difference_axis([]).high == 1.0
