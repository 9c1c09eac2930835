"""Every signal that these recordings allow is, for everybody and at every moment, what an offline computation says."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.agent.making import open_visit
from tests.agent.signals.test_signals import READINGS
from tests.reading.offline import Numbers, Recording, attention, recording_of, scrolling, texts
from tests.reading.people import Person, needs_readers, people
from tests.reading.replays import OF_PAGE, OF_TEXTS, OF_VIEWS, STORY, ask, everything, moments, watching
from tests.reading.traces import traces
from trimtab.declared import exponential_average, moving_average, seconds
from trimtab.values import NO_TARGET, Missing

pytestmark = needs_readers

PAGE: dict[str, Callable[[Recording, Numbers], Numbers]] = {
    "scroll.speed_px_s": scrolling.speed,
    "scroll.mean_speed_px_s": scrolling.mean_speed,
    "scroll.median_speed_px_s": scrolling.median_speed,
    "scroll.depth": scrolling.depth,
    "scroll.position": scrolling.position,
    "scroll.turns": scrolling.turns,
    "scroll.pauses": scrolling.pauses,
    "scroll.idle_s": scrolling.idle,
    "frustration.excessive_scrolls": scrolling.searches,
    "attention.attended_s": attention.attended,
}
VIEWS: dict[str, Callable[[Recording, Numbers, attention.View], Numbers]] = {
    "dwell.attended_s": attention.dwell,
    "dwell.longest_s": attention.longest_stay,
    "dwell.visits": attention.visits,
    "visible.share": attention.in_view_now,
}
TEXTS: dict[str, Callable[[Recording, texts.Progress, Numbers], Numbers]] = {
    "reading.words_per_minute": texts.words_per_minute,
    "reading.words_seen": texts.words_seen,
    "reading.share_seen": texts.share_seen,
    "reading.rereads": texts.rereads,
}


NOT_RECORDED = ("pointer", "typing", "hover", "approach", "form", "clicks", "named", "grid")
"""Families of numbers that need a pointer, keys, clicks, events of the page's own, or a question about cells."""
CLICKS_AND_ROUTES = ("frustration.rage_clicks", "frustration.dead_clicks", "frustration.quick_backs")
"""Counts that stay 0 without clicks and routes."""


def check(person: Person, name: str, ours: Numbers, theirs: Numbers) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9, err_msg=f"{name} of person {person.id}")


@pytest.mark.parametrize("name", OF_PAGE)
def test_signals_of_the_page_equal_an_offline_computation(name: str) -> None:
    for person in people():
        offline = PAGE[name](recording_of(person), moments(person))
        check(person, name, everything(person)[name, NO_TARGET], offline)


@pytest.mark.parametrize("name", OF_VIEWS)
def test_dwell_on_the_story_and_on_each_paragraph_equals_an_offline_computation(name: str) -> None:
    for person in people():
        visit, now = recording_of(person), moments(person)
        views = [attention.story(visit), *(attention.paragraph(visit, number) for number in range(len(visit.tops_px)))]
        for target, view in enumerate(views, STORY):
            check(person, f"{name} of target {target}", everything(person)[name, target], VIEWS[name](visit, now, view))


def test_every_number_that_a_policy_can_read_is_compared_or_was_not_recorded() -> None:
    others = {name for name in READINGS if name.partition(".")[0] in NOT_RECORDED} | set(CLICKS_AND_ROUTES)
    assert {*OF_PAGE, *OF_VIEWS, *OF_TEXTS} | others == set(READINGS)
    assert not {*OF_PAGE, *OF_VIEWS, *OF_TEXTS} & others


def test_what_was_not_recorded_is_unknown_or_nothing() -> None:
    others = [name for name in READINGS if name not in {*OF_PAGE, *OF_VIEWS, *OF_TEXTS}]
    of_targets = ("hover", "approach", "form", "clicks")
    asked = [(name, STORY if name.partition(".")[0] in of_targets else NO_TARGET) for name in others]
    for person in people():
        visit = open_visit(watching())
        visit.step(traces()[person.id], person.end_ms)
        gauge = visit.signals.gauge(person.end_ms)
        for name, target in asked:
            reading = gauge(name, target, "quiz" if name.startswith("named.") else "")
            assert isinstance(reading, Missing) or reading.value == 0, f"{name} of person {person.id}: {reading}"


@pytest.mark.parametrize("name", OF_TEXTS)
def test_reading_of_the_story_and_of_each_paragraph_equals_an_offline_computation(name: str) -> None:
    for person in people():
        visit, now = recording_of(person), moments(person)
        parts = [texts.story(visit), *(texts.paragraph(visit, number) for number in range(len(visit.tops_px)))]
        for target, part in enumerate(parts, STORY):
            check(person, f"{name} of target {target}", everything(person)[name, target], TEXTS[name](visit, part, now))


@pytest.mark.proof
@pytest.mark.parametrize("span_s", [5, 10, 30])
def test_speed_over_a_longer_window_equals_an_offline_computation(span_s: float) -> None:
    for person in people():
        now, speed = moments(person), ("scroll.speed_px_s", NO_TARGET)
        ours = ask(person, [speed], now, watching(moving_average(seconds(span_s))))[speed]
        check(person, f"speed over {span_s} s", ours, scrolling.speed(recording_of(person), now, span_s * 1000))


@pytest.mark.proof
def test_exponentially_averaged_speed_equals_an_offline_computation() -> None:
    keep = 0.5 ** (1 / 100)  # a half-life of ten seconds, in tenths of a second
    for person in people():
        now, speed = moments(person), ("scroll.speed_px_s", NO_TARGET)
        ours = ask(person, [speed], now, watching(exponential_average(half_life=seconds(10))))[speed]
        mean = [0.0]
        for moved in scrolling.distances(recording_of(person), float(now[-1])):
            mean.append(keep * mean[-1] + (1 - keep) * float(moved))
        known = np.where(now < scrolling.WATCH_MS, np.nan, np.array(mean)[(now // scrolling.STEP_MS).astype(int)] * 10)
        check(person, "exponential speed", ours, known)


@pytest.mark.parametrize("name", [*OF_PAGE, *OF_VIEWS, *OF_TEXTS])
def test_the_readers_bring_every_signal_to_different_values(name: str) -> None:
    target = NO_TARGET if name in OF_PAGE else STORY + 1  # the story as a whole stays in view from first to last
    values = np.concatenate([everything(person)[name, target] for person in people()])
    assert len(np.unique(values[~np.isnan(values)])) > 1
