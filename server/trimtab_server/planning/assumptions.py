"""What a plan takes for granted, in sentences below it."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from trimtab.declared import Question
from trimtab.policy import Policy
from trimtab.privacy.budget import MONTH_DAYS, REPORTS_A_DAY, REPORTS_A_MONTH
from trimtab.scales import CELLS, QuestionKind
from trimtab_server.analyse.cells import BUSY
from trimtab_server.analyse.compared import Group
from trimtab_server.analyse.effects import AverageEffect
from trimtab_server.analyse.planning import Aim
from trimtab_server.analyse.plans import Plan, map_need
from trimtab_server.analyse.reach import Audience
from trimtab_server.planning.numbers import length, people, percent


def small_print(policy: Policy, plans: Sequence[Plan], audience: Audience, aim: Aim) -> Iterator[str]:
    """One sentence or two for each assumption."""
    count = max(plan.company.count for plan in plans)
    power, level = f"{100 * aim.power:g}%", f"{100 * aim.level:g}%"
    yield f"By then a change that is there is seen in {power} of cases, one that is not there in {level} at most."
    yield (
        f"A look every day: the dashboard's verdict, which holds for all {count} comparisons of this policy together,"
        " however often one looks. One look: at one number on one day, both chosen now."
    )
    if any((days or 0) > MONTH_DAYS for plan in plans for days in plan.yours.days.values()):
        yield (
            f"A device is asked the same again after {MONTH_DAYS} days, and may answer alike. Both looks bear two such"
            f" answers of each device, so {2 * MONTH_DAYS} days; for longer plans most visitors have to be new ones."
        )
    budget = f"{REPORTS_A_DAY} report a day and {REPORTS_A_MONTH} in {MONTH_DAYS} days"
    days = f"{audience.days_a_month} day{'s' if audience.days_a_month > 1 else ''}"
    yield (
        f"Assumed: {percent(audience.sharing)} of visitors make reports (--sharing; a guess, measure yours); each comes"
        f" on {days} of {MONTH_DAYS} (--days-a-month), counts once a day, and makes at most {budget}."
    )
    asked = {plan.wanted.question.name: f"{plan.wanted.question.name} {percent(plan.asked)}" for plan in plans}
    experiments = f", {len(policy.experiments)} experiments" if len(policy.experiments) > 1 else ""
    held_out = f"holdout {100 * policy.holdout:g}%{experiments}"
    yield f"The policy: {held_out}; of all reports answer {', '.join(asked.values())}."
    yield from _averages(plans)
    yield from _segments(plans)
    for question in policy.questions:
        if question.scale.kind is QuestionKind.CELL:
            yield _map(policy, question, audience)
    yield "eps, ln(a/b): the most that reports give away, less is more private. There is no mode without noise."


def _averages(plans: Sequence[Plan]) -> Iterator[str]:
    """What is taken for granted of averages."""
    having = {}
    for plan in plans:
        effect = plan.wanted.whole or plan.wanted.effect
        if plan.wanted.question.values and isinstance(effect, AverageEffect):
            having[plan.wanted.question.name] = f"{percent(Fraction(effect.having))} in {plan.wanted.question.name}"
    if having:
        name = next(iter(having))
        yield (
            f"Averages are of visitors with a number: {', '.join(having.values())}. These are spread as evenly as their"
            f" average allows; without --base {name}=NUMBER, evenly. For yours: --base {name}.none=20%."
        )


def _segments(plans: Sequence[Plan]) -> Iterator[str]:
    """How large segments are taken to be."""
    sizes = {}
    for plan in plans:
        wanted, effect = plan.wanted, plan.wanted.effect
        if wanted.group is Group.INSIDE and isinstance(effect, AverageEffect):
            all_visitors = wanted.whole.having if isinstance(wanted.whole, AverageEffect) else 1.0
            assert wanted.question.by
            sizes[wanted.question.by.name] = percent(Fraction(effect.having / all_visitors).limit_denominator(10**6))
    if sizes:
        name = next(iter(sizes))
        told = ", ".join(f"{size} of visitors are in {segment}" for segment, size in sizes.items())
        yield f"Segments: {told} (--segment {name}=20% for yours; the dashboard measures it)."


def _map(policy: Policy, question: Question, audience: Audience) -> str:
    """What a map needs: it is not compared, so no effect is planned for."""
    need = map_need(policy, question, audience)
    told = f"{people(need.visitors)} visitors"
    told += f", {length(need.days)}" if need.days is not None else ""
    return (
        f"{question.name} is a map of {CELLS} cells and compares nothing. A cell that {percent(BUSY)} of visitors"
        f" attend to most shows with about {people(need.reports)} reports in an arm: {told} until {need.arm} has them."
    )
