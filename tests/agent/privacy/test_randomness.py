from collections import Counter
from itertools import product

import pytest

from trimtab.privacy.randomness import randbelow


class Script:
    """A source that gives these bytes and notes how many were asked for each time."""

    def __init__(self, *numbers: int) -> None:
        self.rest = bytes(numbers)
        self.asked: list[int] = []

    def __call__(self, count: int) -> bytes:
        self.asked.append(count)
        given, self.rest = self.rest[:count], self.rest[count:]
        assert len(given) == count, "the script is over"
        return given


@pytest.mark.parametrize("limit", [*range(1, 258), 1_000, 32_768, 65_535, 65_536])
def test_every_number_below_the_limit_comes_from_equally_many_bytes(limit: int) -> None:
    bits = (limit - 1).bit_length()
    size = (bits + 7) // 8
    accepted: Counter[int] = Counter()
    for number in range(256**size):
        masked = number & ((1 << bits) - 1)
        if masked < limit:
            accepted[randbelow(limit, Script(*number.to_bytes(size, "little")))] += 1

    assert sorted(accepted) == list(range(limit))
    assert len(set(accepted.values())) == 1


def test_what_would_favour_small_numbers_is_drawn_again() -> None:
    source = Script(7, 6, 5, 4)

    assert randbelow(5, source) == 4
    assert source.asked == [1, 1, 1, 1]


def test_only_as_many_bytes_are_asked_for_as_are_needed() -> None:
    source = Script(0xFF, 0x01)

    assert randbelow(512, source) == 511
    assert source.asked == [2]


def test_a_limit_of_one_leaves_no_choice() -> None:
    assert randbelow(1, Script()) == 0


@pytest.mark.parametrize("limit", [0, -1])
def test_there_is_no_number_below_nothing(limit: int) -> None:
    with pytest.raises(ValueError, match=f"the limit is from 1, not {limit}"):
        randbelow(limit, Script())


def test_pairs_of_draws_are_as_uniform_as_single_ones() -> None:
    pairs: Counter[tuple[int, int]] = Counter()
    for first, second in product(range(4), repeat=2):
        source = Script(first, second)
        if first < 3 and second < 3:
            pairs[randbelow(3, source), randbelow(3, source)] += 1

    assert set(pairs.values()) == {1}
    assert len(pairs) == 9
