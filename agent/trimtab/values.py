"""The values that travel between stages. Each is frozen: a stage gets values and returns values.

Those that are made with every event and at every decision are named tuples, which cannot be changed either: a frozen
dataclass takes several times as long to make.

Times are milliseconds since the page's activated start (`_ms`), lengths CSS pixels (`_px`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

NO_TARGET: Final = -1


class Kind(IntEnum):
    """What happened. The number is the first column of a batch row; `page/messages.js` holds the same list.

    | kind | target | a | b | c |
    |---|---|---|---|---|
    | SCROLL | | y px | | |
    | POINTER | | x px | y px | 0 mouse, 1 touch, 2 pen |
    | ENTER, LEAVE, FOCUS, BLUR | yes | | | |
    | VISIBLE | yes | share of it that is visible, 0..1 | | |
    | CLICK | yes or none | | | |
    | KEY | | 1 if nothing that can be typed in has the focus | | |
    | HIDDEN, SHOWN | | | | |
    | INPUT | yes or none | 1 if it corrects | 1 if it is text | |
    | RESIZE | | viewport width px | viewport height px | |
    | LAYOUT | yes | top px in the document | height px | words, -1 if not text |
    | BOX | yes | left px in the document | width px | |
    | ROUTE | | | | |
    | EVENT, GOAL | | | value | 1 if there is a value |
    | PAGE | | viewport width px | viewport height px | document height px |
    | DOCUMENT | | document height px | | |
    | APPLIED, FAILED | | adjustment | | |
    | DEFERRED | | adjustment | 0 it would move the view, 1 the pointer is on it, 2 the focus is in it | |
    | UNDONE | | adjustment | 0 governor, 1 visitor, 2 page | |

    FOCUS is in the target itself or in something inside it, so several targets may have it.
    ROUTE, EVENT and GOAL carry a name as well: in a batch row it is a number in `a`, interned by an earlier message.
    """

    SCROLL = 1
    POINTER = 2
    ENTER = 3
    LEAVE = 4
    VISIBLE = 5
    CLICK = 6
    KEY = 7
    FOCUS = 8
    BLUR = 9
    INPUT = 10
    RESIZE = 11
    LAYOUT = 12
    HIDDEN = 13
    SHOWN = 14
    ROUTE = 15
    EVENT = 16
    GOAL = 17
    PAGE = 18
    DOCUMENT = 19
    APPLIED = 20
    UNDONE = 21
    DEFERRED = 22
    FAILED = 23
    BOX = 24


class Event(NamedTuple):
    """One thing that happened on the page; `Kind` says what the fields mean."""

    kind: Kind
    t_ms: float
    target: int = NO_TARGET
    a: float = 0.0
    b: float = 0.0
    c: float = 0.0
    name: str = ""


class Measure(NamedTuple):
    """A number that a signal knows, and how it goes on if nothing happens.

    Until `until_ms` its value t ms after the reading is `(value + rise * t) / (1 + spread * t)`: constant, a stopwatch
    (`rise`), or an amount per time (`spread`). That is enough to say when a comparison will turn, so nobody polls.
    """

    name: str
    unit: str
    value: float
    at_ms: float
    rise: float = 0.0
    spread: float = 0.0
    until_ms: float = float("inf")


class Missing(NamedTuple):
    """A number that a signal does not know yet, and why. It may become known without any event at `until_ms`."""

    name: str
    why: str
    until_ms: float = float("inf")


type Gauge = Callable[[str, int, str], Measure | Missing]
"""Reads one quantity now: `gauge("reading.words_per_minute", target, "")`; target -1, name "" where there is none."""


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """A visitor entered or left a segment, and the comparisons that said so, in words."""

    segment: str
    entered: bool
    at_ms: float
    because: str
    strength: float


class Candidate(NamedTuple):
    """What a rule proposes: show this adjustment (an index into the policy's list) now."""

    adjustment: int
    because: str
    strength: float


class Verdict(StrEnum):
    """The governor's answers. Only `ALLOWED` and `UNDONE` change the page."""

    ALLOWED = "allowed"
    HELD = "held"
    """Not now; `until_ms` says when it is looked at again."""
    DEFERRED = "deferred"
    """Allowed, but the page waits for a moment in which nothing visible would move."""
    REFUSED = "refused"
    """Not in this visit."""
    UNDONE = "undone"


class Reason(StrEnum):
    """Why a decision is what it is: a word that tests compare and people read."""

    RULE_HOLDS = "rule-holds"
    RULE_ENDED = "rule-ended"
    REMEMBERED = "remembered"
    """The page before showed it when it was left, and its rule still holds."""
    DEBOUNCE = "debounce"
    COOLDOWN = "cooldown"
    MINIMUM_SHOWING = "minimum-showing"
    ADJUSTMENT_CAP = "adjustment-cap"
    VISIT_CAP = "visit-cap"
    MINUTE_CAP = "minute-cap"
    CONFLICT = "conflict"
    """Another adjustment of its group is shown."""
    JUST_ARRIVED = "just-arrived"
    TYPING = "typing"
    FOCUS_INSIDE = "focus-inside"
    UNDER_POINTER = "under-pointer"
    ONE_AT_A_TIME = "one-at-a-time"
    VISITOR_SAID_NO = "visitor-said-no"
    WOULD_MOVE_LAYOUT = "would-move-layout"
    TO_HYDRATE = "to-hydrate"
    """The page's framework has still to take over what the server rendered."""
    NOTHING_TO_CHANGE = "nothing-to-change"
    UNDONE_BY_VISITOR = "undone-by-visitor"
    UNDONE_BY_PAGE = "undone-by-page"
    """The page took it back again and again, and we gave up."""
    UNDONE_BY_SHIFT = "undone-by-shift"
    """It moved what was in view, and so does not come again."""
    NO_CONSENT_TO_ADAPT = "no-consent-to-adapt"
    HOLDOUT = "holdout"
    OTHER_ARM = "other-arm"


@dataclass(frozen=True, slots=True)
class Decision:
    """The governor's answer about one adjustment, with its reason."""

    adjustment: int
    verdict: Verdict
    reason: Reason
    at_ms: float
    until_ms: float | None = None
    because: str = ""
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class Command:
    """What the page is told: apply or undo one adjustment. The page never learns why."""

    adjustment: int
    apply: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """What the visitor permits. Everything is False until somebody says otherwise."""

    observe: bool = False
    adapt: bool = False
    remember: bool = False
    share: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of the pipeline gives back.

    `wake_at_ms` is when the next decision can fall without any event (None: never);
    `report` the newly sealed report if the answer in it changed.
    """

    commands: tuple[Command, ...]
    log: tuple[Decision | SegmentChange, ...]
    wake_at_ms: float | None
    report: bytes | None
