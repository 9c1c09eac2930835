"""The governor: the only place that says yes or no to a change of the page, always with a reason.

It decides as if every visitor saw everything, so that a control arm knows its would-have-been moments;
`experiments` says afterwards which of its decisions reach the page.
"""

import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from trimtab.declared import Adjustment
from trimtab.governor import ledger as book
from trimtab.governor.calm import Calm, Objection
from trimtab.governor.ledger import Ledger
from trimtab.messages import FEEDBACK
from trimtab.values import Candidate, Decision, Event, Kind, Reason, Verdict

__all__ = ["Carried", "Governor"]

MINUTE_MS: Final = 60_000
CHANGES_PAGE: Final = frozenset({Verdict.ALLOWED, Verdict.UNDONE})


@dataclass(frozen=True, slots=True)
class Carried:
    """The governor on the way to the next page. Times are those of the page that is left."""

    ledgers: tuple[book.Carried, ...]
    recent: tuple[float, ...]
    seen: tuple[float, ...]
    undos: int


class Governor:
    """Limits of each adjustment, of the visit and of the minute; what cannot be beside what; calm."""

    __slots__ = ("_calm", "_cap_per_minute", "_cap_per_visit", "_ledgers", "_recent", "_rivals", "_seen")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_cap_per_minute", "_cap_per_visit", "_rivals"})
    _calm: Calm
    _ledgers: list[Ledger]
    _recent: deque[float]
    _seen: tuple[float, ...]

    def __init__(self, adjustments: Sequence[Adjustment], cap_per_visit: int, cap_per_minute: int) -> None:
        self._ledgers = [Ledger(adjustment) for adjustment in adjustments]
        self._rivals = [
            [other.index for other in adjustments if other is not one and one.rivals(other)] for one in adjustments
        ]
        self._cap_per_visit = cap_per_visit
        self._cap_per_minute = cap_per_minute
        self._recent = deque(maxlen=cap_per_visit)
        self._seen = ()
        self._calm = Calm()

    def hear(self, event: Event) -> list[Decision]:
        """Takes every event: what the visitor is busy with, and what the page says of an earlier command."""
        self._calm.update(event)
        if event.kind not in FEEDBACK:
            if event.kind is Kind.ROUTE:
                for ledger in self._ledgers:
                    ledger.look_again()
            return []
        ledger = self._ledgers[int(event.a)]
        shown_ms, waited, seen = ledger.shown_since_ms, ledger.deferred, ledger.applied or ledger.goes_on
        if event.kind is Kind.FAILED and not seen and shown_ms is not None and shown_ms in self._recent:
            self._recent.remove(shown_ms)  # what did not happen takes nothing from the minute
        if event.kind is Kind.APPLIED and waited and not seen and shown_ms is not None:
            self._see(shown_ms, event.t_ms)
        decision = ledger.hear(event)
        if waited and event.kind in (Kind.APPLIED, Kind.UNDONE):
            self._calm.changed(event.t_ms)  # its moment came later than its decision
        if decision and decision.reason is Reason.UNDONE_BY_VISITOR:
            self._calm.undone_by_visitor()
        return [decision] if decision and ledger.is_news(decision) else []

    def _see(self, decided_ms: float, seen_ms: float) -> None:
        """What was decided has had to wait and is seen only now: it belongs to this minute."""
        others = [t_ms for t_ms in self._recent if t_ms != decided_ms]
        self._recent.clear()
        self._recent.extend([*others, seen_ms])

    def decide(self, candidates: Iterable[Candidate], now_ms: float) -> list[Decision]:
        """What to do now. A decision that only repeats the last one about its adjustment is not given again."""
        proposed = {candidate.adjustment: candidate for candidate in candidates}
        arriving = self._calm.arriving(now_ms)
        decisions = []
        # What ends comes first, or what waits for its place would wait on, with nobody to wake it.
        for ledger in sorted(self._ledgers, key=lambda ledger: not ledger.ends(proposed)):
            candidate = proposed.get(ledger.adjustment.index)
            decision = ledger.consider(candidate, now_ms, arriving=arriving)
            if decision and decision.verdict in CHANGES_PAGE:
                decision = self._change(ledger, decision, candidate)
            if decision and ledger.is_news(decision):
                decisions.append(decision)
        return decisions

    def _change(self, ledger: Ledger, decision: Decision, candidate: Candidate | None) -> Decision:
        """Makes the change unless something beyond the one adjustment objects."""
        now_ms, begins = decision.at_ms, decision.verdict is Verdict.ALLOWED
        remembered = decision.reason is Reason.REMEMBERED
        objection = self._calm.objection(ledger.adjustment, now_ms, begins=begins, remembered=remembered)
        limit = (self._conflict(ledger) if remembered else self._limit(ledger, now_ms)) if begins else None
        if limit:
            objection = limit if limit.for_good or not objection else objection
        if objection:
            return ledger.object(objection, candidate, now_ms)
        ledger.commit(decision)
        self._calm.changed(now_ms)
        if begins and not remembered:
            self._recent.append(now_ms)
        return decision

    def _limit(self, ledger: Ledger, now_ms: float) -> Objection | None:
        """What the caps and the rivals say to one more change."""
        if sum(other.shows for other in self._ledgers) >= self._cap_per_visit:
            return Objection(Reason.VISIT_CAP, for_good=True)
        if len(self._recent) >= self._cap_per_minute:
            free_ms = self._recent[-self._cap_per_minute] + MINUTE_MS
            if now_ms < free_ms:
                return Objection(Reason.MINUTE_CAP, free_ms)
        return self._conflict(ledger)

    def _conflict(self, ledger: Ledger) -> Objection | None:
        """What the adjustments say that cannot be on the page beside it."""
        if any(self._ledgers[rival].on_page for rival in self._rivals[ledger.adjustment.index]):
            return Objection(Reason.CONFLICT)
        return None

    def release(self, *, anew: bool) -> None:
        """Consent to adapt came (`anew`) or went: the page shows nothing now, and what still holds is decided again.

        What was decided without it was never seen, so it counts for no cap; what was seen before it went still does.
        """
        for ledger in self._ledgers:
            ledger.release(anew=anew)
        if anew:
            self._recent.clear()
            self._recent.extend(self._seen)
        else:
            self._seen = tuple(self._recent)

    def carry(self) -> Carried:
        """What goes on on the next page: shows, rests, refusals, caps, and what is shown."""
        ledgers = tuple(ledger.carry() for ledger in self._ledgers)
        return Carried(ledgers, tuple(self._recent), self._seen, self._calm.carry())

    def resume(self, carried: Carried, left_ms: float, away_ms: float) -> None:
        """Goes on from the page before, which was left at its `left_ms`, `away_ms` before this one started."""
        for ledger, before in zip(self._ledgers, carried.ledgers, strict=True):
            ledger.resume(before, left_ms, away_ms)
        self._recent.extend(t_ms - left_ms - away_ms for t_ms in carried.recent)
        self._seen = tuple(t_ms - left_ms - away_ms for t_ms in carried.seen)
        self._calm.resume(carried.undos)

    def returning(self) -> frozenset[int]:
        """The adjustments that the page before showed, and of which this one has still to decide."""
        return frozenset(ledger.adjustment.index for ledger in self._ledgers if ledger.remembered_ms is not None)

    def wake_at_ms(self) -> float:
        """When a wait of its own ends (infinity: none is running)."""
        return min([ledger.wake_at_ms for ledger in self._ledgers], default=math.inf)
