"""Reading: how many words of a text were passed, and how fast.

The text is cut into slices of equal height. A slice is seen once it is in the window with attention, and passed once
it has then left over the top edge by a movement. Words passed per minute of attention is the reading speed: a first
screen full of words counts for nothing until the visitor moves on from it, so that a slow start is not taken for
skimming. What a jump (see `scroll`) or a new layout takes out of the window stays seen and is not passed, and nothing
is seen, passed or re-read while the page is hidden.

A text may grow at its end. The slices then keep their words until the text has outgrown them: two by two they become
one. What was counted stays counted. Another height with the same words is a new flow of lines, and changes nothing.
"""

import math
from typing import ClassVar, Final

from trimtab.signals.attention import Attention
from trimtab.values import Measure, Missing

SLICES: Final = 64


class Reading:
    """Words seen and passed of one text target, as two bit masks of its slices."""

    __slots__ = (
        "_attended_ms",
        "_attention",
        "_begin",
        "_capacity",
        "_end",
        "_height_px",
        "_in_view",
        "_passed",
        "_seen",
        "_since_ms",
        "_top_px",
        "_words",
        "_words_passed",
        "_words_reread",
        "_words_seen",
        "name",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_attention", "name"})
    _attended_ms: float
    _begin: int
    _capacity: float
    _end: int
    _height_px: float
    _in_view: int
    _passed: int
    _seen: int
    _since_ms: float | None
    _top_px: float
    _words: float | None
    _words_passed: float
    _words_reread: float
    _words_seen: float

    def __init__(self, name: str, attention: Attention) -> None:
        self.name = name
        self._attention = attention
        self._words = None
        self._capacity = float(SLICES)  # until words are counted, a slice stands for one
        self._top_px = 0.0
        self._height_px = 0.0
        self._seen = 0
        self._passed = 0
        self._words_passed = 0.0
        self._words_reread = 0.0
        self._words_seen = 0.0
        self._begin = 0
        self._end = 0
        self._in_view = 0
        self._attended_ms = 0.0
        self._since_ms = None

    def measure(self, top_px: float, height_px: float, words: float) -> None:
        """Where the text stands in the document, and how many words it has (negative: it is not text)."""
        self._top_px = top_px
        self._height_px = height_px
        if words >= 0 and words != self._words:
            self._count(words)

    def _count(self, words: float) -> None:
        """Takes a new number of words: the ones that are more or fewer are at the end of the text."""
        if self._words is None:
            self._words_passed *= words / SLICES
            self._words_reread *= words / SLICES
            self._words_seen *= words / SLICES
            self._capacity = words
        elif not self._words or not words:  # another text altogether
            self._seen = self._passed = self._in_view = self._begin = 0
            self._capacity = words
        while words > self._capacity:
            self._capacity *= 2
            self._begin //= 2
            self._seen, self._passed, self._in_view = map(_join, (self._seen, self._passed, self._in_view))
        while 0 < words <= self._capacity / 2:
            self._capacity /= 2
            self._begin = min(self._begin * 2, SLICES)
            self._seen, self._passed, self._in_view = map(_split, (self._seen, self._passed, self._in_view))
        self._words = words
        self._end = -1  # look again

    @property
    def _slices(self) -> float:
        """How many slices the text fills, the last perhaps in part: all of them unless it has grown or shrunk."""
        return SLICES * self._words / self._capacity if self._words else SLICES

    def _add(self, words: float, slices: int) -> float:
        """So many words and those of these slices, of which the last may be cut short by the end of the text."""
        more = words + self._capacity * slices.bit_count() / SLICES
        return more if self._words is None else min(more, max(words, self._words))

    def update(self, visible: bool, y_px: float, viewport_px: float, t_ms: float, *, moved: bool) -> None:
        """The window shows the document from `y_px` on; `visible` says whether any of the text is in view, and `moved`
        whether the visitor has brought it there by a movement."""
        if visible:
            if self._since_ms is None:
                self._since_ms = self._attention.at(t_ms)
        elif self._since_ms is not None:
            self._attended_ms += self._attention.at(t_ms) - self._since_ms
            self._since_ms = None
        if not self._height_px:
            return
        slices = self._slices
        begin = _slices_above(y_px - self._top_px, self._height_px, slices)
        end = _slices_above(y_px + viewport_px - self._top_px, self._height_px, slices) if visible else 0
        if begin == self._begin and end == self._end:
            return  # a small movement, which brought no other slice
        began, self._begin, self._end = self._begin, begin, end
        if not self._attention.shown:
            self._end = -1  # look again when it is shown
            return
        above = (1 << begin) - 1
        in_view = ((1 << end) - 1) & ~above
        came_back = in_view & ~self._in_view & self._passed
        self._words_reread += self._capacity * came_back.bit_count() / SLICES
        self._in_view = in_view
        self._words_seen = self._add(self._words_seen, in_view & ~self._seen)
        self._seen |= in_view
        if moved:
            left = self._seen & above & ~((1 << began) - 1)
            self._words_passed = self._add(self._words_passed, left & ~self._passed)
            self._passed |= left

    def words_per_minute(self, now_ms: float) -> Measure | Missing:
        """Words passed per minute of attention to this text."""
        name = f"reading {self.name}"
        if self._words is None:
            return Missing(name, "its words have not been counted")
        spent_ms = self._attended_ms
        if self._since_ms is not None:
            spent_ms += self._attention.at(now_ms) - self._since_ms
        amount = self._words_passed * 60_000
        running = self._since_ms is not None
        speed = self._attention.per_time(name, "wpm", amount, spent_ms, now_ms, running=running)
        if isinstance(speed, Missing) or self._words_passed:
            return speed
        return Missing(name, "none of it has been passed yet")

    def words_seen(self, now_ms: float) -> Measure | Missing:
        """Words that have been in view."""
        if self._words is None:
            return Missing(f"words of {self.name}", "they have not been counted")
        return Measure(f"seen of {self.name}", "words", self._words_seen, now_ms)

    def rereads(self, now_ms: float) -> Measure | Missing:
        """Words that came back into view after they had been passed, each time anew."""
        if self._words is None:
            return Missing(f"re-reads of {self.name}", "its words have not been counted")
        return Measure(f"re-read of {self.name}", "words", self._words_reread, now_ms)

    def share_seen(self, now_ms: float) -> Measure | Missing:
        """Share of the text that has been in view, 0..1."""
        if not self._height_px:
            return Missing(f"share of {self.name}", "it has not been measured")
        share = min(self._seen.bit_count() / self._slices, 1.0)
        return Measure(f"share seen of {self.name}", "", share, now_ms)


def _slices_above(px: float, height_px: float, slices: float) -> int:
    """How many of so many slices end less than `px` below the top of the text."""
    if px <= 0:
        return 0
    return int(px / height_px * slices) if px < height_px else math.ceil(slices)


def _join(slices: int) -> int:
    """Each two neighbours as one, which is in the mask if either was."""
    return sum(1 << i for i in range(SLICES // 2) if slices >> 2 * i & 3)


def _split(slices: int) -> int:
    """Each slice as two; the second half of the text is cut off."""
    return sum(3 << 2 * i for i in range(SLICES // 2) if slices >> i & 1)
