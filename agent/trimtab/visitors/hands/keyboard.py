"""Keys: typing with its rhythm and mistakes, and moving from field to field. Which key it is nobody asks."""

from dataclasses import dataclass
from random import Random
from typing import Final

from trimtab.visitors.draws import Distribution, LogNormal, Normal, Share, happens
from trimtab.visitors.window import Window

TYPIST_MS: Final = LogNormal(mean=238.7, sd=111.6, low=80, high=900)
"""A person's mean time between two keys: 238.7 ms, deviation 111.6, of 168,000 people (Dhakal, Feit, Kristensson and
Oulasvirta 2018, "Observations on typing from 136 million keystrokes"). The cut is ours."""
WITHIN: Final = Normal(mean=0.5, sd=0.12, low=0.2, high=0.9)
"""Deviation of one person's intervals as a share of their mean. The numbers are ours."""
CORRECTS: Final = Share(0.06)
"""Of the keys, those that take something back, for somebody who types what they know. The numbers are ours."""
PAUSES: Final = Share(0.04)
PAUSE_MS: Final = LogNormal(mean=3200, sd=1500, low=2000, high=12_000)
"""Pauses for thought: longer than 2 s, which keystroke research takes for the end of a burst (Wengelin 2006). How many
there are, and how long, is ours."""
HOMING_MS: Final = Normal(mean=400, sd=100, low=200, high=900)
PREPARE_MS: Final = LogNormal(mean=1350, sd=500, low=500, high=4000)
"""From the mouse to the keyboard 0.4 s, and 1.35 s of thought before a step (Keystroke-Level Model: Card, Moran and
Newell 1980). The deviations are ours."""


@dataclass(frozen=True, slots=True)
class Typist:
    """One person's way to type: mean time between keys, their deviation as a share of it, shares of corrections and of
    pauses."""

    interval_ms: float
    within: float
    corrects: float
    pauses: float

    @classmethod
    def draw(cls, rng: Random, *, corrects: Distribution = CORRECTS, pauses: Distribution = PAUSES) -> "Typist":
        """Anybody."""
        return cls(TYPIST_MS.draw(rng), WITHIN.draw(rng), corrects.draw(rng), pauses.draw(rng))

    def write(self, window: Window, rng: Random, keys: int) -> None:
        """Types so many keys into what has the focus."""
        gap_ms = LogNormal(self.interval_ms, self.interval_ms * self.within, 30, 2000)
        for _ in range(keys):
            window.wait(PAUSE_MS.draw(rng) if happens(self.pauses, rng) else gap_ms.draw(rng))
            window.press()
            window.enter(correction=happens(self.corrects, rng))


def tab_to(window: Window, rng: Random, target: int) -> None:
    """Presses the key that moves the focus on to a target. A target out of view is scrolled to, by the browser."""
    window.wait(HOMING_MS.draw(rng))
    window.press()
    window.focus(target)
    box = next((box for box in window.scene.boxes if box.target == target), None)
    if box and not window.y <= box.top <= window.y + window.scene.h - min(box.h, window.scene.h):
        window.scroll_to(box.top - window.scene.h / 2)
