"""Numbers of a plan as a person reads them: rounded, and never to the comfortable side."""

import math
from fractions import Fraction
from typing import Final

EXACT_BELOW: Final = 10_000
MILLION: Final = 1_000_000
BILLION: Final = 1_000_000_000
MOST_PEOPLE: Final = 990 * BILLION
"""A hundred times as many as there are people: no site needs to be told apart beyond."""
YEAR_DAYS: Final = 365
MOST_YEARS: Final = 100


def people(visitors: int | None) -> str:
    """Visitors: exact below ten thousand, then rounded up to three digits, then to two of a million or billion.

    At most eleven characters: a table's columns are one wider.
    """
    if visitors is None or visitors > MOST_PEOPLE:
        return "too many"
    if visitors < EXACT_BELOW:
        return f"{visitors:,}"
    if visitors < 10 * MILLION:
        return f"{_rounded_up(visitors, 3):,}"
    rounded = _rounded_up(visitors, 2)
    if rounded < BILLION:
        return f"{rounded // MILLION} million"
    return f"{rounded / BILLION:.1f} billion" if rounded < 10 * BILLION else f"{rounded // BILLION} billion"


def length(days: int | None) -> str:
    """Days below ten years, then whole years, rounded up."""
    if days is None:
        return "never"
    if days <= 10 * YEAR_DAYS:
        return f"{days:,} day{'s' if days != 1 else ''}"
    years = -(-days // YEAR_DAYS)
    return f"{years} years" if years <= MOST_YEARS else f"{MOST_YEARS}+ years"


def percent(share: Fraction) -> str:
    """A share with at most four digits, such as 5%, 5.5% or 0.125%."""
    return f"{float(100 * share):.4g}%"


def percent_away(share: Fraction, base: Fraction) -> str:
    """A share with three digits, rounded away from the base."""
    unit = Fraction(10) ** (math.floor(math.log10(share)) - 2)
    steps = math.ceil(share / unit) if share > base else math.floor(share / unit)
    return percent(steps * unit)


def points(gap: Fraction) -> str:
    """A difference of shares: 0.5 points."""
    number = f"{float(100 * abs(gap)):.4g}"
    return f"{number} point{'s' if number != '1' else ''}"


def amount(number: float | Fraction, unit: str = "") -> str:
    """An average with at most four digits, such as 45.5 s."""
    return f"{float(number):.4g}{f' {unit}' if unit else ''}"


def amount_away(number: float, base: float, unit: str) -> str:
    """The same, rounded away from the base to three digits of the difference."""
    step = 10.0 ** (math.floor(math.log10(abs(number - base))) - 2)
    steps = (number - base) / step
    return amount(base + step * (math.ceil(steps) if steps > 0 else math.floor(steps)), unit)


def _rounded_up(number: int, digits: int) -> int:
    unit = int(10 ** (len(str(number)) - digits))
    return -(-number // unit) * unit
