"""Frustration: rage clicks, dead clicks, excessive scrolling, quick back.

The names and the idea of each are those of the session-analysis tools (FullStory's "frustration signals", Microsoft
Clarity's "dead clicks, rage clicks, excessive scrolling, quick backs"); their thresholds are not all published, so the
numbers here are ours, stated beside each.
"""

import math
from collections import deque
from collections.abc import Sequence
from typing import ClassVar, Final

from trimtab.signals.pointer import length
from trimtab.values import NO_TARGET, Event, Kind, Measure

RAGE_CLICKS: Final = 3
RAGE_MS: Final = 1_000
RAGE_PX: Final = 30
"""Three clicks within a second and 30 px: nobody means three."""
DEAD_MS: Final = 1_000
"""A click on a target is dead if nothing followed within a second (Nielsen 1993: the limit of a thought kept up)."""
FOCUS_MS: Final = 500
MAX_PENDING: Final = 16
SCROLL_TURNS: Final = 6
SCROLL_MS: Final = 10_000
"""Six changes of direction within ten seconds: somebody searches and does not find."""
TURN_PX: Final = 200
"""Turns of less than a few lines are reading, not searching."""
QUICK_BACK_MS: Final = 5_000
FOLLOWS: Final = frozenset(
    {Kind.EVENT, Kind.GOAL, Kind.ROUTE, Kind.LAYOUT, Kind.INPUT, Kind.FOCUS, Kind.HIDDEN, Kind.DOCUMENT}
)
MATTERS: Final = FOLLOWS | {Kind.CLICK}
"""The kinds of events that can be one of the signs, or speak against one; scrolling comes by itself."""


class Frustration:
    """Counts of the four signs."""

    __slots__ = (
        "_anchor_px",
        "_back",
        "_clicks",
        "_dead",
        "_direction",
        "_excess",
        "_focused",
        "_pending_ms",
        "_rage",
        "_routes",
        "_turns",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    _anchor_px: float
    _back: int
    _clicks: deque[tuple[float, float, float]]
    _dead: int
    _direction: int
    _excess: int
    _focused: tuple[int, float]
    _pending_ms: deque[float]
    _rage: int
    _routes: deque[tuple[float, str]]
    _turns: deque[float]

    def __init__(self) -> None:
        self._rage = self._dead = self._excess = self._back = 0
        self._clicks = deque(maxlen=RAGE_CLICKS)
        self._pending_ms = deque(maxlen=MAX_PENDING)
        self._focused = (NO_TARGET, -math.inf)
        self._turns = deque(maxlen=SCROLL_TURNS)
        self._direction = 0
        self._anchor_px = 0.0
        self._routes = deque(maxlen=2)

    def update(self, event: Event, pointer: tuple[float, float] | None) -> None:
        """Takes an event of a kind that MATTERS; `pointer` is where the pointer is in the window, if it is known."""
        self._settle(event.t_ms)
        if event.kind in FOLLOWS:
            self._pending_ms.clear()
        if event.kind is Kind.FOCUS:
            self._focused = (event.target, event.t_ms)
        if event.kind is Kind.CLICK:
            self._click(event, pointer)
        elif event.kind is Kind.ROUTE:
            self._route(event.name, event.t_ms)

    def scroll(self, y_px: float, t_ms: float, *, moved: bool) -> None:
        """The page is scrolled to `y_px`; `moved` says whether by the visitor, and not in a jump (see `scroll`)."""
        if self._pending_ms:
            self._settle(t_ms)
            self._pending_ms.clear()
        if not moved:
            self._anchor_px = y_px
        elif abs(y_px - self._anchor_px) >= TURN_PX:
            self._turn(y_px, t_ms)

    def carry(self) -> tuple[tuple[float, str], ...]:
        """What goes on on the next page: the last two routes, for a return to the first of them."""
        return tuple(self._routes)

    def resume(self, carried: Sequence[tuple[float, str]], ago_ms: float) -> None:
        """Goes on from the page before, whose time began `ago_ms` before this page's."""
        self._routes.extend((min(t_ms - ago_ms, 0.0), path) for t_ms, path in carried)

    def rage_clicks(self, now_ms: float) -> Measure:
        """Bursts of three clicks in one place within a second."""
        return Measure("rage clicks", "", self._rage, now_ms)

    def dead_clicks(self, now_ms: float) -> Measure:
        """Clicks on targets after which nothing happened."""
        self._settle(now_ms)
        until_ms = self._pending_ms[0] + DEAD_MS if self._pending_ms else math.inf
        return Measure("dead clicks", "", self._dead, now_ms, until_ms=until_ms)

    def excessive_scrolls(self, now_ms: float) -> Measure:
        """Searches up and down the page."""
        return Measure("excessive scrolls", "", self._excess, now_ms)

    def quick_backs(self, now_ms: float) -> Measure:
        """Returns to the route before within five seconds."""
        return Measure("quick backs", "", self._back, now_ms)

    def _settle(self, now_ms: float) -> None:
        """Clicks that nothing followed in time were dead."""
        while self._pending_ms and now_ms >= self._pending_ms[0] + DEAD_MS:
            self._dead += 1
            self._pending_ms.popleft()

    def _click(self, event: Event, pointer: tuple[float, float] | None) -> None:
        target, focused_ms = self._focused
        has_focused = event.target == target and event.t_ms - focused_ms <= FOCUS_MS  # a browser tells that first
        if event.target != NO_TARGET and not has_focused:
            self._pending_ms.append(event.t_ms)
        if pointer is None:  # a key did it, in no place
            return
        self._clicks.append((event.t_ms, *pointer))
        first_ms, first_x, first_y = self._clicks[0]
        near = all(length(cx - first_x, cy - first_y) <= RAGE_PX for _, cx, cy in self._clicks)
        if len(self._clicks) == RAGE_CLICKS and event.t_ms - first_ms <= RAGE_MS and near:
            self._rage += 1
            self._clicks.clear()

    def _turn(self, y_px: float, t_ms: float) -> None:
        heading = 1 if y_px > self._anchor_px else -1
        if self._direction not in (0, heading):
            self._turns.append(t_ms)
        self._direction, self._anchor_px = heading, y_px
        if len(self._turns) == SCROLL_TURNS and t_ms - self._turns[0] <= SCROLL_MS:
            self._excess += 1
            self._turns.clear()

    def _route(self, path: str, t_ms: float) -> None:
        if self._routes and self._routes[-1][1] == path:  # loaded anew
            return
        if len(self._routes) == 2 and self._routes[0][1] == path and t_ms - self._routes[1][0] <= QUICK_BACK_MS:
            self._back += 1
        self._routes.append((t_ms, path))
