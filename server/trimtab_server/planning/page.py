"""A plan as a page of text, 100 columns at most: the verdict first, then what to do, then the table it comes from."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final

from trimtab.policy import Policy
from trimtab.privacy.mechanisms import epsilon
from trimtab_server.analyse.alternatives import COMMON_BASE, Alternative, Instead, Wanted
from trimtab_server.analyse.compared import Group
from trimtab_server.analyse.planning import Aim, Looking
from trimtab_server.analyse.plans import SOON_DAYS, Plan, monthly_epsilon
from trimtab_server.analyse.reach import Audience
from trimtab_server.planning.assumptions import small_print
from trimtab_server.planning.numbers import amount, amount_away, length, people, percent, percent_away, points

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
    for sentence in small_print(policy, plans, audience, aim):
        yield from _wrapped(f"- {sentence}", "")


def _wrapped(sentence: str, indent: str) -> Sequence[str]:
    """Lines that fit; further ones stand a little deeper."""
    return textwrap.wrap(sentence, WIDTH, initial_indent=indent, subsequent_indent="  " + " " * len(indent))


def _blocks(plans: Sequence[Plan]) -> Iterator[tuple[Sequence[str], Sequence[Plan]]]:
    """What is the same for several answers or questions is told once: their names, and the plans of one of them."""
    blocks: dict[tuple[object, ...], tuple[list[str], list[Plan]]] = {}
    for wanted, group in groupby(plans, key=lambda plan: plan.wanted):
        own = list(group)
        alike = len(wanted.question.answers), own[0].asked, wanted.effect, wanted.whole, own[0].company.count
        names, _ = blocks.setdefault(alike, ([], own))
        names.append(_name(wanted))
    yield from blocks.values()


def _name(wanted: Wanted) -> str:
    """'reading (any answer)', 'reading = 'read'', 'attended (average)', 'stars (average) in deep'."""
    question = wanted.question
    number = " (average)" if question.values else f" = {wanted.answer!r}" if wanted.answer else " (any answer)"
    segment = question.by.name if question.by else ""
    where = {Group.ALL: "", Group.INSIDE: f" in {segment}", Group.OUTSIDE: f" outside of {segment}"}
    return f"{question.name}{number}{where[wanted.group]}"


def _block(policy: Policy, names: Sequence[str], plans: Sequence[Plan], most_days: int) -> Iterator[str]:
    """All comparisons of one answer. The holdout is an aside where an experiment has a control of its own."""
    yield ""
    yield from _wrapped(f"{', '.join(names)}: from {_change(plans[0].wanted)}", "")
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


def _change(wanted: Wanted) -> str:
    effect = wanted.effect
    gap = Fraction(effect.raised) - Fraction(effect.base)
    word, share = ("more" if gap > 0 else "less"), percent(abs(gap / Fraction(effect.base)))
    if wanted.question.values:
        return f"{amount(effect.base)} to {amount(effect.raised, wanted.question.scale.unit)} ({share} {word})"
    whose = "visitors" if wanted.group is Group.ALL else "these visitors"
    shares = f"{percent(Fraction(effect.base))} to {percent(Fraction(effect.raised))} of {whose}"
    return f"{shares} ({points(gap)} {word}, {share} of it)"


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
    base, soon = plan.soon.base, plan.soon.raised
    more = "more" if soon > base else "less"
    if plan.wanted.question.values:
        seen = f"{amount(base)} to {amount_away(float(soon), float(base), plan.wanted.question.scale.unit)}"
    else:
        seen = f"{percent(Fraction(base))} to {percent_away(Fraction(soon), Fraction(base))}"
    yield f"Within {SOON_DAYS} days you could see a change from {seen} or {more}."


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
    Instead.UNPARTED: "ask of all visitors, without by={segment}",
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
    question = plan.wanted.question
    return words.format(
        answers=len(question.answers),
        segment=question.by.name if question.by else "",
        common=percent(COMMON_BASE),
        noise=_ratio(alternative.noise),
    )


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
