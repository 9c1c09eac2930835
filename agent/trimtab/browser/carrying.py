"""The text in which a visit goes from one page of a tab to the next: the page stores it, and hands it over there.

It is JSON with three members: `visit`, what `Visit.carry` gave; `left_ms`, when the page was left, in its own time; and
`left_at_ms`, the same on the wall clock. The page writes the last two.
"""

import math
from collections.abc import Iterable
from typing import ClassVar, Final

from trimtab.errors import StateError
from trimtab.pipeline import Visit
from trimtab.plain import Plain, dump, object_of, parse, read
from trimtab.values import Command, Event, Kind, Step

LOOK_MS: Final = 1_000
"""What changes without a word in the log is written down at most once a second; ours."""
COUNTED: Final = frozenset({Kind.EVENT, Kind.GOAL, Kind.ROUTE})


class Carrier:
    """Says what to store of a visit, whenever it has become something else, and goes on from what was stored."""

    __slots__ = ("_looked_ms", "_replayed", "_told", "_visit", "errors", "resumed")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_visit"})
    _looked_ms: float
    _replayed: set[int]
    _told: str
    errors: int
    resumed: bool

    def __init__(self, visit: Visit, replayed: Iterable[int] = ()) -> None:
        self._visit = visit
        self._replayed = set(replayed)
        self._told = ""
        self._looked_ms = -math.inf
        self.resumed = False
        self.errors = 0

    def resume(self, text: str, origin_ms: float) -> None:
        """Goes on from the text of an earlier page, on a page that started at `origin_ms` of the wall clock.

        A text that cannot be gone on with is counted, and the visit begins anew.
        """
        try:
            members = object_of(parse(text, "the stored visit"), ("left_ms", "left_at_ms", "visit"), "the stored visit")
            left_ms, left_at_ms = _time(members["left_ms"]), _time(members["left_at_ms"])
            self.resumed = self._visit.resume(members["visit"], left_ms, origin_ms - left_at_ms)
        except StateError:
            self.errors += 1

    def look(self, events: Iterable[Event], done: Step, now_ms: float) -> str | None:
        """After a step on these events: what to store now, or None if that is what is stored."""
        quiet = not done.log and not any(event.kind in COUNTED for event in events)
        if quiet and now_ms < self._looked_ms + LOOK_MS:
            return None
        self._looked_ms = now_ms
        text = dump(self._visit.carry())
        if text == self._told:
            return None
        self._told = text
        return text

    def take_back(self, commands: Iterable[Command]) -> list[Command]:
        """Beside a step's own commands: what the page has shown again by itself and is not to be shown here."""
        self._replayed -= {command.adjustment for command in commands}
        gone = self._replayed - self._visit.governor.returning()
        self._replayed -= gone
        return [Command(index, apply=False) for index in sorted(gone)]

    def forget(self) -> None:
        """Nothing is stored any more."""
        self._told, self._looked_ms = "", -math.inf


def _time(saved: Plain) -> float:
    time_ms: float = read(float, saved, "the time of leaving")
    if not math.isfinite(time_ms):
        raise StateError("the time of leaving is no time")
    return time_ms
