from tests.agent.governor.deciding import ALLOWED, BRIEF, decide, governor_of, held, refused
from tests.agent.making import says
from trimtab import seconds
from trimtab.governor import Governor
from trimtab.values import Event, Kind, Reason, Verdict


def show(governor: Governor, now_ms: float, index: int = 0) -> list[tuple[int, Verdict, Reason, float | None]]:
    """Proposes the adjustment now and lets it go a second later."""
    decided = decide(governor, now_ms, index)
    decide(governor, now_ms + 1_000)
    return decided


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


def test_a_change_that_failed_takes_nothing_from_the_minute() -> None:
    governor = governor_of(adjustments=2, cap_per_minute=1, debounce=seconds(0))
    decide(governor, 10_000, 0)
    governor.hear(Event(Kind.FAILED, 10_100, a=0))

    assert decide(governor, 11_000, 1) == [(1, *ALLOWED[1:])]


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
