"""When decisions fall: the same moments however the events were cut into batches.

Discrete events (a click, a goal) are decided at once. Continuous ones (scrolling, the pointer) are decided on a grid
of GRID_MS of page time, and so is whatever ripens without any event.
"""

import math
from typing import ClassVar, Final

from trimtab.values import Event, Kind

GRID_MS: Final = 100
"""Ten decisions a second at most. A tenth of a second is what a person takes for at once (Nielsen 1993), and the step
of every smoothed series (`signals.pace`): on a finer grid every other decision would see the same speeds."""

AT_ONCE: Final = frozenset(
    {Kind.CLICK, Kind.EVENT, Kind.GOAL, Kind.HIDDEN, Kind.SHOWN, Kind.APPLIED, Kind.UNDONE, Kind.DEFERRED, Kind.FAILED}
)


class Timeline:
    """Keeps the time of the page, which never runs backwards, and the next moment of decision, `due_ms`."""

    __slots__ = ("_clock_ms", "due_ms", "misdated")
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    _clock_ms: float
    due_ms: float
    misdated: int

    def __init__(self) -> None:
        self._clock_ms = 0.0
        self.due_ms = math.inf
        self.misdated = 0

    def admit(self, event: Event, now_ms: float) -> Event:
        """The event, between the last one and now: one that comes late or from the future is counted and put there."""
        if self._clock_ms <= event.t_ms <= now_ms:
            return event
        t_ms = max(self._clock_ms, min(event.t_ms, now_ms))
        self.misdated += event.t_ms != t_ms
        return event._replace(t_ms=t_ms)

    def due_before(self, t_ms: float) -> float | None:
        """The next moment of decision before `t_ms`, if there is one; asking takes it off the list."""
        if self.due_ms >= t_ms:
            return None
        due_ms, self.due_ms = self.due_ms, math.inf
        self._clock_ms = due_ms
        return due_ms

    def pass_event(self, event: Event) -> bool:
        """Moves the clock to the event; says whether to decide at once, else notes the grid's next moment."""
        self._clock_ms = event.t_ms
        if event.kind in AT_ONCE:
            return True
        if self.due_ms >= event.t_ms + GRID_MS:  # else the grid's next moment is noted already
            self.expect(event.t_ms)
        return False

    def expect(self, t_ms: float) -> None:
        """Something has changed at `t_ms`: the grid's next moment is one of decision."""
        self.due_ms = min(self.due_ms, math.ceil(max(t_ms, self._clock_ms) / GRID_MS) * GRID_MS)

    def plan(self, decided_ms: float, wake_ms: float) -> None:
        """After a decision: the next one falls at `wake_ms`, moved up to the grid (infinity: none is needed)."""
        next_ms = (math.floor(decided_ms / GRID_MS) + 1) * GRID_MS
        self.due_ms = wake_ms if math.isinf(wake_ms) else max(next_ms, math.ceil(wake_ms / GRID_MS) * GRID_MS)

    def wake_at_ms(self) -> float | None:
        """When the next decision falls if no event comes, or None."""
        return None if math.isinf(self.due_ms) else self.due_ms
