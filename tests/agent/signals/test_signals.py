"""The wiring: every quantity that a policy can read, and the events that reach it."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from tests.agent.making import PAGE, key, layout, named, scroll, visible
from trimtab import Visitor, seconds
from trimtab.declared import Target, moving_average
from trimtab.errors import Unknown
from trimtab.places import Place
from trimtab.signals import Signals
from trimtab.values import NO_TARGET, Event, Kind, Measure, Missing
from trimtab.visitor import Outcome, Record
from trimtab.watching import Notebook, Watched

BOX = Target("box", 0, "#box", Place("policy.py", 1))
OTHER = Target("other", 1, "#other", Place("policy.py", 2))
MOUSE, TOUCH = 0.0, 1.0


def signals_after(*events: Event, typing: bool = True) -> Signals:
    signals = Signals(["box", "other"], moving_average(seconds(2)), typing=typing, grid=True)
    for event in events:
        signals.update(event)
    return signals


def pointer(t_ms: float, x_px: float, y_px: float, kind: float = MOUSE) -> Event:
    return Event(Kind.POINTER, t_ms, NO_TARGET, x_px, y_px, kind)


def at(kind: Kind, t_ms: float, target: int = 0) -> Event:
    return Event(kind, t_ms, target)


# The page, a text in view of which a slice was passed, a mouse that came near, keys, a form field, an event of a value.
VISIT = [
    PAGE,
    layout(0, 0, 6_400, 640),
    Event(Kind.BOX, 0, 0, 100, 600),
    visible(0, 0.125),
    *(scroll(1_000 * n, 100 * n) for n in range(1, 5)),
    pointer(4_100, 10, 10),
    pointer(4_200, 200, 10),
    at(Kind.ENTER, 4_200),
    *(key(4_300 + 100 * n) for n in range(8)),
    at(Kind.FOCUS, 5_100),
    Event(Kind.INPUT, 5_200, 0, 1),
    at(Kind.BLUR, 5_300),
    Event(Kind.EVENT, 5_400, name="quiz", b=7, c=1),
    Event(Kind.CLICK, 5_500, 0),
]
NOW_MS = 6_000

READINGS: dict[str, tuple[Callable[[Visitor], Watched], str]] = {
    "scroll.speed_px_s": (lambda v: v.scroll.speed_px_s, "50 px/s"),
    "scroll.mean_speed_px_s": (lambda v: v.scroll.mean_speed_px_s, "66.7 px/s"),
    "scroll.median_speed_px_s": (lambda v: v.scroll.median_speed_px_s, "0 px/s"),
    "scroll.depth": (lambda v: v.scroll.depth, "0.15 "),
    "scroll.position": (lambda v: v.scroll.position, "0.15 "),
    "scroll.turns": (lambda v: v.scroll.turns, "0 "),
    "scroll.pauses": (lambda v: v.scroll.pauses, "0 "),
    "scroll.idle_s": (lambda v: v.scroll.idle_s, "2 s"),
    "pointer.speed_px_s": (lambda v: v.pointer.speed_px_s, "95 px/s"),
    "pointer.path_px": (lambda v: v.pointer.path_px, "190 px"),
    "pointer.straightness": (lambda v: v.pointer.straightness, "1 "),
    "pointer.flips": (lambda v: v.pointer.flips, "0 "),
    "pointer.idle_s": (lambda v: v.pointer.idle_s, "1.8 s"),
    "typing.interval_ms": (lambda v: v.typing.interval_ms, "100 ms"),
    "typing.variability_ms": (lambda v: v.typing.variability_ms, "0 ms"),
    "typing.bursts": (lambda v: v.typing.bursts, "1 "),
    "typing.pauses": (lambda v: v.typing.pauses, "0 "),
    "typing.corrections": (lambda v: v.typing.corrections, "1 "),
    "frustration.rage_clicks": (lambda v: v.frustration.rage_clicks, "0 "),
    "frustration.dead_clicks": (lambda v: v.frustration.dead_clicks, "0 "),
    "frustration.excessive_scrolls": (lambda v: v.frustration.excessive_scrolls, "0 "),
    "frustration.quick_backs": (lambda v: v.frustration.quick_backs, "0 "),
    "attention.attended_s": (lambda v: v.attended_s, "6 s"),
    "reading.words_per_minute": (lambda v: v.reading(BOX).words_per_minute, "400 wpm"),
    "reading.words_seen": (lambda v: v.reading(BOX).words_seen, "120 words"),
    "reading.share_seen": (lambda v: v.reading(BOX).share_seen, "0.188 "),
    "reading.rereads": (lambda v: v.reading(BOX).rereads, "0 words"),
    "dwell.attended_s": (lambda v: v.dwell(BOX).attended_s, "6 s"),
    "dwell.longest_s": (lambda v: v.dwell(BOX).longest_s, "6 s"),
    "dwell.visits": (lambda v: v.dwell(BOX).visits, "1 "),
    "visible.share": (lambda v: v.visible(BOX), "0.125 "),
    "hover.count": (lambda v: v.hover(BOX).count, "1 "),
    "hover.total_s": (lambda v: v.hover(BOX).total_s, "1.8 s"),
    "hover.longest_s": (lambda v: v.hover(BOX).longest_s, "1.8 s"),
    "hover.stay_s": (lambda v: v.hover(BOX).stay_s, "1.8 s"),
    "approach.distance_px": (lambda v: v.approach(BOX).distance_px, "0 px"),
    "approach.approach_px": (lambda v: v.approach(BOX).approach_px, "90 px"),
    "approach.hesitation_s": (lambda v: v.approach(BOX).hesitation_s, "0 s"),
    "form.focus_s": (lambda v: v.form(BOX).focus_s, "0.2 s"),
    "form.returns": (lambda v: v.form(BOX).returns, "0 "),
    "form.corrections": (lambda v: v.form(BOX).corrections, "1 "),
    "form.abandoned": (lambda v: v.form(BOX).abandoned, "0 "),
    "clicks.count": (lambda v: v.clicks(BOX), "1 "),
    "named.count": (lambda v: v.event("quiz").count, "1 "),
    "named.last": (lambda v: v.event("quiz").last, "7 "),
    "named.mean": (lambda v: v.event("quiz").mean, "7 "),
    "grid.cell": (lambda v: v._source().read("grid.cell"), "4 "),
}


@pytest.mark.parametrize("quantity", READINGS)
def test_a_policy_reads_each_quantity(quantity: str) -> None:
    read, value = READINGS[quantity]
    number = read(Visitor(signals_after(*VISIT).gauge(NOW_MS), Notebook()))

    assert repr(number).rsplit(": ", 1)[1] == f"{value}>"


def test_every_quantity_that_can_be_measured_is_in_the_table() -> None:
    signals = signals_after()
    measured = {*signals._page_readers(), *signals._targets[0].readers(), "named.count", "named.last", "named.mean"}

    assert measured == set(READINGS)


def views_of(visitor: Visitor) -> dict[str, set[str]]:
    """What a policy author finds on the visitor: each view with its numbers."""
    views = {
        "scroll": visitor.scroll, "pointer": visitor.pointer, "typing": visitor.typing,
        "frustration": visitor.frustration, "reading": visitor.reading(BOX), "dwell": visitor.dwell(BOX),
        "hover": visitor.hover(BOX), "approach": visitor.approach(BOX), "form": visitor.form(BOX),
        "named": visitor.event("quiz"),
    }  # fmt: skip
    return {
        name: {member for member, value in inspect.getmembers(type(view)) if isinstance(value, property)}
        for name, view in views.items()
    }


def test_every_number_that_a_policy_author_finds_is_measured() -> None:
    found = {f"{view}.{member}" for view, members in views_of(Visitor(signals_after().gauge(0), Notebook())).items()
             for member in members}  # fmt: skip

    found.remove("reading.scanning")  # a comparison of a number that is among them
    assert found | {"attention.attended_s", "visible.share", "clicks.count", "grid.cell"} == set(READINGS)


def test_what_concerns_one_target_reaches_no_other() -> None:
    gauge = signals_after(*VISIT).gauge(NOW_MS)

    assert [gauge(quantity, 1, "") for quantity in ("clicks.count", "dwell.visits", "form.corrections")] == [
        Measure("clicks other", "", 0, NOW_MS),
        Measure("visits other", "", 0, NOW_MS),
        Measure("corrections in other", "", 0, NOW_MS),
    ]


def test_a_touch_takes_the_hovering_back() -> None:
    gauge = signals_after(*VISIT, pointer(5_900, 200, 10, TOUCH)).gauge(NOW_MS)

    assert gauge("hover.stay_s", 0, "") == Missing("hover box", "touch and pen do not hover")


def test_a_page_that_is_hidden_is_not_hovered() -> None:
    gauge = signals_after(*VISIT, at(Kind.HIDDEN, 5_700, NO_TARGET)).gauge(NOW_MS)

    assert gauge("hover.stay_s", 0, "") == Measure("hover box", "s", 0, NOW_MS)
    assert gauge("hover.total_s", 0, "") == Measure("hover time box", "s", 1.5, NOW_MS)


def test_a_pause_on_a_target_is_a_stay_of_that_length() -> None:
    visitor = Visitor(signals_after(*VISIT).gauge(NOW_MS), Notebook())

    assert visitor.paused(BOX, seconds(1.8))
    assert not visitor.paused(BOX, seconds(1.9))


def test_the_pointer_is_followed_in_the_document_and_not_in_the_window() -> None:
    events = [PAGE, layout(0, 2_000, 100), Event(Kind.BOX, 0, 0, 0, 1_000), scroll(10, 1_500), pointer(20, 500, 400)]
    gauge = signals_after(*events).gauge(100)

    assert gauge("approach.distance_px", 0, "") == Measure("distance to box", "px", 100, 100)


def test_typing_is_off_unless_it_is_asked_for() -> None:
    with pytest.raises(Unknown, match="the policy does not observe typing"):
        _ = Visitor(signals_after(*VISIT, typing=False).gauge(NOW_MS), Notebook()).typing.bursts


def test_keys_outside_of_fields_are_no_typing() -> None:
    keys = [Event(Kind.KEY, 100.0 * n, a=1.0) for n in range(9)]
    gauge = signals_after(PAGE, *keys, key(5_000)).gauge(6_000)

    assert gauge("typing.bursts", NO_TARGET, "") == Measure("typing bursts", "", 1, 6_000)
    assert gauge("typing.pauses", NO_TARGET, "") == Measure("typing pauses", "", 0, 6_000)


def test_a_goal_is_counted_like_an_event_of_its_name() -> None:
    gauge = signals_after(PAGE, named(10, "bought", Kind.GOAL)).gauge(100)

    assert gauge("named.count", NO_TARGET, "bought") == Measure("event bought", "", 1, 100)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_event_is_taken_from_the_first_one_on(kind: Kind) -> None:
    signals = signals_after(Event(kind, 10, 0, 1, 1, 1, "name"))

    assert isinstance(signals.gauge(20)("attention.attended_s", NO_TARGET, ""), Measure)


def test_the_grid_follows_window_scrolling_and_pointer() -> None:
    measured = [PAGE, Event(Kind.RESIZE, 0, NO_TARGET, 500, 800), Event(Kind.DOCUMENT, 0, NO_TARGET, 9_600)]
    signals = signals_after(*measured, pointer(10, 490, 100), scroll(20, 1_600))

    assert signals.gauge(5_000)("grid.cell", NO_TARGET, "") == Measure("cell of most attention", "", 23, 5_000)


def test_the_cell_of_an_outcome_is_that_of_most_attention() -> None:
    outcome = Outcome(signals_after(*VISIT).gauge(NOW_MS), Notebook(), Record())

    assert outcome.cell == 4


def test_an_outcome_also_knows_what_has_happened() -> None:
    record = Record(frozenset({"bought"}), frozenset({"box"}), frozenset({"other"}))
    outcome: Any = Outcome(signals_after(*VISIT).gauge(NOW_MS), Notebook(), record)

    assert (outcome.reached("bought"), outcome.reached("sold")) == (True, False)
    assert (outcome.was(BOX), outcome.was(OTHER)) == (True, False)
    assert (outcome.shown(OTHER), outcome.shown(BOX)) == (True, False)
    assert outcome.clicks(BOX) == 1


@pytest.mark.parametrize(
    ("before", "counts"),
    [
        (key(100), True),
        (pointer(100, 5, 5), True),
        (at(Kind.CLICK, 100), True),
        (at(Kind.ENTER, 100), False),  # a browser tells it when the page comes under a mouse that rests
        (at(Kind.FOCUS, 100), False),
        (named(100, "/a", Kind.ROUTE), False),
    ],
    ids=lambda value: value.kind.name if isinstance(value, Event) else "",
)
def test_in_the_first_second_only_a_hand_moves_the_page(before: Event, counts: bool) -> None:
    assert scrolled_px(signals_after(PAGE, before, scroll(900, 700))) == (700 if counts else 0)


@pytest.mark.parametrize(
    ("before", "counts"),
    [
        (at(Kind.CLICK, 5_000), False),
        (at(Kind.CLICK, 5_000, NO_TARGET), False),
        (at(Kind.FOCUS, 5_000), False),
        (named(5_000, "/a", Kind.ROUTE), False),
        (key(5_000), True),
        (pointer(5_000, 5, 5), True),
        (at(Kind.BLUR, 5_000), True),
        (at(Kind.SHOWN, 5_000), True),
    ],
    ids=lambda value: value.kind.name if isinstance(value, Event) else "",
)
def test_the_page_answers_a_click_a_focus_and_a_route(before: Event, counts: bool) -> None:
    assert scrolled_px(signals_after(PAGE, before, scroll(5_050, 700))) == (700 if counts else 0)


def test_a_key_that_comes_before_the_new_focus_is_no_scrolling_by_hand() -> None:
    tab = (key(5_000), at(Kind.FOCUS, 5_001), scroll(5_016, 700))
    assert scrolled_px(signals_after(PAGE, *tab)) == 0


def scrolled_px(signals: Signals) -> float:
    """The distance scrolled, from the mean speed over ten seconds of attention."""
    speed = signals.gauge(10_000)("scroll.mean_speed_px_s", NO_TARGET, "")
    assert isinstance(speed, Measure)
    return speed.value * 10


MEASURED = [PAGE, layout(0, 300, 50, 1), Event(Kind.BOX, 0, 0, 300, 100)]
NEAR = [pointer(100, 100, 100), pointer(1_000, 280, 320), pointer(1_100, 281, 320)]


def value(signals: Signals, now_ms: float, quantity: str) -> float:
    measure = signals.gauge(now_ms)(quantity, 0 if "frustration" not in quantity else -1, "")
    assert isinstance(measure, Measure)
    return measure.value


def test_a_hidden_page_ends_hesitation_and_the_focus() -> None:
    events = [*MEASURED, *NEAR, at(Kind.FOCUS, 1_200), at(Kind.HIDDEN, 2_100, NO_TARGET)]
    signals = signals_after(*events)
    assert value(signals, 3_600_000, "approach.hesitation_s") == 1
    assert value(signals, 3_600_000, "form.focus_s") == 0.9

    signals.update(at(Kind.SHOWN, 3_600_000, NO_TARGET))
    assert value(signals, 3_601_000, "approach.hesitation_s") == 1
    assert value(signals, 3_601_000, "form.focus_s") == 1.9


def test_a_target_that_is_scrolled_away_under_the_mouse_is_far() -> None:
    signals = signals_after(*MEASURED, *NEAR, scroll(2_100, 2_000))

    assert value(signals, 30_000, "approach.hesitation_s") == 1
    assert value(signals, 30_000, "approach.distance_px") == pytest.approx((19**2 + 1_970**2) ** 0.5)


def test_a_touch_ends_the_mouse_s_hesitation_and_its_hover() -> None:
    signals = signals_after(*MEASURED, *NEAR, at(Kind.ENTER, 1_100), pointer(1_250, 281, 321, TOUCH))
    signals.update(at(Kind.ENTER, 1_260))

    for quantity in ("approach.hesitation_s", "hover.stay_s"):
        assert isinstance(signals.gauge(30_000)(quantity, 0, ""), Missing)


def test_anchors_that_are_followed_up_and_down_are_no_search_and_no_dead_clicks() -> None:
    events = [
        PAGE,
        *(e for n in range(1, 9) for e in (at(Kind.CLICK, 1_000 * n), scroll(1_000 * n + 50, n % 2 * 2_000))),
    ]
    signals = signals_after(*events)

    assert value(signals, 20_000, "frustration.excessive_scrolls") == 0
    assert value(signals, 20_000, "frustration.dead_clicks") == 0
