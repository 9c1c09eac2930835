"""How long a policy has been asked, by the days in its reports.

A device's clock may be a month slow, and who makes a report up may date it so. From a hundred reports on one must not
make a policy look older: what depends on its age would be another (how often a device can have come again, how fast
reports come in).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

ASIDE: Final = Fraction(1, 100)
"""Of all reports at most this part, the first and the last, are taken for misdated."""

type Dated = Iterable[tuple[int, int]]
"""Numbers of reports, each with its day before it."""


def first_day(dated: Dated) -> int | None:
    """The first day by which more of these reports had come than ASIDE; None without a report."""
    by_day = _by_day(dated)
    return _reached(by_day, sorted(by_day))


def days_asked(dated: Dated) -> int:
    """From that day to the last one on which so many were still to come, both counted; 0 without a report."""
    by_day = _by_day(dated)
    first, last = (_reached(by_day, sorted(by_day, reverse=back)) for back in (False, True))
    return 0 if first is None or last is None else last - first + 1


def _by_day(dated: Dated) -> Counter[int]:
    by_day: Counter[int] = Counter()
    for day, reports in dated:
        by_day[day] += reports
    return by_day


def _reached(by_day: Mapping[int, int], days: Iterable[int]) -> int | None:
    most, passed = ASIDE * sum(by_day.values()), 0
    for day in days:
        passed += by_day[day]
        if passed > most:
            return day
    return None
