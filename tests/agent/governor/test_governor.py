import math
from collections.abc import Iterable
from typing import Any

import pytest

from tests.agent.making import on_click, says
from trimtab import Policy, Visitor, adjust, seconds
from trimtab.governor import Governor
from trimtab.values import Candidate, Decision, Event, Kind, Reason, Verdict

ARRIVED = Event(Kind.PAGE, 0.0)
CANDIDATE = Candidate(0, "clicks 3 > 2", 0.5)


def never(_: Visitor) -> bool:
    return False


def governor_of(*, adjustments: int = 1, cap_per_visit: int = 12, cap_per_minute: int = 100, **limits: Any) -> Governor:
    """Over adjustments with these limits: debounce 0.3 s, shown for 5 s, cooldown 30 s, cap 3 unless said otherwise."""
    policy, add = on_click(cap_per_visit=cap_per_visit)
    for number in range(adjustments):
        add(f"a{number}", never, **limits)
    return arrived(Governor(policy.adjustments, cap_per_visit, cap_per_minute))


def arrived(governor: Governor) -> Governor:
    governor.hear(ARRIVED)
    return governor


def decide(governor: Governor, now_ms: float, *adjustments: int) -> list[tuple[int, Verdict, Reason, float | None]]:
    """What is decided now about these candidates: adjustment, verdict, reason, until when."""
    return brief(governor.decide([Candidate(index, "", 1.0) for index in adjustments], now_ms))


def brief(decisions: Iterable[Decision]) -> list[tuple[int, Verdict, Reason, float | None]]:
    return [(d.adjustment, d.verdict, d.reason, d.until_ms) for d in decisions]


def held(reason: Reason, until_ms: float | None = None, index: int = 0) -> tuple[int, Verdict, Reason, float | None]:
    return (index, Verdict.HELD, reason, until_ms)


ALLOWED = (0, Verdict.ALLOWED, Reason.RULE_HOLDS, None)
UNDONE = (0, Verdict.UNDONE, Reason.RULE_ENDED, None)


def refused(reason: Reason, index: int = 0) -> tuple[int, Verdict, Reason, float | None]:
    return (index, Verdict.REFUSED, reason, None)


# Debounce, showing, cooldown


def test_a_candidate_is_allowed_once_it_has_been_proposed_for_the_debounce() -> None:
    governor = governor_of()

    assert decide(governor, 10_000, 0) == [held(Reason.DEBOUNCE, 10_300)]
    assert governor.wake_at_ms() == 10_300
    assert decide(governor, 10_299, 0) == []
    assert decide(governor, 10_300, 0) == [ALLOWED]
    assert governor.wake_at_ms() == math.inf


def test_a_proposal_that_goes_away_starts_its_debounce_again() -> None:
    governor = governor_of()
    decide(governor, 10_000, 0)

    assert decide(governor, 10_200) == []
    assert governor.wake_at_ms() == math.inf
    assert decide(governor, 10_250, 0) == []
    assert governor.wake_at_ms() == 10_550
    assert decide(governor, 10_500, 0) == []
    assert decide(governor, 10_550, 0) == [ALLOWED]


def test_a_decision_carries_the_words_and_strength_of_its_candidate() -> None:
    governor = governor_of(debounce=seconds(0))

    assert governor.decide([CANDIDATE], 10_000) == [
        Decision(0, Verdict.ALLOWED, Reason.RULE_HOLDS, 10_000, None, "clicks 3 > 2", 0.5)
    ]


def test_what_is_shown_is_not_decided_again_while_it_is_proposed() -> None:
    governor = governor_of(debounce=seconds(0))

    assert [decide(governor, now_ms, 0) for now_ms in (10_000, 10_050, 50_000)] == [[ALLOWED], [], []]


def test_what_is_shown_stays_for_the_minimum_showing_time() -> None:
    governor = governor_of(debounce=seconds(0))
    decide(governor, 10_000, 0)

    assert decide(governor, 11_000) == [held(Reason.MINIMUM_SHOWING, 15_000)]
    assert governor.wake_at_ms() == 15_000
    assert decide(governor, 14_999) == []
    assert decide(governor, 15_000) == [UNDONE]
    assert governor.wake_at_ms() == math.inf


def test_what_is_proposed_again_before_it_went_stays() -> None:
    governor = governor_of(debounce=seconds(0))
    decide(governor, 10_000, 0)
    decide(governor, 11_000)

    assert decide(governor, 12_000, 0) == []
    assert governor.wake_at_ms() == math.inf
    assert decide(governor, 60_000) == [UNDONE]


def test_after_it_went_an_adjustment_rests_for_its_cooldown() -> None:
    governor = governor_of(debounce=seconds(0))
    decide(governor, 10_000, 0)
    decide(governor, 20_000)

    assert decide(governor, 21_000, 0) == [held(Reason.COOLDOWN, 50_000)]
    assert governor.wake_at_ms() == 50_000
    assert decide(governor, 50_000, 0) == [ALLOWED]


def test_the_debounce_can_run_during_the_cooldown() -> None:
    governor = governor_of(debounce=seconds(2))
    decide(governor, 8_000, 0)
    decide(governor, 10_000, 0)
    decide(governor, 20_000)
    decide(governor, 49_000, 0)

    assert decide(governor, 50_000, 0) == [held(Reason.DEBOUNCE, 51_000)]
    assert decide(governor, 51_000, 0) == [ALLOWED]


# Caps


def show(governor: Governor, now_ms: float, index: int = 0) -> list[tuple[int, Verdict, Reason, float | None]]:
    """Proposes the adjustment now and lets it go a second later."""
    decided = decide(governor, now_ms, index)
    decide(governor, now_ms + 1_000)
    return decided


BRIEF: dict[str, Any] = {"debounce": seconds(0), "show_for": seconds(0), "cooldown": seconds(1)}


def test_an_adjustment_is_shown_no_more_often_than_its_cap() -> None:
    governor = governor_of(cap=2, **BRIEF)

    assert [show(governor, now_ms) for now_ms in (10_000, 20_000, 30_000, 40_000)] == [
        [ALLOWED],
        [ALLOWED],
        [refused(Reason.ADJUSTMENT_CAP)],
        [],
    ]


def test_all_adjustments_together_are_shown_no_more_often_than_the_visit_s_cap() -> None:
    governor = governor_of(adjustments=3, cap_per_visit=2, **BRIEF)

    assert [show(governor, 10_000 * (1 + index), index)[0][1:3] for index in range(3)] == [
        (Verdict.ALLOWED, Reason.RULE_HOLDS),
        (Verdict.ALLOWED, Reason.RULE_HOLDS),
        (Verdict.REFUSED, Reason.VISIT_CAP),
    ]


def test_no_minute_sees_more_changes_than_its_cap() -> None:
    governor = governor_of(adjustments=3, cap_per_minute=2, **BRIEF)

    show(governor, 10_000, 0)
    show(governor, 30_000, 1)
    assert decide(governor, 40_000, 2) == [held(Reason.MINUTE_CAP, 70_000, 2)]
    assert governor.wake_at_ms() == 70_000
    assert decide(governor, 70_000, 2) == [(2, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]


# Conflicts and calm


def test_of_one_group_one_is_shown_at_a_time() -> None:
    governor = governor_of(adjustments=2, group="size", **BRIEF)
    decide(governor, 10_000, 0)

    assert decide(governor, 11_000, 0, 1) == [held(Reason.CONFLICT, None, 1)]
    assert decide(governor, 12_000, 1)[0] == UNDONE
    assert decide(governor, 13_000, 1) == [(1, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]


def test_two_changes_do_not_come_at_the_same_moment() -> None:
    governor = governor_of(adjustments=2, **BRIEF)

    assert decide(governor, 10_000, 0, 1) == [ALLOWED, held(Reason.ONE_AT_A_TIME, 10_500, 1)]
    assert governor.wake_at_ms() == 10_500
    assert decide(governor, 10_500, 0, 1) == [(1, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]


def test_nothing_changes_in_the_first_moments_of_a_page() -> None:
    governor = governor_of(debounce=seconds(0))

    assert decide(governor, 100, 0) == [held(Reason.JUST_ARRIVED, 2_000)]
    assert decide(governor, 2_000, 0) == [ALLOWED]


def test_a_choice_that_is_put_in_without_a_key_is_no_typing() -> None:
    governor = governor_of(debounce=seconds(0))
    governor.hear(Event(Kind.INPUT, 10_000, 0))

    assert decide(governor, 10_500, 0) == [ALLOWED]


def test_a_key_outside_of_every_field_is_no_typing() -> None:
    governor = governor_of(debounce=seconds(0))
    governor.hear(Event(Kind.KEY, 10_000, a=1))

    assert decide(governor, 10_500, 0) == [ALLOWED]


def test_nothing_changes_while_the_visitor_dictates() -> None:
    governor = governor_of(debounce=seconds(0))
    governor.hear(Event(Kind.INPUT, 10_000, b=1))

    assert decide(governor, 10_500, 0) == [held(Reason.TYPING, 12_000)]


def test_nothing_changes_while_the_visitor_types() -> None:
    governor = governor_of(debounce=seconds(0))
    governor.hear(Event(Kind.KEY, 10_000))

    assert decide(governor, 10_500, 0) == [held(Reason.TYPING, 12_000)]
    governor.hear(Event(Kind.KEY, 11_000))
    assert decide(governor, 12_000, 0) == []
    assert governor.wake_at_ms() == 13_000
    assert decide(governor, 13_000, 0) == [ALLOWED]


def test_what_is_shown_does_not_go_while_the_visitor_types() -> None:
    governor = governor_of(debounce=seconds(0), show_for=seconds(0))
    decide(governor, 10_000, 0)
    governor.hear(Event(Kind.KEY, 20_000))

    assert decide(governor, 20_100) == [held(Reason.TYPING, 22_000)]
    assert decide(governor, 22_000) == [UNDONE]


def two_targets() -> Governor:
    """An adjustment on each of two targets; the second one's rule is about the pointer."""
    policy = Policy("calm")
    for index in range(2):
        target = policy.target(f"t{index}", f"#t{index}")
        policy.adjust(
            f"a{index}", on=target, when=never, do=adjust.add_class("x"), under_pointer=index == 1,
            debounce=seconds(0), show_for=seconds(0), cooldown=seconds(1),
        )  # fmt: skip
    return arrived(Governor(policy.adjustments, 12, 100))


@pytest.mark.parametrize(
    ("begin", "end", "reason"),
    [(Kind.FOCUS, Kind.BLUR, Reason.FOCUS_INSIDE), (Kind.ENTER, Kind.LEAVE, Reason.UNDER_POINTER)],
)
def test_nothing_changes_where_the_visitor_is(begin: Kind, end: Kind, reason: Reason) -> None:
    governor = two_targets()
    governor.hear(Event(begin, 9_000, 0))

    assert decide(governor, 10_000, 0, 1) == [held(reason), (1, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]
    governor.hear(Event(end, 11_000, 0))
    assert decide(governor, 11_000, 0, 1) == [ALLOWED]


def test_a_rule_about_the_pointer_may_change_what_is_under_it() -> None:
    governor = two_targets()
    governor.hear(Event(Kind.ENTER, 9_000, 1))

    assert decide(governor, 10_000, 1) == [(1, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]


def test_the_pointer_does_not_keep_what_is_shown_but_the_focus_does() -> None:
    governor = two_targets()
    decide(governor, 10_000, 0)
    governor.hear(Event(Kind.ENTER, 11_000, 0))
    governor.hear(Event(Kind.FOCUS, 11_000, 0))

    assert decide(governor, 12_000) == [held(Reason.FOCUS_INSIDE)]
    governor.hear(Event(Kind.BLUR, 13_000, 0))
    assert decide(governor, 13_000) == [UNDONE]


def test_after_two_undos_by_the_visitor_nothing_more_is_shown() -> None:
    governor = governor_of(adjustments=3, **BRIEF)
    for index in range(2):
        decide(governor, 10_000 * (index + 1), index)
        governor.hear(says(Kind.UNDONE, 10_000 * (index + 1) + 500, index, by=1))

    assert decide(governor, 30_000, 2) == [refused(Reason.VISITOR_SAID_NO, 2)]


def test_the_focus_in_two_targets_is_in_both() -> None:
    governor = two_targets()
    for target in (0, 1):
        governor.hear(Event(Kind.FOCUS, 9_000, target))

    assert decide(governor, 10_000, 0, 1) == [held(Reason.FOCUS_INSIDE), held(Reason.FOCUS_INSIDE, index=1)]
    governor.hear(Event(Kind.BLUR, 11_000, 1))
    assert decide(governor, 11_000, 0, 1) == [(1, *ALLOWED[1:])]


# What the page says


def shown(**limits: Any) -> Governor:
    governor = governor_of(debounce=seconds(0), **limits)
    decide(governor, 10_000, 0)
    return governor


def test_a_change_that_the_page_defers_is_told_once() -> None:
    governor = shown()

    assert brief(governor.hear(says(Kind.DEFERRED, 10_100))) == [
        (0, Verdict.DEFERRED, Reason.WOULD_MOVE_LAYOUT, None)
    ]  # fmt: skip
    assert governor.hear(says(Kind.DEFERRED, 10_200)) == []


@pytest.mark.parametrize(
    ("why", "reason"), [(0, Reason.WOULD_MOVE_LAYOUT), (1, Reason.UNDER_POINTER), (2, Reason.FOCUS_INSIDE)]
)
def test_a_change_that_the_page_defers_says_what_it_waits_for(why: int, reason: Reason) -> None:
    assert brief(shown().hear(says(Kind.DEFERRED, 10_100, by=why))) == [(0, Verdict.DEFERRED, reason, None)]


def test_taking_back_that_the_page_defers_is_told_too() -> None:
    governor = shown(show_for=seconds(0))
    decide(governor, 11_000)

    assert brief(governor.hear(says(Kind.DEFERRED, 11_100, by=2))) == [(0, Verdict.DEFERRED, Reason.FOCUS_INSIDE, None)]
    assert governor.hear(says(Kind.DEFERRED, 11_200, by=2)) == []
    assert governor.hear(says(Kind.UNDONE, 18_000)) == []


def test_a_change_that_had_to_wait_is_followed_by_no_other_at_once() -> None:
    governor = governor_of(adjustments=2, debounce=seconds(0))
    decide(governor, 10_000, 0)
    governor.hear(says(Kind.DEFERRED, 10_100))
    governor.hear(says(Kind.APPLIED, 18_000))

    assert decide(governor, 18_100, 0, 1) == [held(Reason.ONE_AT_A_TIME, 18_500, 1)]


def test_what_the_page_says_twice_is_heard_once() -> None:
    governor = shown()
    governor.hear(says(Kind.APPLIED, 10_100))
    governor.hear(says(Kind.APPLIED, 13_000))

    assert governor.hear(says(Kind.DEFERRED, 13_100)) == []
    assert decide(governor, 15_100) == [UNDONE]


def test_a_deferred_change_is_shown_from_when_the_page_applies_it() -> None:
    governor = shown()
    governor.hear(says(Kind.DEFERRED, 10_100))

    assert governor.hear(says(Kind.APPLIED, 18_000)) == []
    assert decide(governor, 19_000) == [held(Reason.MINIMUM_SHOWING, 23_000)]


def test_a_change_that_failed_is_tried_again_and_costs_no_cap() -> None:
    governor = shown(cap=1)

    assert brief(governor.hear(says(Kind.FAILED, 10_100))) == [held(Reason.NOTHING_TO_CHANGE, 15_100)]
    assert decide(governor, 10_150, 0) == []
    assert governor.wake_at_ms() == 15_100
    assert decide(governor, 15_100, 0) == [ALLOWED]


@pytest.mark.parametrize(("by", "reason"), [(1, Reason.UNDONE_BY_VISITOR), (2, Reason.UNDONE_BY_PAGE)])
def test_what_others_have_undone_is_refused_for_the_visit(by: int, reason: Reason) -> None:
    governor = shown()

    assert brief(governor.hear(says(Kind.UNDONE, 11_000, by=by))) == [(0, Verdict.UNDONE, reason, None)]
    assert decide(governor, 11_050, 0) == [refused(reason)]
    assert decide(governor, 900_000, 0) == []


def test_the_page_s_echo_of_the_governor_s_own_undo_changes_nothing() -> None:
    governor = shown(show_for=seconds(0))
    decide(governor, 20_000)

    assert governor.hear(says(Kind.UNDONE, 20_100)) == []
    assert decide(governor, 50_000, 0) == [ALLOWED]


@pytest.mark.parametrize("kind", [Kind.APPLIED, Kind.DEFERRED, Kind.FAILED, Kind.UNDONE])
def test_what_is_said_of_an_adjustment_that_is_not_shown_changes_nothing(kind: Kind) -> None:
    governor = governor_of(debounce=seconds(0))

    assert governor.hear(says(kind, 5_000)) == []
    assert decide(governor, 10_000, 0) == [ALLOWED]


def test_what_the_page_restores_by_itself_is_no_word_against_it() -> None:
    governor = shown()

    assert governor.hear(says(Kind.UNDONE, 11_000, by=0)) == []
    assert decide(governor, 12_000) == [held(Reason.MINIMUM_SHOWING, 15_000)]


def test_other_events_are_no_feedback() -> None:
    governor = shown()

    assert [governor.hear(Event(kind, 11_000, 0)) for kind in (Kind.SCROLL, Kind.CLICK, Kind.EVENT)] == [[], [], []]


def test_release_forgets_what_is_shown_and_decides_anew() -> None:
    governor = shown()
    governor.release(anew=False)

    assert decide(governor, 10_600, 0) == [ALLOWED]


def test_a_governor_of_nothing_never_wakes() -> None:
    assert Governor([], 12, 4).wake_at_ms() == math.inf


# What a review found


def test_a_change_that_failed_takes_nothing_from_the_minute() -> None:
    governor = governor_of(adjustments=2, cap_per_minute=1, debounce=seconds(0))
    decide(governor, 10_000, 0)
    governor.hear(Event(Kind.FAILED, 10_100, a=0))

    assert decide(governor, 11_000, 1) == [(1, *ALLOWED[1:])]


def test_an_undo_that_waits_for_a_safe_moment_keeps_its_group_busy() -> None:
    governor = governor_of(adjustments=2, group="one", debounce=seconds(0), show_for=seconds(0))
    decide(governor, 10_000, 0)
    assert decide(governor, 11_000) == [UNDONE]
    governor.hear(Event(Kind.DEFERRED, 11_050, a=0))

    assert decide(governor, 12_000, 1) == [held(Reason.CONFLICT, index=1)]
    governor.hear(Event(Kind.UNDONE, 13_000, a=0, b=0))
    assert decide(governor, 13_500, 1) == [(1, *ALLOWED[1:])]


def test_what_was_decided_before_the_consent_to_adapt_counts_for_no_cap() -> None:
    governor = governor_of(cap=1, debounce=seconds(0), cap_per_minute=1)
    assert decide(governor, 10_000, 0) == [ALLOWED]
    governor.release(anew=True)

    assert decide(governor, 11_000, 0) == [ALLOWED]


def test_a_consent_that_goes_and_comes_again_buys_no_more_changes() -> None:
    governor = governor_of(cap=1, debounce=seconds(0), cap_per_minute=1)
    assert decide(governor, 10_000, 0) == [ALLOWED]
    governor.release(anew=False)
    governor.release(anew=True)

    assert decide(governor, 11_000, 0) == [refused(Reason.ADJUSTMENT_CAP)]


def test_a_change_that_was_seen_and_then_failed_counts() -> None:
    governor = governor_of(cap=1, cap_per_minute=1, adjustments=2, debounce=seconds(0))
    decide(governor, 10_000, 0)
    governor.hear(says(Kind.APPLIED, 10_050))
    governor.hear(says(Kind.FAILED, 10_100))

    assert decide(governor, 20_000, 0, 1) == [refused(Reason.ADJUSTMENT_CAP), held(Reason.MINUTE_CAP, 70_000, 1)]


def test_what_waits_for_its_place_is_woken_when_the_place_is_free() -> None:
    governor = governor_of(adjustments=2, group="one", debounce=seconds(0))
    decide(governor, 10_000, 1)
    assert decide(governor, 11_000, 0) == [held(Reason.MINIMUM_SHOWING, 15_000, 1), held(Reason.CONFLICT)]
    assert decide(governor, 15_000, 0) == [(1, *UNDONE[1:]), held(Reason.ONE_AT_A_TIME, 15_500)]

    assert governor.wake_at_ms() == 15_500
    assert decide(governor, 15_500, 0) == [ALLOWED]


def test_what_still_waits_to_go_may_stay_after_all() -> None:
    governor = governor_of(group="one", debounce=seconds(0), show_for=seconds(0), cooldown=seconds(1))
    decide(governor, 10_000, 0)
    decide(governor, 11_000)
    governor.hear(says(Kind.DEFERRED, 11_050))

    assert decide(governor, 13_000, 0) == [ALLOWED]


# What cannot be on the page beside another


def over_one_target(first: adjust.Do, second: adjust.Do, selector: str = "#box") -> Governor:
    """Two adjustments without a group: one of #box, one of another target with this selector."""
    policy = Policy("two", cap_per_minute=100)
    for index, (do, where) in enumerate(((first, "#box"), (second, selector))):
        target = policy.target(f"t{index}", where)
        policy.adjust(f"a{index}", on=target, when=never, do=do, debounce=seconds(0))
    return arrived(Governor(policy.adjustments, 12, 100))


def test_what_fights_with_what_is_shown_waits_until_it_is_gone() -> None:
    governor = over_one_target(adjust.swap("short"), adjust.text("Short"))
    assert decide(governor, 10_000, 0) == [ALLOWED]

    assert decide(governor, 11_000, 1) == [held(Reason.MINIMUM_SHOWING, 15_000), held(Reason.CONFLICT, index=1)]
    assert decide(governor, 15_000, 1) == [UNDONE, held(Reason.ONE_AT_A_TIME, 15_500, 1)]
    governor.hear(says(Kind.DEFERRED, 15_050))
    assert decide(governor, 15_500, 1) == [held(Reason.CONFLICT, index=1)]
    governor.hear(says(Kind.UNDONE, 18_000))
    assert decide(governor, 18_500, 1) == [(1, *ALLOWED[1:])]


@pytest.mark.parametrize(
    ("first", "second", "selector"),
    [
        (adjust.swap("a"), adjust.swap("b"), "#other"),
        (adjust.swap("a"), adjust.add_class("b"), "#box"),
        (adjust.add_class("a"), adjust.add_class("b"), "#box"),
        (adjust.attribute("title", "a"), adjust.attribute("lang", "a"), "#box"),
    ],
)
def test_what_changes_something_else_comes_beside_it(first: adjust.Do, second: adjust.Do, selector: str) -> None:
    governor = over_one_target(first, second, selector)
    decide(governor, 10_000, 0)

    assert decide(governor, 10_500, 0, 1) == [(1, *ALLOWED[1:])]


# A no that comes late


def test_a_visitor_s_no_counts_while_taking_it_back_waits() -> None:
    governor = governor_of(adjustments=3, debounce=seconds(0), show_for=seconds(0), cooldown=seconds(1))
    for index, start_ms in ((0, 10_000), (1, 20_000)):
        decide(governor, start_ms, index)
        governor.hear(says(Kind.APPLIED, start_ms + 50, index))
        assert decide(governor, start_ms + 1_000) == [(index, *UNDONE[1:])]
        governor.hear(says(Kind.DEFERRED, start_ms + 1_100, index))
        no = says(Kind.UNDONE, start_ms + 2_000, index, by=1)
        assert brief(governor.hear(no)) == [(index, Verdict.UNDONE, Reason.UNDONE_BY_VISITOR, None)]
        assert governor.hear(no) == []

    assert decide(governor, 60_000, 0, 2) == [refused(Reason.UNDONE_BY_VISITOR), refused(Reason.VISITOR_SAID_NO, 2)]


def test_a_visitor_s_no_that_crosses_the_governor_s_own_undo_counts() -> None:
    governor = shown(show_for=seconds(0))
    decide(governor, 11_000)

    said = governor.hear(says(Kind.UNDONE, 11_050, by=1))
    assert brief(said) == [(0, Verdict.UNDONE, Reason.UNDONE_BY_VISITOR, None)]
    assert decide(governor, 90_000, 0) == [refused(Reason.UNDONE_BY_VISITOR)]


def test_what_the_page_undoes_while_taking_it_back_waits_is_no_word_against_it() -> None:
    governor = shown(show_for=seconds(0))
    decide(governor, 11_000)
    governor.hear(says(Kind.DEFERRED, 11_050))

    assert governor.hear(says(Kind.UNDONE, 12_000, by=2)) == []
    assert decide(governor, 90_000, 0) == [ALLOWED]


# The minute of what had to wait


def test_a_change_that_had_to_wait_belongs_to_the_minute_in_which_it_came() -> None:
    governor = governor_of(adjustments=2, debounce=seconds(0), cap_per_minute=1)
    decide(governor, 10_000, 0)
    governor.hear(says(Kind.DEFERRED, 10_100))
    governor.hear(says(Kind.APPLIED, 60_000))
    governor.hear(says(Kind.APPLIED, 61_000))

    assert decide(governor, 70_000, 0, 1) == [held(Reason.MINUTE_CAP, 120_000, 1)]
    assert decide(governor, 120_000, 0, 1) == [(1, *ALLOWED[1:])]


def test_a_change_that_had_to_wait_counts_once() -> None:
    governor = governor_of(adjustments=2, debounce=seconds(0), cap_per_minute=2)
    decide(governor, 10_000, 0)
    governor.hear(says(Kind.DEFERRED, 10_100))
    governor.hear(says(Kind.APPLIED, 20_000))

    assert decide(governor, 21_000, 0, 1) == [(1, *ALLOWED[1:])]


def test_a_change_that_had_to_wait_for_minutes_still_counts_when_it_comes() -> None:
    governor = governor_of(adjustments=3, debounce=seconds(0), cap_per_minute=1)
    for index, start_ms in ((0, 10_000), (1, 70_000)):
        decide(governor, start_ms, *range(index + 1))
        governor.hear(says(Kind.DEFERRED, start_ms + 100, index))
    governor.hear(says(Kind.APPLIED, 200_000, 0))
    governor.hear(says(Kind.APPLIED, 201_000, 1))

    assert decide(governor, 260_500, 0, 1, 2) == [held(Reason.MINUTE_CAP, 261_000, 2)]


# A target that is not there


def fail(governor: Governor, now_ms: float) -> float | None:
    """Allowed now, and not there: until when it rests."""
    assert decide(governor, now_ms, 0) == [ALLOWED]
    return brief(governor.hear(says(Kind.FAILED, now_ms)))[0][3]


def test_a_target_that_never_comes_is_tried_ever_less_often() -> None:
    governor, now_ms, rests = governor_of(debounce=seconds(0)), 10_000.0, []
    for _ in range(8):
        until_ms = fail(governor, now_ms)
        assert until_ms is not None
        rests.append(until_ms - now_ms)
        now_ms = until_ms

    assert rests == [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]


def test_a_target_that_came_and_went_is_tried_again_soon() -> None:
    governor = governor_of(debounce=seconds(0))
    assert [fail(governor, 10_000), fail(governor, 15_000)] == [15_000, 25_000]
    decide(governor, 25_000, 0)
    governor.hear(says(Kind.APPLIED, 25_050))

    assert brief(governor.hear(says(Kind.FAILED, 26_000))) == [held(Reason.NOTHING_TO_CHANGE, 31_000)]


def test_another_route_is_another_chance_for_a_target() -> None:
    governor = governor_of(debounce=seconds(0))
    assert [fail(governor, 10_000), fail(governor, 15_000)] == [15_000, 25_000]
    governor.hear(Event(Kind.ROUTE, 16_000, name="/b"))

    assert fail(governor, 18_000) == 23_000


def test_another_route_ends_no_cooldown() -> None:
    governor = shown(show_for=seconds(0))
    decide(governor, 11_000)
    governor.hear(Event(Kind.ROUTE, 12_000, name="/b"))

    assert decide(governor, 15_000, 0) == [held(Reason.COOLDOWN, 41_000)]


def test_the_next_page_is_another_chance_for_a_target() -> None:
    before, after = governor_of(debounce=seconds(0)), governor_of(debounce=seconds(0))
    assert [fail(before, 10_000), fail(before, 15_000)] == [15_000, 25_000]
    after.resume(before.carry(), 15_100, 0)

    assert fail(after, 2_000) == 7_000


def test_nothing_changes_in_the_first_moments_of_a_route() -> None:
    governor = governor_of(debounce=seconds(0))
    governor.hear(Event(Kind.ROUTE, 10_000, name="/b"))

    assert decide(governor, 10_100, 0) == [held(Reason.JUST_ARRIVED, 12_000)]
    assert decide(governor, 12_000, 0) == [ALLOWED]
