"""Simulated visitors: what each of them can and cannot do, over many seeds."""

import statistics
from collections.abc import Sequence
from functools import cache

import pytest

from trimtab.values import NO_TARGET, Event, Kind
from trimtab.visitors.draws import seeded
from trimtab.visitors.people import PEOPLE
from trimtab.visitors.scene import DEFAULT_PAGE, Page
from trimtab.visitors.simulate import simulate

SEEDS = range(8)
BARE = Page((("thing", ".thing"),))
ON = {Kind.ENTER: Kind.LEAVE, Kind.FOCUS: Kind.BLUR, Kind.HIDDEN: Kind.SHOWN}


@cache
def visits(name: str, page: Page = DEFAULT_PAGE, seeds: Sequence[int] = SEEDS) -> list[list[Event]]:
    return [simulate(name, page, seeded(seed)) for seed in seeds]


def counts(events: Sequence[Event], kind: Kind) -> int:
    return sum(event.kind is kind for event in events)


@pytest.mark.parametrize("place", [DEFAULT_PAGE, BARE, Page(())], ids=["default", "one target", "no target"])
@pytest.mark.parametrize("name", PEOPLE)
def test_every_visit_could_have_happened(name: str, place: Page) -> None:
    for events in visits(name, place):
        first = events[0]
        assert first.kind is Kind.PAGE
        assert [event.t_ms for event in events] == sorted(event.t_ms for event in events)
        assert all(event.kind is not Kind.PAGE and -1 <= event.target < len(place.targets) for event in events[1:])
        assert all(0 <= event.a <= first.c - first.b for event in events if event.kind is Kind.SCROLL)
        pointed = [event for event in events if event.kind is Kind.POINTER]
        assert all(0 <= event.a < first.a and 0 <= event.b < first.b for event in pointed)
        assert all(0 <= event.a <= 1 for event in events if event.kind is Kind.VISIBLE)


@pytest.mark.parametrize("name", PEOPLE)
def test_what_ends_has_begun(name: str) -> None:
    """Enter and leave, focus and blur of one target, hidden and shown of the page take turns."""
    for events in visits(name):
        for begins, ends in ON.items():
            for target in range(NO_TARGET, len(DEFAULT_PAGE.targets)):
                turns = [e.kind for e in events if e.kind in (begins, ends) and e.target == target]
                assert all(kind is (ends if index % 2 else begins) for index, kind in enumerate(turns))


def test_two_seeds_are_two_people() -> None:
    for name in PEOPLE:
        first, second = visits(name, seeds=(1, 2))
        assert first != second


def test_a_skimmer_comes_to_the_end_many_times_as_fast_as_a_reader() -> None:
    skimmed, read = ([events[-1].t_ms for events in visits(name)] for name in ("skimmer", "deep-reader"))
    assert statistics.median(read) / statistics.median(skimmed) > 4
    for events in visits("skimmer"):
        assert max(event.a for event in events if event.kind is Kind.SCROLL) == events[0].c - events[0].b


def test_a_deep_reader_takes_the_time_that_the_words_take() -> None:
    for events in visits("deep-reader"):
        words = next(event.c for event in events if event.kind is Kind.LAYOUT and event.target == 0)
        assert 100 < words / (events[-1].t_ms / 60_000) < 420
        assert counts(events, Kind.GOAL) == 1


def test_a_hesitant_shopper_is_at_the_button_long_before_they_click_if_they_do() -> None:
    bought = 0
    for events in visits("hesitant-shopper", seeds=range(50)):
        enters = [e.t_ms for e in events if e.kind is Kind.ENTER and e.target == 4]
        clicks = [e.t_ms for e in events if e.kind is Kind.CLICK]
        assert len(enters) >= 2
        assert all(click - enters[0] > 5000 for click in clicks)
        bought += bool(clicks)
        assert [e.name for e in events if e.kind is Kind.GOAL and e.name == "purchase"] == ["purchase"] * len(clicks)
    assert bought == 8


def test_a_comparer_goes_to_and_fro_and_to_other_tabs() -> None:
    compared = visits("comparer")
    assert sum(counts(events, Kind.HIDDEN) for events in compared) > len(compared)
    for events in compared:
        assert counts(events, Kind.HIDDEN) == counts(events, Kind.SHOWN)
        assert sum(e.kind is Kind.VISIBLE and e.target == 0 and e.a == 0 for e in events) >= 2


def test_a_form_struggler_corrects_and_is_told_that_it_is_wrong() -> None:
    struggled = visits("form-struggler")
    for events in struggled:
        assert counts(events, Kind.KEY) == counts(events, Kind.INPUT) > 10
        assert counts(events, Kind.FOCUS) >= 2
    told = [e.name for events in struggled for e in events if e.kind is Kind.EVENT]
    assert set(told) == {"form-error"}
    corrected = [e.a for events in struggled for e in events if e.kind is Kind.INPUT]
    assert statistics.mean(corrected) == pytest.approx(0.24, abs=0.05)


def test_a_frustrated_visitor_clicks_in_rage_searches_and_comes_back() -> None:
    annoyed = visits("frustrated", seeds=range(40))
    assert sum(counts(events, Kind.CLICK) >= 4 for events in annoyed) >= 28
    assert {counts(events, Kind.ROUTE) for events in annoyed} == {0, 3}


def test_an_idle_tab_is_hidden_nearly_all_the_time_and_at_the_end() -> None:
    for events in visits("idle-tab"):
        times = [e.t_ms for e in events if e.kind in (Kind.HIDDEN, Kind.SHOWN)]
        hidden_ms = sum(shown - hidden for hidden, shown in zip(times[::2], times[1::2], strict=False))
        assert hidden_ms / events[-1].t_ms > 0.5
        assert events[-1].kind is Kind.HIDDEN


def test_a_finger_neither_hovers_nor_is_a_mouse() -> None:
    for events in visits("touch-user"):
        assert counts(events, Kind.ENTER) == counts(events, Kind.LEAVE) == 0
        assert {event.c for event in events if event.kind is Kind.POINTER} == {1.0}
        assert events[0].a <= 412


def test_a_keyboard_user_has_no_pointer_and_comes_to_everything() -> None:
    pressed = 0
    for events in visits("keyboard-user", seeds=range(40)):
        kinds = {event.kind for event in events}
        assert not kinds & {Kind.POINTER, Kind.ENTER, Kind.LEAVE}
        assert {event.target for event in events if event.kind is Kind.FOCUS} == {1, 2, 3, 4}
        pressed += Kind.CLICK in kinds
    assert pressed == 10
