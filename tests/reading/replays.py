"""The readers replayed through the real pipeline, and what its signals say at chosen moments."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from tests.agent.making import open_visit
from tests.reading.offline import Numbers
from tests.reading.people import Person
from tests.reading.traces import TARGETS, traces
from trimtab import Policy
from trimtab.declared import Smoothing
from trimtab.values import NO_TARGET, Measure

type Quantity = tuple[str, int]
"""A signal's name and the index of its target, or NO_TARGET."""

STORY = 0
EARLY_MS = 30_000
OF_PAGE = (
    "scroll.speed_px_s",
    "scroll.mean_speed_px_s",
    "scroll.median_speed_px_s",
    "scroll.depth",
    "scroll.position",
    "scroll.turns",
    "scroll.pauses",
    "scroll.idle_s",
    "frustration.excessive_scrolls",
    "attention.attended_s",
)
OF_VIEWS = ("dwell.attended_s", "dwell.longest_s", "dwell.visits", "visible.share")
OF_TEXTS = ("reading.words_per_minute", "reading.words_seen", "reading.share_seen", "reading.rereads")
QUANTITIES: tuple[Quantity, ...] = (
    *((name, NO_TARGET) for name in OF_PAGE),
    *((name, target) for target in range(len(TARGETS)) for name in (*OF_VIEWS, *OF_TEXTS)),
)


def watching(smoothing: Smoothing | None = None) -> Policy:
    """A policy that has the story and its paragraphs as targets, and no rule."""
    policy = Policy("readers", smoothing=smoothing) if smoothing else Policy("readers")
    for name in TARGETS:
        policy.target(name, f"#{name}")
    return policy


@cache
def moments(person: Person) -> Numbers:
    """When the signals are asked: at each record, once at random between any two, half a minute into the visit, and
    for a while after the last record."""
    rng = np.random.default_rng(person.id)
    times = np.array([*person.t_ms, person.end_ms + 45_000])
    between = times[:-1] + rng.random(len(times) - 1) * np.diff(times)
    return np.unique(np.concatenate([times, between, [EARLY_MS]]))


def ask(person: Person, quantities: Sequence[Quantity], now_ms: Numbers, policy: Policy) -> Mapping[Quantity, Numbers]:
    """What the pipeline's signals say at each moment; NaN where they do not know."""
    visit = open_visit(policy)
    events = traces()[person.id]
    answers: dict[Quantity, list[float]] = {quantity: [] for quantity in quantities}
    taken = 0
    for now in now_ms:
        until = taken
        while until < len(events) and events[until].t_ms <= now:
            until += 1
        visit.step(events[taken:until], now)
        taken = until
        gauge = visit.signals.gauge(now)
        for name, target in quantities:
            reading = gauge(name, target, "")
            answers[name, target].append(reading.value if isinstance(reading, Measure) else np.nan)
    return {quantity: np.array(values) for quantity, values in answers.items()}


@cache
def everything(person: Person) -> Mapping[Quantity, Numbers]:
    """Every quantity that the recordings allow, at `moments(person)`, by the core's defaults."""
    return ask(person, QUANTITIES, moments(person), watching())


def reading_at(person: Person, quantity: Quantity, now_ms: float) -> float:
    """One of `everything`, at one of the moments."""
    return float(everything(person)[quantity][np.searchsorted(moments(person), now_ms)])
