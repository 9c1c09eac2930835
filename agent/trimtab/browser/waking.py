"""What a lean runtime does first, when its memory has been filled: nothing in it may be of the machine that made it.

A memory image is the same for every visitor. So is what was drawn by chance, or read off the clock, while it was made.
"""

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

drawn: Final[list["Random"]] = []
"""The generators that seeded themselves while the image was made: the module's own, and those of a policy."""


def wake() -> None:
    """Called once in each worker, before anything else."""
    for generator in drawn:
        generator.seed()
    _set_zone()


def _set_zone() -> None:
    """The constants of `time`, of this machine, as Python finds them when it starts."""
    year = time.gmtime().tm_year
    winter, summer = (time.localtime(time.mktime((year, month, 1, 12, 0, 0, 0, 0, -1))) for month in (1, 7))
    standard, saving = (winter, summer) if winter.tm_gmtoff <= summer.tm_gmtoff else (summer, winter)
    module = sys.modules["time"]
    values = {
        "timezone": -standard.tm_gmtoff,
        "altzone": -saving.tm_gmtoff,
        "daylight": int(standard.tm_gmtoff != saving.tm_gmtoff),
        "tzname": (standard.tm_zone, saving.tm_zone),
    }
    for name, value in values.items():
        setattr(module, name, value)
