"""The first table of a question: for each answer, how many of each arm's visits came out so."""

from dataclasses import dataclass

from trimtab.messages import Declaration
from trimtab_server.analyse.results import HOLDOUT, QuestionResult
from trimtab_server.dashboard.bars import Axis, Bar, share_axis
from trimtab_server.dashboard.words import counted, fitting_decimals, percent, percent_span

SLOTS = 6
"""Colours in the stylesheet; arms beyond share them, and every bar has its arm's name beside it."""


@dataclass(frozen=True, slots=True)
class ArmLabel:
    """An arm's name, its colour (0 is the holdout's) and how many reports came from it."""

    name: str
    slot: int
    reports: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One arm's estimate for one answer."""

    arm: ArmLabel
    share: str
    span: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class AnswerShares:
    """One answer, with a row for each arm that has reports."""

    answer: str
    rows: tuple[ShareRow, ...]


@dataclass(frozen=True, slots=True)
class ShareTable:
    """All answers on one axis."""

    axis: Axis
    arms: tuple[ArmLabel, ...]
    answers: tuple[AnswerShares, ...]


def arm_names(declaration: Declaration) -> tuple[str, ...]:
    """Names to show: the experiment's only where there are several."""
    experiments = {arm.experiment for arm in declaration.arms if arm.experiment}
    return tuple(arm.arm if len(experiments) < 2 else str(arm) for arm in declaration.arms)


def share_table(declaration: Declaration, result: QuestionResult) -> ShareTable:
    """Arms in declared order, the holdout last: it is what the others are measured by."""
    order = sorted(result.arms, key=lambda arm: arm.arm == HOLDOUT)
    names = arm_names(declaration)
    labels = {
        arm.arm: ArmLabel(
            names[arm.arm], 0 if arm.arm == HOLDOUT else 1 + (arm.arm - 1) % SLOTS, counted(arm.reports, "report")
        )
        for arm in order
    }
    intervals = [estimate.interval for arm in order for estimate in arm.estimates]
    axis = share_axis(interval.clipped(0, 1) for interval in intervals)
    decimals = min((fitting_decimals(interval) for interval in intervals), default=0)

    def row(arm: int, answer: int) -> ShareRow:
        estimate = result.arms[arm].estimates[answer]
        share, span = percent(estimate.share, decimals), percent_span(estimate.interval, decimals)
        return ShareRow(labels[arm], share, span, axis.bar(estimate.interval, estimate.share))

    answers = tuple(
        AnswerShares(name, tuple(row(arm.arm, index) for arm in order if arm.estimates))
        for index, name in enumerate(declaration.questions[result.question].answers)
    )
    return ShareTable(axis, tuple(labels.values()), answers)
