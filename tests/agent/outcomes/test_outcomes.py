import math

import pytest

from tests.agent.making import gauge_of
from trimtab import Outcome, Policy, Visitor, adjust, seconds
from trimtab.outcomes import Tally
from trimtab.values import Decision, Event, Kind, Measure, Missing, Reason, SegmentChange, Verdict

POLICY = Policy("outcomes")
BOX = POLICY.target("box", "#box")
POLICY.goal("bought")


@POLICY.segment(enter_after=seconds(1), leave_after=seconds(1))
def eager(v: Visitor) -> bool:
    return v.clicks(BOX) > 3


@POLICY.segment(enter_after=seconds(1), leave_after=seconds(1))
def slow(v: Visitor) -> bool:
    return v.clicks(BOX) < 3


FIRST = POLICY.adjust("first", on=BOX, when=eager, do=adjust.add_class("first"))
SECOND = POLICY.adjust("second", on=BOX, when=slow, do=adjust.add_class("second"))


@POLICY.question(answers=("none", "clicked", "bought", "shown", "eager"))
def ending(outcome: Outcome) -> str:
    if outcome.reached("bought"):
        return "bought"
    if outcome.shown(FIRST):
        return "shown"
    if outcome.was(eager):
        return "eager"
    return "clicked" if outcome.clicks(BOX) > 0 else "none"


@POLICY.question(answers=("none", "yes"))
def broken(_: Outcome) -> str:
    return "perhaps"


NO_CLICKS = gauge_of({"clicks.count": 0})
GOAL = Event(Kind.GOAL, 100.0, name="bought")


def answer(tally: Tally, numbers: float | Measure | Missing = 0) -> str:
    question = POLICY.questions[0]
    return question.answers[tally.answer(question, gauge_of({"clicks.count": numbers}))]


def test_a_visit_in_which_nothing_happened_answers_none() -> None:
    assert answer(Tally(POLICY)) == "none"


def test_signals_count_up_to_now() -> None:
    assert answer(Tally(POLICY), 1) == "clicked"


def test_a_goal_that_the_policy_declares_is_reached() -> None:
    tally = Tally(POLICY)
    tally.hear(GOAL, POLICY.goals)

    assert answer(tally) == "bought"


@pytest.mark.parametrize("event", [Event(Kind.GOAL, 0.0, name="sold"), Event(Kind.EVENT, 0.0, name="bought")])
def test_other_names_and_other_events_reach_no_goal(event: Event) -> None:
    tally = Tally(POLICY)
    tally.hear(event, POLICY.goals)

    assert answer(tally) == "none"


def test_a_segment_that_was_entered_stays_in_the_record_after_it_was_left() -> None:
    tally = Tally(POLICY)
    tally.note([SegmentChange("eager", True, 0.0, "", 1.0)], [])
    tally.note([SegmentChange("eager", False, 9.0, "", 1.0)], [])

    assert answer(tally) == "eager"


def test_leaving_alone_enters_nothing() -> None:
    tally = Tally(POLICY)
    tally.note([SegmentChange("eager", False, 9.0, "", 1.0)], [])

    assert answer(tally) == "none"


@pytest.mark.parametrize(
    ("verdict", "reason", "shown"),
    [
        (Verdict.ALLOWED, Reason.RULE_HOLDS, True),
        (Verdict.REFUSED, Reason.OTHER_ARM, True),
        (Verdict.REFUSED, Reason.HOLDOUT, True),
        (Verdict.REFUSED, Reason.NO_CONSENT_TO_ADAPT, True),
        (Verdict.REFUSED, Reason.ADJUSTMENT_CAP, False),
        (Verdict.HELD, Reason.DEBOUNCE, False),
        (Verdict.DEFERRED, Reason.WOULD_MOVE_LAYOUT, False),
        (Verdict.UNDONE, Reason.RULE_ENDED, False),
    ],
)
def test_shown_is_what_was_allowed_or_would_have_been_in_another_arm(
    verdict: Verdict, reason: Reason, shown: bool
) -> None:
    tally = Tally(POLICY)
    tally.note([], [Decision(0, verdict, reason, 0.0)])

    assert answer(tally) == ("shown" if shown else "none")


def test_another_adjustment_that_is_shown_is_not_this_one() -> None:
    tally = Tally(POLICY)
    tally.note([], [Decision(1, Verdict.ALLOWED, Reason.RULE_HOLDS, 0.0)])

    assert answer(tally) == "none"


def test_the_record_keeps_everything_together() -> None:
    tally = Tally(POLICY)
    tally.note([SegmentChange("eager", True, 0.0, "", 1.0)], [])
    tally.note([], [Decision(0, Verdict.ALLOWED, Reason.RULE_HOLDS, 0.0)])
    tally.hear(GOAL, POLICY.goals)
    tally.note([SegmentChange("slow", True, 0.0, "", 1.0)], [])

    assert answer(tally) == "bought"


def test_a_number_that_is_not_known_answers_none_until_it_is() -> None:
    tally = Tally(POLICY)

    assert answer(tally, Missing("clicks", "not yet", 700.0)) == "none"
    assert tally.wake_at_ms() == 700.0
    assert tally.errors == 0


def test_an_answer_is_asked_again_when_its_numbers_can_turn() -> None:
    tally = Tally(POLICY)
    assert tally.wake_at_ms() == math.inf
    answer(tally, Measure("clicks", "", 0.0, 0.0, until_ms=900.0))

    assert tally.wake_at_ms() == 900.0
    tally.rest()
    assert tally.wake_at_ms() == math.inf


def test_an_answer_that_is_none_of_the_question_s_is_none_and_counted() -> None:
    tally = Tally(POLICY)

    assert tally.answer(POLICY.questions[1], NO_CLICKS) == 0
    assert tally.errors == 1
