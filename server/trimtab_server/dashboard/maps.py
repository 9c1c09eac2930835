"""A question of cells as a map of the page for each arm, and the same in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from trimtab.messages import Declaration
from trimtab_server.analyse.cells import BUSY, Cell, CellMap, Standing, reports_for_busy_cell
from trimtab_server.analyse.results import QuestionResult
from trimtab_server.dashboard.numbers import ArmLabel, arm_labels
from trimtab_server.dashboard.words import counted, percent, percent_span, roughly

SHOWN: Final = 3
"""Cells in words; the picture has the others."""

CELL_WIDTH: Final = 30
CELL_HEIGHT: Final = 20
GAP: Final = 2
FAINTEST: Final = 0.3
"""Of the arm's colour, for a cell that only just stands out."""
DARK: Final = 0.8
"""From this shade on, a cell's number is written in the colour of the paper."""


@dataclass(frozen=True, slots=True)
class MapCell:
    """One cell of the picture, in its own units. `text` is its share if it stands out above the even one."""

    x: int
    y: int
    standing: str
    shade: float
    dark: bool
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class ArmMap:
    """One arm's picture, and `says`: what it shows, in words."""

    arm: ArmLabel
    width: int
    height: int
    cells: tuple[MapCell, ...]
    says: tuple[str, ...]


def arm_maps(declaration: Declaration, result: QuestionResult) -> Iterator[ArmMap]:
    """A map for each arm with reports, all in the same shades; nothing for other kinds of questions."""
    maps = {arm: found for arm in arm_labels(declaration, result) if (found := result.arms[arm].map)}
    most = max((cell.share for found in maps.values() for cell in found.hottest), default=1.0)
    needed = reports_for_busy_cell(result.mechanism) if maps else 0
    labels, answers = arm_labels(declaration, result), declaration.questions[result.question].answers
    for arm, found in maps.items():
        cells = tuple(_cell(each, answers[each.answer], found.even, most) for each in found.cells)
        right, bottom = max(cell.x for cell in cells), max(cell.y for cell in cells)
        says = tuple(_says(found, answers, needed))
        yield ArmMap(labels[arm], right + CELL_WIDTH, bottom + CELL_HEIGHT, cells, says)


def _cell(cell: Cell, name: str, even: float, most: float) -> MapCell:
    above = cell.standing is Standing.ABOVE
    shade = round(FAINTEST + (1 - FAINTEST) * (cell.share - even) / (most - even), 2) if above else 0.0
    told = f"{name}: {percent(cell.share, 1)} ({percent_span(cell.interval, 1)})"
    return MapCell(
        x=cell.column * (CELL_WIDTH + GAP),
        y=cell.row * (CELL_HEIGHT + GAP),
        standing={Standing.ABOVE: "above", Standing.BELOW: "below", Standing.NOT_TOLD: "untold"}[cell.standing],
        shade=shade,
        dark=shade >= DARK,
        text=percent(cell.share, 0) if above else "",
        title=f"{name}: not told apart" if cell.standing is Standing.NOT_TOLD else told,
    )


def _says(found: CellMap, answers: tuple[str, ...], needed: int) -> Iterator[str]:
    hottest = found.hottest
    if not hottest:
        yield (
            f"Cannot tell yet: no cell stands out. One that {percent(float(BUSY), 0)} of visitors attend to most shows"
            f" with about {roughly(needed)} reports."
        )
    for cell in hottest[:SHOWN]:
        yield f"{answers[cell.answer]}: {percent(cell.share, 1)} ({percent_span(cell.interval, 1)})"
    if len(hottest) > SHOWN:
        yield f"{counted(len(hottest) - SHOWN, 'more cell')} clearly above {percent(found.even, 1)}, an even share"
    below = sum(cell.standing is Standing.BELOW for cell in found.cells)
    if below:
        yield f"{counted(below, 'cell')} clearly below {percent(found.even, 1)}, an even share"
