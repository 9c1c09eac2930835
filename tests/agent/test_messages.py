import itertools
import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgpack
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.agent.making import declare, news, on_click
from trimtab.errors import ReportError, TrimtabError
from trimtab.messages import (
    BUILD_AGAIN,
    MAX_NAME_CHARACTERS,
    MAX_NAMES,
    REPORT_BYTES,
    SEND_UNCHANGED,
    Arm,
    Declaration,
    Inbox,
    Report,
    log_entry,
    pack_answers,
    pack_report,
    read_consent,
    unpack_answers,
    unpack_report,
)
from trimtab.values import Consent, Decision, Event, Kind, Reason, SegmentChange, Verdict

CASES = json.loads((Path(__file__).parents[1] / "cases" / "reports.json").read_text(encoding="utf-8"))
REPORT = Report(bytes(range(16)), b"\xaa" * 8, 2, 1, 20_780, b"\x08")
FIELDS: dict[str, object] = {
    "v": 2, "id": REPORT.id, "policy": REPORT.policy, "q": 2, "arm": 1, "day": 20_780, "answer": b"\x08", "pad": b""
}  # fmt: skip


def rows(*numbers: Sequence[float]) -> "memoryview[int]":
    """A batch as the page sends it: rows of six float64, little-endian as every machine that runs WebAssembly."""
    flat = memoryview(bytearray(8 * sum(map(len, numbers)))).cast("d")
    for index, number in enumerate(itertools.chain(*numbers)):
        flat[index] = number
    return flat.cast("B")


def read(*numbers: Sequence[float], names: dict[int, str] | None = None) -> tuple[list[Event], int]:
    """The events of these rows for two targets and three adjustments, and how many rows were refused."""
    inbox = Inbox(targets=2, adjustments=3)
    inbox.learn((names or {}).items())
    events = list(inbox.read(rows(*numbers)))
    return events, inbox.refused


# Batch rows


@pytest.mark.parametrize("kind", Kind)
def test_a_row_of_every_kind_becomes_an_event(kind: Kind) -> None:
    name = "checkout" if kind in (Kind.ROUTE, Kind.EVENT, Kind.GOAL) else ""
    events, refused = read([kind, 12.5, 1, 1, 1, 1], names={1: "checkout"})

    assert events == [Event(kind, 12.5, 1, 1.0, 1.0, 1.0, name)]
    assert refused == 0


def test_rows_keep_their_order_and_events_of_no_target_say_so() -> None:
    events, refused = read([18, 0, -1, 1280, 720, 4000], [1, 5, -1, 120, 0, 0], [6, 7, -1, 0, 0, 0])

    assert events == [
        Event(Kind.PAGE, 0.0, -1, 1280.0, 720.0, 4000.0),
        Event(Kind.SCROLL, 5.0, -1, 120.0),
        Event(Kind.CLICK, 7.0),
    ]
    assert refused == 0


GOOD = [1, 5, -1, 120, 0, 0]
IMPOSSIBLE = (math.nan, math.inf, -math.inf, 1e300)


@pytest.mark.parametrize(
    "bad",
    [
        *([*GOOD[:column], value, *GOOD[column + 1 :]] for column in range(6) for value in IMPOSSIBLE),
        [0, 5, -1, 0, 0, 0],
        [24, 5, -1, 0, 0, 0],
        [1.5, 5, -1, 0, 0, 0],
        [-1, 5, -1, 0, 0, 0],
        [6, 5, 2, 0, 0, 0],
        [6, 5, -2, 0, 0, 0],
        [6, 5, 0.5, 0, 0, 0],
        *([kind, 5, -1, 0, 0, 0] for kind in (3, 4, 5, 8, 9, 10, 12)),
        *([kind, 5, -1, adjustment, 0, 0] for kind in (20, 21, 22, 23) for adjustment in (-1, 3, 0.5)),
        *([kind, 5, -1, 7, 0, 0] for kind in (15, 16, 17)),
        *([kind, 5, -1, 0, why, 0] for kind in (21, 22) for why in (-1, 3)),
        [2, 5, -1, 0, 0, 3],
        [5, 5, 0, 1.2, 0, 0],
        [5, 5, 0, -0.1, 0, 0],
        *([kind, 5, -1, -1, 0, 0] for kind in (11, 18, 19)),
        *([kind, 5, 0, 0, -1, 0] for kind in (12, 24)),
        [12, 5, 0, 0, 10, -2],
    ],
    ids=str,
)  # fmt: skip
def test_a_row_that_cannot_be_true_is_refused_and_counted_and_the_rest_goes_on(bad: list[float]) -> None:
    events, refused = read(GOOD, bad, GOOD)

    assert events == [Event(Kind.SCROLL, 5.0, a=120.0)] * 2
    assert refused == 1


@pytest.mark.parametrize("missing", range(1, 6))
def test_a_row_that_was_cut_short_is_refused_and_counted(missing: int) -> None:
    events, refused = read(GOOD, GOOD[:-missing])

    assert len(events) == 1
    assert refused == 1


def test_an_empty_batch_is_no_event_and_no_mistake() -> None:
    assert read() == ([], 0)


def test_names_are_those_that_the_page_told_last() -> None:
    inbox = Inbox(targets=0, adjustments=0)
    inbox.learn([[0, "quiz"], [1, "answer"]])
    inbox.learn([(1, "solved")])

    assert [event.name for event in inbox.read(rows([16, 0, -1, 0, 0, 0], [17, 0, -1, 1, 0, 0]))] == ["quiz", "solved"]


@pytest.mark.parametrize("name", ["", "x" * (MAX_NAME_CHARACTERS + 1), None, 7])
@pytest.mark.parametrize("number", [0, "0", 0.5, None])
def test_a_name_that_is_none_is_refused_and_counted(number: object, name: object) -> None:
    inbox = Inbox(targets=0, adjustments=0)
    inbox.learn([[number, name], [1], 7, "ab", {"0": "x"}])

    assert inbox.refused == 5
    assert list(inbox.read(rows([16, 0, -1, 0, 0, 0]))) == []


def test_names_are_bounded_and_known_ones_may_change() -> None:
    inbox = Inbox(targets=0, adjustments=0)
    inbox.learn([number, f"name{number}"] for number in range(MAX_NAMES + 44))
    assert inbox.refused == 44

    inbox.learn([[0, "new"]])
    names = [event.name for event in inbox.read(rows([16, 0, -1, 0, 0, 0], [16, 0, -1, MAX_NAMES, 0, 0]))]
    assert names == ["new"]


@given(st.lists(st.lists(st.floats(), min_size=6, max_size=6), max_size=8))
def test_whatever_numbers_arrive_each_row_is_an_event_or_counted(numbers: list[list[float]]) -> None:
    events, refused = read(*numbers, names={0: "quiz"})

    assert len(events) + refused == len(numbers)
    assert all(math.isfinite(number) for event in events for number in (event.t_ms, event.a, event.b, event.c))
    assert all(-1 <= event.target < 2 for event in events)


# The declaration


def test_a_declaration_survives_its_way_through_json() -> None:
    declaration = declare(news())

    assert Declaration.from_json(json.loads(json.dumps(declaration.to_json()))) == declaration


def test_a_declaration_is_what_the_tag_and_the_server_read() -> None:
    declaration = declare(news())

    assert declaration.to_json() == {
        "v": 2,
        "policy": "daily-news",
        "hash": declaration.hash,
        "noise": {"a": 8, "b": 1},
        "targets": [{"name": "story", "selector": ".story"}, {"name": "summary", "selector": "[data-summary]"}],
        "adjustments": [{"name": "short-summaries", "target": 1, "do": {"kind": "swap", "variant": "short"}}],
        "arms": [
            {"experiment": "", "arm": "holdout", "share": 0.1},
            {"experiment": "summaries", "arm": "adaptive", "share": 0.45},
            {"experiment": "summaries", "arm": "static", "share": 0.45},
        ],
        "questions": [
            {"name": "reading", "answers": ["none", "bounced", "skimmed", "read"], "width": 1, "kind": "choice"}
        ],
        "goals": ["article-read"],
    }


def test_a_declaration_of_before_shares_were_declared_still_reads() -> None:
    data = declare(news()).to_json()
    data["arms"] = [{"experiment": arm["experiment"], "arm": arm["arm"]} for arm in data["arms"]]

    assert Declaration.from_json(data).shares == ()


def test_a_declaration_with_the_share_of_some_arms_alone_is_damaged() -> None:
    data = declare(news()).to_json()
    del data["arms"][1]["share"]

    with pytest.raises(TrimtabError, match="damaged"):
        Declaration.from_json(data)


def test_the_canonical_bytes_do_not_depend_on_order_or_spacing() -> None:
    declaration = declare(news())
    backwards = dict(reversed(declaration.to_json().items()))

    assert Declaration.from_json(backwards).canonical() == declaration.canonical()
    assert b" " not in declaration.canonical().replace(b"[data-summary]", b"")
    assert declaration.canonical().isascii()


@pytest.mark.parametrize("version", [0, 1, 3, "2", None])
def test_a_declaration_of_another_version_is_refused_never_guessed(version: object) -> None:
    with pytest.raises(TrimtabError, match=r"declaration of version .*; build the pack again with this trimtab"):
        Declaration.from_json(declare(news()).to_json() | {"v": version})


@pytest.mark.parametrize("field", sorted(set(declare(news()).to_json()) - {"v"}))
@pytest.mark.parametrize("damage", [None, 7, "??", {}, [{}], ["x"], [None], {"a": math.inf, "b": 1}], ids=repr)
def test_a_damaged_declaration_is_refused_or_makes_another_one(field: str, damage: object) -> None:
    data = declare(news()).to_json() | {field: damage}
    try:
        outcome: Declaration | str = Declaration.from_json(data)
    except TrimtabError as error:
        outcome = str(error)
    assert isinstance(outcome, Declaration) or re.fullmatch(
        r"declaration is damaged \(.*\); build the pack again", outcome
    )


@pytest.mark.parametrize("field", sorted(set(declare(news()).to_json()) - {"v"}))
def test_a_declaration_without_one_of_its_fields_is_refused(field: str) -> None:
    data = declare(news()).to_json()
    del data[field]

    with pytest.raises(TrimtabError, match=f"declaration is damaged .*{field}"):
        Declaration.from_json(data)


@pytest.mark.parametrize("question", [7, {"values": 3}, {"values": [1]}, {"values": ["x", None]}, {"width": "x"}])
def test_a_damaged_question_is_refused(question: Any) -> None:
    fields = {"name": "reading", "answers": ["none", "yes"], "width": 1}
    damaged = fields | question if isinstance(question, dict) else question
    with pytest.raises(TrimtabError, match="declaration is damaged"):
        Declaration.from_json(declare(news()).to_json() | {"questions": [damaged]})


@pytest.mark.parametrize("data", [[], "x", 1, None], ids=repr)
def test_a_declaration_that_is_no_object_is_refused(data: Any) -> None:
    with pytest.raises(TrimtabError, match="build the pack again"):
        Declaration.from_json(data)


@pytest.mark.parametrize("damaged", ["abc", "zz" * 8, "ab" * 7, "ab" * 9])
def test_a_hash_of_another_length_is_refused(damaged: str) -> None:
    with pytest.raises(TrimtabError, match="declaration is damaged"):
        Declaration.from_json(declare(news()).to_json() | {"hash": damaged})


def test_an_arm_is_written_with_its_experiment() -> None:
    assert [str(arm) for arm in declare(news()).arms] == ["holdout", "summaries/adaptive", "summaries/static"]


# The log


def test_a_segment_change_is_logged_with_its_words() -> None:
    change = SegmentChange("skimmer", True, 2100.0, "scroll speed 900 px/s > 600 for 2.0 s", 1 / 3)

    assert log_entry(change, []) == {
        "t_ms": 2100.0,
        "segment": "skimmer",
        "entered": True,
        "because": "scroll speed 900 px/s > 600 for 2.0 s",
        "strength": 0.333333,
    }


def test_a_decision_is_logged_with_its_reason_and_its_end() -> None:
    decision = Decision(1, Verdict.HELD, Reason.DEBOUNCE, 100.0, 400.0, "skimmer: clicks", 0.25)

    assert log_entry(decision, ["first", "second"]) == {
        "t_ms": 100.0,
        "adjustment": "second",
        "decision": "held",
        "reason": "debounce",
        "until_ms": 400.0,
        "because": "skimmer: clicks",
        "strength": 0.25,
    }


def test_what_a_decision_does_not_have_is_not_logged() -> None:
    decision = Decision(0, Verdict.UNDONE, Reason.RULE_ENDED, 100.0)

    assert log_entry(decision, ["first"]) == {
        "t_ms": 100.0, "adjustment": "first", "decision": "undone", "reason": "rule-ended"
    }  # fmt: skip


# Consent


def test_only_a_plain_true_permits_anything() -> None:
    assert read_consent({"observe": True, "adapt": 1, "remember": "true", "share": None}) == Consent(observe=True)
    assert read_consent({}) == Consent()
    assert read_consent(dict.fromkeys(("observe", "adapt", "remember", "share"), True)) == Consent(
        True, True, True, True
    )


# Reports


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


def test_an_arm_of_the_same_name_in_another_experiment_is_another_arm() -> None:
    assert Arm("a", "static") != Arm("b", "static")


def test_a_declaration_tells_the_page_what_may_change_under_the_pointer() -> None:
    policy, add = on_click()
    add("one", lambda visitor: visitor.event("go").count > 0)
    add("two", lambda visitor: visitor.event("stop").count > 0, under_pointer=True)
    declaration = policy.declaration("")

    assert [each.get("under_pointer") for each in declaration.to_json()["adjustments"]] == [None, True]
    assert Declaration.from_json(declaration.to_json()) == declaration
