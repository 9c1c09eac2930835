"""Reading: how many words of a text were passed, and how fast.

The text is cut into slices of equal height. A slice is seen once it is in the window with attention, and passed once
it has left over the top edge after that. Words passed per minute of attention is the reading speed: a first screen
full of words counts for nothing until the visitor moves on from it, so that a slow start is not taken for skimming.
"""

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
        "_end",
        "_height_px",
        "_in_view",
        "_passed",
        "_passed_before",
        "_rereads",
        "_seen",
        "_seen_before",
        "_since_ms",
        "_top_px",
        "_words",
        "_words_passed",
        "_words_seen",
        "name",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_attention", "name"})
    _attended_ms: float
    _begin: int
    _end: int
    _height_px: float
    _in_view: int
    _passed: int
    _passed_before: int
    _rereads: int
    _seen: int
    _seen_before: int
    _since_ms: float | None
    _top_px: float
    _words: float | None
    _words_passed: float
    _words_seen: float

    def __init__(self, name: str, attention: Attention) -> None:
        self.name = name
        self._attention = attention
        self._words = None
        self._top_px = 0.0
        self._height_px = 0.0
        self._seen = 0
        self._passed = 0
        self._passed_before = 0
        self._seen_before = 0
        self._words_passed = 0.0
        self._words_seen = 0.0
        self._rereads = 0
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
            self._settle()
            self._words = words

    def _settle(self) -> None:
        """What was seen and passed so far had the words that it had: a new count is about the rest of the text."""
        if self._words is None:
            return
        self._words_passed, self._words_seen = self._count_passed(), self._count_seen()
        self._passed_before, self._seen_before = self._passed, self._seen

    def _count_passed(self) -> float:
        return self._words_passed + self._per_slice(self._passed & ~self._passed_before)

    def _count_seen(self) -> float:
        return self._words_seen + self._per_slice(self._seen & ~self._seen_before)

    def _per_slice(self, slices: int) -> float:
        return (self._words or 0.0) * slices.bit_count() / SLICES

    def update(self, visible: bool, y_px: float, viewport_px: float, t_ms: float) -> None:
        """The window shows the document from `y_px` on; `visible` says whether any of the text is in view."""
        if visible:
            if self._since_ms is None:
                self._since_ms = self._attention.at(t_ms)
        elif self._since_ms is not None:
            self._attended_ms += self._attention.at(t_ms) - self._since_ms
            self._since_ms = None
        if not self._height_px:
            return
        begin = _slices_above(y_px - self._top_px, self._height_px)
        end = _slices_above(y_px + viewport_px - self._top_px, self._height_px) if visible else 0
        if begin == self._begin and end == self._end:
            return  # a small movement, which brought no other slice
        self._begin, self._end = begin, end
        above = (1 << begin) - 1
        in_view = ((1 << end) - 1) & ~above
        self._rereads += (in_view & ~self._in_view & self._passed).bit_count()
        self._in_view = in_view
        self._seen |= in_view
        self._passed |= self._seen & above

    def words_per_minute(self, now_ms: float) -> Measure | Missing:
        """Words passed per minute of attention to this text."""
        name = f"reading {self.name}"
        if self._words is None:
            return Missing(name, "its words have not been counted")
        spent_ms = self._attended_ms
        if self._since_ms is not None:
            spent_ms += self._attention.at(now_ms) - self._since_ms
        amount = self._count_passed() * 60_000
        running = self._since_ms is not None
        speed = self._attention.per_time(name, "wpm", amount, spent_ms, now_ms, running=running)
        if isinstance(speed, Missing) or self._passed:
            return speed
        return Missing(name, "none of it has been passed yet")

    def words_seen(self, now_ms: float) -> Measure | Missing:
        """Words that have been in view."""
        if self._words is None:
            return Missing(f"words of {self.name}", "they have not been counted")
        return Measure(f"seen of {self.name}", "words", self._count_seen(), now_ms)

    def rereads(self, now_ms: float) -> Measure | Missing:
        """Words that came back into view after they had been passed, each time anew."""
        if self._words is None:
            return Missing(f"re-reads of {self.name}", "its words have not been counted")
        return Measure(f"re-read of {self.name}", "words", self._words * self._rereads / SLICES, now_ms)

    def share_seen(self, now_ms: float) -> Measure | Missing:
        """Share of the text that has been in view, 0..1."""
        if not self._height_px:
            return Missing(f"share of {self.name}", "it has not been measured")
        return Measure(f"share seen of {self.name}", "", self._seen.bit_count() / SLICES, now_ms)


def _slices_above(px: float, height_px: float) -> int:
    """How many slices end less than `px` below the top of the text."""
    if px <= 0:
        return 0
    return int(px / height_px * SLICES) if px < height_px else SLICES
