"""A third of the workload that is left out is counted by what it would have missed."""

from tests.profiling.rotating import rotate

RECORDED = {
    "a": frozenset({1, 2}),
    "b": frozenset({2, 3, 9}),
    "c": frozenset({1, 2, 3}),
    "d": frozenset({2, 7, 8}),
}


def test_each_third_is_left_out_once_and_its_units_tell_what_the_others_do_not_enter() -> None:
    turns = list(rotate(RECORDED))
    assert [(turn.kept, turn.units, dict(turn.misses)) for turn in turns] == [
        (4, 2, {"d": 2}),
        (5, 1, {"b": 1}),
        (6, 1, {}),
    ]
    assert str(turns[0]) == "4 functions of two thirds: 1 of 2 units would trap: d (2)"
    assert str(turns[2]) == "6 functions of two thirds: no unit would trap"


def test_what_every_unit_begins_with_is_never_left_out() -> None:
    turns = list(rotate({"suite: waking and loading": frozenset({5})} | RECORDED))
    assert [turn.kept for turn in turns] == [5, 6, 7]
    assert [turn.units for turn in turns] == [2, 1, 1]
