import math

import pytest

from tests.agent.governor.deciding import (
    ALLOWED,
    UNDONE,
    brief,
    decide,
    governor_of,
    held,
    refused,
    shown,
)
from tests.agent.making import says
from trimtab import seconds
from trimtab.governor import Governor
from trimtab.values import Event, Kind, Reason, Verdict


def test_a_change_that_the_page_defers_is_told_once() -> None:
    governor = shown()

    assert brief(governor.hear(says(Kind.DEFERRED, 10_100))) == [
        (0, Verdict.DEFERRED, Reason.WOULD_MOVE_LAYOUT, None)
    ]  # fmt: skip
    assert governor.hear(says(Kind.DEFERRED, 10_200)) == []


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        (0, Reason.WOULD_MOVE_LAYOUT),
        (1, Reason.UNDER_POINTER),
        (2, Reason.FOCUS_INSIDE),
        (3, Reason.TO_HYDRATE),
    ],
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


@pytest.mark.parametrize(
    ("by", "reason"),
    [(1, Reason.UNDONE_BY_VISITOR), (2, Reason.UNDONE_BY_PAGE), (3, Reason.UNDONE_BY_SHIFT)],
)
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
