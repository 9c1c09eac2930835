"""Everything that crosses a border: batch rows from the page, the declaration to the tag, the report to the server.

Formats carry a version; an unknown version is refused, never guessed.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Any, Final

import msgpack

from trimtab.errors import ReportError, TrimtabError
from trimtab.values import NO_TARGET, Consent, Decision, Event, Kind, SegmentChange

DECLARATION_VERSION: Final = 2
REPORT_VERSION: Final = 2
REPORT_BYTES: Final = 128
"""Every report has this size, whatever is in it: length tells a listener nothing."""
REPORT_ID_BYTES: Final = 16
POLICY_HASH_BYTES: Final = 8
ROW: Final = Struct("<6d")
"""One event of a batch: `[kind, t_ms, target, a, b, c]`."""
MAX_ANSWERS: Final = 256
"""The most answers that a question can have; a set of them is a mask of 32 bytes."""
MAX_MASK_BYTES: Final = MAX_ANSWERS // 8
MAX_NUMBER: Final = 1e15
"""No time, length or value of a page is larger; up to here sums and products of whole numbers stay exact."""
MAX_NAMES: Final = 256
"""Names are the page's; a page that makes up new ones for ever must not eat the visitor's memory."""
MAX_NAME_CHARACTERS: Final = 100
BUILD_AGAIN: Final = "build the pack again with this trimtab"
SEND_UNCHANGED: Final = "send the bytes that pack_report made, unchanged"

TARGETED: Final = frozenset(
    {Kind.ENTER, Kind.LEAVE, Kind.VISIBLE, Kind.FOCUS, Kind.BLUR, Kind.INPUT, Kind.LAYOUT, Kind.BOX}
)
NAMED: Final = frozenset({Kind.ROUTE, Kind.EVENT, Kind.GOAL})
FEEDBACK: Final = frozenset({Kind.APPLIED, Kind.UNDONE, Kind.DEFERRED, Kind.FAILED})
KINDS: Final = {int(kind): kind for kind in Kind}
ANY: Final = (-MAX_NUMBER, MAX_NUMBER)
SIZE: Final = (0.0, MAX_NUMBER)
ONE_OF_THREE: Final = (0.0, 2.0)
BOUNDS: Final[Mapping[Kind, tuple[tuple[float, float], ...]]] = {
    Kind.VISIBLE: ((0.0, 1.001),),  # browsers divide areas
    Kind.POINTER: (ANY, ANY, ONE_OF_THREE),
    Kind.RESIZE: (SIZE, SIZE),
    Kind.PAGE: (SIZE, SIZE, SIZE),
    Kind.DOCUMENT: (SIZE,),
    Kind.LAYOUT: (ANY, SIZE, (-1.0, MAX_NUMBER)),
    Kind.BOX: (ANY, SIZE),
    Kind.UNDONE: (ANY, ONE_OF_THREE),
    Kind.DEFERRED: (ANY, ONE_OF_THREE),
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

    def __init__(self, targets: int, adjustments: int) -> None:
        self._targets = targets
        self._adjustments = adjustments
        self._names: dict[int, str] = {}
        self.refused = 0

    def learn(self, names: Iterable[object]) -> None:
        """Remember names that later rows give by number: pairs (number, name), of MAX_NAMES numbers at most."""
        for pair in names:
            match pair:
                case [int(number), str(name)] if 0 < len(name) <= MAX_NAME_CHARACTERS and self._has_room(number):
                    self._names[number] = name
                case _:
                    self.refused += 1

    def _has_room(self, number: int) -> bool:
        return number in self._names or len(self._names) < MAX_NAMES

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


@dataclass(frozen=True, slots=True)
class Named:
    """A question as others see it: its name, its possible answers in order, and how many of them a report tells.

    `kind` is one of `scales.Kind`; `values` are what the answers stand for in a mean, in `unit` (None: nothing; empty:
    there is no mean). `by`: a segment's name; the first half of the answers is of visitors who were never in it.
    """

    name: str
    answers: tuple[str, ...]
    width: int = 1
    kind: str = "choice"
    values: tuple[float | None, ...] = ()
    unit: str = ""
    by: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON; what a question does not have is left out."""
        about: dict[str, Any] = {"name": self.name, "answers": list(self.answers), "width": self.width}
        rest = {"kind": self.kind, "values": list(self.values), "unit": self.unit, "by": self.by}
        return about | {key: value for key, value in rest.items() if value}

    @classmethod
    def from_json(cls, data: Any) -> "Named":
        """Reads what `to_json` wrote. Raises KeyError, TypeError or ValueError."""
        answers = tuple(map(str, data["answers"]))
        values = tuple(None if value is None else float(value) for value in data.get("values", ()))
        if values and len(values) != len(answers):
            raise ValueError("values")
        kind, unit, by = (
            str(data.get(key, default)) for key, default in (("kind", "choice"), ("unit", ""), ("by", ""))
        )
        return cls(str(data["name"]), answers, int(data["width"]), kind, values, unit, by)


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm of one experiment; the holdout belongs to none and comes first."""

    experiment: str
    arm: str

    def __str__(self) -> str:
        return f"{self.experiment}/{self.arm}" if self.experiment else self.arm


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a policy declares, without its code: enough for the tag to observe and obey, and for the server to count.

    `targets` are (name, CSS selector); `adjustments` are (name, target index, what to do as plain JSON).
    A report's question and arm are indices into `questions` and `arms`. `under_pointer` has the indices of the
    adjustments that may change what the pointer is on. `shares`: what part of all reports is counted in each arm if
    chance alone decides; empty in declarations that do not say. `simulated`: all of its visitors are made up, and
    whoever shows their numbers must say so.
    """

    policy: str
    hash: str
    noise: tuple[int, int]
    targets: tuple[tuple[str, str], ...]
    adjustments: tuple[tuple[str, int, dict[str, str]], ...]
    arms: tuple[Arm, ...]
    questions: tuple[Named, ...]
    goals: tuple[str, ...]
    under_pointer: frozenset[int] = frozenset()
    shares: tuple[float, ...] = ()
    simulated: bool = False

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, for policy.json and the tag."""
        return {
            "v": DECLARATION_VERSION,
            "policy": self.policy,
            "hash": self.hash,
            "noise": {"a": self.noise[0], "b": self.noise[1]},
            "targets": [{"name": name, "selector": selector} for name, selector in self.targets],
            "adjustments": [
                {"name": name, "target": target, "do": do}
                | ({"under_pointer": True} if index in self.under_pointer else {})
                for index, (name, target, do) in enumerate(self.adjustments)
            ],
            "arms": [
                {"experiment": arm.experiment, "arm": arm.arm} | ({"share": self.shares[n]} if self.shares else {})
                for n, arm in enumerate(self.arms)
            ],
            "questions": [question.to_json() for question in self.questions],
            "goals": list(self.goals),
        } | ({"simulated": True} if self.simulated else {})

    def canonical(self) -> bytes:
        """The same JSON as bytes that do not depend on order or spacing; the policy hash is made from them."""
        return json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()

    @classmethod
    def from_json(cls, data: Any) -> "Declaration":
        """Reads what `to_json` wrote. Raises TrimtabError for another version or a damaged file."""
        if not isinstance(data, dict):
            raise TrimtabError("declaration is no JSON object; build the pack again")
        if data.get("v") != DECLARATION_VERSION:
            raise TrimtabError(f"declaration of version {data.get('v')!r}; {BUILD_AGAIN}")
        try:
            declaration = cls(
                policy=str(data["policy"]),
                hash=str(data["hash"]),
                noise=(int(data["noise"]["a"]), int(data["noise"]["b"])),
                targets=tuple((str(t["name"]), str(t["selector"])) for t in data["targets"]),
                adjustments=tuple((str(a["name"]), int(a["target"]), dict(a["do"])) for a in data["adjustments"]),
                arms=tuple(Arm(str(a["experiment"]), str(a["arm"])) for a in data["arms"]),
                questions=tuple(map(Named.from_json, data["questions"])),
                goals=tuple(map(str, data["goals"])),
                under_pointer=frozenset(n for n, a in enumerate(data["adjustments"]) if a.get("under_pointer") is True),
                shares=tuple(float(a["share"]) for a in data["arms"] if "share" in a),
                simulated=data.get("simulated") is True,
            )
            if len(declaration.shares) not in (0, len(declaration.arms)):
                raise ValueError("shares")
            if len(bytes.fromhex(declaration.hash)) not in (0, POLICY_HASH_BYTES):
                raise ValueError("hash")
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise TrimtabError(f"declaration is damaged ({error!r}); build the pack again") from None
        return declaration


def log_entry(entry: Decision | SegmentChange, adjustments: Sequence[str]) -> dict[str, Any]:
    """One line of the decision log as plain JSON: what replay prints and `trimtab.log()` shows."""
    if isinstance(entry, SegmentChange):
        return {
            "t_ms": entry.at_ms,
            "segment": entry.segment,
            "entered": entry.entered,
            "because": entry.because,
            "strength": round(entry.strength, 6),
        }
    line: dict[str, Any] = {
        "t_ms": entry.at_ms,
        "adjustment": adjustments[entry.adjustment],
        "decision": entry.verdict.value,
        "reason": entry.reason.value,
    }
    if entry.until_ms is not None:
        line["until_ms"] = entry.until_ms
    if entry.because:
        line["because"] = entry.because
        line["strength"] = round(entry.strength, 6)
    return line


def read_consent(data: Mapping[str, Any]) -> Consent:
    """What the page says of consent. Only a plain `true` grants anything."""
    return Consent(*(data.get(capability) is True for capability in ("observe", "adapt", "remember", "share")))


@dataclass(frozen=True, slots=True)
class Report:
    """One noised answer to one question from one device. All that ever reaches a server.

    `day` counts days since 1970-01-01 UTC; `answer` is the told set as a mask (`pack_answers`), already noised.
    """

    id: bytes
    policy: bytes
    question: int
    arm: int
    day: int
    answer: bytes


def pack_answers(told: Collection[int], answers: int) -> bytes:
    """A set of answers as a bit mask of ceil(answers / 8) bytes: bit i % 8 of byte i // 8 is answer i."""
    return sum(1 << answer for answer in told).to_bytes((answers + 7) // 8, "little")


def unpack_answers(mask: bytes, answers: int) -> tuple[int, ...] | None:
    """The set that `pack_answers` wrote, rising; None if the mask is not one of so many answers."""
    bits = int.from_bytes(mask, "little")
    if len(mask) != (answers + 7) // 8 or bits >> answers:
        return None
    return tuple(answer for answer in range(answers) if bits >> answer & 1)


def pack_report(report: Report) -> bytes:
    """The report as exactly REPORT_BYTES bytes of msgpack."""
    fields: dict[str, object] = {
        "v": REPORT_VERSION,
        "id": report.id,
        "policy": report.policy,
        "q": report.question,
        "arm": report.arm,
        "day": report.day,
        "answer": report.answer,
        "pad": b"",
    }
    bare = len(msgpack.packb(fields))
    body: bytes = msgpack.packb(fields | {"pad": bytes(max(REPORT_BYTES - bare, 0))})
    if len(body) != REPORT_BYTES:
        raise ReportError(
            "too_long", f"the report has {len(body)} bytes, not {REPORT_BYTES}", mend="use smaller fields"
        )
    return body


def unpack_report(body: bytes) -> Report:
    """Reads a report that came from anywhere. Raises ReportError; never anything else."""
    if len(body) > REPORT_BYTES:
        raise ReportError("too_long", f"more than {REPORT_BYTES} bytes", mend=SEND_UNCHANGED)
    if len(body) < REPORT_BYTES:
        raise _malformed(f"{len(body)} bytes, not {REPORT_BYTES}")
    try:
        fields = msgpack.unpackb(body, max_map_len=8)
    except (ValueError, msgpack.exceptions.UnpackException):
        raise _malformed("not one msgpack value") from None
    if not isinstance(fields, dict):
        raise _malformed("not a map")
    version = fields.get("v")
    if type(version) is not int or version != REPORT_VERSION:
        mend = BUILD_AGAIN if type(version) is int and version < REPORT_VERSION else "update the server"
        raise ReportError("unknown_version", "the report's version is not known here", mend=mend)
    if fields.keys() != {"v", "id", "policy", "q", "arm", "day", "answer", "pad"}:
        raise _malformed("fields are missing or too many")
    if not isinstance(fields["pad"], bytes) or fields["pad"].strip(b"\0"):
        raise _malformed("the padding is not zeros")
    question, arm, day = (fields[name] for name in ("q", "arm", "day"))
    if not all(type(number) is int and number >= 0 for number in (question, arm, day)):
        raise _malformed("q, arm and day are not whole numbers from 0")
    mask = fields["answer"]
    if not (isinstance(mask, bytes) and 1 <= len(mask) <= MAX_MASK_BYTES):
        raise _malformed(f"answer is not 1 to {MAX_MASK_BYTES} bytes")
    report_id, policy = _bytes(fields, "id", REPORT_ID_BYTES), _bytes(fields, "policy", POLICY_HASH_BYTES)
    return Report(report_id, policy, question, arm, day, mask)


def _bytes(fields: Mapping[str, Any], name: str, size: int) -> bytes:
    value = fields[name]
    if not (isinstance(value, bytes) and len(value) == size):
        raise _malformed(f"{name} is not {size} bytes")
    return value


def _malformed(what: str) -> ReportError:
    return ReportError("malformed", what, mend=SEND_UNCHANGED)
