"""What counts as passed in a text, in the order a browser tells it: jumps and hidden pages pass nothing."""

import pytest

from tests.agent.making import PAGE, layout, scroll, visible
from trimtab.declared import moving_average, seconds
from trimtab.signals import Signals
from trimtab.values import NO_TARGET, Event, Kind, Measure, Missing
from trimtab.views import Reading, Source
from trimtab.watching import Comparison, Notebook

TEXT = (layout(0, 0, 6_400, words=640), visible(50, 0.125))
"""A text of ten words a slice of 100 px, of which a window of 800 px shows eight."""
UNPASSED = Missing("reading text", "none of it has been passed yet")


def after(*events: Event) -> Signals:
    signals = Signals(["text"], moving_average(seconds(2)), typing=False)
    for event in (PAGE, *TEXT, *events):
        signals.update(event)
    return signals


def read(signals: Signals, quantity: str, now_ms: float) -> Measure | Missing:
    return signals.gauge(now_ms)(f"reading.{quantity}", 0, "")


@pytest.mark.parametrize(
    "events",
    [
        (scroll(400, 2_400), visible(420, 0.125)),
        (Event(Kind.POINTER, 100), Event(Kind.CLICK, 3_000), scroll(3_050, 1_000), visible(3_060, 0.125)),
        (scroll(4_000, 2_400), visible(4_010, 0.125)),
    ],
    ids=["restored", "anchor", "End key"],
)
def test_a_jump_passes_nothing(events: tuple[Event, ...]) -> None:
    signals = after(*events)
    assert read(signals, "words_per_minute", 6_000) == UNPASSED
    assert read(signals, "words_seen", 6_000) == Measure("seen of text", "words", 160, 6_000)


def test_a_layout_that_moves_the_text_up_passes_nothing() -> None:
    signals = after(layout(3_000, -400, 6_400, words=640))
    assert read(signals, "words_per_minute", 6_000) == UNPASSED


def test_what_scrolls_by_on_a_hidden_page_is_neither_seen_nor_passed_and_what_is_there_after_it_is_seen() -> None:
    by = [scroll(4_000 + 100 * step, 80 * step) for step in range(61)]
    signals = after(Event(Kind.HIDDEN, 3_000), *by)
    assert read(signals, "words_seen", 15_000) == Measure("seen of text", "words", 80, 15_000)
    assert read(signals, "words_per_minute", 15_000) == UNPASSED

    signals.update(Event(Kind.SHOWN, 20_000))
    assert read(signals, "words_seen", 20_000) == Measure("seen of text", "words", 80 + 160 - 80, 20_000)
    assert read(signals, "words_per_minute", 20_000) == UNPASSED


@pytest.mark.parametrize(("wpm", "scanning"), [(1_000, False), (1_001, True)])
def test_scanning_is_faster_than_a_thousand_words_a_minute_and_notes_it(wpm: float, scanning: bool) -> None:
    measure = Measure("reading text", "wpm", wpm, 0)
    notebook = Notebook()
    assert Reading(Source(lambda *_: measure, notebook, NO_TARGET)).scanning is scanning
    assert notebook.comparisons == [Comparison(measure, ">", 1_000, scanning)]
