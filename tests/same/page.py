"""A made-up page that does what it is told, mostly. No trace has its answers, because decisions cause them."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from trimtab.values import NO_TARGET, Command, Event, Kind
from trimtab.visitors.draws import Uniform, happens
from trimtab.visitors.window import FRAME_MS

PROGRESS: Final = "progress"
"""An event with a value, as a video tells it."""
PROGRESS_EVERY_MS: Final = 5000.0
PROGRESSES: Final = 12
FAILS: Final = 0.1
WAITS: Final = 0.25
WAIT_MS: Final = Uniform(400, 6000)
PAGE_UNDOES: Final = 0.1
VISITOR_UNDOES: Final = 0.35
UNDO_MS: Final = Uniform(700, 9000)
"""Chosen so that every answer a page can give is often given."""
BY_GOVERNOR, BY_VISITOR, BY_PAGE = 0.0, 1.0, 2.0


@dataclass(frozen=True, slots=True)
class MadeUpPage:
    """One page; `rng` says how it takes its commands."""

    rng: Random

    def tells(self) -> Iterator[Event]:
        """What it tells by itself: how far its video has come."""
        for number in range(1, PROGRESSES + 1):
            share = number / PROGRESSES * self.rng.random()
            yield Event(Kind.EVENT, number * PROGRESS_EVERY_MS, NO_TARGET, 0.0, share, 1.0, PROGRESS)

    def answers(self, command: Command, now_ms: float) -> Iterator[Event]:
        """What it says, and when, to a command that reaches it now."""
        at_ms = now_ms + FRAME_MS
        if not command.apply:
            yield _said(Kind.UNDONE, at_ms, command, BY_GOVERNOR)
            return
        if happens(FAILS, self.rng):
            yield _said(Kind.FAILED, at_ms, command)
            return
        if happens(WAITS, self.rng):
            yield _said(Kind.DEFERRED, at_ms, command)
            at_ms += WAIT_MS.draw(self.rng)
        yield _said(Kind.APPLIED, at_ms, command)
        if happens(PAGE_UNDOES, self.rng):
            yield _said(Kind.UNDONE, at_ms + UNDO_MS.draw(self.rng), command, BY_PAGE)
        elif happens(VISITOR_UNDOES, self.rng):
            yield _said(Kind.UNDONE, at_ms + UNDO_MS.draw(self.rng), command, BY_VISITOR)


def _said(kind: Kind, at_ms: float, command: Command, by: float = 0.0) -> Event:
    return Event(kind, at_ms, NO_TARGET, float(command.adjustment), by)
