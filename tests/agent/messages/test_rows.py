import itertools
import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.messages import Inbox
from trimtab.messages.rows import MAX_NAME_CHARACTERS, MAX_NUMBERS
from trimtab.values import Event, Kind


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
        *([kind, 5, -1, 0, 0, 0] for kind in (3, 4, 5, 8, 9, 12)),
        *([kind, 5, -1, adjustment, 0, 0] for kind in (20, 21, 22, 23) for adjustment in (-1, 3, 0.5)),
        *([kind, 5, -1, 7, 0, 0] for kind in (15, 16, 17)),
        *([kind, 5, -1, 0, why, 0] for kind in (21, 22) for why in (-1, 4)),
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


def test_past_the_limit_the_oldest_number_is_forgotten_and_known_ones_may_change() -> None:
    inbox = Inbox(targets=0, adjustments=0)
    inbox.learn([number, f"name{number}"] for number in range(MAX_NUMBERS + 1))
    inbox.learn([[1, "new"]])
    asked = [[16, 0, -1, number, 0, 0] for number in (0, 1, 2, MAX_NUMBERS)]

    assert [event.name for event in inbox.read(rows(*asked))] == ["new", "name2", f"name{MAX_NUMBERS}"]
    assert inbox.refused == 1


@given(st.lists(st.lists(st.floats(), min_size=6, max_size=6), max_size=8))
def test_whatever_numbers_arrive_each_row_is_an_event_or_counted(numbers: list[list[float]]) -> None:
    events, refused = read(*numbers, names={0: "quiz"})

    assert len(events) + refused == len(numbers)
    assert all(math.isfinite(number) for event in events for number in (event.t_ms, event.a, event.b, event.c))
    assert all(-1 <= event.target < 2 for event in events)


# The declaration
