"""Definitions of a skimmer to choose from, tried on the signals of everybody at four moments a second.

Only the choice is made here. What is chosen is replayed through the real pipeline afterwards.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from tests.reading.offline import Flags, Indices, Numbers, recording_of, scrolling, texts
from tests.reading.people import people
from tests.reading.statistics import auc, folds

GRID_MS: Final = 250
REPEATS: Final = 20
MEAN: Final = "mean speed"
PACE: Final = "paragraphs a minute"
WINDOWS_S: Final = (2, 5, 10)
MEAN_LIMITS: Final = (20.0, 30.0, 40.0, 50.0, 60.0, 75.0)
PACE_LIMITS: Final = (2.5, 3.0, 3.5, 4.0, 4.5)
SPEED_LIMITS: Final = (50.0, 100.0, 200.0)
ENTER_S: Final = (2, 5, 8)
LEAVE_S: Final = (8, 20)

type Series = Mapping[str, Numbers]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A skimmer is over all of these limits (signal, limit), for so many seconds."""

    limits: tuple[tuple[str, float], ...]
    enter_s: int
    leave_s: int

    @property
    def family(self) -> str:
        """The signals that it reads."""
        return " and ".join(name for name, _ in self.limits)

    def __str__(self) -> str:
        limits = ", ".join(f"{name} > {limit:g}" for name, limit in self.limits)
        return f"{limits}; {self.enter_s} s in, {self.leave_s} s out"


def candidates() -> list[Candidate]:
    """Every definition that is tried."""
    mean = [((MEAN, limit),) for limit in MEAN_LIMITS]
    pace = [((PACE, limit),) for limit in PACE_LIMITS]
    speed = [((windowed(span_s), limit),) for span_s in WINDOWS_S for limit in SPEED_LIMITS]
    both = [a + b for a, b in itertools.chain(itertools.product(mean, pace), itertools.product(speed, pace))]
    return [Candidate(*parts) for parts in itertools.product([*mean, *pace, *speed, *both], ENTER_S, LEAVE_S)]


def windowed(span_s: int) -> str:
    """Name of the speed over a moving window."""
    return f"speed over {span_s} s"


@cache
def everybodys_series() -> tuple[Series, ...]:
    """Each person's signals on the grid, computed offline."""
    found = []
    for person in people():
        visit, now = recording_of(person), np.arange(0, person.end_ms, GRID_MS, dtype=float)
        series = {windowed(span_s): scrolling.speed(visit, now, span_s * 1000) for span_s in WINDOWS_S}
        series[MEAN] = scrolling.mean_speed(visit, now)
        series[PACE] = texts.words_per_minute(visit, texts.story(visit), now)
        found.append(series)
    return tuple(found)


def tried(candidate: Candidate, series: Series) -> tuple[float, int]:
    """The segment's strength, 0 outside, averaged over the visit; and how often it changes."""
    if not len(series[MEAN]):
        return 0.0, 0
    holds, known, margin = judged(candidate, series)
    waits = [round(wait_s * 1000 / GRID_MS) for wait_s in (candidate.enter_s, candidate.leave_s)]
    inside = hysteresis(holds, known, *waits)
    latest = np.maximum.accumulate(np.where(holds & known, np.arange(len(holds)), -1))
    strength = np.where(inside, margin[latest], 0.0)
    return float(np.mean(strength)), int(np.count_nonzero(np.diff(inside, prepend=False)))


def judged(candidate: Candidate, series: Series) -> tuple[Flags, Flags, Numbers]:
    """At each moment: whether the rule holds, whether that is known, and the smallest margin of its numbers."""
    size = len(series[MEAN])
    holds, known, margin = np.ones(size, dtype=bool), np.ones(size, dtype=bool), np.ones(size)
    for name, limit in candidate.limits:
        value = series[name]
        known &= ~holds | ~np.isnan(value)  # what comes after a "no" is not asked
        margin = np.minimum(margin, np.abs(value - limit) / np.maximum(value, limit))
        holds &= value > limit
    return holds, known, margin


def hysteresis(holds: Flags, known: Flags, enter: int, leave: int) -> Flags:
    """Inside or outside at each moment: a change follows so many moments after the rule began to say otherwise."""
    says = np.where(known, holds.astype(int), -1)
    starts = np.flatnonzero(np.diff(says, prepend=-2))
    inside = np.zeros(len(says), dtype=bool)
    now_inside = False
    for start, end in zip(starts, [*starts[1:], len(says)], strict=True):
        inside[start:end] = now_inside
        wait = leave if now_inside else enter
        if says[start] == (not now_inside) and end - start > wait:
            now_inside = not now_inside
            inside[start + wait : end] = now_inside
    return inside


@dataclass(frozen=True, slots=True)
class Trials:
    """What came of the candidates: a row a candidate, a column a person."""

    candidates: tuple[Candidate, ...]
    strengths: Numbers
    changes: Numbers

    def only(self, rows: Flags) -> "Trials":
        """Some of the candidates."""
        chosen = tuple(candidate for candidate, keep in zip(self.candidates, rows, strict=True) if keep)
        return Trials(chosen, self.strengths[rows], self.changes[rows])


@cache
def trials() -> Trials:
    """Every candidate on everybody."""
    rows = [[tried(candidate, series) for series in everybodys_series()] for candidate in candidates()]
    table = np.array(rows)
    return Trials(tuple(candidates()), table[:, :, 0], table[:, :, 1])


@dataclass(frozen=True, slots=True)
class Choice:
    """What cross-validation says of choosing among some candidates: the area that the chosen one has on everybody, the
    mean and standard deviation of the areas on held-out people, how often the same one is chosen, and the share of
    people in whose visit it changes more than twice."""

    chosen: Candidate
    apparent: float
    held_out: float
    deviation: float
    again: float
    restless: float


def choose(among: Trials, scores: Indices, counted: Flags) -> Choice:
    """Chooses the candidate with the largest area; on four fifths of the people again and again, to see what is left
    of it on the last fifth. Only people who are `counted` are in any of the areas."""
    strengths, known = among.strengths[:, counted], scores[counted]
    areas, chosen = [], []
    for repeat in range(REPEATS):
        for training, held in folds(known, repeat):
            place = best(strengths[:, training], known[training])
            chosen.append(place)
            areas.append(auc(strengths[place][held], known[held]))
    place = best(strengths, known)
    return Choice(
        among.candidates[place],
        auc(strengths[place], known),
        float(np.mean(areas)),
        float(np.std(areas)),
        float(np.mean(np.array(chosen) == place)),
        float(np.mean(among.changes[place] > 2)),
    )


def best(strengths: Numbers, scores: Indices) -> int:
    """The row with the largest area; the first of those that are as good."""
    return int(np.argmax([auc(row, scores) for row in strengths]))
