"""Do two arms differ? A difference with its intervals, and "cannot tell yet" as long as chance explains it.

The interval that verdicts go by holds at all times at once, so one may look every day and stop when it is clear. Beside
it stand the one that holds for a single look on a day chosen beforehand, and what one may believe (`beliefs`).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import product, starmap
from statistics import NormalDist
from typing import Final

from trimtab_server.analyse.beliefs import Belief, believe
from trimtab_server.analyse.boundary import chance_at_most, critical, even_reports
from trimtab_server.analyse.fakes import best_split, fewest_that, lowered, raised
from trimtab_server.analyse.intervals import LEVEL, Interval, Z, difference_interval, ratio_interval
from trimtab_server.analyse.many import holm
from trimtab_server.analyse.quantities import Quantity, deviation_of
from trimtab_server.analyse.returning import Again

ERROR: Final = 1 - LEVEL
"""Of 20 sites where nothing differs, one may be told otherwise, however often all of them look."""

POWER: Final = 0.8
"""A plan should find a true difference in 4 cases of 5: the custom of clinical trials (Cohen 1988)."""

Z_POWER: Final = NormalDist().inv_cdf(POWER)

OUT_OF_REACH: Final = 10_000_000
"""More reports than this are no plan: two arms that need them are alike for every purpose."""

FEWEST_REPORTS: Final = 30
"""With fewer in an arm there is no verdict and no plan: four lucky reports must not rebuild a shop."""

FARTHEST: Final = 37.0
"""Standard deviations; beyond, a chance is 0 to a float."""


class Verdict(StrEnum):
    """What may be said about two arms."""

    HIGHER = "higher"
    LOWER = "lower"
    CANNOT_TELL = "cannot tell yet"


class NoPlan(StrEnum):
    """Why nobody can say how many more reports it takes."""

    TOO_FEW = "too few reports to say when"
    ALIKE = "too alike to tell apart"


@dataclass(frozen=True, slots=True)
class Difference:
    """A quantity of a first arm minus the same of a second: shares in [-1, 1] but for noise, means in their unit.

    `interval` holds at all times at once, `single` for one look on a day chosen beforehand, both as long as devices
    come again no more often than they may in sixty days (`returning.BORNE`); `returning` is `interval` as wide as it
    must be for all that there may be. `lift` is the first relative to the second, minus 1, at all times; None while the
    second may be 0, and of averages that may be negative. `belief` is None while the number itself is not clearly above
    0.

    `chance` is the p-value that belongs to `interval`, `chance_returning` that of `returning`, and `corrected` is
    `chance` among all of the policy's comparisons: the verdict goes by it. `company`: how many these are, itself
    counted. `firm`: whether the verdict also holds, among all of them, if devices come again as often as they may and
    always answer alike.

    `more_reports`: about how many more both arms together need before a difference of this size shows in 4 cases of 5,
    if arrivals keep their proportion; None if the verdict is there already.
    """

    first: Quantity
    second: Quantity
    value: float
    interval: Interval
    single: Interval
    returning: Interval
    lift: Interval | None
    belief: Belief | None
    chance: float
    chance_returning: float
    corrected: float
    company: int
    verdict: Verdict
    firm: bool
    more_reports: int | NoPlan | None

    @property
    def alone(self) -> bool:
        """Whether only the number of comparisons stands in the way of a verdict: `interval` leaves 0 out."""
        return self.verdict is Verdict.CANNOT_TELL and self.chance < ERROR and not _too_few(self.first, self.second)


@dataclass(frozen=True, slots=True)
class Waiting:
    """No difference can be computed: one arm or both have no report at all."""

    first_reports: int
    second_reports: int


@dataclass(frozen=True, slots=True)
class TooFew:
    """No mean can be computed: in the arm that is marked, or in both, too few visitors seem to have the number."""

    first: bool
    second: bool


def measure(first: Quantity, second: Quantity, others: tuple[Again, Again] | None = None) -> Difference:
    """The difference, without a verdict: `settle` gives one, with its company in view.

    `others`: reports of the same devices in each arm's count; left out, the quantities allow for them as they are.
    """
    even = even_reports(first.reports, second.reports)
    wide = critical(even, ERROR)
    here, there = others or [Again(each.further, each.further, each.further) for each in (first, second)]
    once = first.beside(here.one_look), second.beside(there.one_look)
    worst = first.beside(here.worst), second.beside(there.worst)
    first, second = first.beside(here.verdict), second.beside(there.verdict)
    value, reports = first.value - second.value, first.reports + second.reports
    deviations = [deviation_of(each) for each in once]
    base = math.fsum(each.value * each.reports for each in once) / reports
    unsure = math.hypot(*(each.reports * deviation for each, deviation in zip(once, deviations, strict=True))) / reports
    lift = None
    if first.least >= 0:
        lift = ratio_interval(first.value, first.around(wide), second.value, second.around(wide))
    return Difference(
        first=first,
        second=second,
        value=value,
        interval=interval_between(first, second, wide),
        single=interval_between(*once, Z),
        returning=interval_between(*worst, wide),
        lift=None if lift is None else Interval(lift.low - 1, lift.high - 1),
        belief=believe(value, math.hypot(*deviations), base, unsure),
        chance=chance_at_most(deviations_from_zero(first, second), even),
        chance_returning=chance_at_most(deviations_from_zero(*worst), even),
        corrected=1.0,
        company=1,
        verdict=Verdict.CANNOT_TELL,
        firm=False,
        more_reports=None,
    )


def settle(differences: Sequence[Difference]) -> list[Difference]:
    """The same differences with verdicts that hold for all of them together, and plans to match."""
    chances = holm([each.chance for each in differences])
    returning = holm([each.chance_returning for each in differences])
    told = sum(chance <= ERROR for chance in chances)
    # What is not told yet has the others that are not told yet for company: Holm's next step.
    level = ERROR / max(len(differences) - told, 1)
    together = [
        replace(each, corrected=chance, company=len(differences), firm=worst <= ERROR)
        for each, chance, worst in zip(differences, chances, returning, strict=True)
    ]
    return [_settled(each, level) for each in together]


def interval_between(first: Quantity, second: Quantity, deviations: float) -> Interval:
    """Interval for the difference, so many standard deviations to either side."""
    return difference_interval(first.value, first.around(deviations), second.value, second.around(deviations))


def deviations_from_zero(first: Quantity, second: Quantity) -> float:
    """How many standard deviations an interval must reach to either side to hold 0; FARTHEST at most."""
    return least(lambda deviations: 0 in interval_between(first, second, deviations), FARTHEST)


def least(enough: Callable[[float], bool], most: float) -> float:
    """The least number from 0 to `most` that is enough, to one part in ten million of `most`."""
    low, high = 0.0, most
    while high - low > most * 1e-7:
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def reports_needed(first: Quantity, second: Quantity, level: float = ERROR) -> int | NoPlan:
    """About how many more reports would settle a difference as large as it looks now, if one looks every day.

    With c times the reports in both arms it lies sqrt(c) times as many standard deviations from zero. It shows with
    POWER, at the last look alone, once that is Z_POWER more than the boundary asks for; looks before add to the chance.
    """
    if _too_few(first, second):
        return NoPlan.TOO_FEW
    total, even = first.reports + second.reports, even_reports(first.reports, second.reports)
    far = deviations_from_zero(first, second)

    def shows(times: float) -> bool:
        return far * math.sqrt(times) >= critical(even * times, level) + Z_POWER

    most = 1 + OUT_OF_REACH / total
    if not shows(most):
        return NoPlan.ALIKE
    return max(math.ceil(total * (least(shows, most) - 1)), 1)


def fakes_to_undo(difference: Difference) -> int | None:
    """About the fewest made-up reports that may turn the verdict to 'cannot tell yet'; None if there is none to undo.

    Holm's first step is taken as the bar, the highest that this verdict may have had to pass. Of an average, all lies
    in an arm are the same one (`fakes`): a mixture may do with fewer.
    """
    first, second = difference.first, difference.second
    if difference.verdict is Verdict.CANNOT_TELL:
        return None
    high, low = (first, second) if difference.value > 0 else (second, first)

    def overlap(lifted: Quantity | None, pressed: Quantity | None) -> float:
        """How far above 0 the lower one may be; without a mean there is no verdict."""
        if lifted is None or pressed is None:
            return math.inf
        bar = critical(even_reports(lifted.reports, pressed.reports), ERROR / difference.company)
        return interval_between(lifted, pressed, bar).high

    def split(fakes: int, raising: int) -> float:
        return max(starmap(overlap, product(raised(low, raising), lowered(high, fakes - raising))))

    def undone(fakes: int) -> bool:
        return best_split(fakes, partial(split, fakes)) >= 0

    return fewest_that(undone)


def _settled(difference: Difference, level: float) -> Difference:
    first, second = difference.first, difference.second
    if difference.corrected <= ERROR and not _too_few(first, second):
        verdict = Verdict.HIGHER if difference.value > 0 else Verdict.LOWER
        return replace(difference, verdict=verdict, more_reports=None)
    more = reports_needed(first, second, level)
    return replace(difference, verdict=Verdict.CANNOT_TELL, firm=False, more_reports=more)


def _too_few(*quantities: Quantity) -> bool:
    return min(quantity.reports for quantity in quantities) < FEWEST_REPORTS
