"""The second table of a question: two arms side by side, and whether their difference can be told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trimtab.messages import Declaration
from trimtab_server.analyse.differences import Difference, Verdict, Waiting
from trimtab_server.analyse.pace import Pace
from trimtab_server.analyse.results import Comparison, QuestionResult
from trimtab_server.dashboard.bars import Axis, Bar, difference_axis
from trimtab_server.dashboard.shares import arm_names
from trimtab_server.dashboard.views import OtherViews, other_views, reservation
from trimtab_server.dashboard.words import fitting_decimals, points, points_span, reports_to_come


@dataclass(frozen=True, slots=True)
class ContrastRow:
    """One answer's difference; `settled` says whether the verdict is more than 'cannot tell yet'."""

    answer: str
    change: str
    span: str
    bar: Bar
    verdict: Verdict
    settled: bool
    more: str
    views: OtherViews


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two arms, `first` minus `second`; no rows while `waiting` names the arms without reports."""

    first: str
    second: str
    waiting: str
    rows: tuple[ContrastRow, ...]


@dataclass(frozen=True, slots=True)
class ContrastTable:
    """All contrasts of a question on one axis."""

    axis: Axis
    contrasts: tuple[Contrast, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference between two arms in one answer, as far as it can be computed."""

    result: QuestionResult
    comparison: Comparison
    answer: int
    difference: Difference
    reports_per_day: float

    @property
    def settled(self) -> bool:
        """Whether more can be said than 'cannot tell yet'."""
        return self.difference.verdict is not Verdict.CANNOT_TELL

    @property
    def clearness(self) -> float:
        """How far zero is from the middle of the interval, in units of its width."""
        width = self.difference.interval.high - self.difference.interval.low
        return abs(self.difference.value) / width if width else 0.0

    @property
    def to_come(self) -> str:
        """What it would take to settle a difference of the present size; nothing if it is settled."""
        more = self.difference.more_reports
        return "" if more is None else reports_to_come(more, self.reports_per_day)


def findings(result: QuestionResult, pace: Pace) -> Iterator[Finding]:
    """Every difference worth a line that has an interval, in the order of the analysis."""
    for comparison in result.comparisons:
        arms = (comparison.first, comparison.second)
        per_day = sum(pace.get((result.question, arm), 0.0) for arm in arms)
        for answer, difference in zip(result.told, comparison.answers, strict=True):
            if isinstance(difference, Difference):
                yield Finding(result, comparison, answer, difference, per_day)


def contrast_table(declaration: Declaration, result: QuestionResult, pace: Pace) -> ContrastTable:
    """One contrast for each comparison, in the analysis' order."""
    known = list(findings(result, pace))
    intervals = [finding.difference.interval for finding in known]
    axis = difference_axis(interval.clipped(-1, 1) for interval in intervals)
    decimals = min(map(fitting_decimals, intervals), default=0)
    names, answers = arm_names(declaration), declaration.questions[result.question].answers
    contrasts = []
    for comparison in result.comparisons:
        first, second = names[comparison.first], names[comparison.second]
        rows = [_row(answers, each, axis, decimals) for each in known if each.comparison is comparison]
        contrasts.append(Contrast(first, second, missing_arms(first, second, comparison), tuple(rows)))
    return ContrastTable(axis, tuple(contrasts))


def missing_arms(first: str, second: str, comparison: Comparison) -> str:
    """'adaptive', 'adaptive and holdout' or '': the arms of a comparison that no report came from."""
    waiting = next((answer for answer in comparison.answers if isinstance(answer, Waiting)), None)
    if waiting is None:
        return ""
    missing = [(first, waiting.first_reports), (second, waiting.second_reports)]
    return " and ".join(name for name, reports in missing if reports == 0)


def _row(answers: Sequence[str], finding: Finding, axis: Axis, decimals: int) -> ContrastRow:
    difference = finding.difference
    return ContrastRow(
        answer=answers[finding.answer],
        change=points(difference.value, decimals),
        span=points_span(difference.interval, decimals),
        bar=axis.bar(difference.interval, difference.value),
        verdict=difference.verdict,
        settled=finding.settled,
        more=": ".join(filter(None, (reservation(difference), finding.to_come))),
        views=other_views(difference, decimals),
    )
