"""The governor: the only place that says yes or no to a change of the page, always with a reason.

It decides as if every visitor saw everything, so that a control arm knows its would-have-been moments;
`experiments` says afterwards which of its decisions reach the page.
"""

import math
from collections.abc import Iterable, Sequence

from trimtab.declared import Adjustment
from trimtab.governor.limits import Ledger
from trimtab.values import Candidate, Decision, Event, Kind

__all__ = ["Governor"]


class Governor:
    """Debounce, minimum showing time, cooldown and caps for each adjustment and for the visit."""

    __slots__ = ("_cap_per_visit", "_ledgers")

    def __init__(self, adjustments: Sequence[Adjustment], cap_per_visit: int) -> None:
        self._ledgers = [Ledger(adjustment) for adjustment in adjustments]
        self._cap_per_visit = cap_per_visit

    def decide(self, candidates: Iterable[Candidate], now_ms: float) -> list[Decision]:
        """What to do now. A decision that only repeats the last one about its adjustment is not given again."""
        proposed = {candidate.adjustment: candidate for candidate in candidates}
        decisions = []
        for ledger in self._ledgers:
            room = sum(other.shows for other in self._ledgers) < self._cap_per_visit
            decision = ledger.decide(proposed.get(ledger.adjustment.index), now_ms, room)
            if decision and ledger.is_news(decision):
                decisions.append(decision)
        return decisions

    def hear(self, event: Event) -> list[Decision]:
        """What the page says of an earlier command: deferred, failed, or undone by the visitor or by the page."""
        if event.kind in (Kind.DEFERRED, Kind.FAILED, Kind.UNDONE):
            decision = self._ledgers[int(event.a)].hear(event)
            return [decision] if decision else []
        return []

    def release(self) -> None:
        """Consent to adapt came or went: the page shows nothing now, and what still holds is decided anew."""
        for ledger in self._ledgers:
            ledger.shown_since_ms = None
            ledger.last = None

    def wake_at_ms(self) -> float:
        """When a wait of its own ends (infinity: none is running)."""
        return min((ledger.wake_at_ms for ledger in self._ledgers), default=math.inf)
