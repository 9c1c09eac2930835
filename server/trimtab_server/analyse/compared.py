"""Which numbers of a question are compared between arms: the one place that says so, for verdicts and for plans.

| question | compared |
|---|---|
| choice, yes-no | the share of visitors with each answer; of two, of one: the other's is its mirror image |
| number, rating | the average alone: its buckets are shown as shares, and tell the same thing once more |
| any of these by segment | the same, among the visitors in the segment and among all others; not the joint answers |
| cell | nothing: 97 answers would take every other verdict with them. A map shows which stand out (`cells`) |
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trimtab.messages import Named
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.scales import NO_ANSWER, QuestionKind
from trimtab_server.analyse.estimates import answer_share
from trimtab_server.analyse.means import mean_of
from trimtab_server.analyse.quantities import Mean, Quantity, Values


class Group(StrEnum):
    """Whose number it is."""

    ALL = "all visitors"
    INSIDE = "in the segment"
    OUTSIDE = "not in the segment"


@dataclass(frozen=True, slots=True)
class Compared:
    """One number about an arm's visitors. `answer`: whose share it is, as an index; None: it is an average.

    `values`: what each answer of the question stands for in a mean over the group; empty: a share of all visitors.
    """

    group: Group
    answer: int | None
    values: Values = ()

    def of(self, mechanism: SubsetSelection, counts: Sequence[int], further: float = 0) -> Quantity | None:
        """The number, from how many reports told each answer; None while too few visitors seem to have one.

        `further`: see `Quantity`.
        """
        if sum(counts) == 0:
            return None
        if self.values:
            return mean_of(mechanism, counts, self.values, further)
        assert self.answer is not None  # without values it is a share
        return answer_share(mechanism, counts, self.answer, further)


def compared_in(question: Named) -> tuple[Compared, ...]:
    """What is compared between any two arms, in the order in which it is shown."""
    if question.kind == QuestionKind.CELL:
        return ()
    if not question.by:
        if question.values:
            return (Compared(Group.ALL, None, question.values),)
        return tuple(Compared(Group.ALL, answer) for answer in told_answers(question.answers))
    return tuple(_within(question, Group.INSIDE)) + tuple(_within(question, Group.OUTSIDE))


def told_answers(answers: Sequence[str]) -> tuple[int, ...]:
    """All answers; of two, only the one that is not 'none', because the other one's difference is its mirror image."""
    if len(answers) == 2 and NO_ANSWER in answers:
        return (1 - answers.index(NO_ANSWER),)
    return tuple(range(len(answers)))


def own_answers(question: Named) -> tuple[str, ...]:
    """The answers without the segment that doubled them."""
    if not question.by:
        return question.answers
    before = len(f"not {question.by}: ")
    return tuple(answer[before:] for answer in question.answers[: len(question.answers) // 2])


def segment_size(question: Named, mechanism: SubsetSelection, counts: Sequence[int], further: float = 0) -> Mean | None:
    """The share of visitors who were in the segment of the question: a mean of ones and zeros. None without reports.

    `further`: see `Quantity`.
    """
    half = len(question.answers) // 2
    return mean_of(mechanism, counts, (0.0,) * half + (1.0,) * half, further)


def _within(question: Named, group: Group) -> Iterator[Compared]:
    """One group's average, or the share of each answer among its visitors: 1 for it, 0 for the group's others."""
    half = len(question.answers) // 2
    begin = half if group is Group.INSIDE else 0

    def placed(values: Values) -> Values:
        others = (None,) * half
        return (*others, *values) if begin else (*values, *others)

    if question.values:
        yield Compared(group, None, placed(question.values[begin : begin + half]))
        return
    for answer in told_answers(own_answers(question)):
        yield Compared(group, answer, placed([float(each == answer) for each in range(half)]))
