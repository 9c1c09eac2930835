"""What a policy's functions see: the visitor `v` of a segment, and the outcome of a visit for a question.

Every number is a `Watched` number; one that is not known yet raises `Unknown`, and the caller holds as it was.
"""

import math
from dataclasses import dataclass, field
from typing import Protocol

from trimtab.values import NO_TARGET, Gauge
from trimtab.views import Approach, Dwell, Form, Frustration, Hover, Named, Pointer, Reading, Scroll, Source, Typing
from trimtab.watching import Notebook, Watched


class Indexed(Protocol):
    """Anything a policy declared that has a place in its list: a target, a segment, an adjustment."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def index(self) -> int:
        """Its place in the list."""


class Lasting(Protocol):
    """A length of time: what `seconds` makes."""

    @property
    def ms(self) -> float:
        """In milliseconds."""


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
    def pointer(self) -> Pointer:
        """How the pointer moves."""
        return Pointer(self._source())

    @property
    def typing(self) -> Typing:
        """The rhythm of keys."""
        return Typing(self._source())

    @property
    def frustration(self) -> Frustration:
        """Signs that something does not go as the visitor wants."""
        return Frustration(self._source())

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

    def hover(self, target: Indexed) -> Hover:
        """The mouse on this target."""
        return Hover(self._source(target.index))

    def paused(self, target: Indexed, length: Lasting) -> bool:
        """Whether the mouse has rested on this target for so long."""
        return self.hover(target).stay_s >= length.ms / 1000

    def approach(self, target: Indexed) -> Approach:
        """The pointer and this target."""
        return Approach(self._source(target.index))

    def form(self, target: Indexed) -> Form:
        """This target as a form field."""
        return Form(self._source(target.index))

    def clicks(self, target: Indexed) -> Watched:
        """How often this target was clicked."""
        return self._source(target.index).read("clicks.count")

    def event(self, name: str) -> Named:
        """A custom event of the page."""
        return Named(self._source(name=name))


@dataclass(frozen=True, slots=True)
class Record:
    """What has happened in the visit so far, apart from the signals.

    `shown` has the adjustments that had their moment: they were shown, or would have been; `moments_ms` when first, on
    this page's clock (below 0 on a page before). By adjustment, counted from there: `engaged_ms` until its target was
    first clicked, focused or typed into, `reached_ms` (with the goal) until the goal was next reached. `undone` by the
    visitor, `misfired` by the page.
    """

    goals: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    moments_ms: dict[str, float] = field(default_factory=dict)
    engaged_ms: dict[str, float] = field(default_factory=dict)
    reached_ms: dict[tuple[str, str], float] = field(default_factory=dict)
    undone: bool = False
    misfired: bool = False


class Outcome(Visitor):
    """What a question is asked about: everything a segment sees, and what has happened in the visit so far."""

    __slots__ = ("_record",)

    def __init__(self, gauge: Gauge, notebook: Notebook, record: Record) -> None:
        super().__init__(gauge, notebook)
        self._record = record

    def reached(self, goal: str) -> bool:
        """Whether the page reported this goal."""
        return goal in self._record.goals

    @property
    def converted(self) -> bool:
        """Whether the page reported any goal of the policy."""
        return bool(self._record.goals)

    @property
    def undone(self) -> bool:
        """Whether the visitor took back a change of the page."""
        return self._record.undone

    @property
    def misfired(self) -> bool:
        """Whether a change could not be made, or the page took it back."""
        return self._record.misfired

    @property
    def cell(self) -> Watched:
        """Number of the page's cell that held most attention, row by row. Unknown unless a question asks for it."""
        return self._source().read("grid.cell")

    def was(self, segment: Indexed) -> bool:
        """Whether the visitor was in this segment at any time in the visit."""
        return segment.name in self._record.segments

    def shown(self, adjustment: Indexed) -> bool:
        """Whether the adjustment was allowed in this visit, or would have been in an arm that does not show it."""
        return adjustment.name in self._record.shown

    def reached_after(self, adjustment: Indexed, goal: str, within: Lasting) -> bool:
        """Whether the goal was reached so soon after the moment of the adjustment: the first in which it was allowed,
        or would have been in an arm that does not show it. So all arms are compared at the same moment."""
        return self._record.reached_ms.get((adjustment.name, goal), math.inf) <= within.ms

    def engaged_after(self, adjustment: Indexed, within: Lasting) -> bool:
        """Whether the adjustment's target was clicked, focused or typed into so soon after that moment."""
        return self._record.engaged_ms.get(adjustment.name, math.inf) <= within.ms
