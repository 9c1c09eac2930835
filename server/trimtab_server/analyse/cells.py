"""Where on the page attention went: which cells of the map hold clearly more visitors than if all held the same.

A map says so of 96 cells at once, and may be looked at every day: so its intervals reach as far as `boundary` asks for
at a level of 5 % among all cells (Bonferroni). Its clock may be any that runs with the information, and for one share
that is the number of reports. So of 20 maps of a page where every cell holds the same, one ever shows a cell.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from typing import Final

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.scales import GRID_COLUMNS
from trimtab_server.analyse.boundary import critical
from trimtab_server.analyse.differences import ERROR, FEWEST_REPORTS, OUT_OF_REACH, Z_POWER
from trimtab_server.analyse.estimates import answer_share
from trimtab_server.analyse.intervals import Interval
from trimtab_server.analyse.precision import report_variance

BUSY: Final = Fraction(1, 10)
"""A cell that one visitor in ten attended to most is worth knowing of: about ten times the even share; ours."""


class Standing(StrEnum):
    """A cell beside the even share, which is inside of the interval while it is not told apart."""

    ABOVE = "above"
    BELOW = "below"
    NOT_TOLD = "not told apart"


@dataclass(frozen=True, slots=True)
class Cell:
    """The share of visitors who attended to this cell most. `row` and `column` count from 0; `answer` is its index."""

    answer: int
    row: int
    column: int
    share: float
    interval: Interval
    standing: Standing


@dataclass(frozen=True, slots=True)
class CellMap:
    """One arm's map. `even`: what each cell would hold if all visitors with a cell were spread over them evenly."""

    reports: int
    even: float
    cells: tuple[Cell, ...]

    @property
    def hottest(self) -> list[Cell]:
        """The cells that are clearly above, the highest estimate first."""
        return sorted((each for each in self.cells if each.standing is Standing.ABOVE), key=lambda cell: -cell.share)


def cell_map(mechanism: SubsetSelection, counts: Sequence[int], further: float = 0) -> CellMap | None:
    """The map of an arm, from how many reports told each answer (the first is "none"); None without a report.

    `further`: see `Quantity`.
    """
    reports = sum(counts) // mechanism.width
    if reports == 0:
        return None
    cells = mechanism.answers - 1
    even = (1 - min(max(answer_share(mechanism, counts, 0).value, 0.0), 1.0)) / cells
    wide = critical(reports, ERROR / cells)

    def cell(answer: int) -> Cell:
        share = answer_share(mechanism, counts, answer, further)
        interval = share.around(wide)
        row, column = divmod(answer - 1, GRID_COLUMNS)
        return Cell(answer, row, column, share.value, interval, _standing(interval, even, reports))

    return CellMap(reports, even, tuple(cell(answer) for answer in range(1, mechanism.answers)))


def reports_for_busy_cell(mechanism: SubsetSelection) -> int:
    """About how many reports an arm needs to show a cell that BUSY of its visitors attended to most, in 4 cases of 5.

    The present estimates are not planned with: of 96 the highest is too high, because chance chose it.
    """
    gap = float(BUSY - (1 - BUSY) / (mechanism.answers - 2))
    deviation = sqrt(report_variance(mechanism, BUSY))
    level = ERROR / (mechanism.answers - 1)
    return 1 + bisect_left(
        range(1, OUT_OF_REACH),
        True,  # the key's value that is sought
        key=lambda reports: gap * sqrt(reports) / deviation >= critical(reports, level) + Z_POWER,
    )


def _standing(interval: Interval, even: float, reports: int) -> Standing:
    if even in interval or reports < FEWEST_REPORTS:
        return Standing.NOT_TOLD
    return Standing.ABOVE if interval.low > even else Standing.BELOW
