"""The state of parts, and of parts in parts."""

from collections import deque
from typing import ClassVar

import pytest

from trimtab.errors import StateError
from trimtab.keeping import keep, put_back
from trimtab.plain import Plain


class Cell:
    """A part with everything that a slot may be."""

    __slots__ = ("_by_name", "_last", "_rest", "name")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"name"})
    _by_name: dict[str, "Cell"]
    _last: deque[float]
    _rest: list["Cell"]

    def __init__(self, name: str, rest: int = 0) -> None:
        self.name = name
        self._by_name = {}
        self._last = deque(maxlen=2)
        self._rest = [Cell(f"{name}{n}") for n in range(rest)]

    def fresh(self, key: str) -> "Cell":
        """A cell that comes when it is called."""
        return Cell(f"{self.name}/{key}")


def filled() -> Cell:
    cell = Cell("a", rest=1)
    cell._last.extend([1.0, 2.0, 3.0])
    cell._rest[0]._last.append(4.0)
    cell._by_name["b"] = cell.fresh("b")
    cell._by_name["b"]._last.append(5.0)
    return cell


EMPTY: dict[str, Plain] = {"_by_name": [], "_last": [], "_rest": []}


def test_parts_are_kept_with_the_parts_in_them() -> None:
    assert keep(filled()) == {
        "_by_name": [["b", EMPTY | {"_last": [5.0]}]],
        "_last": [2.0, 3.0],
        "_rest": [EMPTY | {"_last": [4.0]}],
    }


def test_what_was_given_stays_and_the_rest_comes_back() -> None:
    fresh = Cell("c", rest=1)
    inner = fresh._rest[0]
    put_back(fresh, keep(filled()), "cell")

    assert keep(fresh) == keep(filled())
    assert (fresh.name, fresh._by_name["b"].name, fresh._last.maxlen) == ("c", "c/b", 2)
    assert fresh._rest[0] is inner  # others may hold it


def test_nothing_is_changed_by_a_state_of_which_the_last_bit_is_damaged() -> None:
    saved: dict[str, Plain] = {**keep(filled()), "_rest": [{**EMPTY, "_last": ["4"]}]}
    fresh = Cell("c", rest=1)

    with pytest.raises(StateError, match=r'cell.rest\[0\].last\[0\] is "4", not float'):
        put_back(fresh, saved, "cell")
    assert keep(fresh) == keep(Cell("c", rest=1))


class Forgetful:
    """A slot was added, and its type forgotten."""

    __slots__ = ("kept", "new")
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    kept: int


class Mistaken:
    """GIVEN names what is no slot."""

    __slots__ = ("kept",)
    GIVEN: ClassVar[frozenset[str]] = frozenset({"gone"})
    kept: int


def test_a_slot_that_says_nothing_of_itself_cannot_be_overlooked() -> None:
    with pytest.raises(TypeError, match=r"Forgetful: annotate \['new'\] in the class body, or add them to GIVEN"):
        keep(Forgetful())
    with pytest.raises(TypeError, match=r"Mistaken: GIVEN names \['gone'\], which are no slots"):
        keep(Mistaken())
