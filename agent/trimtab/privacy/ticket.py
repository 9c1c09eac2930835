"""The day's ticket: which question this device answers, about which experiment, and with which coins.

Drawn before the day's first event (DESIGN rule 9), so that nothing the visitor does can sway what is asked or kept.
"""

from collections.abc import Collection
from dataclasses import dataclass

from trimtab.declared import Experiment, Question
from trimtab.errors import StateError
from trimtab.messages import REPORT_ID_BYTES
from trimtab.policy import Policy
from trimtab.privacy.budget import Left, asked, left, pair_of
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

    def truths(self, told: Collection[int]) -> list[int]:
        """The true answers that these coins turn into this set: one, or several that they tell alike."""
        return [truth for truth in range(self.mechanism.answers) if self.noised(truth) == frozenset(told)]

    def stub(self) -> "Stub":
        """What of it the policy does not say."""
        experiment = self.experiment.name if self.experiment else ""
        return Stub(self.id, self.day, self.question.index, experiment, self.offsets)


@dataclass(frozen=True, slots=True)
class Stub:
    """A ticket without what its policy declares: what is kept of it. `experiment` is its name, empty for none."""

    id: bytes
    day: int
    question: int
    experiment: str
    offsets: tuple[int, ...]

    def ticket(self, policy: Policy) -> Ticket:
        """The ticket again. Raises StateError if this policy can have drawn none like it."""
        experiment = next((e for e in policy.experiments if e.name == self.experiment), None)
        if not 0 <= self.question < len(policy.questions) or (self.experiment and not experiment):
            raise StateError(f"the ticket is about question {self.question} and {self.experiment!r}: not this policy's")
        question = policy.questions[self.question]
        mechanism = SubsetSelection(len(question.answers), question.width, *policy.noise)
        drawn = len(set(self.offsets)) == mechanism.width and all(0 <= n < mechanism.answers for n in self.offsets)
        if len(self.id) != REPORT_ID_BYTES or not drawn or self.day < 0:
            raise StateError("the ticket's id, day or offsets are none that could be drawn")
        return Ticket(self.id, self.day, question, experiment, mechanism, self.offsets)


def draw_ticket(policy: Policy, day: int, random_bytes: RandomBytes, made: Collection[int] = ()) -> Ticket | None:
    """Draws the day's ticket; None if the policy asks nothing, or nothing that is not among the pairs that were `made`.

    Questions have chances proportional to their weights. The arm has no say, the holdout's neither: what is asked at
    a first visit and what at a later one must be the same in all arms that are compared.
    """
    subjects = {question: _open(policy, question, made) for question in policy.questions}
    questions = [question for question in policy.questions if subjects[question]]
    if not questions:
        return None
    question = _weighted(questions, randbelow(sum(q.weight for q in questions), random_bytes))
    experiments = subjects[question]
    experiment = experiments[randbelow(len(experiments), random_bytes)] if policy.experiments else None
    mechanism = SubsetSelection(len(question.answers), question.width, *policy.noise)
    offsets = mechanism.offsets(randbelow(mechanism.modulus, random_bytes))
    return Ticket(random_bytes(REPORT_ID_BYTES), day, question, experiment, mechanism, offsets)


def subject_of(policy: Policy, question: Question, experiment: Experiment | None) -> int:
    """The pair that a ticket of this policy is about."""
    return pair_of(policy.name, question.name, experiment.name if experiment else "")


def left_to_ask(policy: Policy, record: str | None, day: int) -> Left:
    """How many reports `record` leaves, and this policy has something to ask for."""
    made = asked(record, day)
    most = sum(len(_open(policy, question, made)) for question in policy.questions)
    budget = left(record, day)
    return Left(min(budget.today, most), min(budget.month, most))


def _open(policy: Policy, question: Question, made: Collection[int]) -> list[Experiment | None]:
    every: list[Experiment | None] = [*policy.experiments] or [None]
    return [experiment for experiment in every if subject_of(policy, question, experiment) not in made]


def _weighted(questions: list[Question], draw: int) -> Question:
    for question in questions:
        if draw < question.weight:
            return question
        draw -= question.weight
    raise ValueError("the draw is not below the sum of the weights")
