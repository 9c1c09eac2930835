"""What comes back at once on the next page."""

from typing import Any

import pytest

from tests.agent.going import LEFT_MS, next_page, shown_on_first_page, told, went
from tests.agent.making import PAGE, declare, key, named, on_click, open_visit, says, scroll
from trimtab import Policy, Visitor, adjust, seconds
from trimtab.governor.calm import ARRIVAL_MS
from trimtab.story import explain
from trimtab.values import Event, Kind, SegmentChange


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


def test_what_is_still_to_be_decided_again_is_known_until_it_is() -> None:
    policy = went()
    visit = next_page(shown_on_first_page(policy), policy)

    assert visit.governor.returning() == {0}
    visit.step([PAGE, named(0, "go")], 2_500)
    assert visit.governor.returning() == frozenset()
