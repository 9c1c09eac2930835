"""The one sentence at the top, for somebody who sells shoes: what is known, or that it is not known yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from trimtab.messages import Declaration
from trimtab_server.analyse.compared import Group, own_answers
from trimtab_server.analyse.differences import NoPlan, Verdict
from trimtab_server.analyse.pace import Pace
from trimtab_server.analyse.results import Comparison, QuestionResult
from trimtab_server.dashboard.contrasts import Finding, findings, missing_arms
from trimtab_server.dashboard.numbers import arm_names, number_name, unit_of
from trimtab_server.dashboard.words import counted

SHOWN = 3
"""Findings in full; how many more there are is said, and the tables have them."""


TAKEN_FOR_GRANTED = (
    "This takes each report for another visitor’s. If the same ones return often, it may still be chance."
)


NO_NUMBERS = "Too few visitors with a number yet, so there is nothing to compare with."


@dataclass(frozen=True, slots=True)
class Headline:
    """`title` in large letters, `lines` below; `settled` if something can be told."""

    title: str
    lines: tuple[str, ...]
    settled: bool = False


def headline(declaration: Declaration, results: Sequence[QuestionResult], pace: Pace) -> Headline:
    """What to say of a policy at first sight."""
    reports = sum(result.reports for result in results)
    if not results:
        return Headline("This policy asks no question.", ("So no device will send a report, and nothing can be told.",))
    if reports == 0:
        wait = "They come when a visitor who agreed to share leaves the site. There is nothing to do but wait."
        return Headline("No reports yet.", (wait,))
    known = [finding for result in results for finding in findings(result, pace)]
    settled = clearest(known)
    if not settled:
        so_far = f"{counted(reports, 'report')} so far."
        return Headline("Cannot tell yet.", (f"{so_far} {outlook(declaration, results, known)}",))
    title, how_much = describe(declaration, settled[0])
    others = [" ".join(describe(declaration, finding)) for finding in settled[1:SHOWN]]
    hidden = len(settled) - SHOWN
    more = [f"{counted(hidden, 'more finding')} below."] if hidden > 0 else []
    if not all(finding.difference.firm for finding in settled[:SHOWN]):
        more.append(TAKEN_FOR_GRANTED)
    return Headline(title, (how_much, *others, *more), settled=True)


def clearest(known: Sequence[Finding]) -> list[Finding]:
    """Of each comparison the clearest settled answer: where more visits end one way, fewer must end another."""
    best: dict[tuple[int, int, int], Finding] = {}
    for finding in known:
        key = (finding.result.question, finding.comparison.first, finding.comparison.second)
        if finding.settled and (key not in best or finding.clearness > best[key].clearness):
            best[key] = finding
    return sorted(best.values(), key=lambda finding: -finding.clearness)


def describe(declaration: Declaration, finding: Finding) -> tuple[str, str]:
    """A finding in two sentences: what, and how much."""
    names, question = arm_names(declaration), declaration.questions[finding.result.question]
    first, second = names[finding.comparison.first], names[finding.comparison.second]
    found, compared = finding.difference, finding.compared
    among = {Group.ALL: "", Group.INSIDE: f" in “{question.by}”", Group.OUTSIDE: f" outside of “{question.by}”"}
    where = among[compared.group]
    if compared.answer is None:
        more = "higher" if found.verdict is Verdict.HIGHER else "lower"
        what = f"The average of “{question.name}”{where} is {more} with {first} than with {second}."
    else:
        more = "More" if found.verdict is Verdict.HIGHER else "Fewer"
        answer = f"“{own_answers(question)[compared.answer]}”"
        what = f"{more} visits{where} end in {answer} with {first} than with {second}."
    unit = unit_of(question, [found.interval])
    one, two = unit.one(found.first.value), unit.one(found.second.value)
    change = unit.named(unit.change(found.value))
    span = unit.change_span(found.interval, "and")
    return what, f"In “{question.name}”: {one} against {two}. That is {change}, likely between {span}."


def _missing(declaration: Declaration, comparison: Comparison) -> str:
    names = arm_names(declaration)
    return missing_arms(names[comparison.first], names[comparison.second], comparison)


def outlook(declaration: Declaration, results: Sequence[QuestionResult], known: Sequence[Finding]) -> str:
    """What it would take, while nothing can be told."""
    names = arm_names(declaration)
    if not any(result.comparisons for result in results):
        return "This policy has nothing to compare: no experiment, and no arm beside the holdout."
    comparisons = [comparison for result in results for comparison in result.comparisons if comparison.numbers]
    if not comparisons:
        return "This policy asks for maps alone, and those are not compared."
    if not known:
        missing = _missing(declaration, comparisons[0])
        return f"None yet from {missing}, so there is nothing to compare with." if missing else NO_NUMBERS
    chance = "Every difference between the arms may still be chance."
    plans = [(finding.difference.more_reports, finding) for finding in known]
    reachable = [(more, finding) for more, finding in plans if isinstance(more, int)]
    if reachable:
        _, nearest = min(reachable, key=lambda plan: plan[0])
        number = number_name(declaration.questions[nearest.result.question], nearest.compared)
        arms = f"{names[nearest.comparison.first]} against {names[nearest.comparison.second]}"
        return f"{chance} The nearest to a result is “{number}”, {arms}: {nearest.to_come}."
    if any(more is NoPlan.TOO_FEW for more, _ in plans):
        return f"{chance} It is too early to say how many more reports it takes."
    return f"{chance} The arms look so much alike that no realistic number of reports would tell them apart."
