"""Segments: named states of the visitor, entered and left with hysteresis."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from trimtab.declared import Segment
from trimtab.errors import Unknown
from trimtab.values import Gauge, SegmentChange
from trimtab.visitor import Visitor
from trimtab.watching import Notebook

__all__ = ["Carried", "Membership", "Segments"]


@dataclass(frozen=True, slots=True)
class Carried:
    """A segment on the way to the next page. A wait that was under way begins anew there."""

    inside: bool
    displaced: bool
    strength: float


@dataclass(slots=True)
class Membership:
    """One segment of this visit: inside or outside, and since when its rule says otherwise."""

    GIVEN: ClassVar[frozenset[str]] = frozenset({"segment"})
    segment: Segment
    inside: bool = False
    displaced: bool = False
    entered_at_ms: float = -math.inf
    strength: float = 0.0
    contrary_since_ms: float | None = None
    turns_at_ms: float = math.inf

    def update(self, gauge: Gauge, now_ms: float) -> SegmentChange | None:
        """Asks the rule now. An unknown number changes nothing and starts the wait again: the segment holds."""
        notebook = Notebook()
        since_ms, self.contrary_since_ms = self.contrary_since_ms, None  # only a rule that goes on saying so keeps it
        try:
            holds = bool(self.segment.rule(Visitor(gauge, notebook)))
        except Unknown:
            return None
        finally:
            self.turns_at_ms = notebook.turns_at_ms()
        self.displaced = self.displaced and holds
        if holds == self.inside or self.displaced:
            self.strength = notebook.strength(holds) if self.inside else 0.0
            return None
        since_ms = now_ms if since_ms is None else since_ms
        ripe_ms = since_ms + (self.segment.enter_after_ms if holds else self.segment.leave_after_ms)
        if now_ms < ripe_ms:
            self.contrary_since_ms = since_ms
            self.turns_at_ms = min(self.turns_at_ms, ripe_ms)
            return None
        waited_s = (now_ms - since_ms) / 1000
        self.inside = holds
        self.entered_at_ms = now_ms
        self.strength = notebook.strength(holds) if holds else 0.0
        because = f"{notebook.explain(holds)} for {waited_s:.1f} s"
        return SegmentChange(self.segment.name, holds, now_ms, because, notebook.strength(holds))

    def enter(self, now_ms: float) -> SegmentChange | None:
        """In, whatever the rule says; None if that is so already."""
        self.contrary_since_ms, self.turns_at_ms = None, math.inf
        if self.inside:
            return None
        self.inside, self.displaced, self.entered_at_ms, self.strength = True, False, now_ms, 1.0
        return SegmentChange(self.segment.name, True, now_ms, "forced", 1.0)

    def leave(self) -> None:
        """Out at once, whatever the rule says. It can come back once the rival is left, or its rule holds anew:
        otherwise two rules that both hold would take turns."""
        self.inside = False
        self.displaced = True
        self.strength = 0.0
        self.contrary_since_ms = None


class Segments:
    """All segments of one visit. `exclusive` are groups of their indices: a visitor is in one of a group at most."""

    __slots__ = ("_exclusive", "_forced", "_members", "errors")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_exclusive", "_forced"})
    _members: list[Membership]
    errors: int

    def __init__(self, segments: Sequence[Segment], exclusive: Sequence[frozenset[int]] = ()) -> None:
        self._members = [Membership(segment) for segment in segments]
        self._exclusive = exclusive
        self._forced: frozenset[str] = frozenset()
        self.errors = 0

    def update(self, gauge: Gauge, now_ms: float) -> list[SegmentChange]:
        """Asks every rule now; gives the segments entered or left. A rule that raises holds, and is counted."""
        changes = []
        for member in self._members:
            try:
                forced = member.segment.name in self._forced
                change = member.enter(now_ms) if forced else member.update(gauge, now_ms)
            except (Exception, SystemExit):  # noqa: BLE001  the site owner's code: one that fails stops no other
                self.errors += 1
                continue
            if change:
                changes += self._exclude(member, change)
        return changes

    def force(self, names: Iterable[str]) -> None:
        """From now on the visitor is in these, whatever their rules say: for a preview. Unknown names are counted."""
        self._forced = frozenset(names)
        self.errors += len(self._forced - {member.segment.name for member in self._members})

    def _exclude(self, member: Membership, change: SegmentChange) -> list[SegmentChange]:
        """Entering a segment leaves the others of its group; of two entered at once, the one declared first stays."""
        if not change.entered:
            for other in self._others(member):
                if other.displaced and not any(rival.inside for rival in self._others(other)):
                    other.displaced, other.turns_at_ms = False, change.at_ms
            return [change]
        rivals = [other for other in self._others(member) if other.inside]
        if any(rival.entered_at_ms == change.at_ms for rival in rivals):
            member.leave()
            return []
        for rival in rivals:
            rival.leave()
        because = f"{change.segment} was entered"
        left = [SegmentChange(rival.segment.name, False, change.at_ms, because, 0.0) for rival in rivals]
        return [*left, change]

    def _others(self, member: Membership) -> list[Membership]:
        """The other segments of its groups."""
        index = member.segment.index
        others = frozenset().union(*(group for group in self._exclusive if index in group)) - {index}
        return [other for other in self._members if other.segment.index in others]

    def carry(self) -> tuple[Carried, ...]:
        """What goes on on the next page, segment by segment."""
        return tuple(Carried(member.inside, member.displaced, member.strength) for member in self._members)

    def resume(self, carried: Sequence[Carried]) -> None:
        """Each segment holds as it was on the page before, until its numbers are known here."""
        for member, before in zip(self._members, carried, strict=True):
            member.inside, member.displaced, member.strength = before.inside, before.displaced, before.strength

    def inside(self) -> dict[int, float]:
        """Indices of the segments that the visitor is in, each with its strength."""
        return {member.segment.index: member.strength for member in self._members if member.inside}

    def wake_at_ms(self) -> float:
        """When one of them can change without any event (infinity: never)."""
        return min([member.turns_at_ms for member in self._members], default=math.inf)
