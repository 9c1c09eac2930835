"""The day's ticket: which question this device answers, about which experiment, and with which coins.

Drawn before the day's first event (DESIGN rule 9), so that nothing the visitor does can sway what is asked or kept.
"""

from dataclasses import dataclass

from trimtab.declared import Experiment, Question
from trimtab.messages import REPORT_ID_BYTES
from trimtab.policy import Policy
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.privacy.randomness import RandomBytes, randbelow


@dataclass(frozen=True, slots=True)
class Ticket:
    """One question, one experiment (None: the policy has none) and the coins for one answer on one day."""

    id: bytes
    day: int
    question: Question
    experiment: Experiment | None
    mechanism: SubsetSelection
    offsets: tuple[int, ...]

    def noised(self, truth: int) -> frozenset[int]:
        """The answers that are told for a true one. The coins were drawn before: the same truth, the same set."""
        return self.mechanism.tell(truth, self.offsets)


def draw_ticket(policy: Policy, day: int, random_bytes: RandomBytes) -> Ticket | None:
    """Draws the day's ticket; None if the policy asks nothing. Questions have chances proportional to their weights."""
    if not policy.questions:
        return None
    question = _weighted(policy.questions, randbelow(sum(q.weight for q in policy.questions), random_bytes))
    experiments = policy.experiments
    experiment = experiments[randbelow(len(experiments), random_bytes)] if experiments else None
    mechanism = SubsetSelection(len(question.answers), question.width, *policy.noise)
    offsets = mechanism.offsets(randbelow(mechanism.modulus, random_bytes))
    return Ticket(random_bytes(REPORT_ID_BYTES), day, question, experiment, mechanism, offsets)


def _weighted(questions: list[Question], draw: int) -> Question:
    for question in questions:
        if draw < question.weight:
            return question
        draw -= question.weight
    raise ValueError("the draw is not below the sum of the weights")
