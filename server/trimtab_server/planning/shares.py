"""Shares as a person writes them: always with a unit, so that 5 and 0.05 cannot be taken for one another."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from trimtab.errors import TrimtabError

PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?) ?%")
AMOUNT: Final = re.compile(r"-?\d+(?:\.\d+)?")
CHANGE: Final = re.compile(r"([+-]?)(\d+(?:\.\d+)?) ?(%|pts?|points?)")


class PlanError(TrimtabError):
    """Something that no plan can be made for; its text says what, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Change:
    """How much a number changes: by `amount` of its size if `relative`, else by `amount` itself (0.02: two points)."""

    amount: Fraction
    relative: bool

    def raised(self, base: Fraction) -> Fraction:
        """What becomes of the base; may lie outside of 0 to 1."""
        return base + (abs(base) if self.relative else 1) * self.amount


def read_percent(option: str, text: str, *, all_too: bool = False) -> Fraction:
    """The share that `5%` or `0.5%` means, above 0 and below 1; 1 as well if `all_too`. Raises PlanError."""
    found = PERCENT.fullmatch(text.strip())
    if not found:
        raise PlanError(f"{option} {text} is no percentage; write one with its sign, such as 5% or 0.5%")
    share = Fraction(found[1]) / 100
    if not 0 < share < 1 and not (all_too and share == 1):
        raise PlanError(
            f"{option} {text} is not above 0% and {'at most' if all_too else 'below'} 100%; use one that is"
        )
    return share


def read_amount(option: str, text: str, unit: str) -> Fraction:
    """The number that `45`, or `45s` of a question in seconds, means. Raises PlanError."""
    number = text.strip().removesuffix(unit).strip()
    if not AMOUNT.fullmatch(number):
        raise PlanError(f"{option} {text} is no number{f' of {unit}' if unit else ''}; write one such as 45")
    return Fraction(number)


def read_change(text: str) -> Change:
    """`10%`: a tenth more than the base; `2pts`: two points more, 5% to 7%; `-10%`: less. Raises PlanError."""
    found = CHANGE.fullmatch(text.strip())
    if not found:
        mend = "write 10% for a tenth more than the base, or 2pts for two points more (5% to 7%)"
        raise PlanError(f"--effect {text} has no unit that is known; {mend}")
    sign, number, unit = found.groups()
    amount = Fraction(number) / 100 * (-1 if sign == "-" else 1)
    if amount == 0:
        raise PlanError(f"--effect {text} is no effect; use one that is not zero")
    return Change(amount, relative=unit == "%")
