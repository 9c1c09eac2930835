"""How many reports visitors make, and where these are counted: what part of them is about one question and one arm.

A visitor is counted once a day, as budgets are: who comes on three days is three visitors of a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from trimtab.declared import Experiment, Question
from trimtab.messages import Arm
from trimtab.policy import EVERYONE_ARM, HOLDOUT_ARM, Policy
from trimtab.privacy.budget import MONTH_DAYS, REPORTS_A_MONTH
from trimtab_server.analyse.compared import compared_in


@dataclass(frozen=True, slots=True)
class Audience:
    """Who comes. `sharing`: the share of visitors whose device makes reports; `days_a_month`: on how many of 30 days
    one visitor comes (1 to 30); `per_day`: visitors a day, None if nobody has said.
    """

    sharing: Fraction
    days_a_month: int = 1
    per_day: int | None = None

    def __post_init__(self) -> None:
        if not 0 < self.sharing <= 1 or not 1 <= self.days_a_month <= MONTH_DAYS or self.per_day == 0:
            raise ValueError(f"nobody is planned for: {self}")

    @property
    def reports_a_month(self) -> int:
        """How many reports a visitor who shares makes in 30 days."""
        return min(self.days_a_month, REPORTS_A_MONTH)

    def reports_about(self, chance: Fraction) -> Fraction:
        """Reports for each visitor of a day about what one is about with this `chance`, and a device once a month."""
        return self.sharing * min(self.reports_a_month * chance, Fraction(1)) / self.days_a_month


@dataclass(frozen=True, slots=True)
class Side:
    """One arm in a comparison. `share`: what part of all reports to one question is counted in it.

    `again`: what part of one device's reports to the question is about one experiment. `together`: how many experiments
    are counted in one: one, or all of them in the holdout.
    """

    arm: Arm
    share: Fraction
    again: Fraction
    together: int = 1


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two arms to tell apart: the one that shows something, and the control or the holdout."""

    shown: Side
    plain: Side

    def __str__(self) -> str:
        return f"{self.shown.arm} against {self.plain.arm.arm}"

    @property
    def by_holdout(self) -> bool:
        """Whether the arm is compared with devices of no experiment."""
        return self.plain.arm == HOLDOUT_ARM


@dataclass(frozen=True, slots=True)
class Company:
    """The comparisons that a dashboard shows beside one another, and whose verdicts are corrected for each other.

    `told`: numbers of the question that are compared, `others`: those of the other questions; `arms`: how many the
    experiment has, `pairs`: pairs of arms that the other experiments add.
    """

    told: int
    others: int
    arms: int
    pairs: int

    @property
    def count(self) -> int:
        """Each compared number, for each two arms of an experiment, and for each arm and the holdout."""
        return (self.told + self.others) * (_pairs(self.arms) + self.pairs)


def company_of(policy: Policy, question: Question, experiment: str) -> Company:
    """What stands beside a comparison of this question in this experiment ("": the policy has none)."""
    told = {each.name: len(compared_in(each)) for each in policy.declaration("").questions}
    others = sum(told.values()) - told[question.name]
    arms = {each.name: len(each.reported_arms) for each in policy.experiments} or {"": 1}
    pairs = sum(_pairs(count) for name, count in arms.items() if name != experiment)
    return Company(told[question.name], others, arms[experiment], pairs)


def _pairs(arms: int) -> int:
    """Pairs among so many arms and the holdout."""
    return arms * (arms + 1) // 2


def question_share(policy: Policy, question: Question) -> Fraction:
    """What part of all reports answers this question: drawing one of m divides the reports by m."""
    return Fraction(question.weight, sum(other.weight for other in policy.questions))


def contrasts(policy: Policy) -> tuple[Contrast, ...]:
    """Every arm that shows something, against its experiment's control, then against the holdout.

    Without an experiment everyone else is compared with the holdout. A report is about one experiment, drawn evenly,
    but the holdout's reports are all counted in one arm.
    """
    held_out = _exact(policy.holdout)
    experiments = max(len(policy.experiments), 1)
    drawn = Fraction(1, experiments)
    holdout = Side(HOLDOUT_ARM, held_out, drawn, experiments)
    if not policy.experiments:
        return (Contrast(Side(EVERYONE_ARM, 1 - held_out, Fraction(1)), holdout),)
    pairs = [pair for e in policy.experiments for pair in _against_control(e, (1 - held_out) * drawn, drawn)]
    return (*pairs, *(Contrast(pair.shown, holdout) for pair in pairs))


def _against_control(experiment: Experiment, reports: Fraction, again: Fraction) -> Iterator[Contrast]:
    """`reports`: what part of all reports is about this experiment, devices that it leaves out included."""
    part = Fraction(1)
    if experiment.namespace:
        _, start, end = experiment.namespace
        part = _exact(end) - _exact(start)
    taken = reports * part * _exact(experiment.coverage)
    sides = {
        name: Side(Arm(experiment.name, name), taken * _exact(weight), again)
        for name, weight in zip(experiment.arms, experiment.weights, strict=True)
    }
    control = next(name for name, adjustments in experiment.arms.items() if not adjustments)
    for name, adjustments in experiment.arms.items():
        if adjustments:
            yield Contrast(sides[name], sides[control])


def _exact(share: float) -> Fraction:
    """The share that a site owner wrote: 0.1 is a tenth, 1 / 3 a third."""
    return Fraction(share).limit_denominator(10**9)
