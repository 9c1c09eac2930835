"""How fast reports come in, to turn "so many more" into "so many weeks"."""

from collections.abc import Mapping
from typing import Final

from trimtab_server.analyse.lasting import first_day
from trimtab_server.analyse.totals import Totals

PACE_DAYS: Final = 14
"""Two whole weeks: weekends weigh as they should, and last month's campaign is forgotten."""

type Pace = Mapping[tuple[int, int], float]
"""Reports per day by (question, arm); none of late where a pair is missing."""


def reports_per_day(totals: Totals, today: int) -> Pace:
    """Means over the last PACE_DAYS days, or since the first report if that was later."""
    recent = {key: reports for key, reports in totals.items() if today - PACE_DAYS < key[2] <= today}
    first = first_day((day, reports) for (_, _, day), reports in recent.items())
    days = 1 if first is None else today + 1 - first
    pace: dict[tuple[int, int], float] = {}
    for (question, arm, _), reports in recent.items():
        pace[question, arm] = pace.get((question, arm), 0.0) + reports / days
    return pace
