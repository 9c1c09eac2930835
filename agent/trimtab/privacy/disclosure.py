"""What a visitor may see of a report before it leaves: the true answer, and what the noise made of it."""

from dataclasses import dataclass

from trimtab.errors import ReportError
from trimtab.messages import Arm, unpack_answers, unpack_report
from trimtab.privacy.mechanisms import epsilon
from trimtab.privacy.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One report in words. `answer` is the true one, None where the coins tell several alike and the visit has gone on.

    `told` are the answers that the report tells; `noise` is (a, b); `day` counts from 1970-01-01 UTC.
    """

    question: str
    answers: tuple[str, ...]
    answer: str | None
    told: tuple[str, ...]
    arm: str
    day: int
    noise: tuple[int, int]

    @property
    def epsilon(self) -> float:
        """What it reveals at most."""
        return epsilon(self.noise)


def disclose(ticket: Ticket, sealed: bytes, arm: Arm, truth: int | None) -> Disclosure | None:
    """What `sealed` says, if it was sealed with this ticket; `truth` is the visit's answer by now."""
    question = ticket.question
    try:
        report = unpack_report(sealed)
    except ReportError:
        return None
    told = unpack_answers(report.answer, len(question.answers))
    if report.id != ticket.id or told is None:
        return None
    truths = ticket.truths(told)
    true = truth if truth in truths or len(truths) != 1 else truths[0]
    return Disclosure(
        question.name,
        question.answers,
        question.answers[true] if true in truths else None,
        tuple(question.answers[index] for index in told),
        str(arm),
        ticket.day,
        (ticket.mechanism.a, ticket.mechanism.b),
    )
