import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgpack
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trimtab.errors import ReportError
from trimtab.messages import REPORT_BYTES, Report, pack_answers, pack_report, unpack_answers, unpack_report
from trimtab.messages.declaration import BUILD_AGAIN
from trimtab.messages.report import SEND_UNCHANGED

CASES = json.loads((Path(__file__).parents[2] / "cases" / "reports.json").read_text(encoding="utf-8"))
REPORT = Report(bytes(range(16)), b"\xaa" * 8, 2, 1, 20_780, b"\x08")
FIELDS: dict[str, object] = {
    "v": 2, "id": REPORT.id, "policy": REPORT.policy, "q": 2, "arm": 1, "day": 20_780, "answer": b"\x08", "pad": b""
}  # fmt: skip


@pytest.mark.parametrize("case", CASES["reports"], ids=lambda case: case["name"])
def test_a_report_has_the_very_bytes_that_are_written_down(case: dict[str, Any]) -> None:
    fields = case["fields"] | {name: bytes.fromhex(case["fields"][name]) for name in ("id", "policy", "answer")}

    assert pack_report(Report(**fields)).hex() == case["bytes"]


@given(
    st.builds(
        Report,
        st.binary(min_size=16, max_size=16),
        st.binary(min_size=8, max_size=8),
        st.integers(0, 2**32),
        st.integers(0, 2**32),
        st.integers(0, 2**32),
        st.binary(min_size=1, max_size=32),
    )
)
@example(Report(bytes(16), bytes(8), 0, 0, 0, b"\x01"))
@example(Report(b"\xff" * 16, b"\xff" * 8, 2**64 - 1, 2**64 - 1, 2**64 - 1, b"\xff" * 32))
def test_a_report_is_always_128_bytes_and_survives_the_way(report: Report) -> None:
    body = pack_report(report)

    assert len(body) == REPORT_BYTES == 128
    assert unpack_report(body) == report


@pytest.mark.parametrize("size", [90, 200, 70_000])
def test_a_report_that_does_not_fit_is_not_packed(size: int) -> None:
    with pytest.raises(ReportError, match="use smaller fields") as caught:
        pack_report(Report(bytes(size), bytes(8), 0, 0, 0, b"\x01"))
    assert caught.value.code == "too_long"


PADDING = REPORT_BYTES - len(msgpack.packb(FIELDS))


def packed(fields: object, size: int = REPORT_BYTES) -> bytes:
    """The fields as msgpack, made exactly so long by their padding."""
    bare = len(msgpack.packb(fields))
    if isinstance(fields, dict) and fields.get("pad") == b"":
        fields = fields | {"pad": bytes(size - bare)}
    return bytes(msgpack.packb(fields)).ljust(size, b"\0")


@pytest.mark.parametrize(
    ("body", "code", "what"),
    [
        (packed(FIELDS) + b"\0", "too_long", "more than 128 bytes"),
        (bytes(10_000_000), "too_long", "more than 128 bytes"),
        (packed(FIELDS)[:-1], "malformed", "127 bytes, not 128"),
        (b"", "malformed", "0 bytes, not 128"),
        (b"\xc1" * 128, "malformed", "not one msgpack value"),
        (b"\x91" * 128, "malformed", "not one msgpack value"),
        (b"\xdf\xff\xff\xff\xff".ljust(128, b"\0"), "malformed", "not one msgpack value"),
        (bytes(128), "malformed", "not one msgpack value"),
        (b"\xc4\x7e" + bytes(126), "malformed", "not a map"),
        (packed(FIELDS | {"v": 1}), "unknown_version", "the report's version is not known here"),
        (packed(FIELDS | {"v": 3}), "unknown_version", "the report's version is not known here"),
        (packed(FIELDS | {"v": True}), "unknown_version", "the report's version is not known here"),
        (packed(FIELDS | {"v": 1.0}), "unknown_version", "the report's version is not known here"),
        (packed({k: v for k, v in FIELDS.items() if k != "v"}), "unknown_version", "the report's version is not known"),
        (packed({k: v for k, v in FIELDS.items() if k != "arm"}), "malformed", "fields are missing or too many"),
        (packed({k: v for k, v in FIELDS.items() if k != "q"} | {"Q": 1}), "malformed", "fields are missing"),
        (packed(FIELDS | {"extra": 1}), "malformed", "not one msgpack value"),
        (packed(FIELDS | {"pad": b"x" * PADDING}), "malformed", "the padding is not zeros"),
        (packed(FIELDS | {"pad": "\0" * PADDING}), "malformed", "the padding is not zeros"),
        *((packed(FIELDS | {name: bad}), "malformed", "q, arm and day are not whole numbers from 0")
          for name in ("q", "arm", "day") for bad in (-1, 1.0, True, None, "1")),
        *((packed(FIELDS | {"answer": bad}), "malformed", "answer is not 1 to 32 bytes")
          for bad in (3, None, "\x08", b"", bytes(33))),
        (packed(FIELDS | {"id": bytes(15)}), "malformed", "id is not 16 bytes"),
        (packed(FIELDS | {"id": "x" * 16}), "malformed", "id is not 16 bytes"),
        (packed(FIELDS | {"policy": bytes(9)}), "malformed", "policy is not 8 bytes"),
        (packed(FIELDS | {"policy": 7}), "malformed", "policy is not 8 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_a_body_that_is_no_report_is_refused_with_its_reason(body: bytes, code: str, what: str) -> None:
    with pytest.raises(ReportError) as caught:
        unpack_report(body)
    assert caught.value.code == code
    assert caught.value.what.startswith(what)
    assert caught.value.mend in (SEND_UNCHANGED, BUILD_AGAIN, "update the server")


MSGPACK_STARTS = st.sampled_from([0x81, 0x88, 0x91, 0xC7, 0xC8, 0xC9, 0xD4, 0xD6, 0xD7, 0xD8, 0xD9, 0xDC, 0xDE, 0xDF])


@given(st.binary(max_size=200) | st.binary(min_size=128, max_size=128))
@example(b"\xc7\x0c\xff" + b"\xff" * 125)
@example(b"\xd6\xff" + b"\xff" * 126)
def test_arbitrary_bytes_only_ever_raise_a_report_error(body: bytes) -> None:
    with pytest.raises(ReportError):
        unpack_report(body)


@given(MSGPACK_STARTS, st.binary(min_size=127, max_size=127))
def test_bytes_that_begin_like_msgpack_only_ever_raise_a_report_error(start: int, rest: bytes) -> None:
    with pytest.raises(ReportError):
        unpack_report(bytes([start]) + rest)


@given(st.integers(0, 127), st.integers(0, 255))
def test_one_wrong_byte_gives_another_report_or_a_report_error(place: int, value: int) -> None:
    body = bytearray(pack_report(REPORT))
    body[place] = value
    try:
        report = unpack_report(bytes(body))
    except ReportError:
        return
    assert pack_report(report) == bytes(body)


@pytest.mark.parametrize(
    ("told", "answers", "mask"),
    [((0,), 2, "01"), ((1, 3), 4, "0a"), ((7,), 8, "80"), ((0, 8), 9, "0101"), (range(96), 97, "ff" * 12 + "00")],
)
def test_a_set_of_answers_is_a_mask_with_bit_i_for_answer_i(told: Sequence[int], answers: int, mask: str) -> None:
    assert pack_answers(told, answers).hex() == mask
    assert unpack_answers(bytes.fromhex(mask), answers) == tuple(told)


@pytest.mark.parametrize(("mask", "answers"), [("10", 4), ("0100", 4), ("01", 9), ("0002", 9), ("", 1)])
def test_a_mask_of_another_length_or_with_bits_beyond_the_answers_is_none(mask: str, answers: int) -> None:
    assert unpack_answers(bytes.fromhex(mask), answers) is None


@pytest.mark.parametrize(
    ("version", "mend"),
    [(1, "build the pack again with this trimtab"), (3, "update the server"), ("x", "update the server")],
)
def test_a_report_of_another_version_says_which_side_to_renew(version: object, mend: str) -> None:
    with pytest.raises(ReportError) as caught:
        unpack_report(packed(FIELDS | {"v": version}))

    assert caught.value.mend == mend
