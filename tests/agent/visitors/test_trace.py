import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.errors import TraceError
from trimtab.values import NO_TARGET, Event, Kind
from trimtab.visitors.trace import READERS, read_trace

PAGE: dict[str, Any] = {
    "v": 1,
    "kind": "page",
    "t_ms": 0,
    "viewport": {"w": 1280, "h": 800},
    "document": {"h": 6000},
    "targets": {"story": {"top": 900, "h": 2400, "words": 700}, "box": {"top": 10, "h": 20}},
}
TARGETS = ["box", "story"]


def lines(*objects: object) -> str:
    return "".join(json.dumps(line) + "\n" for line in objects)


def read(folder: Path, text: str) -> list[Event]:
    path = folder / "visit.jsonl"
    path.write_text(text, encoding="utf-8")
    return list(read_trace(path, TARGETS))


def test_the_page_line_measures_page_and_targets(tmp_path: Path) -> None:
    assert read(tmp_path, lines(PAGE)) == [
        Event(Kind.PAGE, 0, NO_TARGET, 1280, 800, 6000),
        Event(Kind.LAYOUT, 0, 1, 900, 2400, 700),
        Event(Kind.LAYOUT, 0, 0, 10, 20, -1),
    ]


CASES: list[tuple[dict[str, Any], Event]] = [
    ({"kind": "scroll", "y": 120.5}, Event(Kind.SCROLL, 5, a=120.5)),
    ({"kind": "pointer", "x": 3, "y": 4}, Event(Kind.POINTER, 5, NO_TARGET, 3, 4, 0)),
    ({"kind": "pointer", "x": 3, "y": 4, "type": "touch"}, Event(Kind.POINTER, 5, NO_TARGET, 3, 4, 1)),
    ({"kind": "pointer", "x": 3, "y": 4, "type": "pen"}, Event(Kind.POINTER, 5, NO_TARGET, 3, 4, 2)),
    ({"kind": "enter", "target": "story"}, Event(Kind.ENTER, 5, 1)),
    ({"kind": "leave", "target": "story"}, Event(Kind.LEAVE, 5, 1)),
    ({"kind": "visible", "target": "box", "ratio": 0.25}, Event(Kind.VISIBLE, 5, 0, 0.25)),
    ({"kind": "click", "target": "box"}, Event(Kind.CLICK, 5, 0)),
    ({"kind": "click"}, Event(Kind.CLICK, 5)),
    ({"kind": "key"}, Event(Kind.KEY, 5)),
    ({"kind": "key", "outside": True}, Event(Kind.KEY, 5, a=1)),
    ({"kind": "focus", "target": "box"}, Event(Kind.FOCUS, 5, 0)),
    ({"kind": "blur", "target": "box"}, Event(Kind.BLUR, 5, 0)),
    ({"kind": "input", "target": "box", "correction": True}, Event(Kind.INPUT, 5, 0, 1)),
    ({"kind": "input", "target": "box"}, Event(Kind.INPUT, 5, 0, 0)),
    ({"kind": "input", "text": True}, Event(Kind.INPUT, 5, NO_TARGET, 0, 1)),
    ({"kind": "resize", "w": 800, "h": 600}, Event(Kind.RESIZE, 5, NO_TARGET, 800, 600)),
    ({"kind": "layout", "target": "story", "top": 1, "h": 2}, Event(Kind.LAYOUT, 5, 1, 1, 2, -1)),
    ({"kind": "layout", "target": "story", "top": 1, "h": 2, "words": 9}, Event(Kind.LAYOUT, 5, 1, 1, 2, 9)),
    ({"kind": "box", "target": "story", "left": 7, "w": 8}, Event(Kind.BOX, 5, 1, 7, 8)),
    ({"kind": "document", "h": 9000}, Event(Kind.DOCUMENT, 5, NO_TARGET, 9000)),
    ({"kind": "hidden"}, Event(Kind.HIDDEN, 5)),
    ({"kind": "shown"}, Event(Kind.SHOWN, 5)),
    ({"kind": "route", "path": "/next"}, Event(Kind.ROUTE, 5, name="/next")),
    ({"kind": "event", "name": "quiz"}, Event(Kind.EVENT, 5, NO_TARGET, 0, 0, 0, "quiz")),
    ({"kind": "event", "name": "quiz", "value": 3}, Event(Kind.EVENT, 5, NO_TARGET, 0, 3, 1, "quiz")),
    ({"kind": "goal", "name": "bought", "value": 0}, Event(Kind.GOAL, 5, NO_TARGET, 0, 0, 1, "bought")),
]


@pytest.mark.parametrize(("fields", "event"), CASES, ids=lambda value: str(value) if isinstance(value, dict) else None)
def test_a_line_of_every_kind_becomes_the_event_that_a_browser_would_send(
    fields: dict[str, Any], event: Event, tmp_path: Path
) -> None:
    assert read(tmp_path, lines(PAGE, {"t_ms": 5} | fields))[3:] == [event]


def test_every_kind_of_line_is_in_the_table_above() -> None:
    assert {str(fields["kind"]) for fields, _ in CASES} == set(READERS)


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in PAGE.items() if name not in names}


BAD: list[tuple[str, int, str]] = [
    # the first line
    (lines({"kind": "scroll", "t_ms": 0, "y": 1}), 1, "a trace begins with a page line"),
    (lines(without("v")), 1, "trace version None is not known (this is version 1)"),
    (lines(PAGE | {"v": 2}), 1, "trace version 2 is not known (this is version 1)"),
    (lines(without("viewport")), 1, "w is None, not a number"),
    (lines(PAGE | {"viewport": 7}), 1, "viewport is not an object"),
    (lines(PAGE | {"document": {}}), 1, "h is None, not a number"),
    (lines(PAGE | {"targets": {"story": 7}}), 1, "story is not an object"),
    (lines(PAGE | {"targets": {"story": {"h": 1}}}), 1, "top is None, not a number"),
    (
        lines(PAGE | {"targets": {"aside": {"top": 1, "h": 1}}}),
        1,
        "target 'aside' is none of the policy's (box, story)",
    ),
    (lines(without("t_ms")), 1, "t_ms is None, not a number"),
    ("\n", 1, "the line is not JSON"),
    ("[]\n", 1, "the line is not a JSON object"),
    # later lines
    (lines(PAGE, PAGE), 2, "only the first line can be a page line"),
    (lines(PAGE) + '{"kind": "scr', 2, "the line is not JSON"),
    (lines(PAGE) + "\n", 2, "the line is not JSON"),
    (lines(PAGE, 7), 2, "the line is not a JSON object"),
    (
        lines(PAGE, {"kind": "key", "t_ms": 5}, {"kind": "key", "t_ms": 4.9}),
        3,
        "t_ms 4.9 is before 5 of the line above",
    ),
    (lines(PAGE | {"t_ms": -1}), 1, "t_ms -1 is before 0 of the line above"),
    (lines(PAGE, {"kind": "wheel", "t_ms": 5}), 2, "kind 'wheel' is not known"),
    (lines(PAGE, {"t_ms": 5}), 2, "kind None is not known"),
    (lines(PAGE, {"kind": ["key"], "t_ms": 5}), 2, "kind ['key'] is not known"),
    (lines(PAGE, {"kind": "applied", "t_ms": 5}), 2, "kind 'applied' is not known"),
    (lines(PAGE, {"kind": "scroll", "t_ms": 5}), 2, "y is None, not a number"),
    (lines(PAGE, {"kind": "scroll", "t_ms": 5, "y": "1"}), 2, "y is '1', not a number"),
    (lines(PAGE, {"kind": "scroll", "t_ms": 5, "y": True}), 2, "y is True, not a number"),
    (lines(PAGE) + '{"kind":"scroll","t_ms":5,"y":NaN}\n', 2, "y is nan, not a number"),
    (lines(PAGE) + '{"kind":"scroll","t_ms":5,"y":-Infinity}\n', 2, "y is -inf, not a number"),
    (lines(PAGE) + '{"kind":"scroll","t_ms":Infinity,"y":1}\n', 2, "t_ms is inf, not a number"),
    (lines(PAGE) + '{"kind":"scroll","t_ms":5,"y":1e300}\n', 2, "y is 1e+300, not a number"),
    (lines(PAGE) + '{"kind":"scroll","t_ms":5,"y":1' + 400 * "0" + "}\n", 2, "y is 1000000"),
    (lines(PAGE, {"kind": "enter", "t_ms": 5}), 2, "target None is none of the policy's (box, story)"),
    (lines(PAGE, {"kind": "click", "t_ms": 5, "target": "x"}), 2, "target 'x' is none of the policy's (box, story)"),
    (lines(PAGE, {"kind": "enter", "t_ms": 5, "target": {}}), 2, "target {} is none of the policy's (box, story)"),
    (
        lines(PAGE, {"kind": "pointer", "t_ms": 5, "x": 1, "y": 1, "type": "nose"}),
        2,
        "type is 'nose', not one of mouse",
    ),
    (lines(PAGE, {"kind": "pointer", "t_ms": 5, "x": 1, "y": 1, "type": []}), 2, "type is [], not one of mouse, touch"),
    (lines(PAGE, {"kind": "route", "t_ms": 5}), 2, "path is None, not a name"),
    (lines(PAGE, {"kind": "event", "t_ms": 5, "name": ""}), 2, "name is '', not a name"),
    (lines(PAGE, {"kind": "goal", "t_ms": 5, "name": 7}), 2, "name is 7, not a name"),
    (lines(PAGE | {"v": True}), 1, "trace version True is not known (this is version 1)"),
    (lines(PAGE | {"document": {"h": -1}}), 1, "page with numbers that no page has"),
    (lines(PAGE | {"targets": {"box": {"top": 1, "h": -1}}}), 1, "layout with numbers that no page has"),
    (lines(PAGE) + '{"kind":"key","t_ms":5,"t_ms":6}\n', 2, "a name is in the line twice"),
    (lines(PAGE, {"kind": "input", "t_ms": 5, "target": "box", "correction": "no"}), 2, "correction is 'no', not true"),
    (
        lines(PAGE, {"kind": "visible", "t_ms": 5, "target": "box", "ratio": 7}),
        2,
        "visible with numbers that no page has",
    ),
    (lines(PAGE, {"kind": "resize", "t_ms": 5, "w": -1, "h": 5}), 2, "resize with numbers that no page has"),
    (lines(PAGE) + '{"kind":"key","t_ms":' + "9" * 5_000 + "}\n", 2, "the line is not JSON"),
    (lines(PAGE) + "[" * 4_000 + "]" * 4_000 + "\n", 2, "the line is not"),
    (lines(PAGE) + "[" * 90_000, 2, "the line has more than 4096 brackets"),
    (lines(PAGE) + "x" * 10_000_000, 2, "the line has more than 100000 characters"),
]


@pytest.mark.parametrize(("text", "line", "what"), BAD, ids=[f"{what[:60]}" for _, _, what in BAD])
def test_a_line_that_cannot_be_true_is_told_with_its_number(text: str, line: int, what: str, tmp_path: Path) -> None:
    with pytest.raises(TraceError) as caught:
        read(tmp_path, text)

    assert caught.value.what.startswith(what)
    assert (caught.value.file, caught.value.line) == ("visit.jsonl", line)
    assert caught.value.mend == "correct the line, or record the trace again"
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_what_comes_before_the_bad_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "visit.jsonl"
    path.write_text(lines(PAGE, {"kind": "key", "t_ms": 5}) + "broken\n")
    events: list[Event] = []
    with pytest.raises(TraceError, match=r"visit\.jsonl:3: the line is not JSON"):
        events.extend(read_trace(path, TARGETS))
    it = read_trace(path, TARGETS)

    assert [next(it).kind for _ in range(4)] == [Kind.PAGE, Kind.LAYOUT, Kind.LAYOUT, Kind.KEY]


def test_a_line_that_is_no_utf8_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "visit.jsonl"
    path.write_bytes(lines(PAGE).encode() + b'{"kind":"event","t_ms":5,"name":"caf\xe9"}\n')

    with pytest.raises(TraceError, match=r"visit\.jsonl:2: the line is not UTF-8; correct the line, or record"):
        list(read_trace(path, TARGETS))


def test_a_mark_of_the_byte_order_is_no_part_of_the_trace(tmp_path: Path) -> None:
    path = tmp_path / "visit.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + lines(PAGE).encode())

    assert next(read_trace(path, TARGETS)).kind is Kind.PAGE


def test_of_a_line_without_an_end_no_more_is_read_than_a_line_may_have(tmp_path: Path) -> None:
    path = tmp_path / "visit.jsonl"
    path.write_text(lines(PAGE) + "x" * 10_000_000)
    tracemalloc.start()
    with pytest.raises(TraceError, match="100000 characters"):
        list(read_trace(path, TARGETS))
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most_bytes < 2_000_000


def test_an_empty_trace_is_none(tmp_path: Path) -> None:
    with pytest.raises(TraceError, match=r"visit\.jsonl:1: the trace is empty; begin with a page line"):
        read(tmp_path, "")


@pytest.mark.parametrize(("name", "why"), [("missing.jsonl", "No such file or directory"), (".", "Is a directory")])
def test_a_trace_that_cannot_be_read_says_why(name: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(TraceError) as caught:
        list(read_trace(tmp_path / name, TARGETS))

    assert caught.value.what == f"cannot be read ({why})"
    told = f"{tmp_path / name}: cannot be read ({why}); give a trace, such as `trimtab record` writes"
    assert str(caught.value) == told


def test_a_policy_without_targets_says_so(tmp_path: Path) -> None:
    path = tmp_path / "visit.jsonl"
    path.write_text(lines(PAGE))

    with pytest.raises(TraceError, match=r"target 'story' is none of the policy's \(it has none\)"):
        list(read_trace(path, []))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.sampled_from([0, 5, -1, 10**400, "", "mouse", *TARGETS, *READERS]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["top", "h", "w"]), inner, max_size=2),
    max_leaves=6,
)
FIELDS = [
    "t_ms",
    "kind",
    "y",
    "x",
    "type",
    "target",
    "ratio",
    "name",
    "value",
    "path",
    "h",
    "w",
    "top",
    "left",
    "words",
]
PAGE_FIELDS = ["v", "t_ms", "viewport", "document", "targets"]


def read_or_told(folder: Path, text: str) -> int:
    """The line of the first mistake; 0 if there is none."""
    try:
        read(folder, text)
    except TraceError as error:
        return error.line
    return 0


@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.sampled_from(sorted(READERS)))
def test_whatever_a_line_holds_it_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, Any], kind: str
) -> None:
    assert read_or_told(tmp_path_factory.getbasetemp(), lines(PAGE, {"t_ms": 5, "kind": kind, **fields})) in (0, 2)


@given(st.dictionaries(st.sampled_from(PAGE_FIELDS), JSON))
def test_whatever_a_page_line_holds_it_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, Any]
) -> None:
    assert read_or_told(tmp_path_factory.getbasetemp(), lines(PAGE | fields)) in (0, 1)
