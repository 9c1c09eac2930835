"""Events written as a trace (version 1): the inverse of `trace.read_trace`, for simulated and recorded visitors."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab.messages import MAX_NUMBER
from trimtab.values import NO_TARGET, Event, Kind
from trimtab.visitors.trace import POINTERS, TRACE_VERSION

POINTER_NAMES: Final = {number: name for name, number in POINTERS.items()}
NO_WORDS: Final = -1.0

type Fields = dict[str, Any]


def write_trace(events: Iterable[Event], targets: Sequence[str]) -> Iterator[str]:
    """The lines of a trace. The first event is the page's; targets laid out in the same moment go into its line.

    `targets` are the policy's target names. Raises TrimtabError for events that a trace cannot hold: no page first,
    time running backwards, what the page says of an adjustment, numbers that are not finite.
    """
    rest = iter(events)
    page = next(rest, None)
    if page is None or page.kind is not Kind.PAGE:
        raise _refusal("do not begin with the page")
    head: dict[int, Event] = {}
    latest_ms = page.t_ms
    after: Event | None = None
    for event in rest:
        if event.kind is not Kind.LAYOUT or event.t_ms != page.t_ms or event.target in head:
            after = event
            break
        head[event.target] = event
    yield _first_line(page, head.values(), targets)
    for event in [after, *rest] if after else []:
        if event.t_ms < latest_ms:
            raise _refusal(f"run backwards, from {latest_ms:g} to {event.t_ms:g} ms")
        latest_ms = event.t_ms
        yield _line(event, targets)


def _first_line(page: Event, layouts: Iterable[Event], targets: Sequence[str]) -> str:
    return _dump(
        {
            "v": TRACE_VERSION,
            "kind": "page",
            "t_ms": _plain(page.t_ms),
            "viewport": {"w": _plain(page.a), "h": _plain(page.b)},
            "document": {"h": _plain(page.c)},
            "targets": {targets[layout.target]: _layout(layout) for layout in layouts},
        }
    )


def _line(event: Event, targets: Sequence[str]) -> str:
    if event.kind not in FIELDS:
        raise _refusal(f"include {event.kind.name}, which is not a visitor's doing")
    place = {"target": targets[event.target]} if event.target != NO_TARGET else {}
    fields = {"kind": event.kind.name.lower(), "t_ms": _plain(event.t_ms)} | place
    return _dump(fields | FIELDS[event.kind](event))


def _nothing(_: Event) -> Fields:
    return {}


def _layout(event: Event) -> Fields:
    words = {} if event.c == NO_WORDS else {"words": _plain(event.c)}
    return {"top": _plain(event.a), "h": _plain(event.b)} | words


def _pointer(event: Event) -> Fields:
    if event.c not in POINTER_NAMES:
        raise _refusal(f"include a pointer of type {event.c:g}")
    return {"x": _plain(event.a), "y": _plain(event.b), "type": POINTER_NAMES[event.c]}


def _named(event: Event) -> Fields:
    return {"name": event.name} | ({"value": _plain(event.b)} if event.c else {})


FIELDS: Final[Mapping[Kind, Callable[[Event], Fields]]] = {
    Kind.SCROLL: lambda event: {"y": _plain(event.a)},
    Kind.POINTER: _pointer,
    Kind.ENTER: _nothing,
    Kind.LEAVE: _nothing,
    Kind.VISIBLE: lambda event: {"ratio": _plain(event.a)},
    Kind.CLICK: _nothing,
    Kind.KEY: lambda event: {"outside": True} if event.a else {},
    Kind.FOCUS: _nothing,
    Kind.BLUR: _nothing,
    Kind.INPUT: lambda event: ({"correction": True} if event.a else {}) | ({"text": True} if event.b else {}),
    Kind.RESIZE: lambda event: {"w": _plain(event.a), "h": _plain(event.b)},
    Kind.LAYOUT: _layout,
    Kind.BOX: lambda event: {"left": _plain(event.a), "w": _plain(event.b)},
    Kind.DOCUMENT: lambda event: {"h": _plain(event.a)},
    Kind.HIDDEN: _nothing,
    Kind.SHOWN: _nothing,
    Kind.ROUTE: lambda event: {"path": event.name},
    Kind.EVENT: _named,
    Kind.GOAL: _named,
}
"""What a line says of each kind, beside `kind`, `t_ms` and `target`."""


def _plain(number: float) -> float:
    """The number, without a decimal point where it is whole."""
    if not abs(number) <= MAX_NUMBER:
        raise _refusal(f"include {number}, which is no number of a page")
    return int(number) if number == int(number) else number


def _dump(fields: Fields) -> str:
    return json.dumps(fields, separators=(",", ":"))


def _refusal(what: str) -> TrimtabError:
    return TrimtabError(f"these events {what}, so they are no trace; record or simulate the visit again")
