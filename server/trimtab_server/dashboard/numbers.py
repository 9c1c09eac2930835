"""The tables of a question's numbers, arm by arm: how visits ended, averages, and both within a segment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from trimtab.messages import Declaration, Named
from trimtab.scales import QuestionKind
from trimtab_server.analyse.compared import Compared, Group, own_answers
from trimtab_server.analyse.intervals import Interval, Z
from trimtab_server.analyse.quantities import Quantity
from trimtab_server.analyse.results import HOLDOUT, QuestionResult
from trimtab_server.dashboard.bars import Axis, Bar
from trimtab_server.dashboard.units import Amounts, Shares, Unit
from trimtab_server.dashboard.words import counted

SLOTS = 6
"""Colours in the stylesheet; arms beyond share them, and every bar has its arm's name beside it."""

NOT_YET: Final = "too few yet"

HOW_VISITS_ENDED: Final = "How visits ended, in percent of each arm’s visits"

OTHER_PEOPLE: Final = (
    "Within a segment and outside of it, arms are compared among their own visitors there. A change that itself moves"
    " visitors into “{segment}” or out of it compares different people: see first whether the segment is as large in"
    " all arms."
)


@dataclass(frozen=True, slots=True)
class ArmLabel:
    """An arm's name, its colour (0 is the holdout's) and how many reports came from it."""

    name: str
    slot: int
    reports: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One arm's number; without a bar it is not known yet."""

    arm: ArmLabel
    value: str
    span: str
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class NumberRows:
    """One answer or average, with a row for each arm that has reports."""

    name: str
    rows: tuple[NumberRow, ...]


@dataclass(frozen=True, slots=True)
class NumberTable:
    """Numbers on one axis. `first` and `column` are the heads of the names and of the numbers."""

    caption: str
    first: str
    column: str
    axis: Axis
    numbers: tuple[NumberRows, ...]

    @property
    def drawn(self) -> bool:
        """Whether anything is on the axis."""
        return any(row.bar for number in self.numbers for row in number.rows)


type Known = tuple[float, Interval] | None
"""A number and its interval; None while too few visitors have it."""


def arm_names(declaration: Declaration) -> tuple[str, ...]:
    """Names to show: the experiment's only where there are several."""
    experiments = {arm.experiment for arm in declaration.arms if arm.experiment}
    return tuple(arm.arm if len(experiments) < 2 else str(arm) for arm in declaration.arms)


def arm_labels(declaration: Declaration, result: QuestionResult) -> dict[int, ArmLabel]:
    """Arms in declared order, the holdout last: it is what the others are measured by."""
    names = arm_names(declaration)
    return {
        arm.arm: ArmLabel(
            names[arm.arm], 0 if arm.arm == HOLDOUT else 1 + (arm.arm - 1) % SLOTS, counted(arm.reports, "report")
        )
        for arm in sorted(result.arms, key=lambda arm: arm.arm == HOLDOUT)
    }


def number_name(question: Named, compared: Compared) -> str:
    """'read', 'average', 'read, if skimmer'."""
    name = "average" if compared.answer is None else own_answers(question)[compared.answer]
    match compared.group:
        case Group.ALL:
            return name
        case Group.INSIDE:
            return f"{name}, if {question.by}"
        case Group.OUTSIDE:
            return f"{name}, if not {question.by}"


def unit_of(question: Named, intervals: Sequence[Interval]) -> Unit:
    """How the numbers that this question compares are written."""
    return Amounts.fitting(question.unit, question.values, intervals) if question.values else Shares.fitting(intervals)


def number_tables(declaration: Declaration, result: QuestionResult) -> Iterator[NumberTable]:
    """What is shown at once: averages and the segment's size first. Nothing before the first report, nor of cells."""
    question, labels = declaration.questions[result.question], arm_labels(declaration, result)
    if result.reports == 0 or question.kind == QuestionKind.CELL:
        return
    if question.by:
        sizes = {arm: result.arms[arm].size for arm in labels if result.arms[arm].reports}
        known: dict[int, Known] = {arm: _known(size) for arm, size in sizes.items()}
        caption = f"Visitors in “{question.by}”, in percent of each arm’s"
        yield _table(caption, "Segment", "Share", [(question.by, known)], labels, None)
    if question.by or question.values:
        yield _compared_table(question, result, labels)
    if not question.by:
        yield answer_table(declaration, result)


def answer_table(declaration: Declaration, result: QuestionResult) -> NumberTable:
    """The share of each answer; with a segment, of both together."""
    question, labels = declaration.questions[result.question], arm_labels(declaration, result)
    rows: list[tuple[str, dict[int, Known]]] = [
        (
            name,
            {
                arm: (result.arms[arm].estimates[index].share, result.arms[arm].estimates[index].interval)
                for arm in labels
                if result.arms[arm].reports
            },
        )
        for index, name in enumerate(question.answers)
    ]
    return _table(HOW_VISITS_ENDED, "Answer", "Share", rows, labels, None)


def _compared_table(question: Named, result: QuestionResult, labels: dict[int, ArmLabel]) -> NumberTable:
    rows = []
    for index, compared in enumerate(result.compared):
        numbers = {arm: result.arms[arm].numbers[index] for arm in labels if result.arms[arm].reports}
        known: dict[int, Known] = {arm: _known(found) for arm, found in numbers.items()}
        rows.append((number_name(question, compared), known))
    if not question.values:
        caption = f"How visits ended within “{question.by}” and outside of it, in percent of the visits there"
        return _table(caption, "Answer", "Share", rows, labels, None)
    unit = unit_of(question, [each[1] for _, arms in rows for each in arms.values() if each])
    of = f", {unit.of_difference}" if unit.of_difference else ""
    return _table(f"Average of the visitors who have a number{of}", "Number", "Average", rows, labels, unit)


def _known(number: Quantity | None) -> Known:
    return None if number is None else (number.value, number.around(Z))


def _table(
    caption: str,
    first: str,
    column: str,
    rows: Sequence[tuple[str, dict[int, Known]]],
    labels: dict[int, ArmLabel],
    unit: Unit | None,
) -> NumberTable:
    intervals = [each[1] for _, arms in rows for each in arms.values() if each]
    written: Unit = unit or Shares.fitting(intervals)
    axis = written.axis(intervals)

    def row(arm: int, known: Known) -> NumberRow:
        if known is None:
            return NumberRow(labels[arm], NOT_YET, "", None)
        value, interval = known
        return NumberRow(labels[arm], written.one(value), written.span(interval), axis.bar(interval, value))

    numbers = tuple(NumberRows(name, tuple(row(arm, known) for arm, known in arms.items())) for name, arms in rows)
    return NumberTable(caption, first, column, axis, numbers)
