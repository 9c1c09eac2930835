"""The numbers of a page of the dashboard as plain JSON: shares and differences of shares from 0 to 1, averages in
the question's unit, unrounded.
"""

from collections.abc import Sequence
from typing import Any, Final

from trimtab.messages import Declaration, Named
from trimtab.privacy.budget import MONTH_DAYS
from trimtab_server.analyse.arrivals import Arrivals, check_arrivals
from trimtab_server.analyse.cells import CellMap, Standing
from trimtab_server.analyse.compared import Compared, own_answers
from trimtab_server.analyse.differences import Difference, NoPlan, TooFew, Waiting, fakes_to_undo
from trimtab_server.analyse.fakes import most_moved
from trimtab_server.analyse.intervals import LEVEL, Interval, Z
from trimtab_server.analyse.pace import Pace, reports_per_day
from trimtab_server.analyse.quantities import Quantity
from trimtab_server.analyse.results import Comparison, QuestionResult, analyse_policy
from trimtab_server.analyse.returning import BORNE
from trimtab_server.analyse.totals import count_reports
from trimtab_server.dashboard.headline import headline
from trimtab_server.dashboard.page import unmixed
from trimtab_server.dashboard.views import FAKES
from trimtab_server.days import as_date
from trimtab_server.store.counting import Count
from trimtab_server.store.policies import StoredPolicy

FIGURES_VERSION: Final = 2

INTERVALS: Final = {
    "level": LEVEL,
    "at_all_times": ["comparisons.interval", "comparisons.lift", "comparisons.if_visitors_return", "arms.map"],
    "for_one_look": ["comparisons.one_look", "together", "arms.shares", "arms.segment", "arms.compared"],
    "reports_of_a_device": BORNE,
    "days_between_them": MONTH_DAYS,
}
"""What each of a question's intervals holds for, and how many reports of a device about the same all of them bear."""


def site_figures(
    policies: Sequence[StoredPolicy], policy: StoredPolicy, counts: Sequence[Count], today: int
) -> dict[str, Any]:
    """One of a site's policies; they stand the latest first.

    A missing number is null: no estimate without a report, no interval without a bound.
    """
    declaration = policy.declaration
    results, totals = analyse_policy(declaration, counts), count_reports(declaration, counts)
    pace = reports_per_day(totals, today)
    said = headline(declaration, results, pace)
    return {
        "site": policy.site,
        "policy": declaration.hash,
        "since": _day(policy),
        "latest": policy == policies[0],
        "policies": [{"policy": each.declaration.hash, "since": _day(each)} for each in policies],
        "unmixed": unmixed(policies, policy) or None,
        "simulated": declaration.simulated,
        "reports": sum(totals.values()),
        "headline": {"title": said.title, "lines": list(said.lines), "settled": said.settled},
        "noise": dict(zip("ab", declaration.noise, strict=True)),
        "arrivals": _arrivals(declaration, check_arrivals(declaration, totals)),
        "intervals": INTERVALS,
        "questions": [_question(declaration, result, pace) for result in results],
    }


def _day(policy: StoredPolicy) -> str:
    return as_date(policy.first_day).isoformat()


def _arrivals(declaration: Declaration, arrivals: Arrivals) -> dict[str, Any]:
    return {
        "arms": [str(arm) for arm in declaration.arms],
        "reports": list(arrivals.reports),
        "expected": list(arrivals.expected),
        "chance": arrivals.chance,
        "clearest_month": None if arrivals.month is None else as_date(arrivals.month).isoformat(),
        "verdict": arrivals.verdict.value,
    }


def _question(declaration: Declaration, result: QuestionResult, pace: Pace) -> dict[str, Any]:
    asked, mechanism = declaration.questions[result.question], result.mechanism
    return {
        "question": asked.name,
        "kind": asked.kind,
        "unit": asked.unit or None,
        "by": asked.by or None,
        "answers": list(asked.answers),
        "width": mechanism.width,
        "keep": str(mechanism.keep),
        "stray": str(mechanism.stray),
        "together": [_estimate(each.share, each.interval) for each in result.together],
        "arms": [
            {
                "arm": str(declaration.arms[arm.arm]),
                "reports": arm.reports,
                "shares": [_estimate(each.share, each.interval) for each in arm.estimates],
                "segment": _number(arm.size),
                "map": _map(asked, arm.map),
                "compared": [
                    _named(asked, each) | {"number": _number(number)}
                    for each, number in zip(result.compared, arm.numbers, strict=True)
                ],
            }
            for arm in result.arms
        ],
        "comparisons": [_comparison(declaration, result, each, pace) for each in result.comparisons],
    }


def _comparison(declaration: Declaration, result: QuestionResult, pair: Comparison, pace: Pace) -> dict[str, Any]:
    asked = declaration.questions[result.question]
    per_day = sum(pace.get((result.question, arm), 0.0) for arm in (pair.first, pair.second))
    return {
        "first": str(declaration.arms[pair.first]),
        "second": str(declaration.arms[pair.second]),
        "reports_per_day": per_day,
        "answers": [
            _named(asked, compared) | _difference(each)
            for compared, each in zip(result.compared, pair.numbers, strict=True)
        ],
    }


def _map(asked: Named, found: CellMap | None) -> dict[str, Any] | None:
    """The cells that stand out; their intervals hold for all cells together, at all times."""
    if found is None:
        return None
    clear = [cell for cell in found.cells if cell.standing is not Standing.NOT_TOLD]
    return {
        "even": found.even,
        "clear": [
            {"answer": asked.answers[cell.answer], "standing": cell.standing.value}
            | _estimate(cell.share, cell.interval)
            for cell in clear
        ],
    }


def _named(asked: Named, compared: Compared) -> dict[str, Any]:
    """Which number it is. `answer` null: the average."""
    answer = None if compared.answer is None else own_answers(asked)[compared.answer]
    return {"answer": answer, "among": compared.group.value}


def _number(number: Quantity | None) -> dict[str, Any] | None:
    return None if number is None else {"value": number.value, "interval": _span(number.around(Z))}


def _difference(each: Difference | TooFew | Waiting) -> dict[str, Any]:
    if isinstance(each, TooFew):
        return {"verdict": "cannot tell yet", "too_few_in": [each.first, each.second]}
    if isinstance(each, Waiting):
        return {"verdict": "cannot tell yet", "waiting": [each.first_reports, each.second_reports]}
    plan = each.more_reports
    return {
        "difference": each.value,
        "interval": _span(each.interval),
        "verdict": each.verdict.value,
        "firm": each.firm,
        "chance": each.chance,
        "corrected": each.corrected,
        "comparisons": each.company,
        "more_reports": None if isinstance(plan, NoPlan) else plan,
        "no_plan": plan.value if isinstance(plan, NoPlan) else None,
        "lift": _span(each.lift),
        "one_look": _span(each.single),
        "belief": None
        if each.belief is None
        else {"higher": each.belief.higher, "interval": _span(each.belief.interval)},
        "if_visitors_return": _span(each.returning),
        "made_up": _made_up(each),
    }


def _made_up(each: Difference) -> dict[str, Any]:
    moved = most_moved(each.first, each.second, FAKES)
    return {"reports": FAKES, "move_at_most": moved, "undo_verdict": fakes_to_undo(each)}


def _estimate(value: float, interval: Interval) -> dict[str, Any]:
    return {"share": value, "interval": _span(interval)}


def _span(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]
