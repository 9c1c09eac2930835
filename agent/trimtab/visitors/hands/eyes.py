"""How long reading and looking takes."""

from random import Random
from typing import Final

from trimtab.visitors.draws import LogNormal, Normal

READING_WPM: Final = Normal(mean=238, sd=51, low=120, high=400)
"""Silent reading of English non-fiction by adults: 238 words a minute, most of them within 175 to 300 (Brysbaert 2019,
"How many words do we read per minute?", 190 studies). Deviation and cut are ours: 78 % are within that range."""
FIXATION_MS: Final = Normal(mean=250, sd=60, low=120, high=500)
"""One resting of the eye: 225 ms on average in reading, 200 to 350 ms across tasks (Rayner 1998, "Eye movements in
reading and information processing"). Mean and deviation stand between those."""
ORIENT_MS: Final = LogNormal(mean=1600, sd=900, low=500, high=6000)
"""From the page's start to the first thing that a visitor does. The numbers are ours."""


def reading_ms(words: float, wpm: float) -> float:
    """How long somebody with this speed reads so many words."""
    return words * 60_000 / wpm


def looking_ms(fixations: int, rng: Random) -> float:
    """How long so many fixations take."""
    return sum(FIXATION_MS.draw(rng) for _ in range(fixations))
