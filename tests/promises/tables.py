"""The tables of server/PROMISES.md: `python -m tests.promises` makes them, a proof compares them."""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final

from tests.promises import rates
from tests.promises.rates import BASES, GROUPS, NOISES, VISITORS, Alarms, Coverage, Monthly, OfGroup, Power, Returning
from trimtab_server.analyse.planning import Looking

PAGE: Final = Path(__file__).parents[2] / "server" / "PROMISES.md"
PLACE: Final = r"(?P<begin><!-- table: {name} -->\n).*?(?=\n<!-- end -->)"
MOSTLY_UNTOLD: Final = 0.05
"""Above this part of ratios without an upper end, a coverage says little, and is marked."""


@cache
def coverage(noise: int, base: float, visitors: int) -> Coverage:
    """Made once for all tables and tests."""
    return rates.coverage(noise, base, visitors)


@cache
def monthly(noise: int, base: float, visitors: int, habit: float) -> Monthly:
    """Made once for all tables and tests."""
    return rates.monthly(noise, base, visitors, habit)


@cache
def returning(noise: int, base: float, visitors: int, habit: float) -> Returning:
    """Made once for all tables and tests."""
    return rates.returning(noise, base, visitors, habit)


@cache
def alarms(noise: int, base: float, visitors: int, held_out: float) -> Alarms:
    """Made once for all tables and tests."""
    return rates.alarms(noise, base, visitors, held_out)


@cache
def alarms_returning(noise: int, base: float, visitors: int, habit: float) -> Alarms:
    """Made once for all tables and tests."""
    return rates.alarms_returning(noise, base, visitors, habit)


@cache
def of_group(noise: int, group: str, visitors: int) -> OfGroup:
    """Made once for all tables and tests."""
    return rates.of_group(noise, group, visitors)


@cache
def power(looking: Looking, noise: int, base: float, visitors: int) -> Power | None:
    """Made once for all tables and tests."""
    return rates.power(looking, noise, base, visitors)


def coverage_table() -> Iterator[str]:
    """A row for each noise and base rate; in each cell the three numbers of visitors."""
    yield from header("a/b", "base rate", "share", "difference", "relative", "difference, all times")
    for noise, base in product(NOISES, BASES):
        cells = [coverage(noise, base, visitors) for visitors in VISITORS]
        ratios = [told(cell.ratio) + ("†" if cell.untold > MOSTLY_UNTOLD else "") for cell in cells]
        yield row(
            str(noise),
            f"{base:.0%}",
            " / ".join(told(cell.share) for cell in cells),
            " / ".join(told(cell.difference) for cell in cells),
            " / ".join(ratios),
            " / ".join(told(cell.always, limits=False) for cell in cells),
        )


def monthly_table() -> Iterator[str]:
    """The same, of visitors who are asked the same again as soon as may be: coverage, then false alarms."""
    yield from header(
        "a/b",
        "base rate",
        "day 30",
        "day 60",
        "day 60, a share",
        "day 60, as if all were new",
        "day 60, half by habit",
        "false alarms",
        "of firm verdicts",
        "half by habit",
    )
    for noise, base in product(NOISES, BASES):
        half, alike = ([monthly(noise, base, visitors, habit) for visitors in VISITORS] for habit in (0.5, 1.0))
        columns = (
            [told(each.first) for each in alike],
            [told(each.second) for each in alike],
            [told(each.share) for each in alike],
            [told(each.narrow) for each in alike],
            [told(each.second) for each in half],
            [most(each.always) for each in alike],
            [most(each.firm) for each in alike],
            [most(each.always) for each in half],
        )
        yield row(str(noise), f"{base:.0%}", *(" / ".join(column) for column in columns))


def returning_table() -> Iterator[str]:
    """The same, of visitors who report the same several times a month, as no device does; false alarms at the end."""
    alike = ("one look", "one look, returns known", "all times", "if visitors return")
    yield from header(
        "a/b",
        "base rate",
        "half by habit: one look",
        "all times",
        *(f"always alike: {kind}" for kind in alike),
        "false alarms: half by habit",
        "always alike",
        "always alike, firm",
    )
    for noise, base in product(NOISES, BASES):
        half, all_ = ([returning(noise, base, visitors, habit) for visitors in VISITORS] for habit in (0.5, 1.0))
        columns = (
            [each.single for each in half],
            [each.always for each in half],
            [each.single for each in all_],
            [each.known for each in all_],
            [each.always for each in all_],
            [each.worst for each in all_],
        )
        known = columns[3]
        cells = (" / ".join(told(rate, limits=column is known, least=0.94) for rate in column) for column in columns)
        yield row(str(noise), f"{base:.0%}", *cells, *(" / ".join(column) for column in _false(noise, base)))


def _false(noise: int, base: float) -> Iterator[list[str]]:
    half, alike = ([alarms_returning(noise, base, visitors, habit) for visitors in VISITORS] for habit in (0.5, 1.0))
    yield [most(each.always) for each in half]
    yield [most(each.always) for each in alike]
    yield [most(each.worst) for each in alike]


def alarms_table() -> Iterator[str]:
    """A row for each noise and base rate: how often something is said where nothing is."""
    yield from header("a/b", "base rate", "halves, intervals for one look", "halves", "a tenth held out")
    for noise, base in product(NOISES, BASES):
        halves = [alarms(noise, base, visitors, 0.5) for visitors in VISITORS]
        held_out = [alarms(noise, base, visitors, 0.1) for visitors in VISITORS]
        yield row(
            str(noise),
            f"{base:.0%}",
            " / ".join(most(each.single) for each in halves),
            *(" / ".join(most(each.always) for each in cells) for cells in (halves, held_out)),
        )


def family_table() -> Iterator[str]:
    """A row for each noise: a whole page."""
    yield from header("a/b", *(f"{visitors:,} visitors" for visitors in VISITORS))
    for noise in NOISES:
        yield row(str(noise), *(most(rates.family_alarms(noise, visitors)) for visitors in VISITORS))


def groups_table() -> Iterator[str]:
    """A row for each kind of average and noise."""
    yield from header(
        "a/b", "of whom", "there is one", "average", "difference", "difference, all times", "false alarms in 60 days"
    )
    for group, noise in product(GROUPS, NOISES):
        cells = [of_group(noise, group, visitors) for visitors in VISITORS]
        columns = (
            [part(each.told) for each in cells],
            [known(each.average) for each in cells],
            [known(each.difference) for each in cells],
            [known(each.always, limits=False) for each in cells],
            [most(each.alarms) for each in cells],
        )
        yield row(str(noise), group, *(" / ".join(column) for column in columns))


def power_table() -> Iterator[str]:
    """A row for each noise, base rate and number of visitors: what a plan promises to find in 80 of 100."""
    yield from header("a/b", "base rate", "visitors", "one look: effect", "found", "a look every day: effect", "found")
    for noise, base, visitors in product(NOISES, BASES, VISITORS):
        cells: list[str] = []
        for looking in Looking:
            plan = power(looking, noise, base, visitors)
            cells += ["nothing", "–"] if plan is None else [f"to {plan.raised:.1%}", told(plan.found, limits=False)]
        yield row(str(noise), f"{base:.0%}", f"{visitors:,}", *cells)


TABLES: Final[dict[str, Callable[[], Iterable[str]]]] = {
    "coverage": coverage_table,
    "alarms": alarms_table,
    "monthly": monthly_table,
    "returning": returning_table,
    "family": family_table,
    "groups": groups_table,
    "power": power_table,
}


def told(rate: float, *, limits: bool = True, least: float = 0.0) -> str:
    """'94.9'; bold outside of 94 to 96 percent if there are limits, or below `least`."""
    text = f"{100 * rate:.1f}"
    return f"**{text}**" if (limits and not 0.94 <= rate <= 0.96) or rate < least else text


def known(rate: float, *, limits: bool = True) -> str:
    """The same; a dash where there was nothing to tell of."""
    return "–" if math.isnan(rate) else told(rate, limits=limits)


def part(rate: float) -> str:
    """'100'; of experiments in which there is a number at all."""
    return f"{100 * rate:.0f}"


def most(rate: float) -> str:
    """'1.9'; bold above 5 percent."""
    return f"**{100 * rate:.1f}**" if rate > 0.05 else f"{100 * rate:.1f}"


def header(*cells: str) -> Iterator[str]:
    """The head of a table."""
    yield row(*cells)
    yield row(*["---"] * len(cells))


def row(*cells: str) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def written(name: str) -> str:
    """The table as it stands in the PAGE."""
    found = re.search(PLACE.format(name=name), PAGE.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"{PAGE} has no place for the table {name!r}")
    return found[0].removeprefix(found["begin"])


def write(name: str) -> None:
    """Makes the table anew in the PAGE."""
    table = "\n".join(TABLES[name]())
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        re.sub(PLACE.format(name=name), lambda found: found["begin"] + table, text, flags=re.DOTALL), encoding="utf-8"
    )
