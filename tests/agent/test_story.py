"""The story of an adjustment, sentence by sentence."""

from dataclasses import replace

import pytest

from tests.agent.making import PAGE, news, on_click, open_visit, scroll
from trimtab import Policy, Visitor, adjust, seconds
from trimtab.declared import Adjustment
from trimtab.story import CLAUSES, WORDS, explain, explain_visit, tell_change, tell_decision
from trimtab.values import Decision, Event, Kind, Reason, SegmentChange, Verdict

BECAUSE = "reading story 612 wpm > 450 for 2.1 s"
TAKEN = SegmentChange("skimmer", True, 4_100.0, BECAUSE, 0.3)
LEFT = SegmentChange("skimmer", False, 15_200.0, "scroll speed 0 px/s ≤ 200 for 8.0 s", 1.0)
SHOWN = Decision(0, Verdict.ALLOWED, Reason.RULE_HOLDS, 4_400.0, None, f"skimmer: {BECAUSE}", 0.3)
UNDONE = Decision(0, Verdict.UNDONE, Reason.RULE_ENDED, 15_200.0)


def short() -> Adjustment:
    return news().adjustments[0]


def held(reason: Reason, at_ms: float, until_ms: float | None = None) -> Decision:
    return Decision(0, Verdict.HELD, reason, at_ms, until_ms)


def test_a_visit_is_told_in_order_with_its_numbers() -> None:
    assert explain([TAKEN, SHOWN, LEFT, UNDONE], short()) == (
        "At 4.1 s you were taken for “skimmer”: reading story 612 wpm > 450 for 2.1 s. "
        "At 4.4 s short-summaries was shown. "
        "At 15.2 s you were no longer taken for “skimmer”: scroll speed 0 px/s ≤ 200 for 8.0 s. "
        "At 15.2 s short-summaries was taken back, because its rule no longer held."
    )


def test_sentences_in_a_row_about_it_say_it() -> None:
    told = explain([TAKEN, held(Reason.DEBOUNCE, 4_100.0, 4_400.0), SHOWN], short())
    assert told.endswith(
        "At 4.1 s short-summaries had to wait until 4.4 s, because its rule had to hold for a moment first. "
        "At 4.4 s it was shown."
    )


def test_waiting_to_go_is_told_otherwise_than_waiting_to_come() -> None:
    told = explain([SHOWN, LEFT, held(Reason.MINIMUM_SHOWING, 6_000.0, 9_400.0), UNDONE], short())
    assert (
        "At 6.0 s short-summaries was to go, but stayed until 9.4 s, because what is shown stays for a while." in told
    )


def test_what_waits_for_a_safe_moment_is_told_both_ways() -> None:
    put_off = Decision(0, Verdict.DEFERRED, Reason.UNDER_POINTER, 4_500.0)
    stood = Decision(0, Verdict.DEFERRED, Reason.FOCUS_INSIDE, 15_300.0)
    told = explain([SHOWN, put_off, held(Reason.MINIMUM_SHOWING, 6_000.0, 9_400.0), UNDONE, stood], short())
    assert told == (
        "At 4.4 s short-summaries was shown. "
        "At 4.5 s it was put off, because your pointer was on it. "
        "At 6.0 s it was to go, but stayed until 9.4 s, because what is shown stays for a while. "
        "At 15.2 s it was taken back, because its rule no longer held. "
        "At 15.3 s it still stood there, because you were at work in that place."
    )


def test_what_found_nothing_to_change_was_not_shown_after_all() -> None:
    log = [SHOWN, held(Reason.NOTHING_TO_CHANGE, 4_500.0, 9_500.0), held(Reason.COOLDOWN, 5_000.0, 9_500.0)]
    assert explain(log, short()) == (
        "At 4.4 s short-summaries was shown. "
        "At 4.5 s it had to wait until 9.5 s, because there was nothing on the page to change. "
        "At 5.0 s it had to wait until 9.5 s, because it had been taken back not long before."
    )


def test_where_another_arm_is_drawn_the_rest_of_its_story_is_not_the_visitors() -> None:
    withheld = replace(SHOWN, verdict=Verdict.REFUSED, reason=Reason.OTHER_ARM)
    told = explain([TAKEN, withheld, LEFT, held(Reason.MINIMUM_SHOWING, 6_000.0, 9_400.0)], short())
    assert "At 4.4 s short-summaries was not shown, because your device was drawn into the part of an" in told
    assert "6.0 s" not in told


def test_a_rule_that_is_a_function_tells_its_numbers_when_it_is_shown() -> None:
    _, add = on_click()
    roomy = add("roomy", lambda v: v.attended_s > 1)
    decision = Decision(0, Verdict.ALLOWED, Reason.RULE_HOLDS, 1_300.0, None, "attention 1.3 s > 1", 0.2)
    assert explain([decision], roomy) == "At 1.3 s roomy was shown: attention 1.3 s > 1."


def test_an_adjustment_that_nothing_happened_to_says_why() -> None:
    _, add = on_click()
    roomy = add("roomy", lambda v: v.attended_s > 1)
    assert explain([], short()) == "short-summaries was not called for: you were not taken for “skimmer”."
    assert explain([], roomy) == "roomy was not called for: its rule did not hold."
    assert explain([TAKEN], short()).endswith("So short-summaries was not called for.")


def test_a_visit_has_a_paragraph_for_each_adjustment_and_one_for_other_segments() -> None:
    policy = Policy("two")
    box = policy.target("box", "#box")

    @policy.segment(enter_after=seconds(1), leave_after=seconds(1))
    def deep_reader(v: Visitor) -> bool:
        return v.attended_s > 60

    policy.adjust("roomy", on=box, when=lambda v: v.clicks(box) > 0, do=adjust.add_class("roomy"))
    other = SegmentChange("deep_reader", True, 61_000.0, "attention 61 s > 60 for 1.0 s", 0.01)
    assert list(explain_visit([other], policy.adjustments)) == [
        "roomy was not called for: its rule did not hold.",
        "At 61.0 s you were taken for “deep reader”: attention 61 s > 60 for 1.0 s.",
    ]


def test_every_reason_has_a_clause_of_its_own() -> None:
    assert set(CLAUSES) == set(Reason)
    assert len(set(CLAUSES.values())) == len(CLAUSES)


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("reason", Reason)
def test_every_decision_becomes_one_plain_sentence(verdict: Verdict, reason: Reason) -> None:
    for shown in (False, True):
        told = tell_decision(Decision(0, verdict, reason, 4_449.0, 5_000.0), "short-summaries", shown=shown)
        assert told.startswith("At 4.4 s short-summaries ")
        assert told.endswith(".")
        assert verdict is Verdict.ALLOWED or CLAUSES[reason] in told


def test_long_visits_are_told_in_minutes() -> None:
    assert tell_change(replace(TAKEN, at_ms=119_949.0)).startswith("At 119.9 s ")
    assert tell_change(replace(TAKEN, at_ms=754_321.0)).startswith("At 12 min 34 s ")


def test_the_log_of_a_real_visit_makes_a_story() -> None:
    policy = news()
    visit = open_visit(policy, arm="summaries/adaptive")
    moves = [scroll(100.0 * step, 100.0 * step) for step in range(60)]
    hand = Event(Kind.POINTER, 0.0)  # else the page takes its place in the first second
    log = visit.step([PAGE, hand, *moves, Event(Kind.UNDONE, 6_500.0, a=0.0, b=1.0)], 7_000.0).log
    told = explain(log, policy.adjustments[0])
    assert told.startswith("At 4.0 s you were taken for “skimmer”: scroll speed ")
    assert told.endswith(
        "At 6.5 s it was taken back, because you undid it. At 6.5 s it was not shown again, because you undid it."
    )


def test_every_sentence_can_be_told_in_other_words_and_no_word_of_the_page_reaches_into_a_value() -> None:
    sly = dict.fromkeys(WORDS, "{name.__class__} {at} {clause}")
    told = explain([TAKEN, SHOWN, LEFT, UNDONE], short(), sly | {"point": ",", "seconds": "{s} s"})
    assert told.startswith("{name.__class__} 4,1 s {clause} {name.__class__} 4,4 s ")
    assert "{name.__class__} 15,2 s {name.__class__}" in told, "the clause is of the given words, too"


def test_what_was_compared_is_told_with_the_point_of_the_language() -> None:
    told = explain([TAKEN, LEFT], short(), {"point": ","})
    assert "reading story 612 wpm > 450 for 2,1 s. " in told
    assert "scroll speed 0 px/s ≤ 200 for 8,0 s." in told
