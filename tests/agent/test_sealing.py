"""The report that a visit seals."""

from dataclasses import replace

import pytest

from tests.agent.making import ALL, PAGE, declare, key, named, news, open_visit
from tests.agent.stepping import answer_of, ticket_for, told_by
from trimtab import Outcome, Policy
from trimtab.messages import REPORT_BYTES, unpack_report
from trimtab.values import (
    Kind,
)


def test_the_sealed_report_says_only_what_was_drawn_and_the_noised_answer() -> None:
    policy = news()
    visit = open_visit(policy, arm="summaries/static")
    sealed = visit.share(replace(ticket_for(policy), id=b"0123456789abcdef"), 100)

    assert sealed is not None
    assert len(sealed) == REPORT_BYTES
    report = unpack_report(sealed)
    assert (report.id, report.policy.hex()) == (b"0123456789abcdef", declare(policy).hash)
    assert (report.question, report.arm, report.day) == (0, 2, 20_780)
    assert policy.questions[0].answers[told_by(sealed)] == "bounced"


@pytest.mark.parametrize(
    ("arm", "index"), [("holdout", 0), ("summaries/adaptive", 1), ("summaries/static", 2)]
)  # fmt: skip
def test_a_report_is_counted_in_the_arm_of_its_device(arm: str, index: int) -> None:
    policy = news()
    sealed = open_visit(policy, arm=arm).share(ticket_for(policy), 0)

    assert sealed is not None
    assert unpack_report(sealed).arm == index


def test_a_policy_that_compares_nothing_reports_everyone_beside_the_holdout() -> None:
    policy = asks_for_patience()
    sealed = open_visit(policy).share(ticket_for(policy), 0)

    assert sealed is not None
    assert unpack_report(sealed).arm == 1


@pytest.mark.parametrize("offset", range(4))
def test_the_coins_hold_while_the_true_answer_changes(offset: int) -> None:
    policy = news()
    visit = open_visit(policy)
    visit.step([PAGE], 0)
    first = visit.share(ticket_for(policy, offset), 100)
    later = visit.step([named(5_000, "article-read", Kind.GOAL)], 5_000).report

    answers = policy.questions[0].answers
    assert answer_of(first) == (answers.index("bounced") + offset) % 4
    assert answer_of(later) == (answers.index("read") + offset) % 4


def asks_for_patience() -> Policy:
    policy = Policy("patience")

    @policy.question(answers=("none", "brief", "patient"))
    def patience(outcome: Outcome) -> str:
        return "patient" if outcome.attended_s >= 10 else "brief"

    return policy


def test_the_report_is_sealed_again_when_its_answer_ripens_without_an_event() -> None:
    policy = asks_for_patience()
    visit = open_visit(policy)
    visit.step([PAGE], 1_000)
    first = visit.share(ticket_for(policy), 1_020)
    looked = visit.step([], 1_110)
    ripe = visit.step([], 10_001)

    assert answer_of(first) == 1
    assert looked.report is None
    assert looked.wake_at_ms == 10_000
    assert answer_of(ripe.report) == 2
    assert visit.step([], 20_000).report is None


def test_a_step_gives_a_report_only_if_it_is_another_one() -> None:
    policy = asks_for_patience()
    visit = open_visit(policy)
    visit.share(ticket_for(policy), 0)
    reports = [visit.step([event], event.t_ms).report for event in [PAGE, key(100), key(5_000), key(9_000)]]

    assert reports == [None, None, None, None]
    assert answer_of(visit.step([key(10_500)], 10_500).report) == 2


def test_without_a_ticket_or_consent_to_share_there_is_no_report() -> None:
    policy = asks_for_patience()
    alone = open_visit(policy)
    silent = open_visit(policy, consent=replace(ALL, share=False))

    assert alone.step([PAGE], 20_000).report is None
    assert silent.share(ticket_for(policy), 100) is None
    assert silent.step([PAGE], 20_000).report is None


def test_withdrawn_consent_to_share_forgets_the_report_for_good_and_asks_no_more() -> None:
    policy = asks_for_patience()
    visit = open_visit(policy)
    visit.share(ticket_for(policy), 0)
    visit.step([PAGE], 1_000)
    visit.consent(replace(ALL, share=False), 1_000)
    withdrawn = visit.step([], 60_000)
    visit.consent(ALL, 60_000)

    assert (withdrawn.report, withdrawn.wake_at_ms) == (None, None)
    assert visit.step([key(61_000)], 90_000).report is None


def test_a_question_that_fails_answers_none_and_is_counted() -> None:
    policy = Policy("broken")

    @policy.question(answers=("none", "yes"))
    def broken(outcome: Outcome) -> str:
        return {0: "yes"}[1] if outcome.event("quiz").count < 1 else "yes"

    visit = open_visit(policy)
    first = visit.share(ticket_for(policy), 0)
    later = visit.step([PAGE, named(100, "quiz")], 100).report

    assert (answer_of(first), answer_of(later)) == (0, 1)
    assert visit.tally.errors >= 1
