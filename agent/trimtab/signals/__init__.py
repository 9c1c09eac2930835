"""Signals: running measurements of behaviour, each in constant memory with `update` and readings.

`Signals` hands each event to the signals that it concerns and reads any of them by name. It sees no clock: every
reading is asked for with its time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from trimtab.declared import Smoothing
from trimtab.signals.attention import Attention
from trimtab.signals.frustration import MATTERS, Frustration
from trimtab.signals.grid import Grid
from trimtab.signals.hover import MOUSE
from trimtab.signals.named import Carried as CarriedCount
from trimtab.signals.named import Counts
from trimtab.signals.observed import Observed, Reader
from trimtab.signals.pointer import Pointer
from trimtab.signals.scroll import Scroll
from trimtab.signals.typing import Typing
from trimtab.values import NO_TARGET, Event, Gauge, Kind, Measure, Missing

__all__ = ["Carried", "Signals"]


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes on on the next page: counts of the page's own events by name, and the last routes."""

    events: dict[str, CarriedCount]
    routes: tuple[tuple[float, str], ...]


class Signals:
    """All signals of one page. `targets` are the policy's target names, in their order."""

    __slots__ = (
        "_attention",
        "_frustration",
        "_grid",
        "_named",
        "_of_page",
        "_of_targets",
        "_pointer",
        "_scroll",
        "_targets",
        "_typing",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_of_page", "_of_targets"})
    _attention: Attention
    _frustration: Frustration
    _grid: Grid
    _named: Counts
    _pointer: Pointer
    _scroll: Scroll
    _targets: list[Observed]
    _typing: Typing

    def __init__(self, targets: Sequence[str], smoothing: Smoothing, *, typing: bool, grid: bool = False) -> None:
        self._attention = Attention()
        self._scroll = Scroll(smoothing)
        self._grid = Grid(self._attention, on=grid)
        self._pointer = Pointer(smoothing)
        self._typing = Typing(on=typing)
        self._frustration = Frustration()
        self._named = Counts()
        self._targets = [Observed(name, self._attention) for name in targets]
        self._of_targets = [target.readers() for target in self._targets]
        self._of_page = self._page_readers()

    def update(self, event: Event) -> None:
        """Takes one event. Events come in time order; the pipeline sees to that."""
        kind = event.kind
        self._attention.update(kind, event.t_ms)
        if kind in MATTERS:
            self._frustration.update(event, self._pointer.at)
        if event.target != NO_TARGET:
            self._targets[event.target].update(event)
        if (hear := HEARS.get(kind)) is not None:
            hear(self, event)

    def carry(self) -> Carried:
        """What goes on on the next page: the page's own events are of the visit, everything else is about a page."""
        return Carried(self._named.carry(), self._frustration.carry())

    def resume(self, carried: Carried, ago_ms: float) -> None:
        """Goes on from the pages before; the time of the last one began `ago_ms` before this page's."""
        self._named.resume(carried.events)
        self._frustration.resume(carried.routes, ago_ms)

    @property
    def dropped(self) -> int:
        """Names that the page made up and that were forgotten for want of room."""
        return self._named.dropped

    def gauge(self, now_ms: float) -> Gauge:
        """A function that reads any quantity as of `now_ms`."""

        def read(quantity: str, target: int, name: str) -> Measure | Missing:
            if name:
                reader: Reader = getattr(self._named.of(name), quantity.removeprefix("named."))
                return reader(now_ms)
            return (self._of_targets[target] if target >= 0 else self._of_page)[quantity](now_ms)

        return read

    def _page_readers(self) -> dict[str, Reader]:
        """What can be read of the page as a whole, by name."""
        return {
            "attention.attended_s": self._attention.attended_s,
            "scroll.speed_px_s": self._scroll.speed_px_s,
            "scroll.mean_speed_px_s": self._mean_speed_px_s,
            "scroll.median_speed_px_s": self._scroll.median_speed_px_s,
            "grid.cell": self._grid.cell,
            "scroll.depth": self._scroll.depth,
            "scroll.position": self._scroll.position,
            "scroll.turns": self._scroll.turns,
            "scroll.pauses": self._scroll.pauses,
            "scroll.idle_s": self._scroll.idle_s,
            "pointer.speed_px_s": self._pointer.speed_px_s,
            "pointer.path_px": self._pointer.path_px,
            "pointer.straightness": self._pointer.straightness,
            "pointer.flips": self._pointer.flips,
            "pointer.idle_s": self._pointer.idle_s,
            "typing.interval_ms": self._typing.interval_ms,
            "typing.variability_ms": self._typing.variability_ms,
            "typing.bursts": self._typing.bursts,
            "typing.pauses": self._typing.pauses,
            "typing.corrections": self._typing.corrections,
            "frustration.rage_clicks": self._frustration.rage_clicks,
            "frustration.dead_clicks": self._frustration.dead_clicks,
            "frustration.excessive_scrolls": self._frustration.excessive_scrolls,
            "frustration.quick_backs": self._frustration.quick_backs,
        }

    def _mean_speed_px_s(self, now_ms: float) -> Measure | Missing:
        """Distance per second of attention: the one quantity that two signals make together."""
        path_px, attended_ms = self._scroll.path_px, self._attention.at(now_ms)
        return self._attention.per_time("mean scroll speed", "px/s", path_px * 1000, attended_ms, now_ms)

    def _roll(self, event: Event) -> None:
        t_ms, y_px = event.t_ms, event.a
        moved = self._scroll.update(y_px, t_ms)
        self._frustration.scroll(y_px, t_ms, moved=moved)
        if self._grid.on:
            self._grid.update(y_px, self._scroll.viewport_px, t_ms)
        at = self._pointer.at if self._pointer.kind == MOUSE else None
        for target in self._targets:  # their dwell hangs on what is visible, which is told apart
            target.reading.update(target.dwell.share > 0, y_px, self._scroll.viewport_px, t_ms, moved=moved)
            if at is not None:
                target.approach.scroll(at[1] + y_px, t_ms)

    def _point(self, event: Event) -> None:
        _, t_ms, _, x_px, y_px, pointer, _ = event
        self._scroll.handled = True
        if self._pointer.begins(pointer, t_ms):
            for target in self._targets:
                target.hover.point(t_ms, mouse=pointer == MOUSE)
                target.approach.begin(t_ms, mouse=pointer == MOUSE)
        self._pointer.update(x_px, y_px, pointer, t_ms)
        if self._grid.on:
            self._grid.point(x_px, y_px)
            self._grid.update(self._scroll.y_px, self._scroll.viewport_px, t_ms)
        y_px += self._scroll.y_px
        for target in self._targets:
            target.approach.update(x_px, y_px, t_ms)

    def _measure(self, event: Event) -> None:
        match event.kind:
            case Kind.PAGE:
                self._scroll.measure_page(event.b, event.c, event.t_ms)
            case Kind.RESIZE:
                self._scroll.resize(event.b, event.t_ms)
            case _:
                self._scroll.grow(event.a, event.t_ms)
        self._grid.measure(self._grid.width_px if event.kind is Kind.DOCUMENT else event.a, self._scroll.document_px)
        self._grid.update(self._scroll.y_px, self._scroll.viewport_px, event.t_ms)
        self._look(event.t_ms, self._targets)

    def _hide(self, event: Event) -> None:
        for target in self._targets:
            target.hover.leave(event.t_ms)  # nobody is there; the browser tells it again when they are back
            target.approach.end(event.t_ms)
            target.field.hide(event.t_ms)

    def _show(self, event: Event) -> None:
        for target in self._targets:
            target.field.show(event.t_ms)
        self._look(event.t_ms, self._targets)

    def _look(self, t_ms: float, targets: Sequence[Observed]) -> None:
        """Tells the targets what the window shows now."""
        viewport_px, y_px = self._scroll.viewport_px, self._scroll.y_px
        for target in targets:
            target.dwell.update(viewport_px, t_ms)
            target.reading.update(target.dwell.share > 0, y_px, viewport_px, t_ms, moved=False)

    def _click(self, event: Event) -> None:
        self._scroll.handled = True
        self._scroll.ask(event.t_ms)

    def _press(self, event: Event) -> None:
        self._scroll.press()
        if not event.a:
            self._typing.key(event.t_ms)

    def _name(self, event: Event) -> None:
        self._named.update(event.name, event.b if event.c else None)

    def _input(self, event: Event) -> None:
        if event.a:
            self._typing.correct()


HEARS: dict[Kind, Callable[[Signals, Event], None]] = {
    Kind.SCROLL: Signals._roll,
    Kind.PAGE: Signals._measure,
    Kind.RESIZE: Signals._measure,
    Kind.DOCUMENT: Signals._measure,
    Kind.VISIBLE: lambda s, e: s._look(e.t_ms, [s._targets[e.target]]),
    Kind.LAYOUT: lambda s, e: s._look(e.t_ms, [s._targets[e.target]]),
    Kind.POINTER: Signals._point,
    Kind.HIDDEN: Signals._hide,
    Kind.SHOWN: Signals._show,
    Kind.KEY: Signals._press,
    Kind.CLICK: Signals._click,
    Kind.FOCUS: lambda s, e: s._scroll.ask(e.t_ms),
    Kind.ROUTE: lambda s, e: s._scroll.ask(e.t_ms),
    Kind.INPUT: Signals._input,
    Kind.EVENT: Signals._name,
    Kind.GOAL: Signals._name,
}
"""What each kind of event tells the signals of the page; what it tells a target's is in `observed`."""
