"""The second table of a question: two arms side by side, and whether their difference can be told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trimtab.messages import Declaration, Named
from trimtab_server.analyse.compared import Compared, Group
from trimtab_server.analyse.differences import Difference, TooFew, Verdict, Waiting
from trimtab_server.analyse.pace import Pace
from trimtab_server.analyse.results import Comparison, QuestionResult
from trimtab_server.dashboard.bars import Axis, Bar
from trimtab_server.dashboard.numbers import arm_names, number_name, unit_of
from trimtab_server.dashboard.units import Unit
from trimtab_server.dashboard.views import OtherViews, other_views, reservation
from trimtab_server.dashboard.words import counted, reports_to_come


@dataclass(frozen=True, slots=True)
class ContrastRow:
    """One number's difference; `settled` says whether the verdict is more than 'cannot tell yet'."""

    name: str
    change: str
    span: str
    bar: Bar
    verdict: Verdict
    settled: bool
    more: str
    views: OtherViews


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two arms, `first` minus `second`. `waiting`: what cannot be compared yet, and why; without reports all of it."""

    first: str
    second: str
    waiting: tuple[str, ...]
    rows: tuple[ContrastRow, ...]


@dataclass(frozen=True, slots=True)
class ContrastTable:
    """All contrasts of a question on one axis."""

    caption: str
    axis: Axis
    contrasts: tuple[Contrast, ...]

    @property
    def told(self) -> "ContrastTable":
        """The differences that are clear, and the pairs of arms that have one."""
        told = (
            replace(pair, waiting=(), rows=tuple(row for row in pair.rows if row.settled)) for pair in self.contrasts
        )
        return replace(self, contrasts=tuple(pair for pair in told if pair.rows))

    @property
    def untold(self) -> "ContrastTable":
        """Everything else: nobody has to see it, and there may be dozens."""
        rest = (replace(pair, rows=tuple(row for row in pair.rows if not row.settled)) for pair in self.contrasts)
        return replace(self, contrasts=tuple(pair for pair in rest if pair.rows or pair.waiting))

    @property
    def summary(self) -> str:
        """'12 comparisons that cannot be told yet', of a table in which none can; what waits for reports is one."""
        lines = sum(len(pair.rows) + len(pair.waiting) for pair in self.contrasts)
        return f"{counted(lines, 'comparison')} that cannot be told yet"


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference between two arms in one number, as far as it can be computed."""

    result: QuestionResult
    comparison: Comparison
    compared: Compared
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
        for compared, difference in zip(result.compared, comparison.numbers, strict=True):
            if isinstance(difference, Difference):
                yield Finding(result, comparison, compared, difference, per_day)


def contrast_table(declaration: Declaration, result: QuestionResult, pace: Pace) -> ContrastTable:
    """One contrast for each comparison, in the analysis' order; none if nothing of the question is compared."""
    question, known = declaration.questions[result.question], list(findings(result, pace))
    intervals = [finding.difference.interval for finding in known]
    unit = unit_of(question, intervals)
    axis, names = unit.change_axis(intervals), arm_names(declaration)
    contrasts = tuple(
        Contrast(
            names[comparison.first],
            names[comparison.second],
            tuple(_waiting(question, result, comparison, names[comparison.first], names[comparison.second])),
            tuple(_row(question, each, axis, unit) for each in known if each.comparison is comparison),
        )
        for comparison in result.comparisons
        if result.compared
    )
    what = "Differences between arms’ averages" if question.values else "Differences between arms"
    return ContrastTable(f"{what}, {unit.of_difference}".rstrip(", "), axis, contrasts)


def _waiting(question: Named, result: QuestionResult, comparison: Comparison, first: str, second: str) -> Iterator[str]:
    """'no reports from static', or which number is missing where; not twice the same."""
    missing = missing_arms(first, second, comparison)
    if missing:
        yield f"no reports from {missing}"
        return
    seen: set[str] = set()
    for compared, number in zip(result.compared, comparison.numbers, strict=True):
        if isinstance(number, TooFew):
            where = " and ".join(name for name, few in ((first, number.first), (second, number.second)) if few)
            text = f"too few visitors {_having(question, compared.group)} in {where} yet"
            if text not in seen:
                seen.add(text)
                yield text


def _having(question: Named, group: Group) -> str:
    """Who is missing: 'with a number', 'with a number in “skimmer”', 'in “skimmer”', 'outside of “skimmer”'."""
    number = "with a number " if question.values else ""
    where = {Group.ALL: "", Group.INSIDE: f"in “{question.by}”", Group.OUTSIDE: f"outside of “{question.by}”"}
    return f"{number}{where[group]}".strip()


def missing_arms(first: str, second: str, comparison: Comparison) -> str:
    """'adaptive', 'adaptive and holdout' or '': the arms of a comparison that no report came from."""
    waiting = next((number for number in comparison.numbers if isinstance(number, Waiting)), None)
    if waiting is None:
        return ""
    missing = [(first, waiting.first_reports), (second, waiting.second_reports)]
    return " and ".join(name for name, reports in missing if reports == 0)


def _row(question: Named, finding: Finding, axis: Axis, unit: Unit) -> ContrastRow:
    difference = finding.difference
    return ContrastRow(
        name=number_name(question, finding.compared),
        change=unit.change(difference.value),
        span=unit.change_span(difference.interval),
        bar=axis.bar(difference.interval, difference.value),
        verdict=difference.verdict,
        settled=finding.settled,
        more=": ".join(filter(None, (reservation(difference), finding.to_come))),
        views=other_views(difference, unit),
    )
