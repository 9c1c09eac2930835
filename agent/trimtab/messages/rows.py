"""Rows: what the page tells the worker, a batch at a time. Each row is six float64 `[kind, t_ms, target, a, b, c]`."""

from collections.abc import Iterable, Iterator, Mapping
from struct import Struct
from typing import ClassVar, Final

from trimtab.values import NO_TARGET, Event, Kind

ROW: Final = Struct("<6d")
"""One event of a batch: `[kind, t_ms, target, a, b, c]`."""
MAX_NUMBER: Final = 1e15
"""No time, length or value of a page is larger; up to here sums and products of whole numbers stay exact."""
MAX_NAMES: Final = 256
"""Names are the page's; a page that makes up new ones for ever must not eat the visitor's memory."""
MAX_NUMBERS: Final = 4096
"""Twice what the page's ring holds (`browser/page/ring.js`): no row that is under way loses its name."""
MAX_NAME_CHARACTERS: Final = 100

TARGETED: Final = frozenset({Kind.ENTER, Kind.LEAVE, Kind.VISIBLE, Kind.FOCUS, Kind.BLUR, Kind.LAYOUT, Kind.BOX})
NAMED: Final = frozenset({Kind.ROUTE, Kind.EVENT, Kind.GOAL})
FEEDBACK: Final = frozenset({Kind.APPLIED, Kind.UNDONE, Kind.DEFERRED, Kind.FAILED})
KINDS: Final = {int(kind): kind for kind in Kind}
ANY: Final = (-MAX_NUMBER, MAX_NUMBER)
SIZE: Final = (0.0, MAX_NUMBER)
ONE_OF_THREE: Final = (0.0, 2.0)
ONE_OF_FOUR: Final = (0.0, 3.0)
BOUNDS: Final[Mapping[Kind, tuple[tuple[float, float], ...]]] = {
    Kind.VISIBLE: ((0.0, 1.001),),  # browsers divide areas
    Kind.POINTER: (ANY, ANY, ONE_OF_THREE),
    Kind.RESIZE: (SIZE, SIZE),
    Kind.PAGE: (SIZE, SIZE, SIZE),
    Kind.DOCUMENT: (SIZE,),
    Kind.LAYOUT: (ANY, SIZE, (-1.0, MAX_NUMBER)),
    Kind.BOX: (ANY, SIZE),
    Kind.UNDONE: (ANY, ONE_OF_FOUR),
    Kind.DEFERRED: (ANY, ONE_OF_FOUR),
}
"""What `a`, `b` and `c` of an event can be, where not any number can."""


def is_possible(event: Event) -> bool:
    """Whether a page can have the numbers of this event."""
    bounds = BOUNDS.get(event.kind, ())
    for (low, high), x in zip(bounds, event[3:6], strict=False):  # noqa: SIM110  all() takes longer, for each movement
        if not low <= x <= high:
            return False
    return True


class Inbox:
    """Turns the page's rows into events. Refuses what cannot be true, counts it, and goes on with the rest."""

    __slots__ = ("_adjustments", "_names", "_targets", "refused")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_adjustments", "_targets"})
    _names: dict[int, str]
    refused: int

    def __init__(self, targets: int, adjustments: int) -> None:
        self._targets = targets
        self._adjustments = adjustments
        self._names = {}
        self.refused = 0

    def learn(self, names: Iterable[object]) -> None:
        """Remember names that later rows give by number: pairs (number, name). Past MAX_NUMBERS, forget the oldest."""
        for pair in names:
            match pair:
                case [int(number), str(name)] if 0 < len(name) <= MAX_NAME_CHARACTERS:
                    self._names[number] = name
                    if len(self._names) > MAX_NUMBERS:
                        del self._names[next(iter(self._names))]
                case _:
                    self.refused += 1

    def read(self, batch: "memoryview[int]") -> Iterator[Event]:
        """Events of a batch: bytes that hold rows of six little-endian float64 `[kind, t_ms, target, a, b, c]`."""
        whole = len(batch) // ROW.size * ROW.size
        self.refused += whole != len(batch)
        for row in ROW.iter_unpack(batch[:whole]):
            event = self._event(*row)
            if event is None:
                self.refused += 1
            else:
                yield event

    def _event(self, code: float, t_ms: float, target: float, a: float, b: float, c: float) -> Event | None:
        kind = KINDS.get(code)  # type: ignore[call-overload]  # 3.0 == 3 and hashes alike; int(nan) would raise
        known = abs(t_ms) <= MAX_NUMBER and abs(a) <= MAX_NUMBER and abs(b) <= MAX_NUMBER and abs(c) <= MAX_NUMBER
        if kind is None or not known:  # nor is NaN
            return None
        if not (NO_TARGET <= target < self._targets) or target != int(target):
            return None
        if kind in TARGETED and target == NO_TARGET:
            return None
        if kind in FEEDBACK and not (0 <= a < self._adjustments and a == int(a)):
            return None
        name = self._names.get(a, "") if kind in NAMED else ""  # type: ignore[call-overload]  # as above
        if kind in NAMED and not name:
            return None
        event = Event(kind, t_ms, int(target), a, b, c, name)
        return event if is_possible(event) else None
