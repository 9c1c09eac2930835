"""The questions of a policy as a site owner writes them: kinds, segments, weights, built-in ones."""

import pytest

from trimtab import Outcome, Policy, Visitor, adjust, minutes, seconds
from trimtab.declared import Question
from trimtab.messages import Declaration
from trimtab.scales import Number
from trimtab.standard import BUILT_IN


def site(**options: object) -> Policy:
    policy = Policy("my-site", **options)  # type: ignore[arg-type]  # whichever a test gives
    policy.goal("bought")
    return policy


def names(policy: Policy) -> list[tuple[str, int]]:
    assert [question.index for question in policy.questions] == list(range(len(policy.questions)))
    return [(question.name, question.weight) for question in policy.questions]


def test_each_kind_of_question_is_declared_with_its_answers_and_what_they_stand_for() -> None:
    policy = site()
    box = policy.target("box", "#box")

    @policy.segment(enter_after=seconds(1), leave_after=seconds(1))
    def eager(v: Visitor) -> bool:
        return v.clicks(box) > 2

    bigger = policy.adjust("bigger", on=box, when=eager, do=adjust.add_class("bigger"))

    @policy.ask_yes_no(by=eager, weight=3)
    def happy(_: Outcome) -> bool:
        return True

    @policy.ask_number(buckets=(20, 50), unit="EUR", stand_for=(10, 30, 80))
    def order(outcome: Outcome) -> Number:
        return outcome.event("order").last

    @policy.ask_rating()
    def stars(_: Outcome) -> Number:
        return 5

    cells = policy.ask_cell()
    soon = policy.ask_goal(bigger, "bought", within=minutes(1))
    used = policy.ask_engagement(bigger)
    declaration = policy.declaration("00" * 8)

    assert [question["name"] for question in declaration.to_json()["questions"]] == [
        "happy", "order", "stars", "cell", "bigger-bought", "bigger-engaged"
    ]  # fmt: skip
    told = declaration.questions
    assert told[0].answers == (
        "not eager: none", "not eager: no", "not eager: yes", "eager: none", "eager: no", "eager: yes"
    )  # fmt: skip
    assert (told[0].kind, told[0].by, told[0].values) == ("yes-no", "eager", ())
    assert (told[1].kind, told[1].unit, told[1].values) == ("number", "EUR", (None, 10.0, 30.0, 80.0))
    assert (told[2].kind, told[2].values) == ("rating", (None, 1.0, 2.0, 3.0, 4.0, 5.0))
    assert (told[3].kind, len(told[3].answers), told[3].width) == ("cell", 97, 11)
    assert (soon.answers, used.answers) == (("none", "no", "yes"), ("none", "no", "yes"))
    assert policy.asks_for_cells
    assert cells is policy.questions[3]
    assert Declaration.from_json(declaration.to_json()) == declaration


def test_by_a_segment_the_answers_of_those_who_were_in_it_come_second() -> None:
    policy = site()
    box = policy.target("box", "#box")

    @policy.segment(enter_after=seconds(1), leave_after=seconds(1))
    def eager(v: Visitor) -> bool:
        return v.clicks(box) > 2

    @policy.ask_number(buckets=(10,), by=eager)
    def amount(_: Outcome) -> Number:
        return 5

    assert [amount.answer(given, {"slow"}) for given in (None, 5, 12)] == [0, 1, 2]
    assert [amount.answer(given, {"slow", "eager"}) for given in (None, 5, 12)] == [3, 4, 5]
    assert amount.answer("twelve", {"eager"}) is None
    assert amount.values == (None, 5.0, 15.0, None, 5.0, 15.0)
    assert not policy.asks_for_cells


def own(policy: Policy) -> Question:
    @policy.question(answers=("none", "yes"), weight=2)
    def engaged(_: Outcome) -> str:
        return "none"

    return engaged


def test_a_policy_with_questions_of_its_own_asks_only_those() -> None:
    policy = site()
    own(policy)

    assert names(policy) == [("engaged", 2)]


def test_a_policy_without_questions_asks_whether_visits_are_engaged_and_convert() -> None:
    assert names(site()) == [("engaged", 1), ("converted", 1)]
    assert names(Policy("no-goal")) == [("engaged", 1)]
    assert names(site(built_in=[])) == []


def test_built_in_questions_are_asked_beside_its_own_with_the_weights_that_it_gives() -> None:
    policy = site(built_in={"depth": 1, "attended": 4})
    own(policy)

    assert names(policy) == [("engaged", 2), ("depth", 1), ("attended", 4)]


def test_a_question_of_its_own_takes_the_place_of_the_built_in_one_of_that_name() -> None:
    policy = site(built_in=["converted", "engaged"])
    mine = own(policy)

    assert names(policy) == [("engaged", 2), ("converted", 1)]
    assert policy.questions[0] is mine


@pytest.mark.parametrize("name", BUILT_IN)
def test_each_built_in_question_can_be_asked_alone(name: str) -> None:
    (question,) = site(built_in=[name]).questions

    assert (question.name, question.answers[0]) == (name, "none")
