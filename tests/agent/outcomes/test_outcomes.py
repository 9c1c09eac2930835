import math

import pytest

from tests.agent.making import gauge_of
from trimtab import Outcome, Policy, Visitor, adjust, seconds
from trimtab.outcomes import Tally
from trimtab.values import Decision, Event, Kind, Measure, Missing, Reason, SegmentChange, Verdict
from trimtab.watching import Notebook

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


# What comes after the moment of an adjustment

ALLOWED = Decision(0, Verdict.ALLOWED, Reason.RULE_HOLDS, 1_000.0)
MASKED = Decision(0, Verdict.REFUSED, Reason.OTHER_ARM, 1_000.0)


def goal(t_ms: float, name: str = "bought") -> Event:
    return Event(Kind.GOAL, t_ms, name=name)


def outcome_of(tally: Tally) -> Outcome:
    return Outcome(NO_CLICKS, Notebook(), tally._record)


@pytest.mark.parametrize("moment", [ALLOWED, MASKED], ids=["shown", "would have been"])
@pytest.mark.parametrize(("t_ms", "reached"), [(999.0, False), (1_000.0, True), (61_000.0, True), (61_001.0, False)])
def test_a_goal_counts_from_the_moment_that_the_adjustment_was_or_would_have_been_shown(
    moment: Decision, t_ms: float, reached: bool
) -> None:
    tally = Tally(POLICY)
    if t_ms < moment.at_ms:
        tally.hear(goal(t_ms), POLICY.goals)
    tally.note([], [moment])
    if t_ms >= moment.at_ms:
        tally.hear(goal(t_ms), POLICY.goals)
    outcome = outcome_of(tally)

    assert outcome.reached("bought")
    assert outcome.reached_after(FIRST, "bought", seconds(60)) is reached
    assert not outcome.reached_after(SECOND, "bought", seconds(60))


def test_the_first_goal_after_the_first_moment_is_what_counts() -> None:
    tally = Tally(POLICY)
    tally.note([], [ALLOWED])
    tally.hear(goal(5_000), POLICY.goals)
    tally.note([], [Decision(0, Verdict.ALLOWED, Reason.RULE_HOLDS, 90_000.0)])
    tally.hear(goal(90_500), POLICY.goals)

    assert tally._record.reached_ms == {("first", "bought"): 4_000.0}


def test_a_goal_before_the_moment_does_not_hide_one_after_it() -> None:
    tally = Tally(POLICY)
    tally.hear(goal(500), POLICY.goals)
    tally.note([], [ALLOWED])
    tally.hear(goal(3_000), POLICY.goals)

    assert outcome_of(tally).reached_after(FIRST, "bought", seconds(2))


@pytest.mark.parametrize("kind", [Kind.CLICK, Kind.FOCUS, Kind.INPUT])
def test_whoever_clicks_focuses_or_types_into_the_target_after_the_moment_is_engaged(kind: Kind) -> None:
    tally = Tally(POLICY)
    tally.hear(Event(kind, 900.0, BOX.index), POLICY.goals)
    tally.note([], [ALLOWED])
    assert not outcome_of(tally).engaged_after(FIRST, seconds(60))

    tally.hear(Event(kind, 9_000.0), POLICY.goals)
    tally.hear(Event(kind, 11_000.0, BOX.index), POLICY.goals)
    tally.hear(Event(kind, 90_000.0, BOX.index), POLICY.goals)

    assert tally._record.engaged_ms == {"first": 10_000.0}
    assert outcome_of(tally).engaged_after(FIRST, seconds(10))
    assert not outcome_of(tally).engaged_after(FIRST, seconds(9))


@pytest.mark.parametrize(
    ("event", "undone", "misfired"),
    [
        (Event(Kind.UNDONE, 0.0, a=0, b=0), False, False),
        (Event(Kind.UNDONE, 0.0, a=0, b=1), True, False),
        (Event(Kind.UNDONE, 0.0, a=0, b=2), False, True),
        (Event(Kind.UNDONE, 0.0, a=0, b=3), False, True),
        (Event(Kind.FAILED, 0.0, a=0), False, True),
        (Event(Kind.APPLIED, 0.0, a=0), False, False),
    ],
    ids=["governor", "visitor", "page", "shift", "failed", "applied"],
)
def test_a_change_that_went_back_is_kept_with_who_took_it(event: Event, undone: bool, misfired: bool) -> None:
    tally = Tally(POLICY)
    tally.hear(event, POLICY.goals)
    tally.hear(Event(Kind.UNDONE, 1.0, a=0, b=0), POLICY.goals)

    assert (outcome_of(tally).undone, outcome_of(tally).misfired) == (undone, misfired)


@pytest.mark.parametrize(("t_ms", "reached"), [(4_000.0, True), (4_001.0, False)])
def test_the_moment_goes_on_on_the_next_page_with_the_time_away(t_ms: float, reached: bool) -> None:
    before, after = Tally(POLICY), Tally(POLICY)
    before.note([], [ALLOWED])
    after.resume(before.carry(), left_ms=3_000, away_ms=4_000)
    after.note([], [Decision(0, Verdict.ALLOWED, Reason.REMEMBERED, 100.0)])
    after.hear(goal(t_ms), POLICY.goals)

    assert outcome_of(after).reached_after(FIRST, "bought", seconds(10)) is reached


def test_goals_without_end_do_not_fill_the_memory() -> None:
    tally = Tally(POLICY)
    tally.note([], [ALLOWED, Decision(1, Verdict.REFUSED, Reason.HOLDOUT, 2_000.0)])
    for n in range(1_000):
        tally.hear(goal(3_000.0 + n), POLICY.goals)
        tally.hear(Event(Kind.CLICK, 3_000.0 + n, BOX.index), POLICY.goals)

    assert len(tally._record.reached_ms) == len(tally._record.engaged_ms) == 2


# The built-in questions


def built_in(name: str, numbers: dict[str, float | Measure | Missing], *events: Event) -> str:
    policy = Policy("built-in", built_in=[name])
    policy.goal("bought")
    tally = Tally(policy)
    for event in events:
        tally.hear(event, policy.goals)
    (question,) = policy.questions
    return question.answers[tally.answer(question, gauge_of(numbers))]


@pytest.mark.parametrize(("attended_s", "engaged"), [(9.9, "none"), (10, "yes"), (11, "yes")])
def test_ten_seconds_of_attention_are_engaged_and_less_has_bounced(attended_s: float, engaged: str) -> None:
    numbers: dict[str, float | Measure | Missing] = {"attention.attended_s": attended_s}

    assert built_in("engaged", numbers) == engaged
    assert built_in("bounced", numbers) == ("yes" if engaged == "none" else "none")
    assert built_in("engaged", {"attention.attended_s": 1}, GOAL) == "yes"
    assert built_in("bounced", {"attention.attended_s": 1}, GOAL) == "none"


@pytest.mark.parametrize(
    ("name", "numbers", "events", "answer"),
    [
        ("converted", {}, [], "none"),
        ("converted", {}, [GOAL], "yes"),
        ("converted", {}, [Event(Kind.GOAL, 0.0, name="other")], "none"),
        ("attended", {"attention.attended_s": 59}, [], "30 to 60 s"),
        ("depth", {"scroll.depth": 0.9}, [], "90 % or more"),
        ("depth", {"scroll.depth": 0.2}, [], "under 25 %"),
        ("depth", {"scroll.depth": Missing("scroll depth", "not measured")}, [], "none"),
        ("satisfaction", {"satisfaction": 4}, [], "4"),
        ("satisfaction", {"satisfaction": Missing("satisfaction", "no answer yet")}, [], "none"),
        ("undone", {}, [Event(Kind.UNDONE, 0.0, b=1)], "yes"),
        ("undone", {}, [Event(Kind.UNDONE, 0.0, b=2)], "none"),
        ("misfire", {}, [Event(Kind.UNDONE, 0.0, b=2)], "yes"),
        ("misfire", {}, [Event(Kind.FAILED, 0.0)], "yes"),
        ("misfire", {}, [], "none"),
    ],
)
def test_a_built_in_question_answers_what_its_name_says(
    name: str, numbers: dict[str, float | Measure | Missing], events: list[Event], answer: str
) -> None:
    assert built_in(name, numbers, *events) == answer
