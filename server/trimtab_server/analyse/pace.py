"""How fast reports come in, to turn "so many more" into "so many weeks"."""

from collections.abc import Iterable, Mapping
from typing import Final

from trimtab_server.store.counting import Count

PACE_DAYS: Final = 14
"""Two whole weeks: weekends weigh as they should, and last month's campaign is forgotten."""

type Pace = Mapping[tuple[int, int], float]
"""Reports per day by (question, arm); none of late where a pair is missing."""


def reports_per_day(counts: Iterable[Count], today: int) -> Pace:
    """Means over the last PACE_DAYS days, or since the first report if that was later."""
    recent = [count for count in counts if today - PACE_DAYS < count.day <= today]
    days = today + 1 - min((count.day for count in recent), default=today)
    pace: dict[tuple[int, int], float] = {}
    for count in recent:
        key = (count.question, count.arm)
        pace[key] = pace.get(key, 0.0) + count.reports / days
    return pace
