"""Proposals: what the rules would like to see changed now."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from trimtab.declared import Adjustment, Segment
from trimtab.errors import Unknown
from trimtab.values import Candidate, Gauge, SegmentChange
from trimtab.visitor import Visitor
from trimtab.watching import Notebook

__all__ = ["Carried", "Rules"]


@dataclass(frozen=True, slots=True)
class Carried:
    """The rules on the way to the next page: why each segment was entered, and the functions that held."""

    entered: dict[str, str]
    held: tuple[Candidate, ...]


class Rules:
    """The rules of a policy, in its order: earlier ones have priority."""

    __slots__ = ("_adjustments", "_entered", "_held", "_turns_at_ms", "errors")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_adjustments"})
    _entered: dict[str, str]
    _held: dict[int, Candidate]
    _turns_at_ms: float
    errors: int

    def __init__(self, adjustments: Sequence[Adjustment]) -> None:
        self._adjustments = adjustments
        self._entered = {}
        self._held = {}
        self._turns_at_ms = math.inf
        self.errors = 0

    def propose(self, inside: Mapping[int, float], changes: Sequence[SegmentChange], gauge: Gauge) -> list[Candidate]:
        """Candidates for the segments that the visitor is in and for the functions that hold now."""
        self._entered.update((change.segment, change.because) for change in changes if change.entered)
        self._turns_at_ms = math.inf
        candidates = []
        for adjustment in self._adjustments:
            when = adjustment.when
            if isinstance(when, Segment):
                if when.index in inside:
                    because = f"{when.name}: {self._entered.get(when.name, '')}"
                    candidates.append(Candidate(adjustment.index, because, inside[when.index]))
            elif candidate := self._ask(adjustment, Visitor(gauge, notebook := Notebook()), notebook):
                candidates.append(candidate)
        return candidates

    def _ask(self, adjustment: Adjustment, visitor: Visitor, notebook: Notebook) -> Candidate | None:
        """Asks a rule that is a function. While a number is unknown, or it fails, its last answer holds."""
        assert not isinstance(adjustment.when, Segment)
        try:
            holds = bool(adjustment.when(visitor))
        except Unknown:
            return self._held.get(adjustment.index)
        except (Exception, SystemExit):  # noqa: BLE001  the site owner's code: one that fails stops no other
            self.errors += 1
            return self._held.get(adjustment.index)
        finally:
            self._turns_at_ms = min(self._turns_at_ms, notebook.turns_at_ms())
        if not holds:
            self._held.pop(adjustment.index, None)
            return None
        candidate = Candidate(adjustment.index, notebook.explain(holds), notebook.strength(holds))
        return self._held.setdefault(adjustment.index, candidate)

    def carry(self) -> Carried:
        """What goes on on the next page."""
        return Carried(dict(self._entered), tuple(self._held.values()))

    def resume(self, carried: Carried) -> None:
        """The last answers of the page before hold until there are others."""
        self._entered = dict(carried.entered)
        self._held = {candidate.adjustment: candidate for candidate in carried.held}

    def wake_at_ms(self) -> float:
        """When one of the functions can change its answer without any event (infinity: never)."""
        return self._turns_at_ms
