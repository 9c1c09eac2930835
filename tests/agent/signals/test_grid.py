import pytest

from trimtab.signals.attention import IDLE_LIMIT_MS, Attention
from trimtab.signals.grid import Grid
from trimtab.values import Kind, Measure, Missing

WINDOW_PX = 800.0


def page(*, on: bool = True) -> tuple[Grid, Attention]:
    """A window of 800 px on a document of 9600 px: each row of cells is one window, each column 100 px wide."""
    attention = Attention()
    attention.update(Kind.PAGE, 0.0)
    grid = Grid(attention, on=on)
    grid.measure(800.0, 9_600.0)
    grid.update(0.0, WINDOW_PX, 0.0)
    return grid, attention


def scroll(grid: Grid, attention: Attention, y_px: float, t_ms: float) -> None:
    attention.update(Kind.SCROLL, t_ms)
    grid.update(y_px, WINDOW_PX, t_ms)


def cell(grid: Grid, now_ms: float) -> float:
    reading = grid.cell(now_ms)
    assert isinstance(reading, Measure)
    return reading.value


def test_without_a_pointer_attention_is_in_the_middle_of_the_window() -> None:
    grid, attention = page()
    scroll(grid, attention, 4_000, 1_000)

    assert cell(grid, 5_000) == 5 * 8 + 4


def test_where_the_pointer_was_last_is_where_attention_is_also_after_scrolling() -> None:
    grid, attention = page()
    grid.point(750, 10)
    scroll(grid, attention, 1_600, 100)

    assert cell(grid, 5_000) == 2 * 8 + 7


def test_the_cell_that_held_most_wins_and_the_present_one_overtakes_it_in_its_own_time() -> None:
    grid, attention = page()
    scroll(grid, attention, 1_600, 6_000)
    reading = grid.cell(8_000)

    assert reading == Measure("cell of most attention", "", 4.0, 8_000, until_ms=12_000)
    assert cell(grid, 12_000) == 4
    assert cell(grid, 12_001) == 2 * 8 + 4


def test_a_cell_that_is_come_back_to_goes_on_where_it_stood() -> None:
    grid, attention = page()
    for y_px, t_ms in ((1_600, 3_000), (0, 7_000), (1_600, 9_000)):
        scroll(grid, attention, y_px, t_ms)

    assert cell(grid, 9_000) == 4  # 5 s against 4 s
    assert cell(grid, 10_500) == 2 * 8 + 4


def test_time_without_attention_counts_for_no_cell() -> None:
    grid, attention = page()
    scroll(grid, attention, 1_600, 20_000)
    reading = grid.cell(20_000 + 10 * IDLE_LIMIT_MS)
    assert isinstance(reading, Measure)
    assert (reading.value, reading.until_ms) == (20, float("inf"))

    scroll(grid, attention, 9_000, 1_000_000)
    assert cell(grid, 1_005_000) == 20


def test_positions_beyond_the_page_are_its_edge() -> None:
    grid, attention = page()
    grid.point(-50, 5_000)
    scroll(grid, attention, 9_000, 10)

    assert cell(grid, 5_000) == 11 * 8


def test_before_two_seconds_of_attention_nothing_is_known_and_it_says_until_when() -> None:
    grid, _ = page()

    assert grid.cell(500) == Missing("cell of most attention", "attended for less than 2 s", 2_000)
    assert cell(grid, 2_000) == 4


def test_a_page_that_was_not_measured_has_no_cells_to_move_between() -> None:
    grid = Grid(Attention(), on=True)
    grid.update(5_000, WINDOW_PX, 100)

    assert isinstance(grid.cell(100), Missing)


def test_what_no_question_asks_for_is_not_known() -> None:
    grid, _ = page(on=False)

    assert grid.cell(5_000) == Missing("cell of most attention", "no question asks for it")


@pytest.mark.parametrize("seconds", [1, 60, 600])
def test_its_memory_does_not_grow(seconds: int) -> None:
    grid, attention = page()
    for n in range(10 * seconds):
        scroll(grid, attention, 37.0 * n % 9_000, 100.0 * n)

    assert len(grid._attended_ms) == 96
    assert sum(grid._attended_ms) == pytest.approx(100.0 * (10 * seconds - 1))
