"""How long a policy has been asked, by the days in its reports.

A device's clock may be a month slow, and who makes a report up may date it so. One report must not make a policy look
older: what depends on its age (how often a device can have come again, how fast reports come in) would be another.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

ASIDE: Final = Fraction(1, 100)
"""Of all reports at most this part, the first and the last, are taken for misdated."""


def first_day(by_day: Mapping[int, int]) -> int:
    """The first day by which more of these reports (a number for each day, one at least) had come than ASIDE."""
    return _reached(by_day, sorted(by_day))


def days_asked(by_day: Mapping[int, int]) -> int:
    """From that day to the last one on which so many were still to come, both counted; 0 without a report."""
    if not by_day:
        return 0
    return _reached(by_day, sorted(by_day, reverse=True)) - first_day(by_day) + 1


def _reached(by_day: Mapping[int, int], days: list[int]) -> int:
    most, passed = ASIDE * sum(by_day.values()), 0
    for day in days:
        passed += by_day[day]
        if passed > most:
            return day
    raise ValueError("there is no report")
