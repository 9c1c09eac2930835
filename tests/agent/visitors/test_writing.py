"""A trace that is written and read again is the same, event for event and byte for byte."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agent.making import PAGE, layout, scroll
from trimtab.errors import TrimtabError
from trimtab.messages import FEEDBACK, MAX_NUMBER
from trimtab.values import NO_TARGET, Event, Kind
from trimtab.visitors.trace import read_trace
from trimtab.visitors.writing import FIELDS, write_trace

TARGETS = ("story", "summary", "buy-box")
CASES = Path(__file__).parents[2] / "cases" / "traces"

numbers = st.floats(-MAX_NUMBER, MAX_NUMBER)
targets = st.integers(0, len(TARGETS) - 1)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
flags = st.sampled_from((0.0, 1.0))
times = st.floats(0, 1e9)
sizes = st.floats(0, MAX_NUMBER)


def kinds(*kinds: Kind) -> st.SearchStrategy[Kind]:
    return st.sampled_from(kinds)


def made(*fields: Any, **named: Any) -> Event:
    """An event of these fields alone: `st.builds` would fill the others of a named tuple, too."""
    return Event(*fields, **named)


events = st.one_of(
    st.builds(made, kinds(Kind.SCROLL), times, a=numbers),
    st.builds(made, kinds(Kind.DOCUMENT), times, a=sizes),
    st.builds(made, kinds(Kind.POINTER), times, a=numbers, b=numbers, c=st.sampled_from((0.0, 1.0, 2.0))),
    st.builds(made, kinds(Kind.ENTER, Kind.LEAVE, Kind.FOCUS, Kind.BLUR), times, targets),
    st.builds(made, kinds(Kind.VISIBLE), times, targets, st.floats(0, 1)),
    st.builds(made, kinds(Kind.CLICK), times, st.one_of(st.just(NO_TARGET), targets)),
    st.builds(made, kinds(Kind.HIDDEN, Kind.SHOWN), times),
    st.builds(made, kinds(Kind.KEY), times, a=flags),
    st.builds(made, kinds(Kind.INPUT), times, st.one_of(st.just(NO_TARGET), targets), flags, flags),
    st.builds(made, kinds(Kind.RESIZE), times, a=sizes, b=sizes),
    st.builds(made, kinds(Kind.LAYOUT), times, targets, numbers, sizes, st.one_of(st.just(-1.0), sizes)),
    st.builds(made, kinds(Kind.BOX), times, targets, numbers, sizes),
    st.builds(made, kinds(Kind.ROUTE), times, name=names),
    st.builds(made, kinds(Kind.EVENT, Kind.GOAL), times, name=names),
    st.builds(made, kinds(Kind.EVENT, Kind.GOAL), times, b=numbers, c=st.just(1.0), name=names),
)
pages = st.builds(made, kinds(Kind.PAGE), times, a=sizes, b=sizes, c=sizes)


@st.composite
def traces(draw: st.DrawFn) -> list[Event]:
    """Events as a page records them: the page first, then in time order; some in the page's own moment."""
    page = draw(pages)
    rest = sorted(draw(st.lists(events, max_size=12)), key=lambda event: event.t_ms)
    at_once = [Event(e.kind, page.t_ms, e.target, e.a, e.b, e.c, e.name) for e in rest[: draw(st.integers(0, 6))]]
    return [page, *at_once, *(event for event in rest if event.t_ms >= page.t_ms)]


def read(folder: Path, lines: Sequence[str]) -> list[Event]:
    path = folder / "trace.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return list(read_trace(path, TARGETS))


@given(given_events=traces())
def test_what_is_written_is_read_again_and_written_alike(
    tmp_path_factory: pytest.TempPathFactory, given_events: list[Event]
) -> None:
    lines = list(write_trace(given_events, TARGETS))
    again = read(tmp_path_factory.getbasetemp(), lines)
    assert again == given_events
    assert list(write_trace(again, TARGETS)) == lines


@pytest.mark.parametrize("path", sorted(CASES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_kept_trace_says_the_same_when_it_is_written_again(path: Path, tmp_path: Path) -> None:
    names = list(json.loads(path.read_text(encoding="utf-8").partition("\n")[0])["targets"])
    kept = list(read_trace(path, names))
    written = tmp_path / path.name
    written.write_text("".join(f"{line}\n" for line in write_trace(kept, names)), encoding="utf-8")
    assert list(read_trace(written, names)) == kept


def test_every_kind_that_a_visitor_can_cause_can_be_written() -> None:
    assert set(FIELDS) == set(Kind) - FEEDBACK - {Kind.PAGE}


def test_targets_laid_out_with_the_page_stand_in_its_line() -> None:
    written = list(write_trace([PAGE, layout(0, 100, 900, 480), layout(0, 100, 50, target=1), scroll(5, 20)], TARGETS))
    assert json.loads(written[0])["targets"] == {
        "story": {"top": 100, "h": 900, "words": 480},
        "summary": {"top": 100, "h": 50},
    }
    assert written[1:] == ['{"kind":"scroll","t_ms":5,"y":20}']


def test_a_target_laid_out_twice_in_one_moment_gets_a_line_of_its_own() -> None:
    written = list(write_trace([PAGE, layout(0, 100, 900), layout(0, 100, 950)], TARGETS))
    assert written[1:] == ['{"kind":"layout","t_ms":0,"target":"story","top":100,"h":950}']


@pytest.mark.parametrize(
    ("given_events", "what"),
    [
        ([], "do not begin with the page"),
        ([scroll(0, 10)], "do not begin with the page"),
        ([PAGE, scroll(10, 1), scroll(9, 2)], "run backwards, from 10 to 9 ms"),
        ([PAGE, PAGE], "include PAGE"),
        ([PAGE, Event(Kind.APPLIED, 5.0)], "include APPLIED, which is not a visitor's doing"),
        ([PAGE, Event(Kind.POINTER, 5.0, c=3.0)], "include a pointer of type 3"),
        ([PAGE, scroll(5, float("nan"))], "include nan"),
        ([PAGE, scroll(5, float("inf"))], "include inf"),
    ],
)
def test_what_is_no_trace_is_refused(given_events: list[Event], what: str) -> None:
    with pytest.raises(TrimtabError, match=f"^these events {what}"):
        list(write_trace(given_events, TARGETS))
