"""Scrolling: speed, depth, turns, pauses.

Not every scroll is a movement of the visitor. These three are jumps: they change the place, and with it depth and
position, but neither speed nor distance nor direction, and no text is passed by them.

- The page takes its place: where it was left before a reload or a step back, or the fragment of its address. That is
  any scroll within RESTORED_MS of the page's start while nothing was done by hand (no pointer, key or click); a page
  that is observed later says at its start where it stood.
- The page answers: a link to an anchor, a new route, a field that is brought into view. That is a scroll that follows
  a click, a new focus or a route within ANSWER_MS, and those that follow it as closely (smooth scrolling), for
  GLIDE_MS at most. A key ends it: what follows is by hand.
- A single movement of more than JUMP_WINDOWS (the End key, a search in the page).

Page Down is reading and counts: one movement of nine tenths of a window. Home and End over less than JUMP_WINDOWS look
the same, because which key it was is never read. A wheel that is turned within ANSWER_MS of a click is taken for the
answer, and so is one in the page's first second by somebody who has not moved the mouse.
"""

import math
from typing import ClassVar, Final

from trimtab.declared import Smoothing
from trimtab.signals.pace import Pace
from trimtab.values import Measure, Missing

WATCH_MS: Final = 2_000
"""A speed is known after two seconds of watching: before that, one turn of the wheel would be all there is."""
MEDIAN: Final = Smoothing("windowed-median", 2_000)
JUMP_WINDOWS: Final = 1.5
"""A single movement by more than this many window heights is a jump. Above one: on a slow device two presses of Page
Down, or a tenth of a second of a fling, arrive as one event."""
RESTORED_MS: Final = 1_000
"""Browsers restore the place while the page is laid out, some of them again as it grows."""
ANSWER_MS: Final = 200
"""A page that responds well has answered by then (web.dev 2022, Interaction to Next Paint: good is up to 200 ms)."""
GLIDE_MS: Final = 1_000
"""Longer than browsers glide to an anchor; somebody who clicks and scrolls on is back in the count by then."""
PAUSE_MS: Final = 2_000
TURN_PX: Final = 40
"""Less than two lines back is a correction of the hand, not a change of direction."""


class Scroll:
    """How the page is scrolled, in constant memory. `handled` says whether the visitor has done anything by hand."""

    __slots__ = (
        "_anchor_px",
        "_answered_ms",
        "_asked_ms",
        "_deepest_px",
        "_direction",
        "_first_ms",
        "_last_ms",
        "_median",
        "_pace",
        "_pauses",
        "_turns",
        "document_px",
        "handled",
        "path_px",
        "viewport_px",
        "y_px",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    _anchor_px: float
    _answered_ms: float
    _asked_ms: float
    _deepest_px: float
    _direction: int
    document_px: float
    _first_ms: float | None
    _last_ms: float | None
    _median: Pace
    _pace: Pace
    _pauses: int
    _turns: int
    handled: bool
    path_px: float
    viewport_px: float
    y_px: float

    def __init__(self, smoothing: Smoothing) -> None:
        self.y_px = 0.0
        self.viewport_px = 0.0
        self.path_px = 0.0
        self.handled = False
        self._asked_ms = -math.inf
        self._answered_ms = -math.inf
        self._pace = Pace(smoothing)
        self._median = Pace(MEDIAN)
        self._first_ms = None
        self._last_ms = None
        self._deepest_px = 0.0
        self.document_px = 0.0
        self._direction = 0
        self._anchor_px = 0.0
        self._turns = 0
        self._pauses = 0

    def measure_page(self, viewport_px: float, document_px: float, t_ms: float) -> None:
        """Heights of the window and of the document; the first call starts the watch."""
        if self._first_ms is None:
            self._first_ms = t_ms
        self.viewport_px = viewport_px
        self.document_px = document_px
        self._deepest_px = max(self._deepest_px, self.y_px + self.viewport_px)

    def resize(self, viewport_px: float, t_ms: float) -> None:
        """A new height of the window."""
        self.measure_page(viewport_px, self.document_px, t_ms)

    def grow(self, document_px: float, t_ms: float) -> None:
        """A new height of the document."""
        self.measure_page(self.viewport_px, document_px, t_ms)

    def update(self, y_px: float, t_ms: float) -> bool:
        """The window has been scrolled to `y_px`. Returns whether that was a movement, not a jump."""
        moved_px = abs(y_px - self.y_px)
        self.y_px = y_px
        self._deepest_px = max(self._deepest_px, y_px + self.viewport_px)
        if not self.handled and self._first_ms is not None and t_ms < self._first_ms + RESTORED_MS:
            self._anchor_px = y_px
            return False
        self._pauses += self._last_ms is not None and t_ms - self._last_ms >= PAUSE_MS
        self._last_ms = t_ms
        if self._is_answer(t_ms) or 0 < JUMP_WINDOWS * self.viewport_px < moved_px:
            self._anchor_px = y_px
            return False
        self._pace.move(moved_px, t_ms)
        self._median.move(moved_px, t_ms)
        self.path_px += moved_px
        self._turn(y_px)
        return True

    def ask(self, t_ms: float) -> None:
        """A click, a new focus or a new route: the page may answer by scrolling."""
        self._asked_ms = t_ms

    def press(self) -> None:
        """A key has been pressed: what is scrolled now is by hand, even soon after a click."""
        self.handled = True
        self._asked_ms = -math.inf

    def _is_answer(self, t_ms: float) -> bool:
        """Whether the page scrolls now, not the visitor."""
        if t_ms > self._asked_ms + GLIDE_MS or t_ms > max(self._asked_ms, self._answered_ms) + ANSWER_MS:
            return False
        self._answered_ms = t_ms
        return True

    def speed_px_s(self, now_ms: float) -> Measure | Missing:
        """Distance scrolled per second, whichever way, smoothed as the policy says."""
        return self._speed(self._pace, "scroll speed", now_ms)

    def median_speed_px_s(self, now_ms: float) -> Measure | Missing:
        """Median over two seconds: 0 while the visitor rests more than they scroll."""
        return self._speed(self._median, "median scroll speed", now_ms)

    def depth(self, now_ms: float) -> Measure | Missing:
        """Share of the document that has been above the window's bottom edge, 0..1."""
        return self._share("scroll depth", self._deepest_px, now_ms)

    def position(self, now_ms: float) -> Measure | Missing:
        """Share of the document that is above the window's bottom edge now, 0..1."""
        return self._share("scroll position", self.y_px + self.viewport_px, now_ms)

    def turns(self, now_ms: float) -> Measure:
        """Changes of direction in this visit."""
        return Measure("scroll turns", "", self._turns, now_ms)

    def pauses(self, now_ms: float) -> Measure:
        """Rests of two seconds or more between two movements."""
        return Measure("scroll pauses", "", self._pauses, now_ms)

    def idle_s(self, now_ms: float) -> Measure | Missing:
        """Seconds since the last movement."""
        if self._last_ms is None:
            return Missing("scroll idle", "nothing has been scrolled yet")
        return Measure("scroll idle", "s", (now_ms - self._last_ms) / 1000, now_ms, rise=0.001)

    def _speed(self, pace: Pace, name: str, now_ms: float) -> Measure | Missing:
        if self._first_ms is None:
            return Missing(name, "the page has not been measured")
        if now_ms < (known_ms := self._first_ms + WATCH_MS):
            return Missing(name, f"watched for less than {WATCH_MS / 1000:g} s", known_ms)
        return pace.speed_px_s(name, now_ms)

    def _share(self, name: str, px: float, now_ms: float) -> Measure | Missing:
        if not self.document_px:
            return Missing(name, "the page has not been measured")
        return Measure(name, "", min(max(px / self.document_px, 0.0), 1.0), now_ms)

    def _turn(self, y_px: float) -> None:
        """Counts a change of direction once it has gone TURN_PX the other way."""
        heading = 1 if y_px > self._anchor_px else -1
        if heading == self._direction:
            self._anchor_px = y_px
        elif abs(y_px - self._anchor_px) >= TURN_PX:
            self._turns += self._direction != 0
            self._direction, self._anchor_px = heading, y_px
