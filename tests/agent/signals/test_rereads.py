"""Words that come back into view are counted, in the order a browser tells it: first the scroll, then the view."""

from tests.agent.making import PAGE, layout, scroll, visible
from trimtab.declared import moving_average, seconds
from trimtab.signals import Signals
from trimtab.values import Event, Measure

TEXT = layout(0, 1000, 640, words=640)
"""A text of one word a pixel and 64 slices of 10 px."""


def rereads(*events: Event) -> float:
    signals = Signals(["text"], moving_average(seconds(2)), typing=False)
    for event in (PAGE, TEXT, *events):
        signals.update(event)
    measure = signals.gauge(events[-1].t_ms)("reading.rereads", 0, "")
    assert isinstance(measure, Measure)
    return measure.value


READ = (scroll(1000, 900), visible(1010, 1), scroll(9000, 1700), visible(9010, 0))
"""All of the text in view, then all of it passed."""


def test_a_text_that_is_left_and_passed_was_not_reread() -> None:
    assert rereads(*READ) == 0


def test_a_text_that_comes_back_over_the_upper_edge_is_reread() -> None:
    assert rereads(*READ, scroll(10_000, 1300), visible(10_010, 0.53)) == 340


def test_a_text_that_comes_back_from_below_after_a_jump_to_the_top_is_reread() -> None:
    back = (scroll(10_000, 0), scroll(11_000, 500), visible(11_010, 0.47))
    assert rereads(*READ, *back) == 300


def test_it_is_counted_anew_each_time_but_not_while_it_stays() -> None:
    once = (scroll(10_000, 1600), visible(10_010, 0.06), visible(10_020, 0.06), scroll(10_500, 1600))
    again = (scroll(11_000, 1700), visible(11_010, 0), scroll(12_000, 1600), visible(12_010, 0.06))
    assert rereads(*READ, *once) == 40
    assert rereads(*READ, *once, *again) == 80
