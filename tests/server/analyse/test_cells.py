import math
import random
from fractions import Fraction

import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.boundary import critical
from trimtab_server.analyse.cells import Standing, cell_map, reports_for_busy_cell

NINETY_SEVEN = SubsetSelection(97, 11, 8, 1)


def expected(visitors: dict[int, int], reports: int) -> list[int]:
    """Counts if chance does just what it should; the visitors that are not named are spread over all cells."""
    rest = Fraction(reports - sum(visitors.values()), 96)
    p, q = NINETY_SEVEN.keep, NINETY_SEVEN.stray
    truths = [visitors.get(answer, 0) + (rest if answer else 0) for answer in range(97)]
    return [round(truth * p + (reports - truth) * q) for truth in truths]


def simulated(shares: list[float], reports: int, draws: random.Random) -> list[int]:
    counts = [0] * 97
    for truth in draws.choices(range(97), shares, k=reports):
        for answer in NINETY_SEVEN.tell(truth, NINETY_SEVEN.offsets(draws.randrange(NINETY_SEVEN.modulus))):
            counts[answer] += 1
    return counts


def test_a_map_is_read_by_rows_of_eight_and_the_even_share_leaves_out_who_has_no_cell() -> None:
    found = cell_map(NINETY_SEVEN, expected({0: 40_000, 20: 20_000}, 100_000))

    assert found is not None
    assert found.reports == pytest.approx(100_000, abs=5)  # counts are rounded
    assert found.even == pytest.approx(0.6 / 96, abs=1e-5)
    [hot] = found.hottest
    assert (hot.answer, hot.row, hot.column) == (20, 2, 3)
    assert hot.share == pytest.approx(0.2 + 0.4 / 96, abs=1e-4)


def test_a_cell_that_nobody_attends_to_is_told_too() -> None:
    counts = expected({}, 1_000_000)
    counts[5] = round(1_000_000 * NINETY_SEVEN.stray)
    found = cell_map(NINETY_SEVEN, counts)

    assert found is not None
    assert [cell.answer for cell in found.cells if cell.standing is Standing.BELOW] == [5]


def test_without_reports_there_is_no_map_and_with_few_nothing_stands_out() -> None:
    assert cell_map(NINETY_SEVEN, [0] * 97) is None
    few = cell_map(NINETY_SEVEN, [0, *[20] * 11, *[0] * 85])
    assert few is not None
    assert few.reports == 20
    assert few.hottest == []


def test_of_a_page_where_all_cells_hold_the_same_hardly_a_map_shows_one() -> None:
    draws = random.Random(20261123)  # noqa: S311  # simulated visitors, no secret
    maps = [cell_map(NINETY_SEVEN, simulated([0.2, *[0.8 / 96] * 96], 1_000, draws)) for _ in range(20)]

    assert [found and found.hottest for found in maps] == [[]] * 20


def test_a_busy_cell_shows_in_four_maps_of_five_with_the_reports_that_are_promised() -> None:
    draws = random.Random(20261124)  # noqa: S311  # simulated visitors, no secret
    reports = reports_for_busy_cell(NINETY_SEVEN)
    maps = [cell_map(NINETY_SEVEN, simulated([0.0, 0.1, *[0.9 / 95] * 95], reports, draws)) for _ in range(40)]

    shown = sum(any(cell.answer == 1 for cell in found.hottest) for found in maps if found)
    assert 28 <= shown <= 37  # 32 give or take two standard deviations


def test_the_promised_reports_are_the_first_that_reach_the_boundary() -> None:
    reports = reports_for_busy_cell(NINETY_SEVEN)
    p, q = float(NINETY_SEVEN.keep), float(NINETY_SEVEN.stray)
    told = 0.1 * p + 0.9 * q

    def beyond(n: int) -> float:
        gap = (0.1 - 0.9 / 95) * (p - q) * math.sqrt(n / (told * (1 - told)))
        return gap - critical(n, 0.05 / 96) - 0.8416212

    assert beyond(reports) >= 0 > beyond(reports - 1)
