from fractions import Fraction

import pytest

from trimtab.messages import Arm, Declaration, Named
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.scales import CELL, RATING
from trimtab_server.analyse.compared import Group, compared_in, own_answers, segment_size, told_answers
from trimtab_server.analyse.differences import Difference, TooFew, Verdict
from trimtab_server.analyse.quantities import Mean, VisitorShare
from trimtab_server.analyse.results import analyse_question

ARMS = (Arm("", "holdout"), Arm("summaries", "adaptive"), Arm("summaries", "static"))
CHOICE = Named("reading", ("none", "skimmed", "read"))
STARS = Named("satisfaction", RATING.answers, 1, "rating", RATING.values)
BY = Named("bought", tuple(f"{who}: {a}" for who in ("not skimmer", "skimmer") for a in ("none", "yes")), by="skimmer")
SECONDS = Named(
    "attended",
    tuple(f"{who}: {a}" for who in ("not skimmer", "skimmer") for a in ("none", "short", "long")),
    1,
    "number",
    (None, 10.0, 50.0) * 2,
    "s",
    "skimmer",
)
FOUR = SubsetSelection(4, 1, 8, 1)
"""A report tells the truth in 8 of 11 cases, each other answer in 1."""


def declared(question: Named) -> Declaration:
    return Declaration("news", "00" * 8, (8, 1), (), (), ARMS, (question,), ())


def expected(mechanism: SubsetSelection, visitors: list[int]) -> list[int]:
    """The counts of so many visitors with each answer if chance does just what it should."""
    total = sum(visitors)
    counts = [n * mechanism.keep + (total - n) * mechanism.stray for n in visitors]
    assert all(count == Fraction(int(count)) for count in counts)
    return [int(count) for count in counts]


def test_of_two_answers_only_the_one_that_says_something_is_compared() -> None:
    assert told_answers(("none", "yes")) == (1,)
    assert told_answers(("yes", "none")) == (0,)
    assert told_answers(("none", "skimmed", "read")) == (0, 1, 2)


@pytest.mark.parametrize(
    ("question", "compared"),
    [
        (CHOICE, [(Group.ALL, 0), (Group.ALL, 1), (Group.ALL, 2)]),
        (STARS, [(Group.ALL, None)]),
        (BY, [(Group.INSIDE, 1), (Group.OUTSIDE, 1)]),
        (SECONDS, [(Group.INSIDE, None), (Group.OUTSIDE, None)]),
        (Named("cell", CELL.answers, 11, "cell"), []),
    ],
    ids=lambda each: each.name if isinstance(each, Named) else "",
)
def test_what_is_compared_follows_from_the_declaration(
    question: Named, compared: list[tuple[Group, int | None]]
) -> None:
    assert [(each.group, each.answer) for each in compared_in(question)] == compared


def test_answers_are_those_of_the_site_owner_also_where_a_segment_doubled_them() -> None:
    assert own_answers(BY) == ("none", "yes")
    assert own_answers(CHOICE) == CHOICE.answers


def test_a_share_within_the_segment_is_that_of_its_own_visitors_and_the_size_that_of_all() -> None:
    counts = expected(FOUR, [4_400, 2_200, 3_300, 1_100])  # of 11,000: 4,400 in the segment, a quarter of them bought
    inside, outside = (each.of(FOUR, counts) for each in compared_in(BY))

    assert isinstance(inside, Mean)
    assert isinstance(outside, Mean)
    assert inside.value == pytest.approx(0.25)
    assert outside.value == pytest.approx(1 / 3)
    size = segment_size(BY, FOUR, counts)
    assert size is not None
    assert size.value == pytest.approx(0.4)
    # Two of four answers are told with the chance lambda = 0.4 x 9/11 + 0.6 x 2/11, and p - q is 7/11.
    supporting = 0.4 * 9 / 11 + 0.6 * 2 / 11
    assert size.deviation == pytest.approx((supporting * (1 - supporting) / 11_000) ** 0.5 / (7 / 11))


def test_an_average_within_the_segment_counts_its_visitors_with_a_number_alone() -> None:
    mechanism = SubsetSelection(6, 1, 8, 1)
    counts = expected(mechanism, [1_300, 1_300, 1_300, 2_600, 1_300, 3_900])
    inside, outside = (each.of(mechanism, counts) for each in compared_in(SECONDS))

    assert inside is not None
    assert outside is not None
    assert inside.value == pytest.approx(40)  # one of four short, three long
    assert outside.value == pytest.approx(30)


def test_averages_are_compared_once_for_each_pair_and_told() -> None:
    mechanism = SubsetSelection(6, 1, 8, 1)
    low, high = (expected(mechanism, visitors) for visitors in ([0, 2_600, 0, 0, 0, 2_600], [0, 0, 0, 0, 2_600, 2_600]))
    result = analyse_question(declared(STARS), 0, {0: low, 1: high, 2: low})

    adaptive_against_static, adaptive_against_holdout, static_against_holdout = result.comparisons
    [found] = adaptive_against_static.numbers
    assert isinstance(found, Difference)
    assert found.value == pytest.approx(1.5)
    assert (found.verdict, found.company) == (Verdict.HIGHER, 3)
    assert [
        getattr(pair.numbers[0], "verdict", None) for pair in (adaptive_against_holdout, static_against_holdout)
    ] == [
        Verdict.HIGHER,
        Verdict.CANNOT_TELL,
    ]


def test_an_arm_where_hardly_anybody_has_a_number_has_no_average_and_is_named() -> None:
    result = analyse_question(
        declared(STARS), 0, {1: (800, 100, 100, 100, 100, 100), 2: (100, 100, 100, 100, 100, 800)}
    )

    assert result.arms[1].numbers == (None,)
    assert result.comparisons[0].numbers == (TooFew(first=True, second=False),)


def test_a_number_that_cannot_vary_is_compared_without_harm() -> None:
    same = Named("price", ("none", "low", "high"), 1, "number", (None, 5.0, 5.0), "EUR")
    result = analyse_question(declared(same), 0, {1: (10, 400, 400), 2: (10, 300, 500)})

    [found] = result.comparisons[0].numbers
    assert isinstance(found, Difference)
    assert (found.value, found.verdict) == (0.0, Verdict.CANNOT_TELL)


def test_shares_of_all_visitors_are_as_before() -> None:
    [none, *_] = compared_in(CHOICE)

    assert isinstance(none.of(SubsetSelection(3), (10, 5, 5)), VisitorShare)
    assert none.of(SubsetSelection(3), (0, 0, 0)) is None
