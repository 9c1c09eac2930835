"""Who comes, how often, and what their devices tell: counts of reports of many experiments whose truth is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from tests.promises.arrays import Arms, Averages, Counts
from trimtab.privacy.budget import REPORTS_A_MONTH
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.quantities import Values

RETURNING: Final = np.array([0.7, *[0.3 / (REPORTS_A_MONTH - 1)] * (REPORTS_A_MONTH - 1)])
"""How often devices would report the same within a month if nothing but the budget held them: seven of ten once, the
others evenly from twice to ten times. Ours: a report then has 4.4 others of the same device beside it in the mean, half
of the worst. No device does so, as it is asked the same once in a month: `World.monthly`."""


@dataclass(frozen=True, slots=True)
class Person:
    """What a visitor answers: `share` of all visits end so. `habit`: of a person's visits, what part ends as always.

    1 is a trait that never changes, 0 a new person at each visit.
    """

    share: float
    habit: float = 0.0

    def chance(self, *, usual: bool) -> float:
        """That a visit ends so, of somebody whose visits usually do, or do not."""
        return self.habit * usual + (1 - self.habit) * self.share


@dataclass(frozen=True, slots=True)
class World:
    """Experiments to draw: each `Arms` that comes out has one entry for each."""

    draws: np.random.Generator
    experiments: int
    mechanism: SubsetSelection

    def once(self, share: float, visitors: int) -> Arms:
        """Each visitor reports once."""
        hits = self.draws.binomial(visitors, self._told(share), self.experiments)
        return self._arms(hits, np.full(self.experiments, visitors))

    def averages(self, shares: Sequence[float], visitors: int, values: Values, days: int = 1) -> Averages:
        """Each visitor reports once, so many each day; one row of counts a day, with all reports up to that day."""
        mechanism = self.mechanism
        sets = list(combinations(range(mechanism.answers), mechanism.width))
        weights = [mechanism.b + (mechanism.a - mechanism.b) * sum(shares[each] for each in told) for told in sets]
        rows = np.array([[each in told for each in range(mechanism.answers)] for told in sets], dtype=np.int64)
        drawn = self.draws.multinomial(visitors, np.array(weights) / sum(weights), (self.experiments, days))
        return Averages((drawn @ rows).cumsum(axis=1), mechanism, tuple(values))

    def again(self, person: Person, visitors: int) -> Arms:
        """Visitors come again within the month, as RETURNING says."""
        often = self.draws.multinomial(visitors, RETURNING, self.experiments)
        hits = np.zeros(self.experiments, dtype=np.int64)
        for times, devices in enumerate(often.T, start=1):
            usual = self.draws.binomial(devices, person.share)
            hits += self._reports(person, usual, devices - usual, times)
        return self._arms(hits, often @ np.arange(1, len(RETURNING) + 1))

    def monthly(self, person: Person, visitors: int, looks: int, months: int = 2) -> Arms:
        """The most that a device may: each visitor reports in the first month, and the same again in every other one.

        As many come before each of a month's `looks` as before every other; one column a look, with all reports until
        then.
        """
        each = max(round(visitors / looks), 1)
        usual = np.tile(self.draws.binomial(each, person.share, (self.experiments, looks)), months)
        hits = self._reports(person, usual, each - usual, 1).cumsum(axis=1)
        return self._arms(hits, np.broadcast_to(each * np.arange(1, looks * months + 1), hits.shape))

    def daily(self, share: float, per_day: int, days: int) -> Arms:
        """Each visitor reports once; one column a day, with all reports up to that day."""
        hits = self.draws.binomial(per_day, self._told(share), (self.experiments, days)).cumsum(axis=1)
        return self._arms(hits, np.broadcast_to(per_day * np.arange(1, days + 1), hits.shape))

    def daily_again(self, person: Person, per_day: int, days: int) -> Arms:
        """So many new visitors a day, who come again on the days that follow, as RETURNING says."""
        hits = np.zeros((self.experiments, days), dtype=np.int64)
        total = np.zeros((self.experiments, days), dtype=np.int64)
        for first in range(days):
            often = self.draws.multinomial(per_day, RETURNING, self.experiments)
            usual = self.draws.binomial(often, person.share)
            for later in range(min(len(RETURNING), days - first)):
                still, usually = often[:, later:].sum(axis=1), usual[:, later:].sum(axis=1)
                hits[:, first + later] += self._reports(person, usually, still - usually, 1)
                total[:, first + later] += still
        return self._arms(hits.cumsum(axis=1), total.cumsum(axis=1))

    def _reports(self, person: Person, usual: Counts, unusual: Counts, times: int) -> Counts:
        told = (self._told(person.chance(usual=True)), self._told(person.chance(usual=False)))
        return self.draws.binomial(usual * times, told[0]) + self.draws.binomial(unusual * times, told[1])

    def _told(self, share: float) -> float:
        return share * float(self.mechanism.keep) + (1 - share) * float(self.mechanism.stray)

    def _arms(self, hits: Counts, total: Counts) -> Arms:
        return Arms(hits, total, float(self.mechanism.keep), float(self.mechanism.stray))
