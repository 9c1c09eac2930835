"""A plan for machines: plain JSON. Shares are numbers from 0 to 1, averages in their unit.

Null stands for out of reach, or not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Final

from trimtab.policy import Policy
from trimtab.privacy.mechanisms import epsilon
from trimtab.scales import QuestionKind
from trimtab_server.analyse.cells import BUSY
from trimtab_server.analyse.planning import Aim, Looking
from trimtab_server.analyse.plans import SOON_DAYS, Need, Plan, map_need, monthly_epsilon
from trimtab_server.analyse.reach import Audience, Side

PLAN_VERSION: Final = 1


def plan_json(
    policy: Policy, plans: Sequence[Plan], audience: Audience, aim: Aim, most_days: int
) -> Mapping[str, object]:
    """All that the page tells, unrounded."""
    return {
        "v": PLAN_VERSION,
        "policy": policy.name,
        "assumed": {
            "power": aim.power,
            "level": aim.level,
            "sharing": float(audience.sharing),
            "days_a_month": audience.days_a_month,
            "visitors_per_day": audience.per_day,
            "holdout": policy.holdout,
            "most_days": most_days,
        },
        "plans": [_plan(plan) for plan in plans],
        "maps": [
            {**asdict(need), "arm": need.arm.arm, "cell_share": float(BUSY)}
            for question in policy.questions
            if question.scale.kind is QuestionKind.CELL
            for need in [map_need(policy, question, audience)]
        ],
    }


def _plan(plan: Plan) -> Mapping[str, object]:
    question = plan.wanted.question
    return {
        "question": question.name,
        "answer": plan.wanted.answer or None,
        "average": bool(question.values),
        "unit": question.scale.unit or None,
        "among": plan.wanted.group.value,
        "answers": len(question.answers),
        "share_of_reports": float(plan.asked),
        "comparisons": plan.company.count,
        "experiment": plan.contrast.shown.arm.experiment or None,
        "shown": _side(plan.contrast.shown),
        "plain": _side(plan.contrast.plain),
        "base": float(plan.wanted.effect.base),
        "raised": float(plan.wanted.effect.raised),
        "needs": [{**_need(need), "yours": need is plan.yours} for need in plan.needs],
        "too_small": plan.too_small,
        "seen_soon": {"days": SOON_DAYS, "raised": None if plan.soon is None else float(plan.soon.raised)},
        "instead": [{"way": a.way.value, **_noise(a.noise), "days": a.days} for a in plan.instead],
    }


def _side(side: Side) -> Mapping[str, object]:
    return {"arm": side.arm.arm, "share_of_reports": float(side.share)}


def _need(need: Need) -> dict[str, object]:
    counts: Mapping[Looking, Mapping[str, int | None]] = {
        looking: {"visitors": need.visitors[looking], "days": need.days[looking]} for looking in Looking
    }
    return {**_noise(need.noise), **{looking.value: count for looking, count in counts.items()}}


def _noise(noise: tuple[int, int] | None) -> Mapping[str, object]:
    if noise is None:
        return {"noise": None}
    a, b = noise
    return {"noise": {"a": a, "b": b}, "epsilon": epsilon(noise), "epsilon_month": monthly_epsilon(noise)}
