"""One question of one policy, whole: every arm's answers and every comparison worth making."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from trimtab.messages import Declaration
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.scales import QuestionKind
from trimtab_server.analyse.cells import CellMap, cell_map
from trimtab_server.analyse.compared import Compared, compared_in, segment_size
from trimtab_server.analyse.differences import Difference, TooFew, Waiting, measure, settle
from trimtab_server.analyse.estimates import Estimate, estimate_answers
from trimtab_server.analyse.quantities import Mean, Quantity
from trimtab_server.analyse.returning import Again, ByDay, again
from trimtab_server.store.counting import Count

HOLDOUT: Final = 0
"""Arm 0 of every declaration: devices that see no adjustment and join no experiment."""

type ByArm = Mapping[int, Sequence[int]]
"""By arm: how many reports told each answer. An arm without reports may be missing."""


@dataclass(frozen=True, slots=True)
class ArmResult:
    """What one arm answered; `estimates` has one entry for each answer, none without a report.

    `numbers`: one for each that is compared, None while too few visitors have it; `size`: the share of visitors in the
    question's segment, None if it has none or nobody reported; `map`: where attention went, for a question of cells.

    All but the map are for one look; `again`: reports of the same devices among them.
    """

    arm: int
    reports: int
    again: Again
    estimates: tuple[Estimate, ...]
    numbers: tuple[Quantity | None, ...]
    size: Mean | None
    map: CellMap | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two arms side by side: `first` minus `second`, one entry for each number that is compared."""

    first: int
    second: int
    numbers: tuple[Difference | TooFew | Waiting, ...]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """All that the reports to one question say. `together` are estimates over all arms: how many visits ended so."""

    question: int
    mechanism: SubsetSelection
    arms: tuple[ArmResult, ...]
    together: tuple[Estimate, ...]
    compared: tuple[Compared, ...]
    comparisons: tuple[Comparison, ...]

    @property
    def reports(self) -> int:
        """From all arms together."""
        return sum(arm.reports for arm in self.arms)


def analyse_question(
    declaration: Declaration, question: int, counts: ByArm, dated: Mapping[int, ByDay] | None = None
) -> QuestionResult:
    """Estimates for every arm, and the differences that `comparable_arms` names, settled among themselves.

    `dated`: by arm, how many reports came on which day; left out, all came on one.
    """
    return settle_all([_measured(declaration, question, counts, dated or {})])[0]


def analyse_policy(declaration: Declaration, counts: Collection[Count]) -> tuple[QuestionResult, ...]:
    """A result for each question of the policy, in order; the days' counts are added up, and all settled together."""
    tallies: list[dict[int, list[int]]] = [{} for _ in declaration.questions]
    dated: list[dict[int, Counter[int]]] = [{} for _ in declaration.questions]
    for count in counts:
        answers = len(declaration.questions[count.question].answers)
        tally = tallies[count.question].setdefault(count.arm, [0] * answers)
        tally[count.answer] += count.reports
        # Told answers, a report's width each: in proportion to the reports, which is all that matters here.
        dated[count.question].setdefault(count.arm, Counter())[count.day] += count.reports
    each = enumerate(zip(tallies, dated, strict=True))
    return settle_all([_measured(declaration, index, tally, days) for index, (tally, days) in each])


def settle_all(results: Sequence[QuestionResult]) -> tuple[QuestionResult, ...]:
    """The same results, with verdicts that hold for all of their comparisons together."""
    measured = [
        number
        for result in results
        for comparison in result.comparisons
        for number in comparison.numbers
        if isinstance(number, Difference)
    ]
    settled = iter(settle(measured))
    return tuple(
        replace(result, comparisons=tuple(_with_verdicts(each, settled) for each in result.comparisons))
        for result in results
    )


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


def _measured(declaration: Declaration, question: int, counts: ByArm, dated: Mapping[int, ByDay]) -> QuestionResult:
    asked = declaration.questions[question]
    answers = len(asked.answers)
    a, b = declaration.noise
    mechanism = SubsetSelection(answers, asked.width, a, b)
    by_arm = [counts.get(arm, (0,) * answers) for arm in range(len(declaration.arms))]
    compared = compared_in(asked)
    together = len(declaration.experiments)

    def arm_result(arm: int, given: Sequence[int]) -> ArmResult:
        others = again(dated.get(arm, {}), together if arm == HOLDOUT else 1)
        further = others.one_look
        return ArmResult(
            arm=arm,
            reports=sum(given) // asked.width,
            again=others,
            estimates=estimate_answers(mechanism, given, further),
            numbers=tuple(each.of(mechanism, given, further) for each in compared),
            size=segment_size(asked, mechanism, given, further) if asked.by else None,
            map=cell_map(mechanism, given, others.verdict) if asked.kind == QuestionKind.CELL else None,
        )

    arms = tuple(arm_result(arm, given) for arm, given in enumerate(by_arm))
    every = [sum(given) for given in zip(*by_arm, strict=True)]
    every_day = sum((Counter(by_day) for by_day in dated.values()), Counter())
    return QuestionResult(
        question=question,
        mechanism=mechanism,
        arms=arms,
        together=estimate_answers(mechanism, every, again(every_day, together).one_look),
        compared=compared,
        comparisons=tuple(_compared(arms[first], arms[second]) for first, second in comparable_arms(declaration)),
    )


def _compared(first: ArmResult, second: ArmResult) -> Comparison:
    if not (first.reports and second.reports):
        waiting = Waiting(first.reports, second.reports)
        return Comparison(first.arm, second.arm, (waiting,) * len(first.numbers))
    pairs = zip(first.numbers, second.numbers, strict=True)
    return Comparison(
        first.arm,
        second.arm,
        tuple(
            TooFew(one is None, two is None)
            if one is None or two is None
            else measure(one, two, (first.again, second.again))
            for one, two in pairs
        ),
    )


def _with_verdicts(comparison: Comparison, settled: Iterator[Difference]) -> Comparison:
    numbers = (next(settled) if isinstance(number, Difference) else number for number in comparison.numbers)
    return replace(comparison, numbers=tuple(numbers))
