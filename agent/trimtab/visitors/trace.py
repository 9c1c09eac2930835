"""Traces: one visit as JSON Lines (DESIGN §6, version 1), read into the events that a browser would have sent."""

import json
import re
import reprlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TraceError
from trimtab.messages import MAX_NUMBER, is_possible
from trimtab.values import NO_TARGET, Event, Kind

TRACE_VERSION: Final = 1
MAX_LINE_CHARACTERS: Final = 100_000
MAX_BRACKETS: Final = 4_096
"""A line is nested three deep at most; one nested for ever would overflow the stack of whoever reads it."""
NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
"""What a byte that is no UTF-8 is read as."""
POINTERS: Final = {"mouse": 0.0, "touch": 1.0, "pen": 2.0}


class _BadLineError(Exception):
    """What is wrong with one line; the reader adds file and line number."""


@dataclass(frozen=True, slots=True)
class Line:
    """One object of a trace, with the names of the policy's targets to look targets up."""

    fields: Mapping[str, Any]
    targets: Sequence[str]

    def number(self, name: str, default: float | None = None) -> float:
        """A number that a page can have: finite, and not larger than the browser's rows may hold."""
        value = self.fields.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MAX_NUMBER:
            raise _BadLineError(f"{name} is {reprlib.repr(value)}, not a number of a page")
        return float(value)

    def flag(self, name: str) -> float:
        """1 if the field is there and true, else 0."""
        value = self.fields.get(name, False)
        if not isinstance(value, bool):
            raise _BadLineError(f"{name} is {reprlib.repr(value)}, not true or false")
        return float(value)

    def target(self, *, optional: bool = False) -> int:
        """The index of the target that is named."""
        name = self.fields.get("target")
        if name is None and optional:
            return NO_TARGET
        if name not in self.targets:
            known = ", ".join(self.targets) or "it has none"
            raise _BadLineError(f"target {reprlib.repr(name)} is none of the policy's ({known})")
        return self.targets.index(name)

    def name(self, key: str = "name") -> str:
        """A name that is not empty."""
        name = self.fields.get(key)
        if not isinstance(name, str) or not name:
            raise _BadLineError(f"{key} is {reprlib.repr(name)}, not a name")
        return name

    def pointer_type(self) -> float:
        """What points: 0 mouse, 1 touch, 2 pen."""
        kind = self.fields.get("type", "mouse")
        if not isinstance(kind, str) or kind not in POINTERS:
            raise _BadLineError(f"type is {reprlib.repr(kind)}, not one of {', '.join(POINTERS)}")
        return POINTERS[kind]


def _plain(kind: Kind) -> Callable[[Line, float], Event]:
    return lambda _, t: Event(kind, t)


def _targeted(kind: Kind) -> Callable[[Line, float], Event]:
    return lambda line, t: Event(kind, t, line.target())


def _named(kind: Kind) -> Callable[[Line, float], Event]:
    def read(line: Line, t: float) -> Event:
        return Event(kind, t, NO_TARGET, 0.0, line.number("value", 0.0), float("value" in line.fields), line.name())

    return read


READERS: Final[Mapping[str, Callable[[Line, float], Event]]] = {
    "scroll": lambda line, t: Event(Kind.SCROLL, t, a=line.number("y")),
    "pointer": lambda line, t: Event(
        Kind.POINTER, t, NO_TARGET, line.number("x"), line.number("y"), line.pointer_type()
    ),
    "enter": _targeted(Kind.ENTER),
    "leave": _targeted(Kind.LEAVE),
    "visible": lambda line, t: Event(Kind.VISIBLE, t, line.target(), line.number("ratio")),
    "click": lambda line, t: Event(Kind.CLICK, t, line.target(optional=True)),
    "key": lambda line, t: Event(Kind.KEY, t, a=line.flag("outside")),
    "focus": _targeted(Kind.FOCUS),
    "blur": _targeted(Kind.BLUR),
    "input": lambda line, t: Event(
        Kind.INPUT, t, line.target(optional=True), line.flag("correction"), line.flag("text")
    ),
    "resize": lambda line, t: Event(Kind.RESIZE, t, a=line.number("w"), b=line.number("h")),
    "layout": lambda line, t: Event(
        Kind.LAYOUT, t, line.target(), line.number("top"), line.number("h"), line.number("words", -1.0)
    ),
    "box": lambda line, t: Event(Kind.BOX, t, line.target(), line.number("left"), line.number("w")),
    "document": lambda line, t: Event(Kind.DOCUMENT, t, a=line.number("h")),
    "hidden": _plain(Kind.HIDDEN),
    "shown": _plain(Kind.SHOWN),
    "route": lambda line, t: Event(Kind.ROUTE, t, name=line.name("path")),
    "event": _named(Kind.EVENT),
    "goal": _named(Kind.GOAL),
}


def read_trace(path: Path, targets: Sequence[str]) -> Iterator[Event]:
    """Events of a trace file, in order. `targets` are the policy's target names.

    Raises TraceError with the line number for a line that is no JSON object, of an unknown kind or version, with a
    field that cannot be true, or earlier than the line before it.
    """
    try:
        lines = path.open(encoding="utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise TraceError(
            f"cannot be read ({error.strerror})",
            mend="give a trace, such as `trimtab record` writes",
            file=str(path),
            line=0,
        ) from None
    with lines:
        latest_ms = 0.0
        number = 0
        # A line is never read further than it may be long, whatever it is that somebody took for a trace.
        for number, text in enumerate(iter(lambda: lines.readline(MAX_LINE_CHARACTERS + 1), ""), 1):
            try:
                events = list(_events(_parse(text), targets, first=number == 1))
                if events[0].t_ms < latest_ms:
                    raise _BadLineError(f"t_ms {events[0].t_ms:g} is before {latest_ms:g} of the line above")
            except _BadLineError as bad:
                mend = "correct the line, or record the trace again"
                raise TraceError(str(bad), mend=mend, file=path.name, line=number) from None
            latest_ms = events[0].t_ms
            yield from events
        if number == 0:
            raise TraceError("the trace is empty", mend="begin with a page line", file=path.name, line=1)


def _parse(text: str) -> dict[str, Any]:
    if len(text) > MAX_LINE_CHARACTERS:
        raise _BadLineError(f"the line has more than {MAX_LINE_CHARACTERS} characters")
    if text.count("[") + text.count("{") > MAX_BRACKETS:
        raise _BadLineError(f"the line has more than {MAX_BRACKETS} brackets")
    if not text.isascii() and NOT_UTF8.search(text):
        raise _BadLineError("the line is not UTF-8")
    try:
        fields = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        raise _BadLineError("the line is not JSON") from None
    if not isinstance(fields, dict):
        raise _BadLineError("the line is not a JSON object")
    return fields


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _BadLineError("a name is in the line twice")
    return fields


def _events(fields: dict[str, Any], targets: Sequence[str], *, first: bool) -> Iterator[Event]:
    line = Line(fields, targets)
    kind = fields.get("kind")
    t_ms = line.number("t_ms")
    if first != (kind == "page"):
        raise _BadLineError("a trace begins with a page line" if first else "only the first line can be a page line")
    if first:
        yield from _page(line, t_ms)
    elif isinstance(kind, str) and kind in READERS:
        yield _possible(READERS[kind](line, t_ms))
    else:
        raise _BadLineError(f"kind {reprlib.repr(kind)} is not known")


def _page(line: Line, t_ms: float) -> Iterator[Event]:
    version = line.fields.get("v")
    if version != TRACE_VERSION or isinstance(version, bool):
        raise _BadLineError(f"trace version {reprlib.repr(version)} is not known (this is version {TRACE_VERSION})")
    viewport, document = _inner(line, "viewport"), _inner(line, "document")
    sizes = (viewport.number("w"), viewport.number("h"), document.number("h"))
    yield _possible(Event(Kind.PAGE, t_ms, NO_TARGET, *sizes))
    for name in _inner(line, "targets").fields:
        target = Line({**_inner(_inner(line, "targets"), name).fields, "target": name}, line.targets)
        yield _possible(READERS["layout"](target, t_ms))


def _possible(event: Event) -> Event:
    if not is_possible(event):
        raise _BadLineError(f"{event.kind.name.lower()} with numbers that no page has")
    return event


def _inner(line: Line, name: str) -> Line:
    fields = line.fields.get(name, {})
    if not isinstance(fields, dict):
        raise _BadLineError(f"{name} is not an object")
    return Line(fields, line.targets)
