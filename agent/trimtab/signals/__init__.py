"""Signals: running measurements of behaviour, each in constant memory with `update` and a reading.

`Signals` hands each event to the signals that it concerns and reads any of them by name. It sees no clock: every
reading is asked for with its time.
"""

from collections.abc import Callable, Sequence

from trimtab.signals.attention import Attention
from trimtab.signals.dwell import Dwell
from trimtab.signals.named import Counts
from trimtab.signals.reading import Reading
from trimtab.signals.scroll import Scroll
from trimtab.values import Event, Gauge, Kind, Measure, Missing

__all__ = ["Signals"]


class Signals:
    """All signals of one page. `targets` are the policy's target names, in their order."""

    __slots__ = ("_attention", "_clicks", "_dwell", "_named", "_quantities", "_reading", "_scroll", "_targets")

    def __init__(self, targets: Sequence[str]) -> None:
        self._targets = targets
        self._attention = Attention()
        self._scroll = Scroll()
        self._dwell = [Dwell(name) for name in targets]
        self._reading = [Reading(name) for name in targets]
        self._clicks = Counts()
        self._named = Counts()
        self._quantities: dict[str, Callable[[int, str, float], Measure | Missing]] = {
            "attention.attended_s": lambda t, n, now: self._attention.stopwatch("attention", self._attention.at(now), now),
            "scroll.speed_px_s": lambda t, n, now: self._scroll.speed_px_s(now),
            "scroll.depth": lambda t, n, now: self._scroll.depth(now),
            "scroll.position": lambda t, n, now: self._scroll.position(now),
            "reading.words_per_minute": lambda t, n, now: self._reading[t].words_per_minute(self._attention, now),
            "reading.words_seen": lambda t, n, now: self._reading[t].words_seen(now),
            "reading.share_seen": lambda t, n, now: self._reading[t].share_seen(now),
            "dwell.attended_s": lambda t, n, now: self._dwell[t].attended_s(self._attention, now),
            "dwell.visits": lambda t, n, now: self._dwell[t].visits(now),
            "visible.share": lambda t, n, now: self._dwell[t].visible(now),
            "clicks.count": lambda t, n, now: self._clicks.count(f"clicks {self._targets[t]}", self._targets[t], now),
            "named.count": lambda t, n, now: self._named.count(f"event {n}", n, now),
        }

    def update(self, event: Event) -> None:
        """Takes one event. Events come in time order; the pipeline sees to that."""
        self._attention.update(event.kind, event.t_ms)
        match event.kind:
            case Kind.SCROLL:
                self._scroll.update(event.a, event.t_ms)
                self._look(event.t_ms)
            case Kind.VISIBLE:
                self._dwell[event.target].share = event.a
                self._look(event.t_ms, event.target)
            case Kind.LAYOUT:
                self._dwell[event.target].measure(event.b)
                self._reading[event.target].measure(event.a, event.b, event.c)
                self._look(event.t_ms, event.target)
            case Kind.PAGE:
                self._scroll.measure_page(event.b, event.c, event.t_ms)
                self._look(event.t_ms)
            case Kind.RESIZE:
                self._scroll.resize(event.b, event.t_ms)
                self._look(event.t_ms)
            case Kind.DOCUMENT:
                self._scroll.grow(event.a, event.t_ms)
            case Kind.CLICK if event.target >= 0:
                self._clicks.update(self._targets[event.target])
            case Kind.EVENT | Kind.GOAL:
                self._named.update(event.name)

    def gauge(self, now_ms: float) -> Gauge:
        """A function that reads any quantity as of `now_ms`."""
        return lambda quantity, target, name: self._quantities[quantity](target, name, now_ms)

    def _look(self, t_ms: float, only: int | None = None) -> None:
        """Tells the targets what the window shows now."""
        attention_ms = self._attention.at(t_ms)
        viewport_px, y_px = self._scroll.viewport_px, self._scroll.y_px
        for index in range(len(self._targets)) if only is None else (only,):
            dwell = self._dwell[index]
            dwell.update(dwell.share, viewport_px, attention_ms)
            self._reading[index].update(dwell.share > 0, y_px, viewport_px, attention_ms)
