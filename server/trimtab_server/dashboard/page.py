"""Everything that the page of a site shows, as values; made from the store's counts and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trimtab.messages import Declaration
from trimtab.privacy.budget import MONTH_DAYS, REPORTS_A_DAY, REPORTS_A_MONTH
from trimtab.privacy.mechanisms import SubsetSelection, epsilon
from trimtab_server.analyse.arrivals import check_arrivals
from trimtab_server.analyse.pace import Pace, reports_per_day
from trimtab_server.analyse.results import QuestionResult, analyse_policy
from trimtab_server.analyse.totals import count_reports
from trimtab_server.dashboard.balance import Balance, balance
from trimtab_server.dashboard.contrasts import ContrastTable, contrast_table
from trimtab_server.dashboard.headline import Headline, headline
from trimtab_server.dashboard.maps import ArmMap, arm_maps
from trimtab_server.dashboard.numbers import (
    OTHER_PEOPLE,
    ArmLabel,
    NumberTable,
    answer_table,
    arm_labels,
    number_tables,
)
from trimtab_server.dashboard.timeline import Timeline, timeline
from trimtab_server.dashboard.words import counted, day_name
from trimtab_server.store.counting import Count
from trimtab_server.store.policies import StoredPolicy

ASKED_BEFORE: Final = (
    f"A device that answered under an older one is not asked the same question about the same experiment again for"
    f" {MONTH_DAYS} days: till then, these are answers of others."
)
"""`budget.pair_of` goes by names, so whoever changes a policy gets no more out of a device. New visitors may be unlike
the old ones."""

MADE_UP: Final = "Made-up visitors. trimtab simulate sent these reports, and no person is behind any of them."


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question: what a report tells ('the true answer in 8 of 11 cases, else …'), its numbers and differences.

    `aside`: tables that are folded away; `maps`: of cells, in place of tables; `note`: what to bear in mind.
    """

    name: str
    told: str
    arms: tuple[ArmLabel, ...]
    numbers: tuple[NumberTable, ...]
    aside: tuple[NumberTable, ...]
    maps: tuple[ArmMap, ...]
    note: str
    contrasts: ContrastTable


@dataclass(frozen=True, slots=True)
class PolicyLink:
    """A policy that can be chosen."""

    hash: str
    since: str
    chosen: bool
    latest: bool


@dataclass(frozen=True, slots=True)
class Noise:
    """What one report can reveal, and what all of one device's can; `epsilon`s are rounded up."""

    a: int
    b: int
    ratio: str
    epsilon: str
    epsilon_all: str
    certainty: str
    a_day: str
    at_most: str
    days: int


@dataclass(frozen=True, slots=True)
class SitePage:
    """The page of one site, for one of its policies. `made_up`: what to say above all else if no visitor was real.

    `unmixed`: what to say if the policy was changed: of which policy the numbers are.
    """

    site: str
    policy: str
    as_of: str
    reports: str
    comparisons: int
    headline: Headline
    questions: tuple[QuestionView, ...]
    timeline: Timeline
    balance: Balance
    noise: Noise
    policies: tuple[PolicyLink, ...]
    outdated: bool
    unmixed: str
    made_up: str


def site_page(policies: Sequence[StoredPolicy], chosen: StoredPolicy, counts: Sequence[Count], today: int) -> SitePage:
    """`policies` are all of the site, the latest first; `counts` are those of the chosen one alone."""
    declaration, latest = chosen.declaration, policies[0]
    results, totals = analyse_policy(declaration, counts), count_reports(declaration, counts)
    pace = reports_per_day(totals, today)
    questions = tuple(_question(declaration, result, pace) for result in results)
    links = tuple(
        PolicyLink(policy.declaration.hash, day_name(policy.first_day), policy == chosen, policy == latest)
        for policy in policies
    )
    return SitePage(
        site=chosen.site,
        policy=declaration.policy,
        as_of=day_name(today),
        reports=counted(sum(result.reports for result in results), "report"),
        comparisons=sum(len(contrast.rows) for question in questions for contrast in question.contrasts.contrasts),
        headline=headline(declaration, results, pace),
        questions=questions,
        timeline=timeline(totals, today),
        balance=balance(declaration, check_arrivals(declaration, totals)),
        noise=_noise(*declaration.noise),
        policies=links,
        outdated=chosen != latest,
        unmixed=unmixed(policies, chosen),
        made_up=MADE_UP if declaration.simulated else "",
    )


def unmixed(policies: Sequence[StoredPolicy], chosen: StoredPolicy) -> str:
    """What to say if the policy was changed; nothing if it was not. `policies` as in `site_page`."""
    if chosen != policies[0]:
        return "An older policy. Its reports are never mixed with those of the latest one."
    if len(policies) == 1:
        return ""
    since = f"The policy was changed: this one was first served on {day_name(chosen.first_day)}"
    return f"{since}. Reports under older ones are not in these numbers. {ASKED_BEFORE}"


def _question(declaration: Declaration, result: QuestionResult, pace: Pace) -> QuestionView:
    asked = declaration.questions[result.question]
    return QuestionView(
        name=asked.name,
        told=_told(result.mechanism),
        arms=tuple(arm_labels(declaration, result).values()),
        numbers=tuple(number_tables(declaration, result)),
        aside=(answer_table(declaration, result),) if asked.by and result.reports else (),
        maps=tuple(arm_maps(declaration, result)),
        note=OTHER_PEOPLE.format(segment=asked.by) if asked.by else "",
        contrasts=contrast_table(declaration, result, pace),
    )


def _told(mechanism: SubsetSelection) -> str:
    cases = f"in {mechanism.keep.numerator:,} of {mechanism.keep.denominator:,} cases"
    if mechanism.width > 1:
        return f"{mechanism.width} of its {mechanism.answers} answers, the true one among them {cases}"
    others = mechanism.answers - 1
    return f"the true answer {cases}, else {'the other one' if others == 1 else f'one of the other {others}'}"


def _noise(a: int, b: int) -> Noise:
    return Noise(
        a=a,
        b=b,
        ratio=f"{a / b:g}" if a % b else f"{a // b:,}",
        epsilon=f"{epsilon((a, b)):.2f}",
        epsilon_all=f"{epsilon((a, b), REPORTS_A_MONTH):.2f}",
        certainty=f"{a:,} times in {a + b:,}",
        a_day=counted(REPORTS_A_DAY, "report"),
        at_most=counted(REPORTS_A_MONTH, "report"),
        days=MONTH_DAYS,
    )
