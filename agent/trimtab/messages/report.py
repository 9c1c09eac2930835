"""The report: all that ever reaches a server, as msgpack of one size. It may come from anywhere."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgpack

from trimtab.errors import ReportError
from trimtab.messages.declaration import BUILD_AGAIN, POLICY_HASH_BYTES

REPORT_VERSION: Final = 2
REPORT_BYTES: Final = 128
"""Every report has this size, whatever is in it: length tells a listener nothing."""
REPORT_ID_BYTES: Final = 16
MAX_ANSWERS: Final = 256
"""The most answers that a question can have; a set of them is a mask of 32 bytes."""
MAX_MASK_BYTES: Final = MAX_ANSWERS // 8
SEND_UNCHANGED: Final = "send the bytes that pack_report made, unchanged"


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
