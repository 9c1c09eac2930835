"""Outcomes: what has happened in this visit, and the true answers to questions about it. All of it stays here."""

import math
from collections.abc import Iterable, Sequence
from typing import ClassVar

from trimtab.declared import Question
from trimtab.errors import Unknown
from trimtab.policy import NO_ANSWER, Policy
from trimtab.values import Decision, Event, Gauge, Kind, Reason, SegmentChange, Verdict
from trimtab.visitor import Outcome, Record
from trimtab.watching import Notebook

__all__ = ["Tally"]

WOULD_SHOW = frozenset({Reason.OTHER_ARM, Reason.HOLDOUT, Reason.NO_CONSENT_TO_ADAPT})


class Tally:
    """Goals reached, segments entered, adjustments shown (or that would have been) in this visit."""

    __slots__ = ("_names", "_record", "_turns_at_ms", "errors")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_names"})
    _record: Record
    _turns_at_ms: float
    errors: int

    def __init__(self, policy: Policy) -> None:
        self._names = [adjustment.name for adjustment in policy.adjustments]
        self._record = Record()
        self._turns_at_ms = math.inf
        self.errors = 0

    def hear(self, event: Event, goals: Iterable[str]) -> None:
        """Notes a goal, if it is one that the policy declares."""
        if event.kind is Kind.GOAL and event.name in goals:
            record = self._record
            self._record = Record(record.goals | {event.name}, record.segments, record.shown)

    def note(self, changes: Sequence[SegmentChange], decisions: Sequence[Decision]) -> None:
        """Notes what the segments and the governor said."""
        if not changes and not decisions:
            return
        record = self._record
        entered = {change.segment for change in changes if change.entered}
        shown = {self._names[d.adjustment] for d in decisions if d.verdict is Verdict.ALLOWED or d.reason in WOULD_SHOW}
        if entered or shown:
            self._record = Record(record.goals, record.segments | entered, record.shown | shown)

    def carry(self) -> Record:
        """What goes on on the next page: all that has happened."""
        return self._record

    def resume(self, carried: Record) -> None:
        """Goes on from what happened on the pages before."""
        self._record = carried

    def answer(self, question: Question, gauge: Gauge) -> int:
        """Index of the true answer now. An unknown number, or a question that fails, answers "none"."""
        notebook = Notebook()
        try:
            word = question.asker(Outcome(gauge, notebook, self._record))
            answer = question.answers.index(word)
        except Unknown:
            answer = question.answers.index(NO_ANSWER)
        except Exception:  # noqa: BLE001  the site owner's own code, at work in a visitor's browser: counted, never raised
            self.errors += 1
            answer = question.answers.index(NO_ANSWER)
        self._turns_at_ms = notebook.turns_at_ms()
        return answer

    def rest(self) -> None:
        """Nothing is asked any more."""
        self._turns_at_ms = math.inf

    def wake_at_ms(self) -> float:
        """When the last answer can change without any event (infinity: never)."""
        return self._turns_at_ms
