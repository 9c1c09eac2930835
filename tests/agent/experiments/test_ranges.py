import pytest

from trimtab.experiments import Range, bucket_ranges, choose, equal_weights


def test_equal_weights_are_equal_and_none_for_no_arms() -> None:
    assert equal_weights(4) == [0.25] * 4
    assert equal_weights(0) == equal_weights(-2) == []


def test_ranges_lie_side_by_side_at_full_coverage() -> None:
    assert bucket_ranges(2) == [(0, 0.5), (0.5, 1)]
    assert bucket_ranges(3, 1, [0.5, 0.25, 0.25]) == [(0, 0.5), (0.5, 0.75), (0.75, 1)]


def test_less_coverage_leaves_a_gap_after_each_arm_and_moves_nobody_to_another() -> None:
    assert bucket_ranges(2, 0.5, [0.25, 0.75]) == [(0, 0.125), (0.25, 0.625)]


@pytest.mark.parametrize(("coverage", "width"), [(-0.5, 0.0), (0.0, 0.0), (1.0, 0.5), (2.0, 0.5)])
def test_coverage_is_clamped(coverage: float, width: float) -> None:
    assert bucket_ranges(2, coverage)[0] == (0, width)


@pytest.mark.parametrize("weights", [None, [], [1.0], [0.5, 0.6], [0.4, 0.4], [0.2, 0.3, 0.5]])
def test_weights_that_cannot_be_meant_count_as_equal(weights: list[float] | None) -> None:
    assert bucket_ranges(2, 1, weights) == [(0, 0.5), (0.5, 1)]


def test_weights_that_nearly_sum_to_one_are_taken_as_they_are() -> None:
    assert bucket_ranges(2, 1, [0.5, 0.495]) == [(0, 0.5), (0.5, 0.995)]


def test_a_range_holds_its_start_and_not_its_end() -> None:
    assert Range(0.25, 0.5).holds(0.25)
    assert not Range(0.25, 0.5).holds(0.5)


def test_the_first_range_that_holds_the_number_is_chosen() -> None:
    ranges = [Range(0, 0.5), Range(0.25, 0.75)]

    assert [choose(number, ranges) for number in (0, 0.25, 0.5, 0.75)] == [0, 0, 1, None]
    assert choose(0.5, []) is None
