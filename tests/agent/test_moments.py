"""Questions about the moment in which a change was, or would have been, shown."""

import pytest

from tests.agent.making import PAGE, named, on_click, open_visit
from tests.agent.stepping import APPLY, answer_of, click, ticket_for
from trimtab import Policy, seconds
from trimtab.values import (
    Event,
    Kind,
)


def asks_about_the_moment() -> Policy:
    """A box that grows once it was clicked twice; was it bought within ten seconds of that?"""
    policy, add = on_click()
    bought = policy.goal("bought")
    bigger = add("bigger", lambda v: v.clicks(policy.targets[0]) > 1)
    policy.experiment("size", arms={"bigger": [bigger], "same": []})
    policy.ask_goal(bigger, bought, within=seconds(10))
    policy.ask_engagement(bigger, within=seconds(10))
    return policy


@pytest.mark.parametrize("arm", ["size/bigger", "size/same", "holdout"])
@pytest.mark.parametrize(
    ("visit", "reached", "used"),
    [
        ([click(9_000), named(10_500, "bought", Kind.GOAL)], "none", "none"),
        ([click(9_000), click(10_000)], "no", "no"),
        ([click(9_000), click(10_000), named(10_200, "bought", Kind.GOAL)], "no", "no"),
        ([click(9_000), click(10_000), named(20_300, "bought", Kind.GOAL)], "yes", "no"),
        ([click(9_000), click(10_000), named(20_350, "bought", Kind.GOAL)], "no", "no"),
        ([click(9_000), click(10_000), click(15_000), named(16_000, "bought", Kind.GOAL)], "yes", "yes"),
    ],
    ids=["no moment", "nothing after it", "a goal before it", "the last moment", "too late", "all"],
)
def test_every_arm_answers_by_the_moment_in_which_the_change_was_or_would_have_been_shown(
    visit: list[Event], reached: str, used: str, arm: str
) -> None:
    policy = asks_about_the_moment()
    answers = []
    for question in policy.questions:
        opened = open_visit(policy, arm=arm)
        before = opened.share(ticket_for(policy, question=question.index), 0)
        step = opened.step([PAGE, *visit], 30_000)
        assert (APPLY in step.commands) == (arm == "size/bigger" and reached != "none")
        answers.append(question.answers[answer_of(step.report or before)])

    assert answers == [reached, used]
