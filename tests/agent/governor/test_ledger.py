import math

from tests.agent.governor.deciding import (
    ALLOWED,
    CANDIDATE,
    UNDONE,
    decide,
    governor_of,
    held,
)
from trimtab import seconds
from trimtab.values import Decision, Reason, Verdict


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
