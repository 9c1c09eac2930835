"""The same differences seen otherwise: relative, by one look, as a belief, with visitors that return, with liars."""

from dataclasses import dataclass
from typing import Final

from trimtab_server.analyse.differences import Difference, Verdict, fakes_to_undo
from trimtab_server.analyse.fakes import most_moved
from trimtab_server.dashboard.units import Unit
from trimtab_server.dashboard.words import lift_span, percent

FAKES: Final = 100
"""A number of made-up reports that a person with a script sends before breakfast."""


@dataclass(frozen=True, slots=True)
class OtherViews:
    """One difference in five more ways, each as text."""

    relative: str
    single: str
    belief: str
    sure: str
    returning: str
    lies: str
    undone: str


def other_views(difference: Difference, unit: Unit) -> OtherViews:
    """`unit`: as in the table of the differences."""
    belief = difference.belief
    return OtherViews(
        relative="the second may be 0 or less" if difference.lift is None else lift_span(difference.lift),
        single=unit.change_span(difference.single),
        belief="nothing to go by" if belief is None else unit.change_span(belief.interval),
        sure="" if belief is None else f"{sureness(belief.higher)} that it is higher",
        returning=unit.change_span(difference.returning),
        lies=lies(difference, unit),
        undone=undone(difference),
    )


def sureness(chance: float) -> str:
    """'84%'; nobody is ever quite sure."""
    return "over 99%" if chance > 0.99 else "under 1%" if chance < 0.01 else percent(chance, 0)


def lies(difference: Difference, unit: Unit) -> str:
    """How far made-up reports can move it: '100 move it 1.3 points at most'."""
    return f"{FAKES} move it {unit.extent(most_moved(difference.first, difference.second, FAKES))} at most"


def undone(difference: Difference) -> str:
    """'412 undo the verdict', if there is one."""
    fewest = fakes_to_undo(difference)
    return "" if fewest is None else f"{fewest:,} undo the verdict"


def reservation(difference: Difference) -> str:
    """What to add to the verdict, if anything: what it takes for granted, or what alone stands in its way."""
    if difference.alone:
        return f"clear alone, not as one of {difference.company}"
    return "" if difference.firm or difference.verdict is Verdict.CANNOT_TELL else "if few visitors return"
