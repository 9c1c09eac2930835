"""A plan: what each question of a policy needs to show an effect, with every noise side by side, and what instead."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from trimtab.declared import Question
from trimtab.messages import Arm
from trimtab.policy import HOLDOUT_ARM, Policy
from trimtab.privacy.budget import REPORTS_A_MONTH
from trimtab.privacy.mechanisms import epsilon
from trimtab_server.analyse.alternatives import Alternative, Wanted, alternatives
from trimtab_server.analyse.cells import reports_for_busy_cell
from trimtab_server.analyse.effects import Effect
from trimtab_server.analyse.mechanisms import mechanism_for
from trimtab_server.analyse.planning import Aim, Looking, Trial, days_needed, smallest_change, visitors_needed
from trimtab_server.analyse.reach import Audience, Company, Contrast, company_of, contrasts, question_share

NOISES: Final = ((3, 1), (8, 1), (20, 1), (55, 1))
"""a and b that are shown side by side: epsilon about 1.1, 2.1, 3 and 4 for one report."""

SOON_DAYS: Final = 30
"""The smallest effect that shows is told for a month."""


@dataclass(frozen=True, slots=True)
class Need:
    """What it takes with one noise (None: if every report were true). None within: out of reach, or no pace given."""

    noise: tuple[int, int] | None
    visitors: Mapping[Looking, int | None]
    days: Mapping[Looking, int | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """One comparison of what is `wanted`.

    `needs`: without noise first; `yours`: the one with the policy's noise; `paced`: whether somebody said how many
    visitors come a day, without which there are no days and nothing is too small; `soon`: the smallest effect from that
    base that shows within SOON_DAYS, None if none does; `instead`: only if `too_small`.
    """

    wanted: Wanted
    asked: Fraction
    contrast: Contrast
    company: Company
    needs: tuple[Need, ...]
    yours: Need
    paced: bool
    soon: Effect | None
    too_small: bool
    instead: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class MapNeed:
    """What it takes until a busy cell shows in the map of the smallest arm that any comparison has, not the holdout's.

    `days` is None if nobody said how many visitors come.
    """

    question: str
    arm: Arm
    reports: int
    visitors: int
    days: int | None


def map_need(policy: Policy, question: Question, audience: Audience) -> MapNeed:
    """For a question of cells of a policy that has something to compare."""
    sides = [side for pair in contrasts(policy) for side in (pair.shown, pair.plain) if side.arm != HOLDOUT_ARM]
    smallest = min(sides, key=lambda side: side.share)
    reports = reports_for_busy_cell(mechanism_for(len(question.answers), policy.noise))
    made = audience.reports_about(question_share(policy, question) * smallest.again) * smallest.share / smallest.again
    visitors = math.ceil(reports / made)
    days = days_needed(visitors, audience.per_day) if audience.per_day else None
    return MapNeed(question.name, smallest.arm, reports, visitors, days)


def monthly_epsilon(noise: tuple[int, int]) -> float:
    """That of all the reports that a device makes in thirty days."""
    return epsilon(noise, REPORTS_A_MONTH)


def plan_policy(
    policy: Policy, wanted: Sequence[Wanted], audience: Audience, aim: Aim, most_days: int
) -> Iterator[Plan]:
    """A plan for each effect and each comparison that the policy makes possible."""
    known: dict[tuple[object, ...], Plan] = {}
    for each in wanted:
        for contrast in contrasts(policy):
            company = company_of(policy, each.question, contrast.shown.arm.experiment)
            trial = Trial(audience, contrast, question_share(policy, each.question), company)
            alike = len(each.question.answers), trial, each.effect, each.whole  # many questions need the same
            if alike not in known:
                known[alike] = _plan(policy, each, trial, aim, most_days)
            yield replace(known[alike], wanted=each)


def _plan(policy: Policy, wanted: Wanted, trial: Trial, aim: Aim, most_days: int) -> Plan:
    answers, per_day = len(wanted.question.answers), trial.audience.per_day
    needs = tuple(_need(noise, answers, trial, wanted.effect, aim) for noise in (None, *shown_noises(policy.noise)))
    yours = next(need for need in needs if need.noise and Fraction(*need.noise) == Fraction(*policy.noise))
    days = yours.days[Looking.DAILY]
    too_small = per_day is not None and (days is None or days > most_days)
    soon = None
    if per_day is not None:
        mechanism = mechanism_for(answers, policy.noise)
        soon = smallest_change(Looking.DAILY, aim, trial, mechanism, wanted.effect, per_day * SOON_DAYS)
    return Plan(
        wanted=wanted,
        asked=trial.asked,
        contrast=trial.contrast,
        company=trial.company,
        needs=needs,
        yours=yours,
        paced=per_day is not None,
        soon=soon,
        too_small=too_small,
        instead=tuple(alternatives(policy, wanted, trial, aim, NOISES)) if too_small else (),
    )


def shown_noises(own: tuple[int, int]) -> Sequence[tuple[int, int]]:
    """NOISES, with the policy's own among them in order of a/b."""
    if any(Fraction(*own) == Fraction(*noise) for noise in NOISES):
        return NOISES
    return sorted([own, *NOISES], key=lambda noise: Fraction(*noise))


def _need(noise: tuple[int, int] | None, answers: int, trial: Trial, effect: Effect, aim: Aim) -> Need:
    mechanism = mechanism_for(answers, noise) if noise else None
    visitors = {looking: visitors_needed(looking, aim, trial, mechanism, effect) for looking in Looking}
    per_day = trial.audience.per_day
    days = {
        looking: days_needed(number, per_day) if number is not None and per_day else None
        for looking, number in visitors.items()
    }
    return Need(noise, visitors, days)
