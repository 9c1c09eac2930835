import math
import sys
from collections.abc import Callable

import pytest

from tests.agent.making import gauge_of, on_click
from trimtab import Policy, Visitor, adjust, seconds
from trimtab.proposals import Rules
from trimtab.values import Candidate, Measure, Missing, SegmentChange


def clicked(v: Visitor) -> bool:
    return v.event("clicks").count > 2


def rules_of(*functions: object) -> Rules:
    policy, add = on_click()
    for number, function in enumerate(functions):
        add(f"rule{number}", function)
    return Rules(policy.adjustments)


def ask(rules: Rules, clicks: float | Measure | Missing) -> list[Candidate]:
    return rules.propose({}, [], gauge_of({"clicks": clicks}))


def test_a_function_that_holds_proposes_with_its_words_and_strength() -> None:
    assert ask(rules_of(clicked), 4) == [Candidate(0, "clicks 4 > 2", 0.5)]


def test_a_function_that_does_not_hold_proposes_nothing() -> None:
    assert ask(rules_of(clicked), 2) == []


def test_proposals_come_in_the_order_of_the_policy() -> None:
    assert [candidate.adjustment for candidate in ask(rules_of(clicked, clicked, clicked), 3)] == [0, 1, 2]


def test_while_a_number_is_unknown_the_last_answer_holds() -> None:
    rules, unknown = rules_of(clicked), Missing("clicks", "not yet", 800.0)

    assert ask(rules, unknown) == []
    assert rules.wake_at_ms() == 800
    assert ask(rules, 4) == ask(rules, unknown) == [Candidate(0, "clicks 4 > 2", 0.5)]
    assert ask(rules, 1) == ask(rules, unknown) == []


def test_a_proposal_keeps_the_words_with_which_it_began_to_hold() -> None:
    rules = rules_of(clicked)
    ask(rules, 4)

    assert ask(rules, 8) == [Candidate(0, "clicks 4 > 2", 0.5)]
    ask(rules, 0)
    assert ask(rules, 8) == [Candidate(0, "clicks 8 > 2", 0.75)]


@pytest.mark.parametrize("fail", [lambda: 1 / 0, sys.exit], ids=["error", "exit"])
def test_a_function_that_raises_proposes_nothing_is_counted_and_stops_no_other(fail: Callable[[], object]) -> None:
    def broken(v: Visitor) -> bool:
        return clicked(v) and bool(fail())

    rules = rules_of(broken, clicked)

    assert [candidate.adjustment for candidate in ask(rules, 4)] == [1]
    assert rules.errors == 1
    assert rules.wake_at_ms() == math.inf


def test_while_a_function_raises_its_last_answer_holds() -> None:
    def broken(v: Visitor) -> bool:
        return clicked(v) and (v.event("clicks").count < 10 or bool(1 / 0))

    rules = rules_of(broken)

    held = ask(rules, 4)
    assert [candidate.adjustment for candidate in held] == [0]
    assert ask(rules, 20) == held
    assert rules.errors == 1
    assert ask(rules, 1) == []
    assert ask(rules, 20) == []
    assert rules.errors == 2


def test_the_earliest_turn_of_all_functions_is_when_they_are_asked_again() -> None:
    def busy(v: Visitor) -> bool:
        return v.attended_s > 8

    rules = rules_of(clicked, busy)
    stopwatch = Measure("attention", "s", 5.0, 1_000.0, rise=0.001, until_ms=31_000.0)
    still = Measure("clicks", "", 1.0, 1_000.0, until_ms=9_000.0)
    rules.propose({}, [], gauge_of({"clicks": still, "attention.attended_s": stopwatch}))

    assert rules.wake_at_ms() == 4_000
    assert ask(rules_of(), 0) == []
    assert rules_of().wake_at_ms() == math.inf


def test_a_segment_proposes_while_the_visitor_is_in_it() -> None:
    policy = Policy("segments")
    box = policy.target("box", "#box")
    eager = policy.segment(enter_after=seconds(1), leave_after=seconds(1))(clicked)
    policy.adjust("bigger", on=box, when=eager, do=adjust.add_class("x"))
    rules = Rules(policy.adjustments)
    entered = SegmentChange("clicked", True, 3_000.0, "clicks 4 > 2 for 1.0 s", 0.5)

    assert rules.propose({}, [], gauge_of({})) == []
    assert rules.propose({0: 0.5}, [entered], gauge_of({})) == [Candidate(0, "clicked: clicks 4 > 2 for 1.0 s", 0.5)]
    assert rules.propose({0: 0.9}, [], gauge_of({})) == [Candidate(0, "clicked: clicks 4 > 2 for 1.0 s", 0.9)]
    assert rules.propose({}, [], gauge_of({})) == []
    assert rules.wake_at_ms() == math.inf
