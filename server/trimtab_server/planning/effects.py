"""Which effects are planned for: each --base with the --effect put on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from trimtab.declared import Question
from trimtab.policy import Policy
from trimtab.scales import NO_ANSWER, QuestionKind
from trimtab_server.analyse.alternatives import Wanted
from trimtab_server.analyse.compared import Group
from trimtab_server.analyse.effects import AverageEffect, Effect, ShareEffect
from trimtab_server.planning.numbers import amount, percent
from trimtab_server.planning.shares import Change, PlanError, read_amount, read_percent

RATED: Final = Fraction(1, 10)
"""Visitors who answer a survey, if nobody says how many: a guess."""

SEGMENT: Final = Fraction(3, 10)
"""Visitors who are in a segment, if nobody says how many: a guess."""

type Bases = Mapping[tuple[str, str], Fraction]
"""By question and answer, "" for all of them; an average stands beside the answer "", in the question's unit."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the site owner has said: how things are, how large the segments are, and what is to change."""

    bases: Bases
    segments: Mapping[str, Fraction]
    change: Change


def read_given(policy: Policy, bases: Sequence[str], segments: Sequence[str], change: Change) -> Given:
    """A base is `5%` for all questions, `reading=5%` for one, `reading.read=5%` for one answer; of a number or rating
    `attended=45` is the average, and `attended.none=20%` the visitors without one. A segment is `skimmer=20%`.

    Raises PlanError.
    """
    told = Given(
        _once("--base", bases, [_read_base(policy, text) for text in bases]),
        _once("--segment", segments, [_read_segment(policy, text) for text in segments]),
        change,
    )
    for question in policy.questions:
        _check_sum(question, told.bases)
    return told


def _once[Key, Number](option: str, texts: Sequence[str], read: Sequence[tuple[Key, Number]]) -> Mapping[Key, Number]:
    """What was read, by what it is about. Raises PlanError if two are about the same."""
    seen: dict[Key, str] = {}
    for text, (about, _) in zip(texts, read, strict=True):
        if about in seen:
            raise PlanError(f"{option} {seen[about]} and {option} {text} are both about the same; give one of them")
        seen[about] = text
    return dict(read)


def _check_sum(question: Question, bases: Bases) -> None:
    """A visitor has one answer to a question."""
    together = sum((bases.get((question.name, answer), Fraction(0)) for answer in question.scale.answers), Fraction(0))
    if together > 1:
        what = f"--base: the answers to question {question.name!r} add up to {percent(together)} of visitors"
        raise PlanError(f"{what}; each has one answer, so use shares of 100% or less together")


def planned_effects(policy: Policy, given: Given) -> Sequence[Wanted]:
    """All that is planned for, in the order of the questions; of an answer if a base names one. Raises PlanError."""
    if not policy.questions:
        raise PlanError(f"policy {policy.name!r} asks nothing, so nothing can be told; declare a question first")
    asked = [question for question in policy.questions if question.scale.kind is not QuestionKind.CELL]
    if not asked:
        raise PlanError(f"policy {policy.name!r} asks for cells alone, and those are not compared; declare a question")
    wanted = [each for question in asked for each in _wanted(question, given)]
    if not wanted:
        names = ", ".join(question.name for question in asked)
        raise PlanError(f"no --base is for what is asked, and no average changes by points; give one for {names}")
    return wanted


def _wanted(question: Question, given: Given) -> Iterator[Wanted]:
    named = {question.name, ""} & {name for name, _ in given.bases}
    if question.values:
        if given.change.relative and named:
            yield from _parted(question, "", _average(question, given), given)
        return
    answers = [answer for answer in question.scale.answers if (question.name, answer) in given.bases]
    general = given.bases.get((question.name, ""), given.bases.get(("", "")))
    for answer in answers or ([""] if general is not None else []):
        base = given.bases[question.name, answer] if answer else general
        assert base is not None
        yield from _parted(question, answer, _share(question, base, given.change), given)


def _parted(question: Question, answer: str, effect: ShareEffect | AverageEffect, given: Given) -> Iterator[Wanted]:
    """By segment: the same among those in it, and among all others."""
    if question.by is None:
        yield Wanted(question, answer, Group.ALL, effect)
        return
    inside = given.segments.get(question.by.name, SEGMENT)
    for group, size in ((Group.INSIDE, inside), (Group.OUTSIDE, 1 - inside)):
        yield Wanted(question, answer, group, _within(question, group, size, effect), effect)


def _within(question: Question, group: Group, size: Fraction, effect: ShareEffect | AverageEffect) -> Effect:
    """A group's own number: that of an average whose other visitors have none."""
    count = len(question.scale.answers)
    if isinstance(effect, AverageEffect):
        own: tuple[float | None, ...] = effect.values
        having, base, raised = effect.having * float(size), effect.base, effect.raised
    else:
        own, having, base, raised = (1.0, *(0.0,) * (count - 1)), float(size), float(effect.base), float(effect.raised)
    others = (None,) * count
    return AverageEffect((*others, *own) if group is Group.INSIDE else (*own, *others), having, base, raised)


def _share(question: Question, base: Fraction, change: Change) -> ShareEffect:
    raised = change.raised(base)
    if not 0 < raised < 1:
        where = f"question {question.name!r}: the effect leads from {percent(base)} to {percent(raised)} of visitors"
        raise PlanError(f"{where}, which is not between 0% and 100%; use a smaller --effect")
    return ShareEffect(base, raised)


def _average(question: Question, given: Given) -> AverageEffect:
    """If nobody says the average: that of visitors who are spread evenly over the buckets."""
    scale = question.scale
    numbers = [value for value in scale.values if value is not None]
    none = 1 - RATED if scale.kind is QuestionKind.RATING else Fraction(0)
    having = 1 - given.bases.get((question.name, NO_ANSWER), none)
    base = given.bases.get((question.name, ""), Fraction(sum(map(Fraction, numbers)), len(numbers)))
    raised = given.change.raised(base)
    if raised == base:
        told = f"the average {amount(base, scale.unit)} does not change by percent"
        raise PlanError(f"question {question.name!r}: {told}; give another with --base {question.name}=NUMBER")
    if not min(numbers) < base < max(numbers) or not min(numbers) < raised < max(numbers):
        span = f"{amount(min(numbers))} and {amount(max(numbers), scale.unit)}"
        what = f"question {question.name!r}: an average from {amount(base)} to {amount(raised, scale.unit)}"
        raise PlanError(f"{what} is not between {span}, what its answers stand for; use another --base or --effect")
    return AverageEffect(scale.values, float(having), float(base), float(raised))


def _read_base(policy: Policy, text: str) -> tuple[tuple[str, str], Fraction]:
    where, equals, number = text.rpartition("=")
    if not equals:
        return ("", ""), read_percent("--base", number)
    name, _, answer = where.partition(".")
    known = {question.name: question for question in policy.questions}
    if name not in known:
        read_percent("--base", number)
        raise PlanError(f"--base {text}: there is no question {name!r}; use one of {', '.join(known)}")
    scale = known[name].scale
    if scale.kind is QuestionKind.CELL:
        raise PlanError(f"--base {text}: cells are a map that is not compared; leave this --base out")
    if scale.values and not answer:
        return (name, ""), read_amount("--base", number, scale.unit)
    if scale.values and answer != NO_ANSWER:
        told = f"{name}=45 for the average, {name}.{NO_ANSWER}=20% for visitors without a number"
        raise PlanError(f"--base {text}: of numbers the average is compared, not an answer; use {told}")
    share = read_percent("--base", number)
    if answer and answer not in scale.answers:
        told = ", ".join(scale.answers)
        raise PlanError(f"--base {text}: question {name!r} has no answer {answer!r}; use one of {told}")
    return (name, answer), share


def _read_segment(policy: Policy, text: str) -> tuple[str, Fraction]:
    name, equals, share = text.rpartition("=")
    known = {question.by.name for question in policy.questions if question.by}
    if not equals or name not in known:
        told = ", ".join(sorted(known)) or "none: no question is by segment"
        raise PlanError(f"--segment {text}: write NAME=20% with a segment that a question is by ({told})")
    return name, read_percent("--segment", share)
