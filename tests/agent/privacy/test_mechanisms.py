import math
import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

import pytest

from trimtab.privacy.mechanisms import SubsetSelection, best_width, epsilon
from trimtab.privacy.randomness import randbelow

NOISES = [(8, 1), (2, 1), (3, 2), (20, 1), (7, 3)]
SMALL = [(answers, width) for answers in range(2, 13) for width in range(1, answers)]
LARGE = [(16, 2), (40, 4), (64, 8), (97, 11), (100, 27), (256, 28), (256, 255)]


def outcomes(mechanism: SubsetSelection) -> Counter[tuple[int, ...]]:
    """How many draws lead to each set of offsets, by going through every possible draw."""
    return Counter(mechanism.offsets(draw) for draw in range(mechanism.modulus))


@pytest.mark.parametrize(("answers", "width"), SMALL)
def test_every_set_comes_from_a_draws_with_the_truth_in_it_and_from_b_without(answers: int, width: int) -> None:
    mechanism = SubsetSelection(answers, width, 3, 2)
    subsets = combinations(range(answers), width)

    assert outcomes(mechanism) == {subset: 3 if 0 in subset else 2 for subset in subsets}


@pytest.mark.parametrize(("a", "b"), NOISES)
@pytest.mark.parametrize("answers", range(2, 13))
def test_no_told_set_is_more_than_a_to_b_times_likelier_under_one_truth_than_under_another(
    answers: int, a: int, b: int
) -> None:
    for width in range(1, answers):
        mechanism = SubsetSelection(answers, width, a, b)
        drawn = outcomes(mechanism)
        laws: list[Counter[frozenset[int]]] = [Counter() for _ in range(answers)]
        for truth, law in enumerate(laws):
            for offsets, draws in drawn.items():
                law[mechanism.tell(truth, offsets)] += draws
        pairs = {(law[told], other[told]) for law in laws for other in laws for told in laws[0]}

        assert all(law.total() == mechanism.modulus and len(law) == comb(answers, width) for law in laws)
        assert {Fraction(*pair) for pair in pairs} == {Fraction(a, b), Fraction(b, a), Fraction(1)}


@pytest.mark.parametrize(("a", "b"), NOISES)
@pytest.mark.parametrize(("answers", "width"), SMALL)
def test_the_chance_to_be_told_is_the_stated_one_for_the_truth_and_for_every_other_answer(
    answers: int, width: int, a: int, b: int
) -> None:
    mechanism = SubsetSelection(answers, width, a, b)
    told: Counter[int] = Counter()
    for subset in combinations(range(answers), width):
        for answer in subset:
            told[answer] += a if 0 in subset else b

    assert [Fraction(told[answer], mechanism.modulus) for answer in range(answers)] == [
        mechanism.keep, *[mechanism.stray] * (answers - 1)
    ]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), NOISES)
@pytest.mark.parametrize(("answers", "width"), LARGE)
def test_of_many_answers_the_two_classes_of_sets_have_the_stated_chances_and_are_counted_off_to_the_last(
    answers: int, width: int, a: int, b: int
) -> None:
    mechanism = SubsetSelection(answers, width, a, b)
    inside, outside = comb(answers - 1, width - 1), comb(answers - 1, width)
    one = Fraction(1, mechanism.modulus)

    assert inside * a * one + outside * b * one == 1
    assert inside * a * one == mechanism.keep
    # An answer beside the truth is in comb(k-2, w-2) sets of the first class, and in comb(k-2, w-1) of the second.
    beside = comb(answers - 2, width - 2) if width > 1 else 0
    assert (beside * a + comb(answers - 2, width - 1) * b) * one == mechanism.stray
    edges = [0, inside * a - 1, inside * a, mechanism.modulus - 1]
    assert [mechanism.offsets(draw) for draw in edges] == [
        tuple(range(width)),
        (0, *range(answers - width + 1, answers)),
        tuple(range(1, width + 1)),
        tuple(range(answers - width, answers)),
    ]


@pytest.mark.parametrize(("answers", "width"), LARGE)
def test_of_many_answers_neighbouring_ranks_are_neighbouring_sets_in_order(answers: int, width: int) -> None:
    mechanism = SubsetSelection(answers, width, 8, 1)
    inside = comb(answers - 1, width - 1)
    for start in (0, inside // 3, inside - 2):
        ranks = [rank for rank in range(max(start, 0), start + 3) if rank < inside]
        sets = [mechanism.offsets(8 * rank) for rank in ranks]
        assert sets == sorted(set(sets))
        assert [rank_of(offsets[1:], answers - 1) for offsets in sets] == ranks
        assert all(mechanism.offsets(8 * rank + last) == each for rank, each in zip(ranks, sets, strict=True)
                   for last in range(8))  # fmt: skip


class Script:
    """A source that gives these bytes one by one."""

    def __init__(self, *numbers: int) -> None:
        self.rest = list(numbers)

    def __call__(self, count: int) -> bytes:
        return bytes(self.rest.pop(0) for _ in range(count))


def rank_of(subset: Sequence[int], most: int) -> int:
    """How many sets of as many numbers from 1 to `most` come before this one."""
    rank, before = 0, 0
    for place, number in enumerate(subset):
        left = len(subset) - place - 1
        rank += sum(comb(most - skipped, left) for skipped in range(before + 1, number))
        before = number
    return rank


@pytest.mark.parametrize(("answers", "width"), [(5, 1), (7, 3), (12, 4)])
def test_the_same_coins_move_with_the_truth_and_tell_the_same_set_for_the_same_truth(answers: int, width: int) -> None:
    mechanism = SubsetSelection(answers, width)
    offsets = mechanism.offsets(mechanism.modulus // 2)
    told = [mechanism.tell(truth, offsets) for truth in range(answers)]

    assert told == [mechanism.tell(truth, offsets) for truth in range(answers)]
    assert all(len(each) == width for each in told)
    assert [{(answer - truth) % answers for answer in each} for truth, each in enumerate(told)] == [
        set(offsets)
    ] * answers


@pytest.mark.parametrize(("answers", "width"), SMALL)
@pytest.mark.parametrize(("a", "b"), NOISES)
def test_the_total_error_is_the_published_formula_with_keep_and_stray_put_in(
    answers: int, width: int, a: int, b: int
) -> None:
    mechanism = SubsetSelection(answers, width, a, b)
    p, q = mechanism.keep, mechanism.stray

    assert mechanism.total_error == (p * (1 - p) + (answers - 1) * q * (1 - q)) / (p - q) ** 2


E = (2721, 1001)
E2 = (2431, 329)
E4 = (1_091_963, 20_000)
"""Fractions next to e, e² and e⁴, right to seven digits."""


@pytest.mark.parametrize(
    ("answers", "noise", "response", "selection", "width"),
    [
        (2, E, "1.8413", "1.8413", 1),
        (4, E, "7.5562", "7.5562", 1),
        (10, E, "40.958", "29.104", 3),
        (16, E2, "10.575", "9.2521", 2),
        (64, E2, "118.50", "43.952", 8),
        (100, E, "3468.3", "359.95", 27),
        (256, E4, "32.239", "18.348", 5),
    ],
)
def test_the_closed_form_gives_the_figures_that_are_known_to_the_last_digit(
    answers: int, noise: tuple[int, int], response: str, selection: str, width: int
) -> None:
    best = SubsetSelection(answers, best_width(answers, *noise), *noise)

    assert f"{float(SubsetSelection(answers, 1, *noise).total_error):#.5g}" == response
    assert f"{float(best.total_error):#.5g}" == selection
    assert best.width == width


def test_one_answer_is_told_up_to_twelve_at_eight_to_one_and_up_to_five_at_e_to_one() -> None:
    assert [best_width(answers, 8, 1) for answers in (2, 12, 13, 22, 23, 256)] == [1, 1, 2, 2, 3, 28]
    assert [best_width(answers, *E) for answers in (2, 5, 6)] == [1, 1, 2]


@pytest.mark.parametrize(("a", "b"), NOISES)
@pytest.mark.parametrize("answers", [2, 3, 4, 13, 31, 96])
def test_no_other_width_has_a_smaller_error(answers: int, a: int, b: int) -> None:
    best = best_width(answers, a, b)
    errors = {width: SubsetSelection(answers, width, a, b).total_error for width in range(1, answers)}

    assert errors[best] == min(errors.values())
    assert not any(errors[width] == errors[best] for width in range(1, best))


def test_of_two_widths_that_are_equally_good_the_smaller_is_taken() -> None:
    for answers, a, width in [(10, 6, 1), (27, 10, 2), (52, 14, 3)]:
        errors = [SubsetSelection(answers, given, a, 1).total_error for given in (width, width + 1)]
        assert errors[0] == errors[1]
        assert best_width(answers, a, 1) == width


def test_the_default_noise_is_eight_to_one() -> None:
    assert SubsetSelection(4).keep == Fraction(8, 11)
    assert SubsetSelection(4).stray == Fraction(1, 11)


def test_one_answer_is_told_as_randomised_response_tells_it() -> None:
    mechanism = SubsetSelection(4)

    assert [mechanism.offsets(draw) for draw in range(mechanism.modulus)] == [(0,)] * 8 + [(1,), (2,), (3,)]


def test_bytes_beyond_the_last_set_are_drawn_again() -> None:
    mechanism = SubsetSelection(4, 2, 2, 1)
    drawn: Counter[tuple[int, ...]] = Counter()
    for byte in range(mechanism.modulus):
        drawn[mechanism.offsets(randbelow(mechanism.modulus, Script(15, 9, byte)))] += 1

    assert mechanism.modulus == 9
    assert drawn == {(0, 1): 2, (0, 2): 2, (0, 3): 2, (1, 2): 1, (1, 3): 1, (2, 3): 1}


@pytest.mark.parametrize("draw", [-1, 11, 12])
def test_a_draw_out_of_range_is_refused(draw: int) -> None:
    with pytest.raises(ValueError, match=re.escape(f"a draw is from range(11), not {draw}")):
        SubsetSelection(4).offsets(draw)


@pytest.mark.parametrize(
    ("answers", "width", "a", "b"),
    [
        (1, 1, 8, 1),
        (0, 1, 8, 1),
        (4, 0, 8, 1),
        (4, 4, 8, 1),
        (4, -1, 8, 1),
        (4, 1, 1, 1),
        (4, 1, 1, 2),
        (4, 1, 8, 0),
        (4, 1, 8, -1),
    ],
)
def test_there_is_no_mode_without_noise(answers: int, width: int, a: int, b: int) -> None:
    with pytest.raises(ValueError, match="needs 0 < width < answers and a > b > 0"):
        SubsetSelection(answers, width, a, b)


@pytest.mark.parametrize("noise", [(3, 1), (8, 1), (20, 1), (55, 1), (55, 2), (2, 1), (1000, 999), (7, 3)])
@pytest.mark.parametrize("reports", [1, 10])
def test_an_epsilon_is_never_told_too_small(noise: tuple[int, int], reports: int) -> None:
    exact = reports * math.log(noise[0] / noise[1])
    assert exact <= epsilon(noise, reports) < exact + 0.01


def test_an_epsilon_has_two_decimals() -> None:
    assert (epsilon((8, 1)), epsilon((8, 1), 10), epsilon((3, 1)), epsilon((55, 2))) == (2.08, 20.8, 1.1, 3.32)
