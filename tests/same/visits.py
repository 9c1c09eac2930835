"""The visits that are decided twice, each with what CPython decided, one event at a time."""

import heapq
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import Final

from tests.conftest import ROOT
from tests.reading.definitions import WORDS_A_PARAGRAPH
from tests.reading.people import people
from tests.reading.traces import read
from tests.same.page import MadeUpPage
from trimtab.experiments import assign
from trimtab.loading import load_policy, policy_hash
from trimtab.messages import log_entry
from trimtab.pipeline import Visit
from trimtab.policy import Policy
from trimtab.values import Consent, Event
from trimtab.visitors.draws import seeded
from trimtab.visitors.pages import page_of
from trimtab.visitors.people import PEOPLE
from trimtab.visitors.replay import EVERYTHING, showing_arm
from trimtab.visitors.simulate import simulate
from trimtab.visitors.trace import read_trace

SITES: Final = {
    "watchful": Path(__file__).parent / "watchful",
    **{name: ROOT / "demo_site" / name for name in ("news", "shop", "course")},
}
IN_TURN: Final = ("watchful", "news", "shop", "course", "news", "shop", "course")
"""The sites of made-up visitors. A step of the watchful one takes as long as ten of any other."""
LONGEST_MS: Final = {"watchful": 90_000.0}
"""Who has not left by then, does."""
RECORDED: Final = sorted((ROOT / "tests" / "cases" / "traces").glob("*.jsonl"))
SEED_OF_REPLAY: Final = "replay"
DENIES_EVERY: Final = 25
"""One simulated visitor in so many lets the page observe and not adapt."""


@dataclass(frozen=True, slots=True)
class Played:
    """One visit: who, to which site, as which device (`arm` is empty where the seed draws it), and all that the page
    sends of it. `log` is the log as CPython writes it: JSON objects, a comma between them."""

    name: str
    site: str
    seed: str
    arm: str
    adapt: bool
    events: tuple[Event, ...]
    log: str

    @property
    def consent(self) -> Consent:
        """What the visitor permits."""
        return Consent(observe=True, adapt=self.adapt, remember=True)


@cache
def policy_of(site: str) -> tuple[Policy, bytes]:
    """The policy of a site, and its source."""
    path = SITES[site] / "policy.py"
    return load_policy(path), path.read_bytes()


def simulated(number: int, every: int = 1, first: int = 0) -> Iterator[Played]:
    """One in `every` of so many made-up visitors, from the `first` on: all kinds of them, on every site in turn."""
    kinds = list(PEOPLE)
    for seed in range(first, number, every):
        yield _live(kinds[seed % len(kinds)], IN_TURN[seed // len(kinds) % len(IN_TURN)], seed)


def recorded() -> Iterator[Played]:
    """The visits that were recorded in a browser, as `trimtab replay` decides about them up to the last event."""
    for trace in RECORDED:
        yield _replayed(trace.stem, trace.name.partition("-")[0], trace)


def readers(folder: Path, every: int = 1, first: int = 0) -> Iterator[Played]:
    """One in `every` of the real readers, from the `first` on, as a visitor of the news site, decided like those."""
    targets = tuple(target.name for target in policy_of("news")[0].targets)
    for person in islice(people(), first, None, every):
        list(read(person, folder, WORDS_A_PARAGRAPH, targets))
        yield _replayed(f"reader {person.id}", "news", folder / f"{person.id}.jsonl")


def _replayed(name: str, site: str, trace: Path) -> Played:
    policy, source = policy_of(site)
    arm = showing_arm(policy)
    events = tuple(read_trace(trace, [target.name for target in policy.targets]))
    declaration = policy.declaration(policy_hash(policy, source))
    visit = Visit(policy, declaration, assign(policy, SEED_OF_REPLAY, arm), EVERYTHING)
    decided = [entry for event in events for entry in visit.step([event], event.t_ms).log]
    log = _text([log_entry(entry, [adjustment.name for adjustment in policy.adjustments]) for entry in decided])
    return Played(name, site, SEED_OF_REPLAY, arm, True, events, log)


def _live(kind: str, site: str, seed: int) -> Played:
    """The visit of one made-up visitor to a made-up page, which answers what it is told."""
    policy, source = policy_of(site)
    rng = seeded(seed)
    doings = simulate(kind, page_of(policy), rng)
    bare = Played(f"{kind} {seed}", site, f"{seed:032x}", "", bool(seed % DENIES_EVERY), (), "")
    declaration = policy.declaration(policy_hash(policy, source))
    visit = Visit(policy, declaration, assign(policy, bare.seed), bare.consent)
    page = MadeUpPage(rng)
    numbers = count()
    ends_ms = min(doings[-1].t_ms, LONGEST_MS.get(site, doings[-1].t_ms))
    queue = [(event.t_ms, next(numbers), event) for event in (*doings, *page.tells()) if event.t_ms <= ends_ms]
    heapq.heapify(queue)
    events, lines = [], []
    while queue:
        now_ms, _, event = heapq.heappop(queue)
        events.append(event)
        step = visit.step([event], now_ms)
        lines += [log_entry(entry, [adjustment.name for adjustment in policy.adjustments]) for entry in step.log]
        for answer in (answer for command in step.commands for answer in page.answers(command, now_ms)):
            heapq.heappush(queue, (answer.t_ms, next(numbers), answer))
    return Played(bare.name, site, bare.seed, bare.arm, bare.adapt, tuple(events), _text(lines))


def _text(lines: Sequence[dict[str, object]]) -> str:
    """The lines as the worker's answers hold them."""
    return json.dumps(list(lines))[1:-1]
