"""What to ask instead, if a site is too small for a question: each way computed, none merely recommended."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Final

from trimtab.declared import Question
from trimtab.policy import Policy
from trimtab_server.analyse.compared import Group
from trimtab_server.analyse.effects import Effect, ShareEffect
from trimtab_server.analyse.mechanisms import mechanism_for
from trimtab_server.analyse.planning import Aim, Looking, Trial, days_needed, visitors_needed
from trimtab_server.analyse.reach import Contrast

COMMON_BASE: Final = Fraction(3, 10)
"""Something that many visitors do, such as reading on: what may be asked in the place of something rare."""


class Instead(StrEnum):
    """A way to need fewer visitors."""

    UNPARTED = "all visitors"
    ALONE = "alone"
    ONE_EXPERIMENT = "one experiment"
    WHOLE = "whole coverage"
    TWO_ANSWERS = "two answers"
    ALL = "all of these"
    COMMON = "something more common"
    ONCE = "look once"
    WEAKER_NOISE = "weaker noise"


WAYS: Final = (Instead.ALONE, Instead.ONE_EXPERIMENT, Instead.WHOLE, Instead.TWO_ANSWERS)
"""What can be done together, and costs no privacy."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be seen: of a question the share with an answer ("": any), or the average if its answers have values.

    `group`: whose; `whole`: the same effect among all visitors, if the question parts them by a segment.
    """

    question: Question
    answer: str
    group: Group
    effect: Effect
    whole: Effect | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way, with the days that it takes (None: out of reach); `noise` is (a, b), for the way of weaker noise."""

    way: Instead
    noise: tuple[int, int]
    days: int | None


def alternatives(
    policy: Policy, wanted: Wanted, trial: Trial, aim: Aim, noises: Sequence[tuple[int, int]]
) -> Iterator[Alternative]:
    """Every way that is open to the policy: first what costs no privacy, then weaker noise."""
    own, answers, effect = policy.noise, len(wanted.question.answers), wanted.effect

    def days(
        trial: Trial,
        answers: int,
        noise: tuple[int, int],
        *,
        looking: Looking = Looking.DAILY,
        effect: Effect = effect,
    ) -> int | None:
        visitors = visitors_needed(looking, aim, trial, mechanism_for(answers, noise), effect)
        return None if visitors is None or not trial.audience.per_day else days_needed(visitors, trial.audience.per_day)

    if wanted.whole:
        yield Alternative(Instead.UNPARTED, own, days(trial, answers // 2, own, effect=wanted.whole))
    shares = isinstance(effect, ShareEffect)
    open_ways = [way for way in WAYS if shares or way is not Instead.TWO_ANSWERS]
    ways = {way: changed for way in open_ways if (changed := _change(way, policy, trial)) != trial}
    for way, changed in ways.items():
        yield Alternative(way, own, days(changed, _answers(ways.keys() & {way}, answers), own))
    if len(ways) > 1:
        every = trial
        for way in ways:
            every = _change(way, policy, every)
        yield Alternative(Instead.ALL, own, days(every, _answers(ways, answers), own))
    if isinstance(effect, ShareEffect) and effect.base < COMMON_BASE:
        common = COMMON_BASE * effect.raised / effect.base
        if common < 1:
            yield Alternative(Instead.COMMON, own, days(trial, answers, own, effect=ShareEffect(COMMON_BASE, common)))
    yield Alternative(Instead.ONCE, own, days(trial, answers, own, looking=Looking.ONCE))
    for noise in noises:
        if Fraction(*noise) > Fraction(*own):
            yield Alternative(Instead.WEAKER_NOISE, noise, days(trial, answers, noise))


def _answers(ways: Container[Instead], answers: int) -> int:
    return 2 if Instead.TWO_ANSWERS in ways else answers


def _change(way: Instead, policy: Policy, trial: Trial) -> Trial:
    """The trial if the policy were so: as it is, if it is so already."""
    company = trial.company
    match way:
        case Instead.ALONE:
            return replace(trial, asked=Fraction(1), company=replace(company, others=0))
        case Instead.TWO_ANSWERS:
            return replace(trial, company=replace(company, told=1))
        case Instead.ONE_EXPERIMENT:
            times = Fraction(max(len(policy.experiments), 1))
            contrast = _scaled(trial.contrast, times, alone=True)
            return replace(trial, contrast=contrast, company=replace(company, pairs=0))
        case _:
            return _whole(policy, trial)


def _whole(policy: Policy, trial: Trial) -> Trial:
    """With no device left out of the experiment, and so without an arm for those."""
    name = trial.contrast.shown.arm.experiment
    experiment = next((each for each in policy.experiments if each.name == name), None)
    if experiment is None or len(experiment.reported_arms) == len(experiment.arms):
        return trial
    start, end = experiment.namespace[1:] if experiment.namespace else (0.0, 1.0)
    taken = Fraction(experiment.coverage * (end - start)).limit_denominator(10**9)
    company = replace(trial.company, arms=len(experiment.arms))
    return replace(trial, contrast=_scaled(trial.contrast, 1 / taken, alone=False), company=company)


def _scaled(contrast: Contrast, factor: Fraction, *, alone: bool) -> Contrast:
    """The contrast with `factor` times the reports in the experiment's arms; the holdout has them all already."""
    shown = replace(contrast.shown, share=contrast.shown.share * factor)
    plain = contrast.plain
    if not contrast.by_holdout:
        plain = replace(plain, share=plain.share * factor)
    if alone:
        shown = replace(shown, again=Fraction(1))
        plain = replace(plain, again=Fraction(1), together=1)
    return Contrast(shown, plain)
