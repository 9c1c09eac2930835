"""What holds for any visit whatever: made-up events, in any order, in any number, cut into batches anywhere."""

import gc
import json
import math
from collections import deque
from collections.abc import Iterable, Sequence
from copy import replace
from types import FunctionType, ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agent.making import PAGE, declare, open_visit
from trimtab import Outcome, Policy, Visitor, adjust, seconds
from trimtab.declared import Rule, Segment
from trimtab.experiments import assign
from trimtab.messages import log_entry
from trimtab.pipeline import Visit
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.privacy.ticket import Ticket
from trimtab.timeline import GRID_MS
from trimtab.values import NO_TARGET, Command, Decision, Event, Kind, Reason, SegmentChange, Verdict

CAP, CAP_PER_VISIT, CAP_PER_MINUTE = 2, 4, 3
SHOW_MS, COOLDOWN_MS = 1_000, 3_000


def restless() -> Policy:
    """Rules that come and go with every movement, and limits that are soon met."""
    policy = Policy("restless", cap_per_visit=CAP_PER_VISIT, cap_per_minute=CAP_PER_MINUTE)
    story, box = policy.target("story", ".story"), policy.target("box", "#box")
    policy.goal("bought")

    @policy.segment(enter_after=seconds(0.2), leave_after=seconds(0.5))
    def moving(v: Visitor) -> bool:
        return v.scroll.speed_px_s > 50

    @policy.segment(enter_after=seconds(0.3), leave_after=seconds(0.3))
    def staying(v: Visitor) -> bool:
        return v.dwell(story).attended_s > 1.5 and v.reading(story).words_per_minute < 900

    @policy.segment(enter_after=seconds(0.1), leave_after=seconds(0.1))
    def failing(v: Visitor) -> bool:
        return v.visible(box) > 0.3 and bool(1 / (0 if v.clicks(box) > 1 else 1))

    policy.exclusive(moving, staying)
    limits: dict[str, Any] = {"cap": CAP, "show_for": seconds(SHOW_MS / 1000), "cooldown": seconds(COOLDOWN_MS / 1000)}
    rules: list[Segment | Rule] = [
        moving,
        staying,
        failing,
        lambda v: v.visible(box) > 0.5,
        lambda v: v.scroll.position > 0.4,
    ]
    made = [
        policy.adjust(
            f"a{number}", on=(story, box)[number % 2], when=rule, do=adjust.add_class(f"c{number}"),
            debounce=seconds(0.1 * number), group="pair" if number > 2 else "", **limits,
        )
        for number, rule in enumerate(rules)
    ]  # fmt: skip
    policy.experiment("all", arms={"adaptive": made[:4], "control": []})

    @policy.question(answers=("none", "short", "long", "bought"))
    def length(outcome: Outcome) -> str:
        if outcome.reached("bought"):
            return "bought"
        return "long" if outcome.attended_s > 5 else "short"

    return policy


POLICY = restless()
NAMED = (Kind.ROUTE, Kind.EVENT, Kind.GOAL)
VALUES = {
    Kind.SCROLL: st.integers(0, 8_000),
    Kind.VISIBLE: st.sampled_from([0, 0.25, 0.5, 0.75, 1]),
    Kind.POINTER: st.integers(0, 1_000),
    Kind.INPUT: st.integers(0, 1),
    Kind.RESIZE: st.integers(300, 1_500),
    Kind.LAYOUT: st.integers(0, 4_000),
    Kind.DOCUMENT: st.integers(1_000, 9_000),
    **dict.fromkeys((Kind.APPLIED, Kind.UNDONE, Kind.DEFERRED, Kind.FAILED), st.integers(0, 4)),
}
SECOND = {Kind.UNDONE: st.sampled_from([0, 1, 1, 2, 3]), Kind.DEFERRED: st.integers(0, 3)}
OFTEN = [Kind.SCROLL] * 12 + [Kind.VISIBLE] * 24 + [Kind.CLICK, Kind.EVENT] * 3 + [Kind.UNDONE, Kind.FAILED] * 5


@st.composite
def events(draw: st.DrawFn) -> Event:
    """One event of any kind, with values as a browser has them; its time is set by `visits`."""
    kind = draw(st.sampled_from([*OFTEN, *Kind]))
    value = VALUES.get(kind, st.just(0))
    target = draw(st.integers(0, 1)) if kind not in (Kind.PAGE, Kind.SCROLL, Kind.KEY) else NO_TARGET
    a, b, c = draw(value), draw(SECOND.get(kind, value)), draw(value)
    name = draw(st.sampled_from(["bought", "quiz", "sold"])) if kind in NAMED else ""
    return Event(kind, 0.0, target, float(a), float(b), float(c), name)


ANY_GAPS_MS = st.sampled_from([0, 1, 7, 16.7, 50, 99.9, 100, 100.1, 300, 300, 1_000, 1_000, 4_000, 15_000])
GRID_GAPS_MS = st.sampled_from([0, 100, 100, 100, 200, 300, 1_000, 15_000])
"""Events on the grid of decisions are the ones that could fall on either side of a moment."""


@st.composite
def visits(draw: st.DrawFn) -> list[Event]:
    """A visit: a page, then events in the order of their times."""
    following = st.tuples(events(), draw(st.sampled_from([ANY_GAPS_MS, GRID_GAPS_MS])))
    made, t_ms = [PAGE], 0.0
    for event, gap_ms in draw(st.lists(following, max_size=6) | st.lists(following, min_size=30, max_size=60)):
        t_ms += gap_ms
        made.append(replace(event, t_ms=t_ms))
    return made


def ticket() -> Ticket:
    return Ticket(bytes(16), 20_780, POLICY.questions[0], POLICY.experiments[0], SubsetSelection(4), (1,))


def opened(arm: str = "all/adaptive") -> Visit:
    visit = Visit(POLICY, declare(POLICY), assign(POLICY, "seed", arm), open_visit(POLICY)._consent)
    visit.share(ticket(), 0)
    return visit


type Told = tuple[list[Decision | SegmentChange], list[Command], bytes | None]


def run(visit: Visit, batches: Iterable[tuple[Sequence[Event], float]]) -> Told:
    """Everything that the steps of these batches gave: log, commands, the last report."""
    log: list[Decision | SegmentChange] = []
    commands: list[Command] = []
    report = None
    for batch, now_ms in batches:
        step = visit.step(batch, now_ms)
        log += step.log
        commands += step.commands
        report = step.report or report
    return log, commands, report


def one_by_one(made: Sequence[Event]) -> list[tuple[Sequence[Event], float]]:
    """A batch for every event, and a minute after the last one."""
    return [*(([event], event.t_ms) for event in made), ([], made[-1].t_ms + 60_000)]


@st.composite
def cuts(draw: st.DrawFn) -> tuple[list[Event], list[tuple[Sequence[Event], float]]]:
    """A visit, and the same one in batches: each sent at any time before the next one's first event."""
    made = draw(visits())
    batches: list[tuple[Sequence[Event], float]] = []
    begin = 0
    for end in [*sorted(draw(st.sets(st.integers(1, len(made)), max_size=20))), len(made)]:
        following_ms = made[end].t_ms if end < len(made) else made[-1].t_ms
        sent_ms = made[end - 1].t_ms + draw(st.sampled_from([0, 0.5, 1, 1, 1])) * (following_ms - made[end - 1].t_ms)
        batches.append((made[begin:end], sent_ms))
        begin = end
    return made, [*batches, ([], made[-1].t_ms + 60_000)]


@given(cuts())
def test_a_visit_does_not_depend_on_how_its_events_were_cut_into_batches(
    visit: tuple[list[Event], list[tuple[Sequence[Event], float]]],
) -> None:
    made, batches = visit

    assert run(opened(), batches) == run(opened(), one_by_one(made))


@given(visits())
def test_a_visit_does_not_depend_on_how_often_the_worker_wakes(made: list[Event]) -> None:
    often: list[tuple[Sequence[Event], float]] = [([event], event.t_ms) for event in made]
    moments: list[tuple[Sequence[Event], float]] = [([], made[-1].t_ms + GRID_MS * n / 3) for n in range(600)]

    assert run(opened(), [*often, *moments, ([], made[-1].t_ms + 60_000)]) == run(opened(), one_by_one(made))


@given(st.lists(st.tuples(events(), st.floats(-1e6, 1e6), st.floats(0, 1e6)), max_size=60))
def test_time_never_runs_backwards_whatever_arrives(arriving: list[tuple[Event, float, float]]) -> None:
    visit = opened()
    log, _, _ = run(visit, [([PAGE], 0.0), *(([replace(event, t_ms=t)], now) for event, t, now in arriving)])
    times = [entry.at_ms for entry in log]

    assert times == sorted(times)
    assert all(0 <= time <= 1e6 for time in times)


@given(visits())
def test_the_log_is_json_that_any_browser_reads(made: list[Event]) -> None:
    log, _, _ = run(opened(), one_by_one(made))
    names = [adjustment.name for adjustment in POLICY.adjustments]

    assert "NaN" not in (text := json.dumps([log_entry(entry, names) for entry in log]))
    assert "Infinity" not in text
    assert all(0 <= entry.strength <= 1 for entry in log)


ENDS = {
    Reason.RULE_ENDED,
    Reason.UNDONE_BY_VISITOR,
    Reason.UNDONE_BY_PAGE,
    Reason.UNDONE_BY_SHIFT,
    Reason.NOTHING_TO_CHANGE,
}


def spans(log: Iterable[Decision | SegmentChange]) -> list[tuple[int, float, float | None, Reason | None]]:
    """What was shown: adjustment, from, to, and why it ended (None: it did not)."""
    open_since: dict[int, float] = {}
    ended = []
    for entry in log:
        if isinstance(entry, SegmentChange):
            continue
        if entry.verdict is Verdict.ALLOWED:
            assert entry.adjustment not in open_since
            open_since[entry.adjustment] = entry.at_ms
        elif entry.adjustment in open_since and entry.reason in ENDS:
            ended.append((entry.adjustment, open_since.pop(entry.adjustment), entry.at_ms, entry.reason))
    return ended + [(adjustment, since, None, None) for adjustment, since in open_since.items()]


@given(visits())
def test_nothing_is_taken_back_before_its_minimum_showing_time(made: list[Event]) -> None:
    log, _, _ = run(opened(), one_by_one(made))

    for _, since_ms, until_ms, reason in spans(log):
        if reason is Reason.RULE_ENDED and until_ms is not None:
            assert until_ms - since_ms >= SHOW_MS


@given(visits())
def test_after_it_went_nothing_comes_back_before_its_cooldown(made: list[Event]) -> None:
    log, _, _ = run(opened(), one_by_one(made))
    latest: dict[int, float] = {}

    for adjustment, since_ms, until_ms, _ in sorted(spans(log), key=lambda span: span[1]):
        assert since_ms >= latest.get(adjustment, -math.inf) + COOLDOWN_MS
        latest[adjustment] = until_ms if until_ms is not None else math.inf


@given(visits())
def test_caps_hold_whatever_happens(made: list[Event]) -> None:
    log, commands, _ = run(opened(), one_by_one(made))
    shown = [span for span in spans(log) if span[3] is not Reason.NOTHING_TO_CHANGE]
    begun = sorted(span[1] for span in shown)  # what failed takes nothing from the minute either

    assert all(sum(span[0] == index for span in shown) <= CAP for index in range(len(POLICY.adjustments)))
    assert len(shown) <= CAP_PER_VISIT
    assert all(late - early >= 60_000 for early, late in zip(begun, begun[CAP_PER_MINUTE:], strict=False))
    assert sum(command.apply for command in commands) == len(spans(log))


@given(visits())
def test_what_is_commanded_comes_and_goes_in_turn(made: list[Event]) -> None:
    _, commands, _ = run(opened(), one_by_one(made))
    shown: set[int] = set()

    for command in commands:
        assert command.apply or command.adjustment in shown
        (shown.add if command.apply else shown.discard)(command.adjustment)


@given(visits(), st.sampled_from(["all/control", "holdout"]))
def test_who_sees_nothing_is_commanded_nothing_whatever_happens(made: list[Event], arm: str) -> None:
    feedback = (Kind.APPLIED, Kind.UNDONE, Kind.DEFERRED, Kind.FAILED)
    own = [event for event in made if event.kind not in feedback]
    log, commands, report = run(opened(arm), one_by_one(own))
    adaptive, _, shared = run(opened(), one_by_one(own))
    withheld = (0, 1, 2, 3, 4) if arm == "holdout" else (0, 1, 2, 3)

    assert [command.adjustment for command in commands if command.adjustment in withheld] == []
    assert [(entry.at_ms, entry.because) for entry in log if not undone(entry)] == [
        (entry.at_ms, entry.because) for entry in adaptive if not undone(entry)
    ]  # fmt: skip
    assert (report is None) == (shared is None)


def undone(entry: Decision | SegmentChange) -> bool:
    return isinstance(entry, Decision) and entry.verdict is Verdict.UNDONE


LIMITS = {
    Reason.DEBOUNCE,
    Reason.MINIMUM_SHOWING,
    Reason.COOLDOWN,
    Reason.ADJUSTMENT_CAP,
    Reason.VISIT_CAP,
    Reason.MINUTE_CAP,
    Reason.CONFLICT,
    Reason.UNDONE_BY_VISITOR,
    Reason.NOTHING_TO_CHANGE,
}


def test_the_made_up_visits_reach_every_limit() -> None:
    reached: set[Reason] = set()

    @given(visits())
    @settings(max_examples=200)
    def collect(made: list[Event]) -> None:
        log, _, _ = run(opened(), one_by_one(made))
        reached.update(entry.reason for entry in log if isinstance(entry, Decision))

    collect()
    assert reached >= LIMITS


# A long visit


def parts_of(thing: object) -> int:
    """How many things everything that belongs to this one holds together."""
    seen, rest, parts = {id(thing)}, [thing], 0
    while rest:
        here = rest.pop()
        parts += len(here) if isinstance(here, list | dict | set | frozenset | tuple | deque) else 0
        for inner in gc.get_referents(here):
            if id(inner) not in seen and not isinstance(inner, type | ModuleType | FunctionType):
                seen.add(id(inner))
                rest.append(inner)
    return parts


FOR_EVER = [kind for kind in Kind if kind not in (Kind.PAGE, Kind.APPLIED, Kind.UNDONE, Kind.DEFERRED, Kind.FAILED)]


def restless_events(number: int) -> Iterable[Event]:
    """Events of every kind, for ever."""
    for n in range(number):
        kind = FOR_EVER[n * n % 31 % len(FOR_EVER)]
        a = n * 37 % 6_000 if kind is Kind.SCROLL else n % 5 / 4
        yield Event(kind, 40.0 * n, n % 2, float(a), float(n % 700 + 100), 0.0, f"name{n}" if kind in NAMED else "")


def test_the_memory_of_a_visit_does_not_grow_with_its_events() -> None:
    visit = opened()
    sizes = []
    for n, event in enumerate(restless_events(16_000)):
        visit.step([event], event.t_ms)
        if n % 4_000 == 3_999:
            sizes.append(parts_of(visit))

    assert max(sizes[1:]) - min(sizes[1:]) <= 64  # windows that fill and empty; names and rules are at their limit
    assert sizes[-1] < 1.2 * sizes[1]


@pytest.mark.parametrize("hours", [1, 24, 24 * 365])
def test_a_tab_that_sleeps_wakes_to_a_handful_of_decisions(hours: int) -> None:
    visit = opened()
    run(visit, one_by_one(list(restless_events(500))))
    moments = 0
    while (
        wake_at_ms := visit.step([], 500 * 40.0 + 60_000 + hours * 3_600_000).wake_at_ms
    ) is not None and moments < 9:
        moments += 1

    assert wake_at_ms is None
