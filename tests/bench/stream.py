"""A made-up stream of events that never ends: wheel, pointer, a click now and then, sixty events a second."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator

from trimtab.values import Event, Kind

EVENTS = 60
"""In one batch, whatever time it spans."""
SECOND_MS = 1000
FRAME_MS = 16
PAGE = Event(Kind.PAGE, 0, a=1280, b=800, c=12_000)


def opening(targets: int) -> list[Event]:
    """What a page says first: its sizes, and where its targets are."""
    events = [PAGE]
    for target in range(targets):
        events += [
            Event(Kind.LAYOUT, 0, target, 200 + 500 * target, 3000, 700),
            Event(Kind.BOX, 0, target, 100, 700),
            Event(Kind.VISIBLE, 0, target, 0.25),
        ]
    return events


def batches(targets: int, span_ms: float = SECOND_MS) -> Iterator[tuple[list[Event], float]]:
    """Batches with the time at which each is handed over, one a second; the visitor goes down and up the page for ever.

    The events of a batch spread over its last `span_ms`: the whole second, or one frame, in which at most two moments
    of decision fall.
    """
    yield opening(targets), 1.0
    second = 1
    while True:
        end_ms = (second + 1) * SECOND_MS
        times = [end_ms - span_ms + n * span_ms / EVENTS for n in range(EVENTS)]
        yield [_event(second * EVENTS + n, t_ms, targets) for n, t_ms in enumerate(times)], end_ms
        second += 1


def _event(number: int, t_ms: float, targets: int) -> Event:
    if number % 600 == 599:
        return Event(Kind.CLICK, t_ms, number % targets if targets else -1)
    if number % 2:
        return Event(Kind.POINTER, t_ms, a=640 + 300 * math.sin(number / 40), b=400 + 200 * math.cos(number / 30))
    return Event(Kind.SCROLL, t_ms, a=5600 * (1 - math.cos(number / 900)))


def rows(events: list[Event]) -> bytes:
    """The batch as the page would send it: little-endian float64, six a row."""
    return b"".join(struct.pack("<6d", e.kind, e.t_ms, e.target, e.a, e.b, e.c) for e in events)
