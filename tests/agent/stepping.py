"""Visits of a policy whose one adjustment obeys clicks."""

from collections.abc import Iterable

from tests.agent.making import on_click
from trimtab import Policy
from trimtab.messages import unpack_answers, unpack_report
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.privacy.ticket import Ticket
from trimtab.values import (
    Command,
    Decision,
    Event,
    Kind,
    Reason,
    Step,
    Verdict,
)

APPLY, UNDO = Command(0, True), Command(0, False)


def click(t_ms: float) -> Event:
    return Event(Kind.CLICK, t_ms, 0)


def ticket_for(policy: Policy, offset: int = 0, question: int = 0) -> Ticket:
    """The day's ticket with coins of the test's choice."""
    asked = policy.questions[question]
    experiment = policy.experiments[0] if policy.experiments else None
    mechanism = SubsetSelection(len(asked.answers), 1, *policy.noise)
    return Ticket(bytes(16), 20_780, asked, experiment, mechanism, (offset,))


def told(steps: Iterable[Step]) -> list[tuple[float, Verdict, Reason, float | None]]:
    """When, what, why, until when: of all decisions in these steps."""
    entries = [entry for step in steps for entry in step.log]
    return [(e.at_ms, e.verdict, e.reason, e.until_ms) for e in entries if isinstance(e, Decision)]


def clicks_make_it_bigger() -> Policy:
    """One adjustment, shown while an odd thing holds: clicked, and not yet calmed down."""
    policy, add = on_click()
    add("bigger", lambda v: v.clicks(policy.targets[0]) > 0 and v.event("calm").count < 1)
    return policy


def told_by(body: bytes) -> int:
    """The one answer that a report of width 1 tells."""
    (answer,) = unpack_answers(unpack_report(body).answer, 8) or ()
    return answer


def answer_of(report: bytes | None) -> int:
    assert report is not None
    return told_by(report)
