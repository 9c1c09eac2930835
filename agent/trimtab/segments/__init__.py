"""Segments: named states of the visitor, entered and left with hysteresis."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from trimtab.declared import Segment
from trimtab.errors import Unknown
from trimtab.values import Gauge, SegmentChange
from trimtab.visitor import Visitor
from trimtab.watching import Notebook

__all__ = ["Membership", "Segments"]


@dataclass(slots=True)
class Membership:
    """One segment of this visit: inside or outside, and since when its rule says otherwise."""

    segment: Segment
    inside: bool = False
    strength: float = 0.0
    contrary_since_ms: float | None = None
    turns_at_ms: float = math.inf

    def update(self, gauge: Gauge, now_ms: float) -> SegmentChange | None:
        """Asks the rule now. An unknown number changes nothing and starts the wait again: the segment holds."""
        notebook = Notebook()
        try:
            holds = bool(self.segment.rule(Visitor(gauge, notebook)))
        except Unknown:
            self.contrary_since_ms = None
            self.turns_at_ms = notebook.turns_at_ms()
            return None
        self.turns_at_ms = notebook.turns_at_ms()
        if holds == self.inside:
            self.contrary_since_ms = None
            self.strength = notebook.strength(holds) if holds else 0.0
            return None
        if self.contrary_since_ms is None:
            self.contrary_since_ms = now_ms
        wait_ms = self.segment.enter_after_ms if holds else self.segment.leave_after_ms
        ripe_ms = self.contrary_since_ms + wait_ms
        if now_ms < ripe_ms:
            self.turns_at_ms = min(self.turns_at_ms, ripe_ms)
            return None
        waited_s = (now_ms - self.contrary_since_ms) / 1000
        self.inside = holds
        self.contrary_since_ms = None
        self.strength = notebook.strength(holds) if holds else 0.0
        because = f"{notebook.explain(holds)} for {waited_s:.1f} s"
        return SegmentChange(self.segment.name, holds, now_ms, because, notebook.strength(holds))


class Segments:
    """All segments of one visit."""

    __slots__ = ("_members", "errors")

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._members = [Membership(segment) for segment in segments]
        self.errors = 0

    def update(self, gauge: Gauge, now_ms: float) -> list[SegmentChange]:
        """Asks every rule now; gives the segments entered or left. A rule that raises holds, and is counted."""
        changes = []
        for member in self._members:
            try:
                change = member.update(gauge, now_ms)
            except Exception:  # noqa: BLE001  the site owner's own code: one rule that fails must not stop the others
                self.errors += 1
                continue
            if change:
                changes.append(change)
        return changes

    def inside(self) -> dict[int, float]:
        """Indices of the segments that the visitor is in, each with its strength."""
        return {member.segment.index: member.strength for member in self._members if member.inside}

    def wake_at_ms(self) -> float:
        """When one of them can change without any event (infinity: never)."""
        return min((member.turns_at_ms for member in self._members), default=math.inf)
