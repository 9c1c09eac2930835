import math
from itertools import combinations, product

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.boundary import critical
from trimtab_server.analyse.differences import (
    Difference,
    NoPlan,
    Verdict,
    fakes_to_undo,
    measure,
    reports_needed,
    settle,
)
from trimtab_server.analyse.estimates import answer_share
from trimtab_server.analyse.means import mean_of
from trimtab_server.analyse.quantities import Mean, Told, VisitorShare
from trimtab_server.analyse.returning import Again

YES_NO = SubsetSelection(answers=2, a=8, b=1)
"""p = 8/9 and q = 1/9, so p - q = 7/9."""


def yes(counts: list[int]) -> VisitorShare:
    return answer_share(YES_NO, counts, 1)


def compared(first: list[int], second: list[int]) -> Difference:
    return settle([measure(yes(first), yes(second))])[0]


def test_the_interval_of_a_single_look_matches_the_one_worked_by_hand() -> None:
    # Newcombe's own example, 56 of 70 against 48 of 80: 0.2, from 0.0524 to 0.3339; each divided by 7/9.
    found = compared([14, 56], [32, 48])

    assert found.value == pytest.approx(0.2 * 9 / 7)
    assert (found.single.low, found.single.high) == pytest.approx((0.0524 * 9 / 7, 0.3339 * 9 / 7), abs=1e-4)


def test_what_a_single_look_would_call_a_result_is_none_for_who_looks_every_day() -> None:
    found = compared([14, 56], [32, 48])

    assert found.single.low > 0
    assert found.interval.low < 0
    assert found.verdict is Verdict.CANNOT_TELL


def test_the_verdict_turns_with_the_arms() -> None:
    assert compared([140, 560], [320, 480]).verdict is Verdict.HIGHER
    assert compared([320, 480], [140, 560]).verdict is Verdict.LOWER


@pytest.mark.parametrize("more", range(0, 400, 7))
def test_the_interval_leaves_zero_out_exactly_where_the_chance_is_below_five_percent(more: int) -> None:
    found = compared([500, 500], [500 + more, 500 - more])

    assert (found.chance < 0.05) == (found.interval.low > 0)


def test_the_relative_lift_leaves_zero_out_exactly_where_the_difference_does() -> None:
    for more in range(0, 100, 3):
        found = compared([500 - more, 500 + more], [500, 500])
        assert found.lift is not None
        assert (found.lift.low > 0) == (found.interval.low > 0)


def test_a_lift_over_what_may_be_nothing_is_not_told() -> None:
    assert compared([700, 300], [880, 120]).lift is None


def test_so_many_more_reports_would_show_a_difference_of_that_size_four_times_in_five_to_who_looks_at_the_end() -> None:
    first, second = yes([600, 400]), yes([650, 350])
    more = reports_needed(first, second)
    assert isinstance(more, int)
    reports = 2000 + more
    error = math.sqrt((0.4 * 0.6 + 0.35 * 0.65) / (reports / 2))

    power = 0.5 * math.erfc((critical(reports, 0.05) - 0.05 / error) / math.sqrt(2))

    assert power == pytest.approx(0.8, abs=3e-3)


def test_arms_that_look_alike_need_no_realistic_number_of_reports() -> None:
    assert compared([60, 40], [60, 40]).more_reports is NoPlan.ALIKE
    assert compared([500_000, 500_000], [500_001, 499_999]).more_reports is NoPlan.ALIKE


def test_a_handful_of_reports_is_no_result_however_clear_it_looks() -> None:
    found = compared([0, 29], [200, 0])

    assert found.interval.low > 0
    assert found.verdict is Verdict.CANNOT_TELL
    assert compared([0, 30], [30, 0]).verdict is Verdict.HIGHER


def test_with_a_handful_of_reports_nobody_can_say_how_many_more_it_takes() -> None:
    assert compared([1, 0], [1, 0]).more_reports is NoPlan.TOO_FEW
    assert compared([60, 40], [15, 14]).more_reports is NoPlan.TOO_FEW
    assert isinstance(compared([60, 40], [15, 15]).more_reports, int)


def test_among_many_comparisons_a_difference_must_be_clearer_and_needs_more_reports() -> None:
    clear, alike = compared([440, 560], [540, 460]), compared([500, 500], [505, 495])
    assert clear.verdict is Verdict.HIGHER

    among = settle([clear, *[alike] * 50])[0]

    assert among.verdict is Verdict.CANNOT_TELL
    assert among.alone
    assert among.company == 51
    assert among.corrected == pytest.approx(51 * clear.chance)
    assert among.interval == clear.interval
    assert isinstance(among.more_reports, int)
    assert not alike.alone


def test_devices_that_may_come_again_make_the_interval_wider_and_noise_hides_them() -> None:
    first, second = yes([140, 560]), yes([320, 480])
    none, nine = measure(first, second), measure(first, second, (Again(worst=9.0),) * 2)

    assert none.returning == none.interval
    assert nine.interval == none.interval
    assert nine.returning.low < none.interval.low < none.interval.high < nine.returning.high
    # Were all answers true, ten times the reports of the same devices would be sqrt(10) times as wide.
    assert nine.returning.high - nine.returning.low < math.sqrt(10) * (none.interval.high - none.interval.low)


@pytest.mark.parametrize("counts", [([200, 300], [300, 200]), ([300, 200], [200, 300]), ([40, 60], [950, 50])])
def test_so_many_made_up_reports_undo_a_verdict_and_one_fewer_does_not(counts: tuple[list[int], list[int]]) -> None:
    found = compared(*counts)
    fewest = fakes_to_undo(found)
    assert fewest is not None

    def after(fakes: int) -> bool:
        """Whether some split of the fakes between the arms undoes it, all of them pushing against the verdict."""
        (no1, yes1), (no2, yes2) = counts
        sign = 1 if found.verdict is Verdict.HIGHER else -1
        splits = (([no1 + (k if sign > 0 else 0), yes1 + (0 if sign > 0 else k)], fakes - k) for k in range(fakes + 1))
        return any(
            compared(one, [no2 + (0 if sign > 0 else rest), yes2 + (rest if sign > 0 else 0)]).verdict
            is not found.verdict
            for one, rest in splits
        )

    assert after(fewest)
    assert not after(fewest - 1)


def test_without_a_verdict_there_is_nothing_to_undo() -> None:
    assert fakes_to_undo(compared([60, 40], [60, 40])) is None


RATINGS = (None, 1.0, 2.0, 3.0)
TELLING_ONE = SubsetSelection(answers=4, width=1, a=20, b=1)
TELLING_TWO = SubsetSelection(answers=4, width=2, a=20, b=1)


def rated(mechanism: SubsetSelection, first: list[int], second: list[int]) -> Difference | None:
    one, two = (mean_of(mechanism, counts, RATINGS) for counts in (first, second))
    return settle([measure(one, two)])[0] if one and two else None


@pytest.mark.parametrize(
    ("mechanism", "first", "second"),
    [
        (TELLING_ONE, [90, 20, 40, 180], [90, 70, 60, 110]),
        (TELLING_ONE, [90, 70, 60, 110], [90, 20, 40, 180]),
        (TELLING_TWO, [180, 60, 110, 330], [180, 180, 130, 190]),
    ],
)
def test_so_many_made_up_reports_undo_a_verdict_about_an_average_and_no_lies_of_one_fewer_do(
    mechanism: SubsetSelection, first: list[int], second: list[int]
) -> None:
    found = rated(mechanism, first, second)
    assert found is not None
    assert found.verdict is not Verdict.CANNOT_TELL
    fewest = fakes_to_undo(found)
    assert fewest is not None

    def undone(fakes: int) -> bool:
        """By any two lies, one told in each arm, and any split between the arms."""
        lies = list(combinations(range(4), mechanism.width))
        return any(
            after is None or after.verdict is not found.verdict
            for here, (one, two) in product(range(fakes + 1), product(lies, lies))
            for after in [rated(mechanism, lied(first, one, here), lied(second, two, fakes - here))]
        )

    assert undone(fewest)
    assert not undone(fewest - 1)


def lied(counts: list[int], lie: tuple[int, ...], fakes: int) -> list[int]:
    return [count + fakes * (answer in lie) for answer, count in enumerate(counts)]


def test_where_few_have_a_number_it_takes_least_to_hide_them() -> None:
    """Then there is no average to compare any more; lies about it would take more than twice as many."""
    first, second = [5000, 337, 380, 1230], [5000, 317, 267, 267]
    found = rated(TELLING_ONE, first, second)
    assert found is not None
    assert found.verdict is Verdict.HIGHER

    assert fakes_to_undo(found) == 53

    assert rated(TELLING_ONE, first, lied(second, (0,), 53)) is None
    assert rated(TELLING_ONE, first, lied(second, (0,), 52)) is not None
    untouched = (rated(TELLING_ONE, lied(first, (1,), k), lied(second, (3,), 106 - k)) for k in range(107))
    assert all(after and after.verdict is Verdict.HIGHER for after in untouched)


def test_averages_that_may_be_negative_are_not_told_in_parts_of_one_another() -> None:
    mechanism, first, second = SubsetSelection(3, 1, 8, 1), [100, 300, 500], [500, 300, 100]
    below, above = (
        measure(some(mean_of(mechanism, first, values)), some(mean_of(mechanism, second, values)))
        for values in ((-2.0, 1.0, 9.0), (2.0, 1.0, 9.0))
    )

    assert below.lift is None
    assert above.lift is not None


def some(mean: Mean | None) -> Mean:
    assert mean is not None
    return mean


def test_means_are_compared_like_shares() -> None:
    told = Told(SubsetSelection(2, 1, 8, 1), (0, 4000), (None, 11.0))
    found = measure(Mean(12.0, 0.5, 4000, told), Mean(10.0, 0.5, 4000, told))
    clear = measure(Mean(13.0, 0.5, 4000, told), Mean(10.0, 0.5, 4000, told))

    assert found.value == 2
    assert (found.single.low, found.single.high) == pytest.approx((2 - 1.386, 2 + 1.386), abs=1e-3)
    assert [each.verdict for each in settle([found, clear])] == [Verdict.CANNOT_TELL, Verdict.HIGHER]


def test_a_belief_is_surer_the_clearer_the_difference_and_less_sure_than_without_doubt() -> None:
    beliefs = [compared([500 - more, 500 + more], [500, 500]).belief for more in (0, 10, 40)]
    higher = [belief.higher for belief in beliefs if belief]

    assert higher[0] == pytest.approx(0.5)
    assert higher == sorted(higher)
    assert higher[2] < 0.9999


def test_a_verdict_is_firm_if_returning_devices_cannot_make_it_and_only_then() -> None:
    first, second = yes([320, 680]), yes([400, 600])
    once, often = (settle([measure(first, second, (Again(worst=further),) * 2)])[0] for further in (0.0, 9.0))

    assert (once.verdict, once.firm) == (Verdict.HIGHER, True)
    assert (often.verdict, often.firm) == (Verdict.HIGHER, False)
    assert often.returning.low < 0 < often.interval.low
    assert not settle([measure(first, first)])[0].firm


def test_a_plan_counts_the_comparisons_that_are_not_told_yet() -> None:
    clear, open_, alike = (
        compared([300, 700], [700, 300]),
        compared([560, 440], [600, 400]),
        compared([50, 50], [50, 50]),
    )

    told, planned, _ = settle([clear, open_, alike])

    assert told.verdict is Verdict.HIGHER
    assert planned.more_reports == reports_needed(yes([560, 440]), yes([600, 400]), 0.05 / 2)
    assert planned.more_reports != open_.more_reports
