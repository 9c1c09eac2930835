"""Signals: running measurements of behaviour, each in constant memory with `update` and readings.

`Signals` hands each event to the signals that it concerns and reads any of them by name. It sees no clock: every
reading is asked for with its time.
"""

from collections.abc import Callable, Sequence

from trimtab.signals.attention import Attention
from trimtab.signals.dwell import Dwell
from trimtab.signals.named import Count, Counts
from trimtab.signals.reading import Reading
from trimtab.signals.scroll import Scroll
from trimtab.values import Event, Gauge, Kind, Measure, Missing

__all__ = ["Signals"]

type Reader = Callable[[float], Measure | Missing]


class Observed:
    """The signals of one target."""

    __slots__ = ("clicks", "dwell", "reading")

    def __init__(self, name: str, attention: Attention) -> None:
        self.dwell = Dwell(name, attention)
        self.reading = Reading(name, attention)
        self.clicks = Count(f"clicks {name}")

    def readers(self) -> dict[str, Reader]:
        """What can be read of a target, by name."""
        return {
            "reading.words_per_minute": self.reading.words_per_minute,
            "reading.words_seen": self.reading.words_seen,
            "reading.share_seen": self.reading.share_seen,
            "dwell.attended_s": self.dwell.attended_s,
            "dwell.visits": self.dwell.visits,
            "visible.share": self.dwell.visible,
            "clicks.count": self.clicks.count,
        }


class Signals:
    """All signals of one page. `targets` are the policy's target names, in their order."""

    __slots__ = ("_attention", "_named", "_of_page", "_of_targets", "_scroll", "_targets")

    def __init__(self, targets: Sequence[str]) -> None:
        self._attention = Attention()
        self._scroll = Scroll()
        self._named = Counts()
        self._targets = [Observed(name, self._attention) for name in targets]
        self._of_targets = [target.readers() for target in self._targets]
        self._of_page: dict[str, Reader] = {
            "attention.attended_s": self._attention.attended_s,
            "scroll.speed_px_s": self._scroll.speed_px_s,
            "scroll.depth": self._scroll.depth,
            "scroll.position": self._scroll.position,
        }

    def update(self, event: Event) -> None:
        """Takes one event. Events come in time order; the pipeline sees to that."""
        self._attention.update(event.kind, event.t_ms)
        match event.kind:
            case Kind.SCROLL:
                self._scroll.update(event.a, event.t_ms)
                self._look(event.t_ms, self._targets)
            case Kind.VISIBLE:
                self._targets[event.target].dwell.share = event.a
                self._look(event.t_ms, [self._targets[event.target]])
            case Kind.LAYOUT:
                self._targets[event.target].dwell.measure(event.b)
                self._targets[event.target].reading.measure(event.a, event.b, event.c)
                self._look(event.t_ms, [self._targets[event.target]])
            case Kind.PAGE | Kind.RESIZE | Kind.DOCUMENT:
                self._measure(event)
                self._look(event.t_ms, self._targets)
            case Kind.CLICK if event.target >= 0:
                self._targets[event.target].clicks.update()
            case Kind.EVENT | Kind.GOAL:
                self._named.update(event.name)

    def gauge(self, now_ms: float) -> Gauge:
        """A function that reads any quantity as of `now_ms`."""

        def read(quantity: str, target: int, name: str) -> Measure | Missing:
            if name:
                return self._named.count(name, now_ms)
            return (self._of_targets[target] if target >= 0 else self._of_page)[quantity](now_ms)

        return read

    def _measure(self, event: Event) -> None:
        if event.kind is Kind.PAGE:
            self._scroll.measure_page(event.b, event.c, event.t_ms)
        elif event.kind is Kind.RESIZE:
            self._scroll.resize(event.b, event.t_ms)
        else:
            self._scroll.grow(event.a, event.t_ms)

    def _look(self, t_ms: float, targets: Sequence[Observed]) -> None:
        """Tells the targets what the window shows now."""
        viewport_px, y_px = self._scroll.viewport_px, self._scroll.y_px
        for target in targets:
            target.dwell.update(viewport_px, t_ms)
            target.reading.update(target.dwell.share > 0, y_px, viewport_px, t_ms)
