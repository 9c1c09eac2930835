"""Trials that several test files plan for."""

from fractions import Fraction

from trimtab.messages import Arm
from trimtab_server.analyse.effects import ShareEffect
from trimtab_server.analyse.planning import Trial
from trimtab_server.analyse.reach import Audience, Company, Contrast, Side


def trial(
    *,
    shown: str = "1/2",
    plain: str = "1/2",
    asked: str = "1",
    sharing: str = "1",
    days_a_month: int = 1,
    per_day: int | None = None,
    company: int = 1,
) -> Trial:
    """Every visitor reports, half of them in each arm, unless said otherwise. Shares are fractions as text.

    `company`: how many comparisons there are.
    """
    sides = (
        Side(Arm("size", name), Fraction(share), Fraction(1)) for name, share in (("big", shown), ("plain", plain))
    )
    return Trial(
        Audience(Fraction(sharing), days_a_month, per_day), Contrast(*sides), Fraction(asked), Company(company, 0, 1, 0)
    )


def effect(base: str, raised: str) -> ShareEffect:
    """Shares in percent as text, such as 5 and 5.5."""
    return ShareEffect(Fraction(base) / 100, Fraction(raised) / 100)
