"""The signals of one target."""

from collections.abc import Callable
from typing import ClassVar

from trimtab.signals.approach import Approach
from trimtab.signals.attention import Attention
from trimtab.signals.dwell import Dwell
from trimtab.signals.form import Field
from trimtab.signals.hover import Hover
from trimtab.signals.named import Count
from trimtab.signals.reading import Reading
from trimtab.values import Event, Kind, Measure, Missing

type Reader = Callable[[float], Measure | Missing]


class Observed:
    """One target with everything that is measured about it."""

    __slots__ = ("approach", "clicks", "dwell", "field", "hover", "reading")
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    approach: Approach
    clicks: Count
    dwell: Dwell
    field: Field
    hover: Hover
    reading: Reading

    def __init__(self, name: str, attention: Attention) -> None:
        self.dwell = Dwell(name, attention)
        self.reading = Reading(name, attention)
        self.hover = Hover(name, attention)
        self.approach = Approach(name, attention)
        self.field = Field(name)
        self.clicks = Count(f"clicks {name}")

    def update(self, event: Event) -> None:
        """Takes an event that is about this target."""
        if (hear := HEARS.get(event.kind)) is not None:
            hear(self, event)

    def readers(self) -> dict[str, Reader]:
        """What can be read of a target, by name."""
        return {
            "reading.words_per_minute": self.reading.words_per_minute,
            "reading.words_seen": self.reading.words_seen,
            "reading.share_seen": self.reading.share_seen,
            "reading.rereads": self.reading.rereads,
            "dwell.attended_s": self.dwell.attended_s,
            "dwell.longest_s": self.dwell.longest_s,
            "dwell.visits": self.dwell.visits,
            "visible.share": self.dwell.visible,
            "hover.count": self.hover.count,
            "hover.total_s": self.hover.total_s,
            "hover.longest_s": self.hover.longest_s,
            "hover.stay_s": self.hover.stay_s,
            "approach.distance_px": self.approach.distance_px,
            "approach.approach_px": self.approach.approach_px,
            "approach.hesitation_s": self.approach.hesitation_s,
            "form.focus_s": self.field.focus_s,
            "form.returns": self.field.returns,
            "form.corrections": self.field.corrections,
            "form.abandoned": self.field.abandoned,
            "clicks.count": self.clicks.count,
        }

    def _lay_out(self, event: Event) -> None:
        self.dwell.measure(event.b)
        self.reading.measure(event.a, event.b, event.c)
        self.approach.measure_height(event.a, event.b)

    def _click(self, event: Event) -> None:
        self.clicks.update()
        self.approach.click(event.t_ms)

    def _see(self, event: Event) -> None:
        self.dwell.share = event.a


HEARS: dict[Kind, Callable[[Observed, Event], None]] = {
    Kind.LAYOUT: Observed._lay_out,
    Kind.BOX: lambda o, e: o.approach.measure_width(e.a, e.b),
    Kind.VISIBLE: Observed._see,
    Kind.CLICK: Observed._click,
    Kind.ENTER: lambda o, e: o.hover.enter(e.t_ms),
    Kind.LEAVE: lambda o, e: o.hover.leave(e.t_ms),
    Kind.FOCUS: lambda o, e: o.field.focus(e.t_ms),
    Kind.BLUR: lambda o, e: o.field.blur(e.t_ms),
    Kind.INPUT: lambda o, e: o.field.input(correction=bool(e.a)),
}
"""What each kind of event tells the signals of its target."""
