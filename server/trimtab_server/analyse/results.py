"""One question of one policy, whole: every arm's answers and every comparison worth making."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from trimtab.messages import Declaration
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.differences import Difference, Waiting, compare_answer
from trimtab_server.analyse.estimates import Estimate, estimate_answers
from trimtab_server.store.counting import Count

HOLDOUT: Final = 0
"""Arm 0 of every declaration: devices that see no adjustment and join no experiment."""

type ByArm = Mapping[int, Sequence[int]]
"""By arm: how many reports told each answer. An arm without reports may be missing."""


@dataclass(frozen=True, slots=True)
class ArmResult:
    """What one arm answered; `estimates` has one entry for each answer, none without a report."""

    arm: int
    reports: int
    estimates: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two arms side by side: `first` minus `second`, one entry for each answer."""

    first: int
    second: int
    answers: tuple[Difference | Waiting, ...]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """All that the reports to one question say."""

    question: int
    mechanism: SubsetSelection
    arms: tuple[ArmResult, ...]
    comparisons: tuple[Comparison, ...]

    @property
    def reports(self) -> int:
        """From all arms together."""
        return sum(arm.reports for arm in self.arms)


def analyse_question(declaration: Declaration, question: int, counts: ByArm) -> QuestionResult:
    """Estimates for every arm, and the differences that `comparable_arms` names."""
    answers = len(declaration.questions[question].answers)
    a, b = declaration.noise
    width = declaration.questions[question].width
    mechanism = SubsetSelection(answers, width, a, b)
    by_arm = [counts.get(arm, (0,) * answers) for arm in range(len(declaration.arms))]
    arms = tuple(
        ArmResult(arm, sum(told) // width, estimate_answers(mechanism, told)) for arm, told in enumerate(by_arm)
    )
    comparisons = tuple(
        Comparison(
            first,
            second,
            tuple(compare_answer(mechanism, by_arm[first], by_arm[second], answer) for answer in range(answers)),
        )
        for first, second in comparable_arms(declaration)
    )
    return QuestionResult(question, mechanism, arms, comparisons)


def analyse_policy(declaration: Declaration, counts: Iterable[Count]) -> tuple[QuestionResult, ...]:
    """A result for each question of the policy, in order; the days' counts are added up."""
    tallies: list[dict[int, list[int]]] = [{} for _ in declaration.questions]
    for count in counts:
        answers = len(declaration.questions[count.question].answers)
        tally = tallies[count.question].setdefault(count.arm, [0] * answers)
        tally[count.answer] += count.reports
    return tuple(analyse_question(declaration, question, tally) for question, tally in enumerate(tallies))


def comparable_arms(declaration: Declaration) -> Iterator[tuple[int, int]]:
    """Pairs of arms that chance alone has parted: those of one experiment, then each of them with the holdout.

    Arms of different experiments are not compared: a device may be in both.
    """
    experiments: dict[str, list[int]] = {}
    for index, arm in enumerate(declaration.arms):
        if index != HOLDOUT:
            experiments.setdefault(arm.experiment, []).append(index)
    for arms in experiments.values():
        yield from combinations(arms, 2)
        yield from ((arm, HOLDOUT) for arm in arms)
