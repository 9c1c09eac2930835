"""What is decided about a visit is the same to the byte in CPython and in a real pack's Pyodide in a real browser.

CPython takes one event at a time; the browser gathers them into frames of 16 ms, takes them singly, by the second, or
all at once (`player.js`), and wakes when Python asked for it. So the logs show as well that batches do not matter.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from tests.reading.people import needs_readers, people
from tests.runtimes import LEAN, RUNTIMES
from tests.same.browser import Answer, played
from tests.same.visits import RECORDED, SITES, Played, policy_of, readers, recorded, simulated
from trimtab.values import Reason
from trimtab.visitors.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Share:
    """Which visits are played: of so many simulated ones one in `every`, from the `first` on; and of the readers."""

    simulated: int
    every: int
    first: int = 0


SOME: Final = Share(1000, 11)
"""`make test` plays these; kinds and sites take turns of 63, so all of them meet here as well."""
SHARES: Final = [Share(10_000, 11, first) for first in range(11)]
"""`make proof` plays all of 10,000, in shares that end within minutes each and are as mixed."""
NAMED: Final = {"some": SOME} | {f"share{share.first}": share for share in SHARES}
PLAYED: Final = [
    pytest.param(
        (share, runtime),
        marks=[] if share == SOME and runtime != LEAN else [pytest.mark.proof],
        id=f"{runtime}-{name}",
    )
    for name, share in NAMED.items()
    for runtime in RUNTIMES
]
NOT_MET: Final = {Reason.REMEMBERED, Reason.TO_HYDRATE, Reason.UNDONE_BY_SHIFT}
"""Made-up visitors come to one page, which no framework takes over and which does not move."""
LEFT: Final = 15
"""Segments that are left again; the others are about numbers that only grow."""


@dataclass(frozen=True)
class Compared:
    """Visits with what the browser answered, in the same order."""

    visits: Sequence[Played]
    answers: Sequence[Answer]
    share: Share

    @cached_property
    def lines(self) -> list[tuple[Played, dict[str, Any]]]:
        """Each line of CPython's logs, with whose it is."""
        return [(visit, line) for visit in self.visits for line in json.loads(f"[{visit.log}]")]

    def changed(self, *, entered: bool) -> set[tuple[str, str]]:
        """Segments, each with its site, that somebody entered, or left."""
        return {(visit.site, line["segment"]) for visit, line in self.lines if line.get("entered") is entered}


@lru_cache(1)
def visits_of(share: Share) -> Sequence[Played]:
    """Decided here once, for all runtimes."""
    return [*simulated(share.simulated, share.every, share.first), *recorded()]


@pytest.fixture(scope="module", params=PLAYED)
def made_up(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Compared:
    share, runtime = request.param
    visits = visits_of(share)
    return Compared(visits, _played(browser, visits, tmp_path_factory.mktemp("made-up"), runtime), share)


@pytest.fixture(scope="module", params=PLAYED)
def read(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Compared:
    share, runtime = request.param
    folder = tmp_path_factory.mktemp("readers")
    visits = list(readers(folder, share.every, share.first))
    return Compared(visits, _played(browser, visits, folder, runtime), share)


def _played(browser: Browser, visits: Sequence[Played], folder: Path, runtime: str) -> list[Answer]:
    with browser.new_page() as page:
        return played(page, visits, folder, runtime)


def differences(compared: Compared) -> Iterator[str]:
    """For each visit that is decided otherwise, the first line that differs."""
    for visit, answer in zip(compared.visits, compared.answers, strict=True):
        here, there = ([*log.split("}, {"), "the end"] for log in (visit.log, answer.log))
        differing = next((pair for pair in zip(here, there, strict=False) if pair[0] != pair[1]), None)
        if differing:
            yield f"{visit.name} at {visit.site}\n  CPython  {differing[0]}\n  browser  {differing[1]}"


def check(compared: Compared) -> None:
    """The logs are the same, nothing was refused, and no rule failed."""
    found = list(differences(compared))
    assert not found, f"{len(found)} of {len(compared.visits)} visits differ:\n" + "\n".join(found[:5])
    assert [answer.log for answer in compared.answers] == [visit.log for visit in compared.visits]
    assert {answer.bad for answer in compared.answers} == {0}


def test_simulated_visits_are_decided_alike_to_the_byte(made_up: Compared) -> None:
    check(made_up)
    share = made_up.share
    assert len(made_up.visits) == len(range(share.first, share.simulated, share.every)) + len(RECORDED)
    assert {(visit.name.split()[0], visit.site) for visit in made_up.visits} >= {(k, s) for k in PEOPLE for s in SITES}


@needs_readers
def test_the_real_readers_are_decided_alike_to_the_byte(read: Compared) -> None:
    check(read)
    assert len(read.visits) == len(people()[read.share.first :: read.share.every])
    assert len(read.lines) > len(read.visits)


def test_the_visits_know_every_reason_and_every_segment(made_up: Compared) -> None:
    reasons = {line["reason"] for _, line in made_up.lines if "reason" in line}
    segments = {(site, segment.name) for site in SITES for segment in policy_of(site)[0].segments}
    entered, left = made_up.changed(entered=True), made_up.changed(entered=False)
    if made_up.share != SOME:
        assert reasons == set(Reason) - NOT_MET
        assert entered == segments
    assert len(reasons) > 0.8 * len(Reason)
    assert len(entered) > 0.8 * len(segments)
    assert len(left) > LEFT
    assert len(made_up.lines) > 10 * len(made_up.visits)
    assert len({line["because"] for _, line in made_up.lines if "because" in line}) > 3 * len(made_up.visits)


def test_the_browser_took_the_events_in_other_batches(made_up: Compared) -> None:
    """By frames, singly with waking between them, by seconds with more of it, and all at once."""
    steps = [answer.steps / len(visit.events) for visit, answer in zip(made_up.visits, made_up.answers, strict=True)]
    assert sum(share < 0.1 for share in steps) > len(steps) / 8
    assert sum(0.1 <= share < 1 for share in steps) > len(steps) / 8
    assert sum(share > 1 for share in steps) > len(steps) / 8
