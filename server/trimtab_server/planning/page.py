"""A plan as a page of text, 100 columns at most: the verdict first, then what to do, then the table it comes from."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from trimtab.declared import Question
from trimtab.policy import Policy
from trimtab.privacy.budget import MONTH_DAYS, REPORTS_A_DAY, REPORTS_A_MONTH
from trimtab.privacy.mechanisms import epsilon
from trimtab.scales import CELLS, QuestionKind
from trimtab_server.analyse.alternatives import COMMON_BASE, Alternative, Instead
from trimtab_server.analyse.cells import BUSY
from trimtab_server.analyse.planning import Aim, Effect, Looking
from trimtab_server.analyse.plans import SOON_DAYS, Plan, map_need, monthly_epsilon
from trimtab_server.analyse.reach import Audience
from trimtab_server.planning.numbers import length, people, percent, percent_away, points

WIDTH: Final = 100
LABEL: Final = 28
COLUMN: Final = 12

type Row = tuple[str, Sequence[str]]


def page(policy: Policy, plans: Sequence[Plan], audience: Audience, aim: Aim, most_days: int) -> Iterator[str]:
    """The lines of the page."""
    pace = f", {audience.per_day:,} visitors a day" if audience.per_day else ""
    yield f"{policy.name}{pace}: what will you be able to tell?"
    for names, alike in _blocks(plans):
        yield from _block(policy, names, alike, most_days)
    yield ""
    for sentence in _small_print(policy, plans, audience, aim):
        yield from _wrapped(f"- {sentence}", "")


def _wrapped(sentence: str, indent: str) -> Sequence[str]:
    """Lines that fit; further ones stand a little deeper."""
    return textwrap.wrap(sentence, WIDTH, initial_indent=indent, subsequent_indent="  " + " " * len(indent))


def _blocks(plans: Sequence[Plan]) -> Iterator[tuple[Sequence[str], Sequence[Plan]]]:
    """What is the same for several answers or questions is told once: their names, and the plans of one of them."""
    blocks: dict[tuple[object, ...], tuple[list[str], list[Plan]]] = {}
    for _, group in groupby(plans, key=lambda plan: (plan.question, plan.answer)):
        own = list(group)
        first = own[0]
        names, _ = blocks.setdefault((first.answers, first.asked, first.effect, first.company.count), ([], own))
        names.append(f"{first.question} = {first.answer!r}" if first.answer else f"{first.question} (any answer)")
    yield from blocks.values()


def _block(policy: Policy, names: Sequence[str], plans: Sequence[Plan], most_days: int) -> Iterator[str]:
    """All comparisons of one answer. The holdout is an aside where an experiment has a control of its own."""
    yield ""
    yield from _wrapped(f"{', '.join(names)}: from {_change(plans[0].effect)}", "")
    main = [plan for plan in plans if not plan.contrast.by_holdout] or plans
    for plan in main:
        yield ""
        yield from _wrapped(str(plan.contrast), "  ")
        for sentence in _verdict(plan, most_days):
            yield from _wrapped(sentence, "    ")
        yield from _instead(policy, plan, most_days)
        yield ""
        yield from _table(plan)
    for plan in plans:
        if plan not in main:
            yield from ("", *_wrapped(f"{plan.contrast}: {_yours(plan)}", "  "))


def _yours(plan: Plan) -> str:
    """With the policy's noise, looking every day."""
    visitors = plan.yours.visitors[Looking.DAILY]
    if visitors is None:
        return "out of reach"
    told = f"{people(visitors)} visitors"
    return f"{told}, {length(plan.yours.days[Looking.DAILY])}" if plan.paced else told


def _change(effect: Effect) -> str:
    word = "more" if effect.gap > 0 else "less"
    share = percent(abs(effect.gap) / effect.base)
    return (
        f"{percent(effect.base)} to {percent(effect.raised)} of visitors ({points(effect.gap)} {word}, {share} of it)"
    )


def _verdict(plan: Plan, most_days: int) -> Iterator[str]:
    if not plan.paced:
        yield f"{_yours(plan)}. Add --visitors-per-day N to learn how long that takes."
        return
    if plan.too_small:
        yield f"TOO SMALL: {_yours(plan)}; more than {most_days} days are too long."
    else:
        yield f"YES: {_yours(plan)}."
    if plan.soon is None:
        yield f"Within {SOON_DAYS} days you could see no change at all."
        return
    seen = f"a change from {percent(plan.effect.base)} to {percent_away(plan.soon, plan.effect.base)}"
    yield f"Within {SOON_DAYS} days you could see {seen} or {'more' if plan.effect.gap > 0 else 'less'}."


def _instead(policy: Policy, plan: Plan, most_days: int) -> Iterator[str]:
    if not plan.instead:
        return
    yield ""
    enough = {alternative: _is_enough(alternative, most_days) for alternative in plan.instead}
    star = (
        f" (* is enough for {most_days} days)" if any(enough.values()) else f" (nothing is enough for {most_days} days)"
    )
    yield f"    What to do instead{star}:"
    for way, is_enough in enough.items():
        yield f"    {'*' if is_enough else ' '} {_way(plan, way):<48} {length(way.days):>10}{_cost(policy, way)}"


def _is_enough(alternative: Alternative, most_days: int) -> bool:
    return alternative.days is not None and alternative.days <= most_days


WAYS: Final[Mapping[Instead, str]] = {
    Instead.ALONE: "ask this question alone",
    Instead.ONE_EXPERIMENT: "run this experiment alone",
    Instead.WHOLE: "let every device take part in the experiment",
    Instead.TWO_ANSWERS: "ask with 2 answers, yes and none, instead of {answers}",
    Instead.ALL: "all of these together",
    Instead.COMMON: "ask for something that {common} do, same effect in %",
    Instead.ONCE: "look once, on a day chosen now",
    Instead.WEAKER_NOISE: "weaker noise: a/b = {noise}",
}


def _way(plan: Plan, alternative: Alternative) -> str:
    words = WAYS[alternative.way]
    return words.format(answers=plan.answers, common=percent(COMMON_BASE), noise=_ratio(alternative.noise))


def _cost(policy: Policy, alternative: Alternative) -> str:
    if alternative.way is not Instead.WEAKER_NOISE:
        return ""
    return f"   eps a month {monthly_epsilon(alternative.noise):.2f}, not {monthly_epsilon(policy.noise):.2f}"


def _table(plan: Plan) -> Iterator[str]:
    rows: list[Row] = [
        ("", ["yours" if need is plan.yours else "" if need.noise else "no noise" for need in plan.needs]),
        ("a/b", [_ratio(need.noise) if need.noise else "-" for need in plan.needs]),
        ("eps of a report", [f"{epsilon(need.noise):.2f}" if need.noise else "-" for need in plan.needs]),
        ("eps of ten in 30 days", [f"{monthly_epsilon(need.noise):.2f}" if need.noise else "-" for need in plan.needs]),
    ]
    for looking, words in ((Looking.DAILY, "visitors, a look every day"), (Looking.ONCE, "visitors, one look, at end")):
        rows.append((words, [people(need.visitors[looking]) for need in plan.needs]))
        if any(need.days[looking] is not None for need in plan.needs):
            rows.append(("", [length(need.days[looking]) for need in plan.needs]))
    for label, cells in rows:
        yield f"  {label:<{LABEL - 2}}{''.join(f'{cell:>{COLUMN}}' for cell in cells)}".rstrip()


def _ratio(noise: tuple[int, int]) -> str:
    a, b = noise
    return f"{a}/{b}" if a % b else str(a // b)


def _small_print(policy: Policy, plans: Sequence[Plan], audience: Audience, aim: Aim) -> Iterator[str]:
    count = max(plan.company.count for plan in plans)
    power, level = f"{100 * aim.power:g}%", f"{100 * aim.level:g}%"
    yield f"By then a change that is there is seen in {power} of cases, one that is not there in {level} at most."
    yield (
        f"A look every day: the dashboard's verdict, which holds for all {count} comparisons of this policy together,"
        " however often one looks. One look: at one number on one day, both chosen now."
    )
    budget = f"{REPORTS_A_DAY} report a day and {REPORTS_A_MONTH} in {MONTH_DAYS} days"
    days = f"{audience.days_a_month} day{'s' if audience.days_a_month > 1 else ''}"
    yield (
        f"Assumed: {percent(audience.sharing)} of visitors make reports (--sharing; a guess, measure yours); each comes"
        f" on {days} of {MONTH_DAYS} (--days-a-month), counts once a day, and makes at most {budget}."
    )
    asked = {plan.question: f"{plan.question} {percent(plan.asked)}" for plan in plans}
    experiments = f", {len(policy.experiments)} experiments" if len(policy.experiments) > 1 else ""
    held_out = f"holdout {100 * policy.holdout:g}%{experiments}"
    yield f"The policy: {held_out}; of all reports answer {', '.join(asked.values())}."
    yield from _otherwise(policy)
    for question in policy.questions:
        if question.scale.kind is QuestionKind.CELL:
            yield _map(policy, question, audience)
    yield "eps, ln(a/b): the most that reports give away, less is more private. There is no mode without noise."


def _otherwise(policy: Policy) -> Iterator[str]:
    """Questions that the dashboard compares otherwise than by the share of all visitors that is planned for here."""
    numbers = [question.name for question in policy.questions if question.values]
    if numbers:
        yield (
            f"Planned for is a share of visitors. The dashboard compares the average of {', '.join(numbers)}, once for"
            " each two arms, which is not planned for."
        )
    parted = [question.name for question in policy.questions if question.by]
    if parted:
        yield (
            f"The dashboard compares {', '.join(parted)} within the segment and outside of it, which takes more"
            " visitors than the share of all of them that is planned for: the more, the smaller the segment."
        )


def _map(policy: Policy, question: Question, audience: Audience) -> str:
    """What a map needs: it is not compared, so no effect is planned for."""
    need = map_need(policy, question, audience)
    told = f"{people(need.visitors)} visitors"
    told += f", {length(need.days)}" if need.days is not None else ""
    return (
        f"{question.name} is a map of {CELLS} cells and compares nothing. A cell that {percent(BUSY)} of visitors"
        f" attend to most shows with about {people(need.reports)} reports in an arm: {told} until {need.arm} has them."
    )
