"""Numbers as a person reads them."""

import math
from typing import Final

from trimtab_server.analyse.differences import NoPlan
from trimtab_server.analyse.intervals import Interval
from trimtab_server.days import as_date

MINUS: Final = "\u2212"
"""The sign that is as wide as a plus; a hyphen is not."""

LONGEST_DAYS: Final = 2 * 365
"""Nobody waits longer for an answer about a web page; the number of days would be a guess anyway."""

MOST_LIFT: Final = 10.0
"""Eleven times as many: beyond, the first number says nothing but that the second is small."""


def counted(number: int, noun: str) -> str:
    """'1 report', '1,204 reports'."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(share: float, decimals: int) -> str:
    """A share from 0 to 1 as '31%'; what noise pushed below 0 or above 1 is shown as the limit."""
    return f"{min(max(share, 0.0), 1.0):.{decimals}%}"


def percent_span(interval: Interval, decimals: int) -> str:
    """'27 to 35%', cut to what a share can be; of one that noise has pushed out wholly, 'about 0%' or 'about 100%'."""
    if interval.high <= 0 or interval.low >= 1:
        return f"about {percent(interval.low, 0)}"
    shown = interval.clipped(0, 1)
    return f"{100 * shown.low:.{decimals}f} to {percent(shown.high, decimals)}"


def amount(number: float, decimals: int) -> str:
    """'1,204.5'; a number below 0 with a minus that is as wide as a plus."""
    text = f"{abs(number):,.{decimals}f}"
    return f"{MINUS}{text}" if number < 0 and text.strip("0.,") else text


def signed(difference: float, decimals: int) -> str:
    """A difference of two numbers: '+4.2'; what rounds to 0 has no sign."""
    text = amount(difference, decimals)
    return f"+{text}" if difference > 0 and text.strip("0.,") else text


def points(difference: float, decimals: int) -> str:
    """A difference of shares with its sign: '+7', in percentage points."""
    return signed(100 * difference, decimals)


def points_span(interval: Interval, decimals: int, joint: str = "to") -> str:
    """'+2 to +12', cut to what a difference can be."""
    shown = interval.clipped(-1, 1)
    return f"{points(shown.low, decimals)} {joint} {points(shown.high, decimals)}"


def lift_span(lift: Interval, joint: str = "to") -> str:
    """'+4% to +31%': a relative difference, from −100%; from '+1,000%' on it is 'or more'."""
    shown = lift.clipped(-1, MOST_LIFT)
    more = " or more" if lift.high > MOST_LIFT else ""
    return f"{points(shown.low, 0)}% {joint} {points(shown.high, 0)}%{more}"


def fitting_decimals(narrowest: Interval) -> int:
    """As many decimals as an interval gives reason for: none while it is wider than 4 points."""
    return 0 if narrowest.high - narrowest.low > 0.04 else 1


def roughly(number: int) -> str:
    """Rounded up to two digits that count: 2,736 becomes '2,800'. More would pretend to know."""
    step = 10 ** max(len(str(number)) - 2, 0)
    return f"{math.ceil(number / step) * step:,}"


def reports_to_come(more: int | NoPlan, per_day: float) -> str:
    """'about 2,800 more reports, 3 weeks' at this pace, or why that cannot be said."""
    if isinstance(more, NoPlan):
        return more
    days = math.ceil(more / per_day) if per_day else None
    if days is not None and days > LONGEST_DAYS:
        return "would take years"
    reports = f"about {roughly(more)} more report{'' if more == 1 else 's'}"
    return reports if days is None else f"{reports}, {lasting(days)}"


def lasting(days: int) -> str:
    """'3 days', '5 weeks', '8 months': the coarsest unit of which there are two or more."""
    for unit, length in (("month", 30), ("week", 7)):
        if days >= 2 * length:
            return counted(math.ceil(days / length), unit)
    return counted(days, "day")


def day_name(day: int) -> str:
    """'3 Nov 2026' for a day since 1970."""
    date = as_date(day)
    return f"{date.day} {date:%b %Y}"
