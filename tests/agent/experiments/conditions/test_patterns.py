import re

import pytest

from trimtab.experiments import ConditionError
from trimtab.experiments.conditions.charsets import EVERYTHING, charset, others, with_other_case, written
from trimtab.experiments.conditions.patterns import matches_pattern


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("", ""),
        ("b", "abc"),
        ("^b|c$", "abc"),
        ("^a.c$", "a\u0085c"),
        ("^..$", "😀"),
        ("^\\d{2,3}$", "123"),
        ("^a{2}$", "aa"),
        ("^a{2,}?$", "aaaa"),
        ("a{,2}", "a{,2}"),
        ("x{", "x{"),
        ("]}", "]}"),
        ("[^]", "\n"),
        ("^[\\w-]+$", "a-b_9"),
        ("^[a-\\d]+$", "a-5"),
        ("^[\\d-z]+$", "5-z"),
        ("^[-a]+$", "a-"),
        ("^[a-]+$", "a-"),
        ("[\\b]", "\b"),
        ("[\\]]", "]"),
        ("\\bnews\\b", "no news."),
        ("\\B", ""),
        ("^\\s+$", "\u00a0\ufeff\u2028 \t"),
        ("^\\S\\W\\D$", "ü!a"),
        ("^\\x41\\u0042\\n\\0\\/\\a\\p$", "AB\n\0/ap"),
        ("^\\x4\\u12$", "x4u12"),
        ("^(?:ab)+(c|d)?(?<name>e)", "ababe"),
        ("a(?=b)", "ab"),
        ("a(?!c)", "ab"),
        ("(?<=a)b", "ab"),
        ("(?<!c)b", "ab"),
        ("^(?=a)*b", "b"),
    ],
)
def test_a_pattern_matches_as_in_javascript(pattern: str, text: str) -> None:
    assert matches_pattern(text, pattern)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("a$", "a\n"),
        ("^.$", "😀"),
        ("a.b", "a\u2028b"),
        ("\\d", "\u0665"),
        ("\\w", "é"),
        ("[]", "a"),
        ("^a{3}$", "aa"),
        ("[^\\s]", " \u00a0"),
        ("(?<=a)b", "cb"),
    ],
)
def test_a_pattern_does_not_match(pattern: str, text: str) -> None:
    assert not matches_pattern(text, pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", "a)", "[", "[a", "[a-", "[\\", "\\", "*", "a**", "a++", "{2}", "a{2}{3}", "a{3,2}", "[b-a]"),
        *("^*", "$+", "\\b?", "(?<=a)*", "(?", "(?P<n>a)", "(?#a)", "(?>a)", "(?<"),
    ],
)
def test_what_is_no_pattern_for_javascript_matches_nothing(pattern: str) -> None:
    assert not matches_pattern("a", pattern)
    assert not matches_pattern(pattern, pattern)


@pytest.mark.parametrize("pattern", [None, 5, ["a"]])
def test_what_is_no_text_matches_nothing(pattern: None) -> None:
    assert not matches_pattern("a", pattern)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a)\\1", "\\1"),
        ("[\\1]", "\\1"),
        ("\\00", "\\0"),
        ("\\cA", "\\c"),
        ("(?<n>a)\\k<n>", "\\k"),
        ("(?<n>a)|(?<n>b)", "a group's name"),
        ("(?<ü>a)", "a group's name"),
        ("(?i:a)", "flags inside"),
        ("a{1001}", "more than 1000 repetitions"),
        ("(?<=a*)b", "fixed-width"),
    ],
)
def test_what_cannot_be_matched_alike_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(ConditionError, match=re.escape(why)):
        matches_pattern("a", pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("DEEP", "deep", True),
        ("É", "é", True),
        ("[à-ý]", "É", True),
        ("[^a]", "A", False),
        ("µ", "\u03bc", True),
        ("k", "\u212a", False),
        ("s", "ſ", False),
        ("ß", "ẞ", False),
        ("\\w", "ſ", False),
        ("\\W", "ſ", True),
        ("\U00010400", "\U00010428", False),
    ],
)
def test_without_case_letters_are_the_same_as_javascript_says(pattern: str, text: str, matches: bool) -> None:
    assert matches_pattern(text, pattern, fold=True) is matches


def test_sets_of_units_are_merged_turned_around_and_written() -> None:
    assert charset([(5, 6), (1, 2), (3, 3), (8, 9), (8, 8)]) == ((1, 3), (5, 6), (8, 9))
    assert others(()) == EVERYTHING
    assert others(EVERYTHING) == ()
    assert others(((0, 4), (6, 0xFFFF))) == ((5, 5),)
    assert others(((1, 2),)) == ((0, 0), (3, 0xFFFF))
    assert written(()) == "(?!)"
    assert written(((97, 99),)) == "[\\u0061-\\u0063]"
    assert with_other_case(((ord("a"), ord("a")), (ord("5"), ord("5")))) == ((53, 53), (65, 65), (97, 97))
