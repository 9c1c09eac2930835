"""A visit that goes on on the next page: what goes on, what begins anew, and what comes back at once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agent.everything import everything, long_visit, pages
from tests.agent.making import ALL, PAGE, declare, key, named, on_click, open_visit, says, scroll, visible
from tests.agent.test_pipeline_properties import CAP, CAP_PER_MINUTE, CAP_PER_VISIT, SHOW_MS
from trimtab import Policy, Visitor, adjust, seconds
from trimtab.errors import StateError
from trimtab.experiments import assign
from trimtab.governor.calm import ARRIVAL_MS, MAX_VISITOR_UNDOS
from trimtab.pipeline import SESSION_MS, Visit
from trimtab.plain import dump, parse
from trimtab.story import explain
from trimtab.values import NO_TARGET, Consent, Decision, Event, Kind, Reason, SegmentChange, Verdict

LEFT_MS = 10_000.0


def went(*, cap_per_visit: int = 12, **limits: object) -> Policy:
    """An adjustment that is shown once the page has said “go”, until it says “stop”."""
    policy, add = on_click(cap_per_visit=cap_per_visit)
    add("short", lambda v: v.event("go").count >= 1 and v.event("stop").count < 1, **limits)
    return policy


def next_page(visit: Visit, policy: Policy, *, away_ms: float = 0.0, left_ms: float = LEFT_MS, **more: Any) -> Visit:
    """A fresh visit that goes on with what this one carried, by way of JSON."""
    fresh = open_visit(policy, **more)
    assert fresh.resume(json.loads(json.dumps(visit.carry(), allow_nan=False)), left_ms, away_ms)
    return fresh


def shown_on_first_page(policy: Policy, *more: Event, **options: Any) -> Visit:
    """Shown from 3 s on; left at 10 s."""
    visit = open_visit(policy, **options)
    visit.step([PAGE, named(2_500, "go"), *more], LEFT_MS)
    return visit


def told(log: Sequence[Decision | SegmentChange]) -> list[tuple[float, str, str]]:
    return [(entry.at_ms, entry.verdict.value, entry.reason.value) for entry in log if isinstance(entry, Decision)]


# What comes back


def test_what_was_shown_comes_back_at_once() -> None:
    policy = went()
    step = next_page(shown_on_first_page(policy), policy).step([PAGE], 100)

    assert told(step.log) == [(0, "allowed", "remembered")]
    assert [(command.adjustment, command.apply) for command in step.commands] == [(0, True)]


def test_without_it_the_next_page_waits_like_any_other() -> None:
    policy = went()
    shown_on_first_page(policy)
    step = open_visit(policy).step([PAGE, named(10, "go")], 1_900)

    assert told(step.log) == [(10, "held", "debounce"), (400, "held", "just-arrived")]


def test_all_that_was_shown_comes_back_together() -> None:
    policy, add = on_click()
    for name in ("one", "two"):
        add(name, lambda v: v.event("go").count >= 1)
    visit = next_page(shown_on_first_page(policy), policy)

    assert told(visit.step([PAGE], 100).log) == [(0, "allowed", "remembered"), (0, "allowed", "remembered")]


def test_what_comes_back_is_no_new_show() -> None:
    policy = went(cap=1, cap_per_visit=1)
    visit = shown_on_first_page(policy)
    for _ in range(3):
        visit = next_page(visit, policy)
        assert told(visit.step([PAGE, says(Kind.APPLIED, 60)], LEFT_MS).log) == [(0, "allowed", "remembered")]


def test_a_page_that_is_left_before_it_could_show_it_hands_it_on() -> None:
    policy = went()
    second = next_page(shown_on_first_page(policy), policy)
    third = next_page(second, policy, left_ms=10)

    assert told(third.step([PAGE], 100).log) == [(0, "allowed", "remembered")]


def test_a_segment_holds_as_it_was_while_its_numbers_are_unknown() -> None:
    policy = Policy("fast")
    box = policy.target("box", "#box")

    @policy.segment(enter_after=seconds(0), leave_after=seconds(1))
    def fast(v: Visitor) -> bool:
        return v.scroll.speed_px_s > 100

    policy.adjust("short", on=box, when=fast, do=adjust.add_class("short"), show_for=seconds(0))
    visit = open_visit(policy)
    visit.step([PAGE, *(scroll(100.0 * n, 50.0 * n) for n in range(100))], LEFT_MS)
    second = next_page(visit, policy)

    assert told(second.step([PAGE], 1_900).log) == [(0, "allowed", "remembered")]
    left = second.step([], 5_000).log
    assert [(entry.at_ms, entry.entered) for entry in left if isinstance(entry, SegmentChange)] == [(3_000, False)]
    assert told(left) == [(3_000, "undone", "rule-ended")]


def test_what_no_longer_holds_is_not_shown_and_rests() -> None:
    policy, add = on_click()
    add("short", lambda v: v.event("go").count >= 1 and v.scroll.turns < 1, cooldown=seconds(20))
    visit = shown_on_first_page(policy)
    visit.step([named(LEFT_MS - 100, "go")], LEFT_MS)
    policy_2, add_2 = on_click()
    add_2("short", lambda v: v.event("go").count >= 2 and v.clicks(policy_2.targets[0]) >= 1, cooldown=seconds(20))
    carried = visit.carry()
    second = open_visit(policy_2)
    carried["policy"] = declare(policy_2).hash
    assert second.resume(carried, LEFT_MS, 0)

    log = second.step([PAGE, Event(Kind.CLICK, 5_000, 0)], 25_000).log
    assert told(log) == [(0, "held", "cooldown"), (20_000, "allowed", "rule-holds")]


def test_a_target_that_is_missing_comes_in_the_ordinary_way() -> None:
    policy = went(cap=2)
    second = next_page(shown_on_first_page(policy), policy)
    log = second.step([PAGE, says(Kind.FAILED, 100)], 20_000).log

    assert told(log) == [
        (0, "allowed", "remembered"),
        (100, "held", "nothing-to-change"),
        (5_100, "allowed", "rule-holds"),
    ]
    assert second.governor._ledgers[0].shows == 2


def test_a_target_that_is_missing_gives_back_nothing_of_the_minute() -> None:
    policy = went()
    second = next_page(shown_on_first_page(policy), policy, left_ms=2_800)
    second.step([PAGE, says(Kind.FAILED, 100)], 200)

    assert len(second.governor._recent) == 1


FOCUS, BLUR = Event(Kind.FOCUS, 0, 0), Event(Kind.BLUR, 1_500, 0)
ENTER, LEAVE = Event(Kind.ENTER, 0, 0), Event(Kind.LEAVE, 1_500, 0)


@pytest.mark.parametrize(
    ("events", "log"),
    [
        ([FOCUS, PAGE, BLUR], [(0, "held", "focus-inside"), (1_500, "allowed", "remembered")]),
        ([ENTER, PAGE, LEAVE], [(0, "held", "under-pointer"), (1_500, "allowed", "remembered")]),
        ([key(0), PAGE], [(0, "held", "typing"), (2_000, "allowed", "rule-holds")]),
    ],
)
def test_calm_holds_for_what_is_remembered_too(events: list[Event], log: list[Any]) -> None:
    policy = went()

    assert told(next_page(shown_on_first_page(policy), policy).step(events, 5_000).log) == log


def test_it_is_remembered_in_the_first_moments_only() -> None:
    policy = went()
    late = Event(Kind.LEAVE, ARRIVAL_MS, 0)
    log = next_page(shown_on_first_page(policy), policy).step([ENTER, PAGE, late], 5_000).log

    assert told(log) == [(0, "held", "under-pointer"), (ARRIVAL_MS, "allowed", "rule-holds")]


def test_the_minimum_showing_time_goes_on_and_the_time_away_is_none_of_it() -> None:
    policy = went(show_for=seconds(9))
    second = next_page(shown_on_first_page(policy), policy, away_ms=60_000)
    log = second.step([PAGE, says(Kind.APPLIED, 60), named(500, "stop")], 9_000).log

    # shown from 2.8 s on, which makes 7.2 s on the first page
    assert told(log)[1:] == [(500, "held", "minimum-showing"), (1_800, "undone", "rule-ended")]


def test_one_that_had_to_wait_for_a_safe_moment_is_shown_from_then_on() -> None:
    policy = went(show_for=seconds(9))
    second = next_page(shown_on_first_page(policy), policy)
    events = [PAGE, says(Kind.DEFERRED, 60), says(Kind.APPLIED, 5_000), named(6_000, "stop")]

    assert told(second.step(events, 20_000).log)[2:] == [
        (6_000, "held", "minimum-showing"),
        (14_000, "undone", "rule-ended"),
    ]


def test_what_nobody_has_seen_is_not_remembered_and_was_no_show() -> None:
    policy = went(cap=1)
    second = next_page(shown_on_first_page(policy, says(Kind.DEFERRED, 3_000)), policy)

    assert told(second.step([PAGE], 5_000).log) == [
        (0, "held", "debounce"),
        (300, "held", "just-arrived"),
        (2_000, "allowed", "rule-holds"),
    ]


@pytest.mark.parametrize("arm", ["try/static", "holdout"])
def test_who_sees_nothing_has_the_same_moments(arm: str) -> None:
    policy = went()
    policy.experiment("try", arms={"adaptive": [policy.adjustments[0]], "static": []})
    policy.question(answers=("none", "shown"))(shown_question(policy))
    reason = "holdout" if arm == "holdout" else "other-arm"
    first = shown_on_first_page(policy, arm=arm)
    second = next_page(first, policy, arm=arm)
    step = second.step([PAGE], 100)

    assert (told(step.log), step.commands) == ([(0, "refused", reason)], ())
    gauge = second.signals.gauge(100)
    assert second.tally.answer(policy.questions[0], gauge) == 1


def shown_question(policy: Policy) -> Any:
    def was_shown(outcome: Any) -> str:
        return "shown" if outcome.shown(policy.adjustments[0]) else "none"

    return was_shown


def test_it_is_told_in_a_sentence() -> None:
    policy = went()
    log = next_page(shown_on_first_page(policy), policy).step([PAGE], 100).log

    assert explain(log, policy.adjustments[0]) == (
        "At 0.0 s short was shown at once, because the page before had shown it."
    )


# What goes on


def test_events_are_counted_in_the_visit_and_other_signals_begin_anew() -> None:
    policy = went()
    visit = open_visit(policy)
    quiz = [Event(Kind.EVENT, 10.0 * n, b=float(n), c=1.0, name="quiz") for n in range(12)]
    visit.step([PAGE, visible(0, 1), *quiz, Event(Kind.CLICK, 500, 0)], LEFT_MS)
    second = next_page(visit, policy)
    second.step([PAGE, Event(Kind.EVENT, 10, b=12.0, c=1.0, name="quiz")], 20)
    gauge = second.signals.gauge(20)

    def value(quantity: str, target: int = NO_TARGET, name: str = "") -> Any:
        return getattr(gauge(quantity, target, name), "value", None)

    assert [value(f"named.{number}", name="quiz") for number in ("count", "last", "mean")] == [13, 12, 7.5]
    assert (value("clicks.count", 0), value("attention.attended_s")) == (0, 0.02)


def test_what_the_visitor_undid_stays_refused() -> None:
    policy = went()
    second = next_page(shown_on_first_page(policy, says(Kind.UNDONE, 4_000, by=1)), policy)

    assert told(second.step([PAGE], 60_000).log) == [(0, "refused", "undone-by-visitor")]


def test_who_undid_two_is_left_alone_on_every_page() -> None:
    policy, add = on_click()
    for name in ("one", "two", "three"):
        add(name, lambda v: v.event("go").count >= 1)
    undone = [says(Kind.UNDONE, 5_000.0 + n, n, by=1) for n in range(MAX_VISITOR_UNDOS)]
    visit = shown_on_first_page(policy, *undone)
    log = next_page(visit, policy).step([PAGE], 60_000).log

    assert told(log)[-1] == (0, "refused", "visitor-said-no")


def test_a_cooldown_goes_on_while_the_visitor_is_away() -> None:
    policy, add = on_click()
    add("short", lambda v: v.event("go").count >= 1 and v.visible(policy.targets[0]) < 0.5, show_for=seconds(1))
    visit = shown_on_first_page(policy, visible(5_000, 1))  # goes at 5 s, and rests for 30 s
    second = next_page(visit, policy, away_ms=4_000)

    assert told(second.step([PAGE], 60_000).log) == [(0, "held", "cooldown"), (21_000, "allowed", "rule-holds")]


def test_a_clock_that_was_set_back_makes_no_time_away() -> None:
    policy, add = on_click()
    add("short", lambda v: v.event("go").count >= 1 and v.visible(policy.targets[0]) < 0.5, show_for=seconds(1))
    visit = shown_on_first_page(policy, visible(5_000, 1))
    second = next_page(visit, policy, away_ms=-7_200_000)

    assert told(second.step([PAGE], 60_000).log)[-1] == (25_000, "allowed", "rule-holds")


def test_half_an_hour_away_ends_the_visit() -> None:
    policy = went()
    carried = shown_on_first_page(policy).carry()
    same, other, never = (open_visit(policy) for _ in range(3))

    assert same.resume(carried, LEFT_MS, SESSION_MS)
    assert not other.resume(carried, LEFT_MS, SESSION_MS + 1)
    assert other.save() == never.save()


def test_what_is_carried_is_the_same_while_nothing_happens() -> None:
    visit = shown_on_first_page(went())
    before = visit.carry()
    visit.step([], LEFT_MS + 60_000)

    assert visit.carry() == before


WAITS = [(0, "held", "debounce"), (300, "held", "just-arrived")]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (True, True, [(0, "allowed", "remembered")]),
        (True, False, [(0, "refused", "adjustment-cap")]),  # it was seen on the first page, and that was all
        (False, True, [*WAITS, (2_000, "allowed", "rule-holds")]),
        (False, False, [(0, "refused", "no-consent-to-adapt")]),
    ],
)
def test_what_was_not_seen_for_want_of_consent_is_not_remembered(
    first: bool, second: bool, expected: list[Any]
) -> None:
    policy = went(cap=1)
    visit = shown_on_first_page(policy, consent=Consent(observe=True, adapt=first, remember=True))
    fresh = next_page(visit, policy, consent=Consent(observe=True, adapt=second, remember=True))

    assert told(fresh.step([PAGE], 9_000).log) == expected


def test_a_state_of_another_shape_is_refused() -> None:
    policy = went()
    carried = shown_on_first_page(policy).carry()
    carried["visit"]["segments"] = [{"inside": True, "displaced": False, "strength": 1.0}]  # type: ignore[index,call-overload]
    visit, never = open_visit(policy), open_visit(policy)

    with pytest.raises(StateError, match="other segments or adjustments than the policy"):
        visit.resume(carried, LEFT_MS, 0)
    with pytest.raises(StateError, match="kind 'checkpoint'"):
        visit.resume(never.save(), LEFT_MS, 0)
    assert visit.save() == never.save()


def test_counts_below_0_buy_no_more_shows() -> None:
    policy = went()
    text = dump(shown_on_first_page(policy).carry())
    visit, never = open_visit(policy), open_visit(policy)

    for forged in (text.replace('"shows":1', '"shows":-1'), text.replace('"undos":0', '"undos":-1')):
        assert forged != text
        with pytest.raises(StateError, match="counts below 0"):
            visit.resume(parse(forged, "it"), LEFT_MS, 0)
    assert visit.save() == never.save()


def test_a_number_beyond_all_times_is_refused_before_anything_has_changed() -> None:
    policy = went()
    text = dump(shown_on_first_page(policy).carry())
    visit, never = open_visit(policy), open_visit(policy)
    forged = text.replace('"rests_until_ms":"-inf"', f'"rests_until_ms":{10**400}')

    assert forged != text
    with pytest.raises(StateError, match="rests_until_ms"):
        visit.resume(parse(forged, "it"), LEFT_MS, 0)
    assert visit.save() == never.save()


# Any visit over several pages

POLICY = everything()


@dataclass(frozen=True, slots=True)
class Left:
    """What one page of a visit decided; `offset_ms` is its start in the time of the whole visit."""

    offset_ms: float
    log: list[Decision | SegmentChange]
    left_ms: float
    waiting: frozenset[int]


def long_pages() -> st.SearchStrategy[list[Event]]:
    """Pages on which much happens, and the page answers; told apart by one number, so that all of them are drawn."""
    return st.integers(0, 100_000).map(lambda seed: list(long_visit(80, seed=seed)))


@st.composite
def visits(draw: st.DrawFn) -> list[Left]:
    """A visit over one to four pages, with any time between them below the limit."""
    left: list[Left] = []
    offset_ms, before = 0.0, None
    for made in draw(st.lists(pages() | long_pages(), min_size=1, max_size=4)):
        visit = Visit(POLICY, declare(POLICY), assign(POLICY, "seed", "all/adaptive"), ALL)
        away_ms = draw(st.sampled_from([0.0, 0.0, 30.0, 700.0, 45_000.0, float(SESSION_MS)]))
        if before is not None:
            offset_ms += left[-1].left_ms + away_ms
            assert visit.resume(json.loads(json.dumps(before)), left[-1].left_ms, away_ms)
        log: list[Decision | SegmentChange] = []
        for event in made:
            log += visit.step([event], event.t_ms).log
        left_ms = made[-1].t_ms + draw(st.sampled_from([0.0, 10.0, 3_000.0, 20_000.0]))
        log += visit.step([], left_ms).log
        before = visit.carry()
        waiting = frozenset(
            n for n, ledger in enumerate(visit.governor._ledgers) if ledger.deferred and ledger.ends(())
        )
        left.append(Left(offset_ms, log, left_ms, waiting))
    return left


def decisions(left: Sequence[Left]) -> list[tuple[float, Decision]]:
    """Every decision with its time in the whole visit."""
    return [(one.offset_ms + e.at_ms, e) for one in left for e in one.log if isinstance(e, Decision)]


ENDS = {Reason.RULE_ENDED, Reason.UNDONE_BY_VISITOR, Reason.UNDONE_BY_PAGE, Reason.NOTHING_TO_CHANGE}


@given(visits())
def test_caps_hold_over_all_pages(left: list[Left]) -> None:
    begun: list[tuple[float, int]] = []
    for page in left:
        shown: dict[int, float] = {}
        for entry in page.log:
            if not isinstance(entry, Decision):
                continue
            if entry.reason is Reason.RULE_HOLDS:
                shown[entry.adjustment] = page.offset_ms + entry.at_ms
                begun.append((shown[entry.adjustment], entry.adjustment))
            elif entry.reason in ENDS and entry.adjustment in shown:
                since = shown.pop(entry.adjustment)
                if entry.reason is Reason.NOTHING_TO_CHANGE:
                    begun.remove((since, entry.adjustment))
        for adjustment in page.waiting & set(shown):
            begun.remove((shown[adjustment], adjustment))
    times = sorted(t_ms for t_ms, _ in begun)

    assert all(sum(one == index for _, one in begun) <= CAP for index in range(len(POLICY.adjustments)))
    assert len(begun) <= CAP_PER_VISIT
    assert all(late - early >= 60_000 - 1e-6 for early, late in zip(times, times[CAP_PER_MINUTE:], strict=False))


@given(visits())
def test_nothing_is_taken_back_before_it_was_on_show_for_long_enough(left: list[Left]) -> None:
    shown_ms: dict[int, float] = {}
    for page in left:
        since: dict[int, float] = {}
        for entry in page.log:
            if not isinstance(entry, Decision):
                continue
            if entry.verdict is Verdict.ALLOWED:
                since[entry.adjustment] = entry.at_ms - (
                    shown_ms.get(entry.adjustment, 0.0) if entry.reason is Reason.REMEMBERED else 0.0
                )
            elif entry.reason in ENDS:
                begun_ms = since.pop(entry.adjustment, None)
                if entry.reason is Reason.RULE_ENDED:
                    assert begun_ms is not None
                    assert entry.at_ms - begun_ms >= SHOW_MS - 1e-6
        handed_on = shown_ms if page.left_ms < ARRIVAL_MS else {}
        shown_ms = handed_on | {adjustment: page.left_ms - begun_ms for adjustment, begun_ms in since.items()}


@given(visits())
def test_only_what_was_shown_comes_in_the_first_moments_of_a_page(left: list[Left]) -> None:
    before: set[int] = set()
    for page in left:
        shown: set[int] = set()
        for entry in page.log:
            if not isinstance(entry, Decision):
                continue
            if entry.verdict is Verdict.ALLOWED:
                assert (entry.reason is Reason.REMEMBERED) == (entry.at_ms < ARRIVAL_MS)
                assert entry.reason is not Reason.REMEMBERED or entry.adjustment in before
                shown.add(entry.adjustment)
            elif entry.reason in ENDS:
                shown.discard(entry.adjustment)
        before = shown | (before if page.left_ms < ARRIVAL_MS else set())


@given(visits())
def test_what_the_visitor_undid_never_comes_back(left: list[Left]) -> None:
    undone: list[int] = []
    for _, decision in decisions(left):
        if decision.verdict is Verdict.UNDONE and decision.reason is Reason.UNDONE_BY_VISITOR:
            undone.append(decision.adjustment)
        if decision.verdict is Verdict.ALLOWED:
            assert decision.adjustment not in undone
            assert len(undone) < MAX_VISITOR_UNDOS


def test_the_made_up_visits_remember_and_reach_the_limits() -> None:
    reached: set[Reason] = set()

    @settings(max_examples=300)  # hypothesis takes numbers of the code for its examples, so they change with it
    @given(visits())
    def collect(left: list[Left]) -> None:
        reached.update(decision.reason for page in left[1:] for _, decision in decisions([page]))

    collect()
    assert reached >= {
        Reason.REMEMBERED, Reason.RULE_ENDED, Reason.MINIMUM_SHOWING, Reason.ADJUSTMENT_CAP, Reason.VISIT_CAP,
        Reason.MINUTE_CAP, Reason.UNDONE_BY_VISITOR, Reason.COOLDOWN,
    }  # fmt: skip
