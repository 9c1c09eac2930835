"""The governor's book of one adjustment: what it did, what it is waiting for, and what it may still do."""

import math
from collections.abc import Container
from dataclasses import dataclass
from typing import ClassVar, Final

from trimtab.declared import Adjustment
from trimtab.governor.calm import Objection
from trimtab.values import Candidate, Decision, Event, Kind, Reason, Verdict

RETRY_MS: Final = 5_000
"""A target that was not on the page may come later (content that loads)."""
MAX_RETRY_MS: Final = 300_000
"""Each time that it is still not there the wait doubles, up to this; or the log would tell of nothing else."""

UNDONE_BY: Final = {1: Reason.UNDONE_BY_VISITOR, 2: Reason.UNDONE_BY_PAGE, 3: Reason.UNDONE_BY_SHIFT}
WAITS_FOR: Final = (Reason.WOULD_MOVE_LAYOUT, Reason.UNDER_POINTER, Reason.FOCUS_INSIDE, Reason.TO_HYDRATE)
"""Why the page has not done it yet, by the number that comes with `Kind.DEFERRED`."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A ledger on the way to the next page. Times are those of the page that is left."""

    shows: int
    rests_until_ms: float
    rests_because: Reason
    refused: Reason | None
    seen: tuple[int, float]
    shown_since_ms: float | None
    remembered_ms: float | None


@dataclass(slots=True)
class Ledger:
    """State of one adjustment in one visit. `shows` counts how often it was allowed."""

    GIVEN: ClassVar[frozenset[str]] = frozenset({"adjustment"})
    adjustment: Adjustment
    shows: int = 0
    shown_since_ms: float | None = None
    proposed_since_ms: float | None = None
    rests_until_ms: float = -math.inf
    rests_because: Reason = Reason.COOLDOWN
    refused: Reason | None = None
    seen: tuple[int, float] = (0, -math.inf)
    """Shows and rest as they were when the consent to adapt last went."""
    applied: bool = False
    """The page has said so, since it was last allowed."""
    retry_ms: float = RETRY_MS
    """How long it rests when the page cannot do it the next time."""
    deferred: bool = False
    """The page waits for a safe moment, to show it or to take it back."""
    remembered_ms: float | None = None
    """For how long the page before had shown it when it was left, while this one may still show it at once."""
    goes_on: bool = False
    """Shown since the page before: this is no new show."""
    wake_at_ms: float = math.inf
    last: tuple[Verdict, Reason] | None = None

    def consider(self, candidate: Candidate | None, now_ms: float, *, arriving: bool) -> Decision | None:
        """What the limits of this one adjustment say; a change of the page still needs `commit`.

        `arriving`: these are the first moments of the page, in which what is remembered comes back.
        """
        self.wake_at_ms = math.inf
        if not arriving:
            self.remembered_ms = None
        if candidate is None:
            self.proposed_since_ms = None
            if self.remembered_ms is not None:
                return self._forget(now_ms)
            return None if self.shown_since_ms is None else self._end(self.shown_since_ms, now_ms)
        if self.proposed_since_ms is None:
            self.proposed_since_ms = now_ms
        if self.shown_since_ms is not None:
            return None
        return self._begin(candidate, self.proposed_since_ms, now_ms)

    def _begin(self, candidate: Candidate, proposed_ms: float, now_ms: float) -> Decision:
        ripe_ms = proposed_ms + self.adjustment.debounce_ms
        if self.refused:
            return self._say(Verdict.REFUSED, self.refused, now_ms, candidate)
        if self.remembered_ms is not None:
            return self._say(Verdict.ALLOWED, Reason.REMEMBERED, now_ms, candidate)
        if self.shows >= self.adjustment.cap:
            return self._say(Verdict.REFUSED, Reason.ADJUSTMENT_CAP, now_ms, candidate)
        if now_ms < self.rests_until_ms:
            return self._wait(self.rests_because, self.rests_until_ms, now_ms, candidate)
        if now_ms < ripe_ms:
            return self._wait(Reason.DEBOUNCE, ripe_ms, now_ms, candidate)
        return self._say(Verdict.ALLOWED, Reason.RULE_HOLDS, now_ms, candidate)

    def _end(self, shown_ms: float, now_ms: float) -> Decision:
        shown_enough_ms = shown_ms + self.adjustment.show_ms
        if now_ms < shown_enough_ms:
            return self._wait(Reason.MINIMUM_SHOWING, shown_enough_ms, now_ms, None)
        return self._say(Verdict.UNDONE, Reason.RULE_ENDED, now_ms, None)

    def _forget(self, now_ms: float) -> Decision:
        """Its rule no longer holds on this page: it went with the page before, and rests as if it had been undone."""
        self._rest(now_ms, self.adjustment.cooldown_ms, Reason.COOLDOWN)
        return self._say(Verdict.HELD, Reason.COOLDOWN, now_ms, None, self.rests_until_ms)

    def commit(self, decision: Decision) -> None:
        """The change is made: from now on it is shown, or rests."""
        if decision.reason is Reason.REMEMBERED and self.remembered_ms is not None:
            self.shown_since_ms = decision.at_ms - self.remembered_ms  # the time away is no time on show
            self.goes_on, self.remembered_ms = True, None
        elif decision.verdict is Verdict.ALLOWED:
            self.shows += 1
            self.shown_since_ms = decision.at_ms
        else:
            self._rest(decision.at_ms, self.adjustment.cooldown_ms, Reason.COOLDOWN)
        self.applied = self.deferred = False

    def object(self, objection: Objection, candidate: Candidate | None, now_ms: float) -> Decision:
        """The change is not made, because of something beyond this adjustment."""
        if objection.for_good:
            return self._say(Verdict.REFUSED, objection.reason, now_ms, candidate)
        if objection.until_ms is None:
            return self._say(Verdict.HELD, objection.reason, now_ms, candidate)
        return self._wait(objection.reason, objection.until_ms, now_ms, candidate)

    @property
    def on_page(self) -> bool:
        """Whether the page shows it, or may."""
        return self.shown_since_ms is not None or self.deferred

    def ends(self, proposed: Container[int]) -> bool:
        """Whether it is shown although no rule wants it any more."""
        return self.shown_since_ms is not None and self.adjustment.index not in proposed

    def release(self, *, anew: bool) -> None:
        """The page has taken everything back. `anew`: what was decided since it last did was never seen."""
        self._end_showing()
        self.applied = self.deferred = False
        self.last = None
        if anew:
            self.shows, self.rests_until_ms = self.seen
        else:
            self.seen = (self.shows, self.rests_until_ms)

    def hear(self, event: Event) -> Decision | None:
        """The page has done it, could not do it yet, could not do it at all, or has undone it."""
        if event.kind is Kind.DEFERRED:
            return self._defer(event)
        if self.shown_since_ms is None:
            self.deferred = self.deferred and event.kind is not Kind.UNDONE
            return self._hear_late_no(event)
        waited, self.deferred = self.deferred, False
        if event.kind is Kind.APPLIED:
            if not self.applied and (waited or not self.goes_on):
                self.shown_since_ms = event.t_ms  # a change that was deferred is shown from now on
            self.applied, self.retry_ms = True, RETRY_MS
            return None
        if event.kind is Kind.FAILED:
            self.shows -= not (self.applied or self.goes_on)  # what was seen counts
            self._rest(event.t_ms, self.retry_ms, Reason.NOTHING_TO_CHANGE)
            self.retry_ms = min(2 * self.retry_ms, MAX_RETRY_MS)
            return self._say(Verdict.HELD, Reason.NOTHING_TO_CHANGE, event.t_ms, None, self.rests_until_ms)
        reason = UNDONE_BY.get(int(event.b))
        return self._refuse(reason, event) if reason else None

    def _hear_late_no(self, event: Event) -> Decision | None:
        """A visitor's no to what is taken back already, but was still on the page: it counts all the same, once."""
        reason = UNDONE_BY.get(int(event.b)) if event.kind is Kind.UNDONE else None
        if reason is not Reason.UNDONE_BY_VISITOR or self.refused is reason:
            return None
        return self._refuse(reason, event)

    def _refuse(self, reason: Reason, event: Event) -> Decision:
        """Somebody else than the governor has undone it: it does not come again in this visit."""
        self.refused = reason
        self._rest(event.t_ms, self.adjustment.cooldown_ms, Reason.COOLDOWN)
        return self._say(Verdict.UNDONE, reason, event.t_ms, None)

    def _defer(self, event: Event) -> Decision | None:
        if self.applied:
            return None
        self.deferred = True
        if self.shown_since_ms is None and (self.last is None or self.last[0] is not Verdict.UNDONE):
            return None  # it speaks of a command that a later one has overtaken
        return self._say(Verdict.DEFERRED, WAITS_FOR[int(event.b)], event.t_ms, None)

    def look_again(self) -> None:
        """Another page, or another route: the target that was not there may be there now."""
        self.retry_ms = RETRY_MS
        if self.rests_because is Reason.NOTHING_TO_CHANGE:
            self.rests_until_ms = -math.inf

    def carry(self) -> Carried:
        """What goes on on the next page. What nobody has seen yet is not shown there, and was no show."""
        unseen = self.shown_since_ms is not None and self.deferred
        shows = self.shows - (unseen and not self.goes_on)
        since_ms = None if unseen else self.shown_since_ms
        return Carried(
            shows, self.rests_until_ms, self.rests_because, self.refused, self.seen, since_ms, self.remembered_ms
        )

    def resume(self, carried: Carried, left_ms: float, away_ms: float) -> None:
        """Goes on from the page before, which was left at its `left_ms`, `away_ms` before this one started."""
        self.shows, self.refused, self.rests_because = carried.shows, carried.refused, carried.rests_because
        self.rests_until_ms = carried.rests_until_ms - left_ms - away_ms
        shows, rests_until_ms = carried.seen
        self.seen = (shows, rests_until_ms - left_ms - away_ms)
        self.remembered_ms = carried.remembered_ms  # the page before was left before it could show it again
        if carried.shown_since_ms is not None:
            self.remembered_ms = max(0.0, left_ms - carried.shown_since_ms)
        self.look_again()

    def _end_showing(self) -> None:
        self.shown_since_ms = self.remembered_ms = None
        self.goes_on = False

    def _rest(self, now_ms: float, rest_ms: float, because: Reason) -> None:
        self._end_showing()
        self.rests_until_ms = now_ms + rest_ms
        self.rests_because = because

    def _wait(self, reason: Reason, until_ms: float, now_ms: float, candidate: Candidate | None) -> Decision:
        self.wake_at_ms = until_ms
        return self._say(Verdict.HELD, reason, now_ms, candidate, until_ms)

    def _say(
        self,
        verdict: Verdict,
        reason: Reason,
        now_ms: float,
        candidate: Candidate | None,
        until_ms: float | None = None,
    ) -> Decision:
        because, strength = (candidate.because, candidate.strength) if candidate else ("", 0.0)
        return Decision(self.adjustment.index, verdict, reason, now_ms, until_ms, because, strength)

    def is_news(self, decision: Decision) -> bool:
        """Whether the decision says something else than the last one did; a wait that only grows longer does not."""
        told, self.last = self.last, (decision.verdict, decision.reason)
        return told != self.last
