"""Outcomes: what has happened in this visit, and the true answers to questions about it. All of it stays here."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from trimtab.declared import Question
from trimtab.errors import Unknown
from trimtab.policy import Policy
from trimtab.values import NO_TARGET, Decision, Event, Gauge, Kind, Reason, SegmentChange, Verdict
from trimtab.visitor import Outcome, Record
from trimtab.watching import Notebook

__all__ = ["Tally"]

WOULD_SHOW = frozenset({Reason.OTHER_ARM, Reason.HOLDOUT, Reason.NO_CONSENT_TO_ADAPT})
ENGAGES = frozenset({Kind.CLICK, Kind.FOCUS, Kind.INPUT})
"""What a visitor does with an element, not what they see of it: every change would be seen."""
MATTERS = ENGAGES | {Kind.GOAL, Kind.UNDONE, Kind.FAILED}
BY_VISITOR = 1
MISFIRES = frozenset({2, 3})
"""Taken back by the page, or because it moved the layout."""


class Tally:
    """Goals reached, segments entered, adjustments shown (or that would have been), and what came after.

    Its memory is bounded by the policy: a time for each adjustment, and for each adjustment with each goal.
    """

    __slots__ = ("_names", "_on_target", "_record", "_turns_at_ms", "errors")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_names", "_on_target"})
    _record: Record
    _turns_at_ms: float
    errors: int

    def __init__(self, policy: Policy) -> None:
        self._names = [adjustment.name for adjustment in policy.adjustments]
        self._on_target: dict[int, list[str]] = {}
        for adjustment in policy.adjustments:
            self._on_target.setdefault(adjustment.target.index, []).append(adjustment.name)
        self._record = Record()
        self._turns_at_ms = math.inf
        self.errors = 0

    def hear(self, event: Event, goals: Iterable[str]) -> None:
        """Notes a goal that the policy declares, what the visitor does with a target, and changes that went back."""
        kind = event.kind
        if kind not in MATTERS:
            return
        if kind is Kind.GOAL:
            if event.name in goals:
                self._reach(event.name, event.t_ms)
        elif kind is Kind.UNDONE or kind is Kind.FAILED:
            undone = kind is Kind.UNDONE and event.b == BY_VISITOR
            misfired = kind is Kind.FAILED or event.b in MISFIRES
            old = self._record
            self._record = replace(old, undone=old.undone or undone, misfired=old.misfired or misfired)
        elif event.target != NO_TARGET:
            self._engage(event.target, event.t_ms)

    def _reach(self, goal: str, t_ms: float) -> None:
        record = self._record
        after = {(name, goal): t_ms - moment_ms for name, moment_ms in record.moments_ms.items()}
        self._record = replace(record, goals=record.goals | {goal}, reached_ms=after | record.reached_ms)

    def _engage(self, target: int, t_ms: float) -> None:
        moments_ms = self._record.moments_ms
        after = {name: t_ms - moments_ms[name] for name in self._on_target.get(target, ()) if name in moments_ms}
        if after.keys() - self._record.engaged_ms.keys():
            self._record = replace(self._record, engaged_ms=after | self._record.engaged_ms)

    def note(self, changes: Sequence[SegmentChange], decisions: Sequence[Decision]) -> None:
        """Notes what the segments and the governor said. The moment of an adjustment is its first: later ones hang on
        what the page showed since, so they would not be the same in all arms."""
        if not changes and not decisions:
            return
        entered = {change.segment for change in changes if change.entered}
        moments_ms = {
            self._names[d.adjustment]: d.at_ms
            for d in decisions
            if d.verdict is Verdict.ALLOWED or d.reason in WOULD_SHOW
        }
        if entered or moments_ms:
            record = self._record
            self._record = replace(
                record,
                segments=record.segments | entered,
                shown=record.shown | moments_ms.keys(),
                moments_ms=moments_ms | record.moments_ms,
            )

    def carry(self) -> Record:
        """What goes on on the next page: all that has happened."""
        return self._record

    def resume(self, carried: Record, left_ms: float, away_ms: float) -> None:
        """Goes on from the page before, which was left at its `left_ms`, `away_ms` before this one started."""
        moments_ms = {name: moment_ms - left_ms - away_ms for name, moment_ms in carried.moments_ms.items()}
        self._record = replace(carried, moments_ms=moments_ms)

    def answer(self, question: Question, gauge: Gauge) -> int:
        """Index of the true answer now. An unknown number, or a question that fails, answers "none"."""
        notebook = Notebook()
        segments = self._record.segments
        try:
            answer = question.answer(question.asker(Outcome(gauge, notebook, self._record)), segments)
            self.errors += answer is None
        except Unknown:
            answer = None
        except (Exception, SystemExit):  # noqa: BLE001  the site owner's own code, in a visitor's browser: counted
            self.errors += 1
            answer = None
        self._turns_at_ms = notebook.turns_at_ms()
        none = question.answer(None, segments)
        assert none is not None
        return none if answer is None else answer

    def rest(self) -> None:
        """Nothing is asked any more."""
        self._turns_at_ms = math.inf

    def wake_at_ms(self) -> float:
        """When the last answer can change without any event (infinity: never)."""
        return self._turns_at_ms
