import pytest

from trimtab.errors import PolicyError
from trimtab.places import Place, check_count, check_name, here

PLACE = Place("policy.py", 14)


def test_here_is_the_line_outside_of_the_package() -> None:
    place = here()

    assert (place.file, place.line) == ("test_places.py", 10)


def test_a_mistake_is_told_where_it_was_made() -> None:
    assert str(PLACE.mistake("cap is 0", "use 1")) == "policy.py:14: cap is 0; use 1"


@pytest.mark.parametrize("name", ["a", "short-summaries", "skim_wpm", "x2", "a" * 48])
def test_a_name_can_stand_in_a_url_and_a_log(name: str) -> None:
    check_name(PLACE, "target", name)


@pytest.mark.parametrize("name", ["", "A", "2x", "-x", "_x", "a b", "a/b", "ä", "a" * 49, "a\n", None, 7], ids=repr)
def test_any_other_name_is_refused(name: object) -> None:
    with pytest.raises(PolicyError, match=r"policy\.py:14: target name .*; use a-z, 0-9, - and _"):
        check_name(PLACE, "target", name)


@pytest.mark.parametrize("count", [1, 7, 1000])
def test_a_count_is_a_whole_number_from_one(count: int) -> None:
    check_count(PLACE, "cap", count)


@pytest.mark.parametrize("count", [0, -1, 1001, 1.0, True, "1", None], ids=repr)
def test_any_other_count_is_refused(count: object) -> None:
    with pytest.raises(PolicyError, match=r"policy\.py:14: cap is .*; use a whole number from 1 to 1000"):
        check_count(PLACE, "cap", count)


def test_a_count_can_have_another_top() -> None:
    check_count(PLACE, "weight", 5, most=5)
    with pytest.raises(PolicyError, match="use a whole number from 1 to 5"):
        check_count(PLACE, "weight", 6, most=5)
