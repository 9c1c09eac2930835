import math
from collections.abc import Sequence

import pytest

from trimtab.errors import PolicyError
from trimtab.places import Place
from trimtab.scales import CELL, RATING, YES, YES_NO, Scale, choice, number
from trimtab.values import Measure
from trimtab.watching import Notebook, Watched

HERE = Place("policy.py", 14)
READING = choice(HERE, "reading", ("none", "bounced", "read"))
TIME = number(HERE, "time", (10, 30, 60), "s")


def watched(value: float, rise: float = 0.0) -> tuple[Watched, Notebook]:
    notebook = Notebook()
    return notebook.watch(Measure("attention", "s", value, at_ms=1_000, rise=rise)), notebook


@pytest.mark.parametrize("scale", [READING, YES_NO, YES, TIME, RATING, CELL])
def test_none_is_among_the_answers_of_every_kind_and_what_nothing_answers(scale: Scale) -> None:
    answer = scale.read(None)

    assert answer is not None
    assert scale.answers[answer] == "none"
    assert not scale.values or scale.values[answer] is None


@pytest.mark.parametrize(("given", "answer"), [("read", 2), ("none", 0), ("skimmed", None), (1, None), (True, None)])
def test_a_choice_is_one_of_its_words(given: object, answer: int | None) -> None:
    assert READING.read(given) == answer


@pytest.mark.parametrize(
    ("given", "known", "asked"), [(True, 1, 2), (False, 0, 1), ("yes", None, None), (1, None, None)]
)
def test_no_is_an_answer_of_its_own_where_something_may_be_unknown(
    given: object, known: int | None, asked: int | None
) -> None:
    assert (YES.read(given), YES_NO.read(given)) == (known, asked)


def test_buckets_are_named_by_their_edges_and_stand_for_their_middle() -> None:
    assert TIME.answers == ("none", "under 10 s", "10 to 30 s", "30 to 60 s", "60 s or more")
    assert TIME.values == (None, 5.0, 20.0, 45.0, 75.0)


def test_a_number_below_zero_and_a_single_edge_have_middles_too() -> None:
    assert number(HERE, "x", (-2, 2, 4), "").values == (None, -4.0, 0.0, 3.0, 5.0)
    assert number(HERE, "x", (50,), "€").values == (None, 25.0, 75.0)
    assert number(HERE, "x", (50,), "€", (20, 90)).values == (None, 20.0, 90.0)
    assert number(HERE, "x", (0, 1), "").answers[1] == "under 0"


@pytest.mark.parametrize(
    ("given", "answer"), [(-1, 1), (9.99, 1), (10, 2), (59, 3), (60, 4), (10**9, 4), (math.nan, None), (math.inf, None)]
)
def test_a_bucket_holds_its_lower_edge_and_not_its_upper_one(given: float, answer: int | None) -> None:
    assert TIME.read(given) == answer


@pytest.mark.parametrize("given", [True, "12", [12], object()])
def test_what_is_no_number_is_no_answer(given: object) -> None:
    assert TIME.read(given) is None


def test_a_number_that_rises_by_itself_says_when_it_leaves_its_bucket() -> None:
    given, notebook = watched(12.0, rise=0.001)

    assert TIME.read(given) == 2
    assert notebook.turns_at_ms() == 19_000


def test_a_number_that_falls_by_itself_says_when_it_leaves_its_bucket() -> None:
    given, notebook = watched(12.0, rise=-0.001)

    assert TIME.read(given) == 2
    assert notebook.turns_at_ms() == pytest.approx(3_000)


@pytest.mark.parametrize(("given", "answer"), [(1, 1), (4.4, 4), (5, 5), (0, 0), (6, 0), (-3, 0), (5.4, 5)])
def test_a_rating_is_from_one_to_five_and_all_else_is_none(given: float, answer: int) -> None:
    assert RATING.read(given) == answer
    assert RATING.values == (None, 1.0, 2.0, 3.0, 4.0, 5.0)


def test_each_cell_of_the_grid_has_its_answer() -> None:
    assert [CELL.read(watched(cell)[0]) for cell in range(96)] == list(range(1, 97))
    assert (CELL.answers[1], CELL.answers[9], CELL.answers[96]) == (
        "row 1, column 1",
        "row 2, column 1",
        "row 12, column 8",
    )


@pytest.mark.parametrize(
    ("buckets", "unit", "stand_for", "what"),
    [
        ((), "s", None, "question 'x': buckets are (); give the edges between them, such as (10, 30, 60)"),
        ("10", "s", None, "question 'x': buckets are '10'; give the edges"),
        (7, "s", None, "question 'x': buckets are 7; give the edges"),
        ((1, math.nan), "s", None, "question 'x': buckets are (1, nan); give the edges"),
        ((1, "2"), "s", None, "question 'x': buckets are (1, '2'); give the edges"),
        ((30, 10), "s", None, "question 'x': buckets (30, 10) do not rise; give each edge once, the smallest first"),
        ((10, 10), "s", None, "question 'x': buckets (10, 10) do not rise"),
        ((10,), 5, None, "question 'x': unit is 5; give a word"),
        ((10,), "s", (1,), "question 'x': stand_for (1,) for 2 buckets; give one number for each bucket"),
        ((10,), "s", (1, math.inf), "question 'x': stand_for (1, inf) for 2 buckets"),
    ],
)
def test_buckets_that_cannot_be_meant_are_told_with_their_line(
    buckets: object, unit: object, stand_for: Sequence[float] | None, what: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        number(HERE, "x", buckets, unit, stand_for)

    assert str(caught.value).startswith(f"policy.py:14: {what}")
