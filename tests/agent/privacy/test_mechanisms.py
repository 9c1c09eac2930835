import re
from fractions import Fraction

import pytest

from trimtab.privacy.mechanisms import RandomisedResponse

NOISES = [(8, 1), (2, 1), (3, 2), (20, 1), (7, 3), (100, 99)]
SIZES = range(2, 13)


def chances(mechanism: RandomisedResponse) -> list[list[Fraction]]:
    """Row by row for each true answer: the chance of each told one, by going through every possible draw."""
    one = Fraction(1, mechanism.modulus)
    table = [[Fraction(0)] * mechanism.answers for _ in range(mechanism.answers)]
    for truth, row in enumerate(table):
        for draw in range(mechanism.modulus):
            row[mechanism.tell(truth, mechanism.offset(draw))] += one
    return table


@pytest.mark.parametrize(("a", "b"), NOISES)
@pytest.mark.parametrize("answers", SIZES)
def test_the_chances_are_exactly_those_that_are_stated(answers: int, a: int, b: int) -> None:
    mechanism = RandomisedResponse(answers, a, b)

    assert mechanism.keep == Fraction(a, a + (answers - 1) * b)
    assert mechanism.stray == Fraction(b, a + (answers - 1) * b)
    assert mechanism.keep + (answers - 1) * mechanism.stray == 1
    assert chances(mechanism) == [
        [mechanism.keep if told == truth else mechanism.stray for told in range(answers)] for truth in range(answers)
    ]


@pytest.mark.parametrize(("a", "b"), NOISES)
@pytest.mark.parametrize("answers", SIZES)
def test_no_told_answer_is_more_than_a_to_b_times_likelier_under_one_truth_than_under_another(
    answers: int, a: int, b: int
) -> None:
    table = chances(RandomisedResponse(answers, a, b))
    ratios = {
        table[truth][told] / table[other][told]
        for told in range(answers)
        for truth in range(answers)
        for other in range(answers)
    }

    assert max(ratios) == Fraction(a, b)
    assert min(ratios) == Fraction(b, a)


@pytest.mark.parametrize("answers", SIZES)
def test_the_offset_is_drawn_without_the_truth_and_reaches_every_answer(answers: int) -> None:
    mechanism = RandomisedResponse(answers)
    offsets = [mechanism.offset(draw) for draw in range(mechanism.modulus)]

    assert offsets.count(0) == mechanism.a
    assert [offsets.count(step) for step in range(1, answers)] == [mechanism.b] * (answers - 1)
    assert {mechanism.tell(0, offset) for offset in offsets} == set(range(answers))


@pytest.mark.parametrize("truth", range(5))
def test_with_the_same_coins_two_truths_are_told_apart_by_their_difference_alone(truth: int) -> None:
    mechanism = RandomisedResponse(5)

    assert [(mechanism.tell(truth, offset) - truth) % 5 for offset in range(5)] == list(range(5))


def test_the_default_noise_is_eight_to_one() -> None:
    assert RandomisedResponse(4).keep == Fraction(8, 11)
    assert RandomisedResponse(4).stray == Fraction(1, 11)


@pytest.mark.parametrize("draw", [-1, 11, 12])
def test_a_draw_out_of_range_is_refused(draw: int) -> None:
    with pytest.raises(ValueError, match=re.escape(f"a draw is from range(11), not {draw}")):
        RandomisedResponse(4).offset(draw)


@pytest.mark.parametrize(("answers", "a", "b"), [(1, 8, 1), (0, 8, 1), (4, 1, 1), (4, 1, 2), (4, 8, 0), (4, 8, -1)])
def test_there_is_no_mode_without_noise(answers: int, a: int, b: int) -> None:
    with pytest.raises(ValueError, match="needs two answers or more and a > b > 0"):
        RandomisedResponse(answers, a, b)
