"""A crowd of made-up visitors: who they are, on which days they come, and what they permit.

All numbers are ours: no site was measured. They are there so that everything happens that happens to a site: some
share and some do not, some come again, and a few come so often that their budget ends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from trimtab.values import Consent
from trimtab.visitors.draws import happens, seeded

MIX: Final[Mapping[str, int]] = {
    "skimmer": 40,
    "touch-user": 10,
    "idle-tab": 15,
    "hesitant-shopper": 10,
    "comparer": 10,
    "form-struggler": 5,
    "frustrated": 5,
    "keyboard-user": 5,
}
"""Who comes, in percent. Deep readers are left out: whoever reaches the goal of a page with a text has read it."""
COMES_AGAIN: Final = 0.01
"""The chance that a visitor who was there before comes on a day."""
REGULARS: Final = 0.02
"""Visitors who come on most days."""
REGULAR_COMES: Final = 0.7
TWICE: Final = 0.05
"""Days on which somebody comes a second time."""
ADAPTS_ALONE: Final = 1 / 3
"""Of those who do not share: how many let the page adapt. The others agree to nothing, so nothing of theirs runs."""

SHARES: Final = Consent(observe=True, adapt=True, remember=True, share=True)
ADAPTS: Final = Consent(observe=True, adapt=True, remember=True, share=False)
NOTHING: Final = Consent()


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many visitors, spread over so many days up to `last_day` (days since 1970-01-01, UTC). Shares are 0..1.

    `sharing`: of the visitors, those whose devices make reports. `base`: of the visits, those that reach the goal;
    `lift` comes on top for visits in which an adjustment was shown: it is the true effect.
    """

    visitors: int
    days: int
    last_day: int
    seed: int
    sharing: float
    base: float
    lift: float

    def chance(self, *, shown: bool) -> float:
        """The chance that a visit reaches the goal."""
        return self.base + self.lift if shown else self.base


@dataclass(frozen=True, slots=True)
class Comer:
    """One visitor: a name of PEOPLE, what they permit, and the days on which they come (twice, if a day is twice)."""

    person: str
    consent: Consent
    days: tuple[int, ...]


def draw_comer(crowd: Crowd, rng: Random) -> Comer:
    """Who this is."""
    names = [name for name, percent in MIX.items() for _ in range(percent)]
    return Comer(names[int(rng.random() * len(names))], _consent(crowd, rng), tuple(_days(crowd, rng)))


def generator(crowd: Crowd, number: int) -> Random:
    """The generator of the crowd's visitor of this number: all that happens to them hangs on it and on nobody else."""
    return seeded(crowd.seed << 32 | number)


def _consent(crowd: Crowd, rng: Random) -> Consent:
    if happens(crowd.sharing, rng):
        return SHARES
    return ADAPTS if happens(ADAPTS_ALONE, rng) else NOTHING


def _days(crowd: Crowd, rng: Random) -> Iterator[int]:
    first_day = crowd.last_day - crowd.days + 1
    begins = first_day + int(rng.random() * crowd.days)
    comes = REGULAR_COMES if happens(REGULARS, rng) else COMES_AGAIN
    for day in range(begins, crowd.last_day + 1):
        if day == begins or happens(comes, rng):
            yield day
            if happens(TWICE, rng):
                yield day
