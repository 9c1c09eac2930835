"""One question of one policy, whole: every arm's answers and every comparison worth making."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from trimtab.messages import Declaration, Named
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.scales import NO_ANSWER
from trimtab_server.analyse.differences import Difference, Waiting, measure, settle
from trimtab_server.analyse.estimates import Estimate, answer_share, estimate_answers
from trimtab_server.analyse.returning import further_reports
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
    """Two arms side by side: `first` minus `second`, one entry for each of the question's told answers."""

    first: int
    second: int
    answers: tuple[Difference | Waiting, ...]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """All that the reports to one question say. `together` are estimates over all arms: how many visits ended so.

    `told`: the answers that are compared.
    """

    question: int
    mechanism: SubsetSelection
    arms: tuple[ArmResult, ...]
    together: tuple[Estimate, ...]
    told: tuple[int, ...]
    comparisons: tuple[Comparison, ...]

    @property
    def reports(self) -> int:
        """From all arms together."""
        return sum(arm.reports for arm in self.arms)


@dataclass(frozen=True, slots=True)
class Period:
    """How long a policy was asked about, and what part of all reports answered this question."""

    days: int
    part: float

    def further(self, declaration: Declaration, arm: int) -> float:
        """How many other reports of the same device are in an arm's count, at worst."""
        experiments = {each.experiment for each in declaration.arms if each.experiment}
        drawn = 1 if arm == HOLDOUT else 1 / max(len(experiments), 1)
        return further_reports(self.days, self.part * drawn)


ONE_DAY: Final = Period(1, 1.0)


def analyse_question(
    declaration: Declaration, question: int, counts: ByArm, period: Period = ONE_DAY
) -> QuestionResult:
    """Estimates for every arm, and the differences that `comparable_arms` names, settled among themselves."""
    return settle_all([_measured(declaration, question, counts, period)])[0]


def analyse_policy(declaration: Declaration, counts: Iterable[Count]) -> tuple[QuestionResult, ...]:
    """A result for each question of the policy, in order; the days' counts are added up, and all settled together."""
    tallies: list[dict[int, list[int]]] = [{} for _ in declaration.questions]
    days = set()
    for count in counts:
        answers = len(declaration.questions[count.question].answers)
        tally = tallies[count.question].setdefault(count.arm, [0] * answers)
        tally[count.answer] += count.reports
        days.add(count.day)
    asked = [
        sum(map(sum, tally.values())) // question.width
        for question, tally in zip(declaration.questions, tallies, strict=True)
    ]
    span = max(days) - min(days) + 1 if days else 0
    periods = [Period(span, reports / max(sum(asked), 1)) for reports in asked]
    return settle_all([_measured(declaration, index, tally, periods[index]) for index, tally in enumerate(tallies)])


def settle_all(results: Sequence[QuestionResult]) -> tuple[QuestionResult, ...]:
    """The same results, with verdicts that hold for all of their comparisons together."""
    measured = [
        answer
        for result in results
        for comparison in result.comparisons
        for answer in comparison.answers
        if isinstance(answer, Difference)
    ]
    settled = iter(settle(measured))
    return tuple(
        replace(result, comparisons=tuple(_with_verdicts(each, settled) for each in result.comparisons))
        for result in results
    )


def told_answers(question: Named) -> tuple[int, ...]:
    """All answers; of two, only the one that is not 'none', because the other one's difference is its mirror image."""
    if len(question.answers) == 2 and NO_ANSWER in question.answers:
        return (1 - question.answers.index(NO_ANSWER),)
    return tuple(range(len(question.answers)))


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


def _measured(declaration: Declaration, question: int, counts: ByArm, period: Period) -> QuestionResult:
    asked = declaration.questions[question]
    answers = len(asked.answers)
    a, b = declaration.noise
    mechanism = SubsetSelection(answers, asked.width, a, b)
    by_arm = [counts.get(arm, (0,) * answers) for arm in range(len(declaration.arms))]
    told = told_answers(asked)

    def compared(first: int, second: int) -> Comparison:
        one, two = by_arm[first], by_arm[second]
        reports = Waiting(sum(one) // asked.width, sum(two) // asked.width)
        if not (reports.first_reports and reports.second_reports):
            return Comparison(first, second, (reports,) * len(told))
        further = (period.further(declaration, first), period.further(declaration, second))
        pairs = ((answer_share(mechanism, one, answer), answer_share(mechanism, two, answer)) for answer in told)
        return Comparison(first, second, tuple(measure(*pair, further) for pair in pairs))

    return QuestionResult(
        question=question,
        mechanism=mechanism,
        arms=tuple(
            ArmResult(arm, sum(given) // asked.width, estimate_answers(mechanism, given))
            for arm, given in enumerate(by_arm)
        ),
        together=estimate_answers(mechanism, [sum(given) for given in zip(*by_arm, strict=True)]),
        told=told,
        comparisons=tuple(compared(first, second) for first, second in comparable_arms(declaration)),
    )


def _with_verdicts(comparison: Comparison, settled: Iterator[Difference]) -> Comparison:
    answers = (next(settled) if isinstance(answer, Difference) else answer for answer in comparison.answers)
    return replace(comparison, answers=tuple(answers))
