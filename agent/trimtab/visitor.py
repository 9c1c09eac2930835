"""What a policy's functions see: the visitor `v` of a segment, and the outcome of a visit for a question.

Every number is a `Watched` number; one that is not known yet raises `Unknown`, and the caller holds as it was.
"""

from dataclasses import dataclass
from typing import Protocol

from trimtab.values import NO_TARGET, Gauge
from trimtab.watching import Notebook, Watched


class Indexed(Protocol):
    """Anything a policy declared that has a place in its list: a target, a segment, an adjustment."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def index(self) -> int:
        """Its place in the list."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the numbers of one target (or of the whole page) come from, and where comparisons are noted."""

    gauge: Gauge
    notebook: Notebook
    target: int = NO_TARGET
    name: str = ""

    def read(self, quantity: str) -> Watched:
        """The quantity as a number that notes how it is compared. Raises Unknown."""
        return self.notebook.watch(self.gauge(quantity, self.target, self.name))


@dataclass(frozen=True, slots=True)
class Scroll:
    """How the page is scrolled."""

    _source: Source

    @property
    def speed_px_s(self) -> Watched:
        """Pixels a second, moving average; jumps (an anchor, the End key) are not speed."""
        return self._source.read("scroll.speed_px_s")

    @property
    def depth(self) -> Watched:
        """Share of the document that has been in view at most, 0..1."""
        return self._source.read("scroll.depth")

    @property
    def position(self) -> Watched:
        """Share of the document above the bottom edge of the window now, 0..1."""
        return self._source.read("scroll.position")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text target is read."""

    _source: Source

    @property
    def words_per_minute(self) -> Watched:
        """Words passed per minute of attention. Unknown until some text was passed with attention."""
        return self._source.read("reading.words_per_minute")

    @property
    def words_seen(self) -> Watched:
        """Words that have been in view with attention."""
        return self._source.read("reading.words_seen")

    @property
    def share_seen(self) -> Watched:
        """Share of the text that has been in view with attention, 0..1."""
        return self._source.read("reading.share_seen")


@dataclass(frozen=True, slots=True)
class Dwell:
    """How long a target was attended: visible, page shown, visitor not idle."""

    _source: Source

    @property
    def attended_s(self) -> Watched:
        """Seconds of attention in this visit."""
        return self._source.read("dwell.attended_s")

    @property
    def visits(self) -> Watched:
        """How often it came into view."""
        return self._source.read("dwell.visits")


@dataclass(frozen=True, slots=True)
class Named:
    """A custom event or goal that the page names with `trimtab.event(name)` or `trimtab.goal(name)`."""

    _source: Source

    @property
    def count(self) -> Watched:
        """How often it happened in this visit."""
        return self._source.read("named.count")


class Visitor:
    """The visitor of this visit, as far as the device knows: signals, nothing that identifies."""

    __slots__ = ("_gauge", "_notebook")

    def __init__(self, gauge: Gauge, notebook: Notebook) -> None:
        self._gauge = gauge
        self._notebook = notebook

    def _source(self, target: int = NO_TARGET, name: str = "") -> Source:
        return Source(self._gauge, self._notebook, target, name)

    @property
    def scroll(self) -> Scroll:
        """How the page is scrolled."""
        return Scroll(self._source())

    @property
    def attended_s(self) -> Watched:
        """Seconds of attention to the page: shown, and the visitor not idle."""
        return self._source().read("attention.attended_s")

    def reading(self, target: Indexed) -> Reading:
        """How this text is read."""
        return Reading(self._source(target.index))

    def dwell(self, target: Indexed) -> Dwell:
        """How long this target was attended."""
        return Dwell(self._source(target.index))

    def visible(self, target: Indexed) -> Watched:
        """Share of this target that is in view now, 0..1."""
        return self._source(target.index).read("visible.share")

    def clicks(self, target: Indexed) -> Watched:
        """How often this target was clicked."""
        return self._source(target.index).read("clicks.count")

    def event(self, name: str) -> Named:
        """A custom event of the page."""
        return Named(self._source(name=name))


@dataclass(frozen=True, slots=True)
class Record:
    """What has happened in the visit so far, apart from the signals."""

    goals: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()


class Outcome(Visitor):
    """What a question is asked about: everything a segment sees, and what has happened in the visit so far."""

    __slots__ = ("_record",)

    def __init__(self, gauge: Gauge, notebook: Notebook, record: Record) -> None:
        super().__init__(gauge, notebook)
        self._record = record

    def reached(self, goal: str) -> bool:
        """Whether the page reported this goal."""
        return goal in self._record.goals

    def was(self, segment: Indexed) -> bool:
        """Whether the visitor was in this segment at any time in the visit."""
        return segment.name in self._record.segments

    def shown(self, adjustment: Indexed) -> bool:
        """Whether the adjustment was allowed in this visit, or would have been in an arm that does not show it."""
        return adjustment.name in self._record.shown
