"""The only clock of the server: days since 1970-01-01, UTC. No finer time is read, so none can be kept."""

import time
from datetime import UTC, date, datetime
from typing import Final

DAY_S: Final = 86_400
EPOCH: Final = date(1970, 1, 1)


def utc_day() -> int:
    """Today."""
    return int(time.time() // DAY_S)


def as_date(day: int) -> date:
    """The calendar's name of a day."""
    return datetime.fromtimestamp(day * DAY_S, UTC).date()
