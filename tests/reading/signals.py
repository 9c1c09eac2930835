"""What each signal alone says about how much somebody understood, at the end of the visit and half a minute into it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from scipy.stats import spearmanr  # type: ignore[import-untyped]

from tests.reading.offline import Indices, Numbers, recording_of, scrolling
from tests.reading.people import Person, people
from tests.reading.replays import EARLY_MS, STORY, Quantity, reading_at
from tests.reading.statistics import Estimate, bootstrap, low_and_high
from trimtab.values import NO_TARGET

END: Final = 1
EARLY: Final = 0
MOST_PARAGRAPHS: Final = 7


@dataclass(frozen=True, slots=True)
class Signal:
    """One number of a visit. `sign` is +1 if a skimmer is expected to have more of it, −1 for less."""

    name: str
    sign: int
    value: Callable[[int], Numbers]

    def known(self, when: int) -> Numbers:
        """Everybody's value at EARLY or END; NaN for those who are not known then."""
        return self.value(when)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a signal says: of how many of each group it was known, its correlation with the score, and the areas at the
    end and early (None if it is known of nobody by then)."""

    signal: Signal
    low: int
    high: int
    correlation: float
    area: Estimate
    early: Estimate | None


def scores() -> Indices:
    """Everybody's comprehension, 0 to 3."""
    return np.array([person.score for person in people()])


def scrolled_twice() -> Numbers:
    """1 for those who scrolled twice or more, NaN for the others: of them next to nothing is known."""
    return np.array([1.0 if len(person.t_ms) > 2 else np.nan for person in people()])


def moment(person: Person, when: int) -> float:
    """EARLY or END as a time (ms) in this person's visit; NaN if it was over by then."""
    if when == END:
        return person.end_ms
    return EARLY_MS if person.end_ms >= EARLY_MS else np.nan


@cache
def readings(quantity: Quantity, when: int) -> Numbers:
    """Everybody's reading, by the real pipeline."""
    times = [(person, moment(person, when)) for person in people()]
    return np.array([np.nan if np.isnan(t) else reading_at(person, quantity, t) for person, t in times])


def of_page(name: str) -> Callable[[int], Numbers]:
    """A signal of the page."""
    return lambda when: readings((name, NO_TARGET), when)


def of_story(name: str) -> Callable[[int], Numbers]:
    """A signal of the whole text."""
    return lambda when: readings((name, STORY), when)


def of_paragraphs(name: str) -> Callable[[int], Numbers]:
    """The median over the paragraphs that the text has."""

    def median(when: int) -> Numbers:
        counts = [len(recording_of(person).tops_px) for person in people()]
        table = np.array([readings((name, STORY + 1 + n), when) for n in range(MOST_PARAGRAPHS)])
        return np.array([np.median(table[:count, column]) for column, count in enumerate(counts)])

    return median


def over_window(span_s: float) -> Callable[[int], Numbers]:
    """Scroll speed over a longer window than the default one, offline: a test shows that it is the pipeline's."""

    def speeds(when: int) -> Numbers:
        return np.array([speed_at(person, moment(person, when)) for person in people()])

    def speed_at(person: Person, now_ms: float) -> float:
        now = np.array([0.0 if np.isnan(now_ms) else now_ms])
        return float(scrolling.speed(recording_of(person), now, span_s * 1000)[0])

    return speeds


def mean_step_speed(when: int) -> Numbers:
    """The number that is known to be the best single one for these data; no signal of ours."""
    values = [scrolling.mean_step_speed(recording_of(person)) for person in people()]
    return np.array(values) if when == END else np.full(len(values), np.nan)


SIGNALS: Final = (
    Signal("mean of px/s from scroll to scroll (offline; the known best)", 1, mean_step_speed),
    Signal("`scroll.mean_speed_px_s`", 1, of_page("scroll.mean_speed_px_s")),
    Signal("`scroll.speed_px_s`, over 2 s (default)", 1, of_page("scroll.speed_px_s")),
    Signal("`scroll.speed_px_s`, over 5 s", 1, over_window(5)),
    Signal("`scroll.speed_px_s`, over 10 s", 1, over_window(10)),
    Signal("`scroll.speed_px_s`, over 30 s", 1, over_window(30)),
    Signal("`scroll.median_speed_px_s`", 1, of_page("scroll.median_speed_px_s")),
    Signal("`scroll.turns`", 1, of_page("scroll.turns")),
    Signal("`scroll.pauses`", -1, of_page("scroll.pauses")),
    Signal("`scroll.depth`", 1, of_page("scroll.depth")),
    Signal("`scroll.position`", 1, of_page("scroll.position")),
    Signal("`scroll.idle_s`", -1, of_page("scroll.idle_s")),
    Signal("`reading.words_per_minute`, in paragraphs", 1, of_story("reading.words_per_minute")),
    Signal("`reading.words_seen`, in paragraphs", 1, of_story("reading.words_seen")),
    Signal("`reading.share_seen`", 1, of_story("reading.share_seen")),
    Signal("`reading.rereads`, in paragraphs", -1, of_story("reading.rereads")),
    Signal("`dwell.attended_s`, median paragraph", -1, of_paragraphs("dwell.attended_s")),
    Signal("`dwell.longest_s`, median paragraph", -1, of_paragraphs("dwell.longest_s")),
    Signal("`dwell.visits`, median paragraph", -1, of_paragraphs("dwell.visits")),
    Signal("`visible.share`, median paragraph", 1, of_paragraphs("visible.share")),
    Signal("`attended_s`", -1, of_page("attention.attended_s")),
    Signal("`frustration.excessive_scrolls`", 1, of_page("frustration.excessive_scrolls")),
)


@cache
def findings() -> tuple[Finding, ...]:
    """What each signal says, of those who scrolled twice or more."""
    return tuple(_findings())


def _findings() -> Iterator[Finding]:
    score, some = scores(), scrolled_twice()
    low, high = low_and_high(score)
    for signal in SIGNALS:
        values = signal.known(END) * some
        known = ~np.isnan(values)
        correlation = float(spearmanr(values[known], score[known]).statistic) if np.ptp(values[known]) else np.nan
        area = bootstrap(signal.sign * values, score)
        known_early = signal.sign * signal.known(EARLY) * some
        early = None if np.isnan(known_early).all() else bootstrap(known_early, score)
        yield Finding(signal, int(known[low].sum()), int(known[high].sum()), correlation, area, early)
