"""Calm: what the visitor is doing right now that no change may disturb."""

import math
from dataclasses import dataclass
from typing import ClassVar, Final

from trimtab.declared import Adjustment
from trimtab.values import Event, Kind, Reason

TYPING_MS: Final = 2_000
"""A pause in typing that is longer than this is no longer typing (the burst threshold of keystroke research)."""
ARRIVAL_MS: Final = 2_000
"""In the first two seconds of a page or a route a visitor finds their way; nothing changes under their eyes."""
SETTLE_MS: Final = 500
"""Two changes within half a second would look like one that cannot be followed."""
MAX_VISITOR_UNDOS: Final = 2
"""A visitor who has undone two changes does not want a third."""

BUSY: Final = frozenset({Kind.KEY, Kind.INPUT, Kind.FOCUS, Kind.BLUR, Kind.ENTER, Kind.LEAVE, Kind.ROUTE})
"""The kinds of events that begin or end something that a change would disturb; most events do neither."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why not now. `until_ms` is known where time alone ends it; `for_good` means in this visit."""

    reason: Reason
    until_ms: float | None = None
    for_good: bool = False


class Calm:
    """What the events say of the visitor's hands and eyes, in constant memory."""

    __slots__ = ("_arrived_ms", "_changed_ms", "_focused", "_hovered", "_typed_ms", "_undos")
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    _arrived_ms: float | None
    _changed_ms: float
    _focused: set[int]
    _hovered: set[int]
    _typed_ms: float
    _undos: int

    def __init__(self) -> None:
        self._arrived_ms = None
        self._typed_ms = -math.inf
        self._changed_ms = -math.inf
        self._focused = set()
        self._hovered = set()
        self._undos = 0

    def update(self, event: Event) -> None:
        """Takes every event of the page."""
        if self._arrived_ms is None:
            self._arrived_ms = event.t_ms
        if event.kind not in BUSY:
            return
        match event.kind:
            case Kind.KEY if not event.a:
                self._typed_ms = event.t_ms
            case Kind.INPUT if event.b:  # text may come without a key (dictation); a box that is ticked is no text
                self._typed_ms = event.t_ms
            case Kind.KEY | Kind.INPUT:
                pass
            case Kind.ROUTE:
                self._arrived_ms = event.t_ms
            case Kind.FOCUS:
                self._focused.add(event.target)
            case Kind.BLUR:
                self._focused.discard(event.target)
            case Kind.ENTER:
                self._hovered.add(event.target)
            case _:  # Kind.LEAVE: BUSY has no other
                self._hovered.discard(event.target)

    def changed(self, now_ms: float) -> None:
        """The page has been changed."""
        self._changed_ms = now_ms

    def undone_by_visitor(self) -> None:
        """The visitor has undone a change."""
        self._undos += 1

    def resume(self, undos: int) -> None:
        """So often has the visitor undone a change on the pages before."""
        self._undos = undos

    def carry(self) -> int:
        """What goes on on the next page: how often the visitor has undone a change."""
        return self._undos

    def arriving(self, now_ms: float) -> bool:
        """Whether these are the first moments of the page, or of a route of it."""
        return self._arrived_ms is None or now_ms < self._arrived_ms + ARRIVAL_MS

    def objection(
        self, adjustment: Adjustment, now_ms: float, *, begins: bool, remembered: bool = False
    ) -> Objection | None:
        """Why this adjustment must not be applied (`begins`) or undone now; None if nothing speaks against it.

        `remembered`: the page before showed it. It is no news to the visitor, and all that comes back is one change.
        """
        if begins and (objection := self._to_beginning(adjustment, now_ms, remembered=remembered)):
            return objection
        if now_ms < self._typed_ms + TYPING_MS:
            return Objection(Reason.TYPING, self._typed_ms + TYPING_MS)
        if adjustment.target.index in self._focused:
            return Objection(Reason.FOCUS_INSIDE)
        if not remembered and now_ms < self._changed_ms + SETTLE_MS:
            return Objection(Reason.ONE_AT_A_TIME, self._changed_ms + SETTLE_MS)
        return None

    def _to_beginning(self, adjustment: Adjustment, now_ms: float, *, remembered: bool) -> Objection | None:
        """What speaks against a new change, but not against taking one back."""
        if self._undos >= MAX_VISITOR_UNDOS:
            return Objection(Reason.VISITOR_SAID_NO, for_good=True)
        if not remembered and self.arriving(now_ms):
            arrived_ms = self._arrived_ms if self._arrived_ms is not None else now_ms
            return Objection(Reason.JUST_ARRIVED, arrived_ms + ARRIVAL_MS)
        if adjustment.target.index in self._hovered and not adjustment.under_pointer:
            return Objection(Reason.UNDER_POINTER)
        return None
