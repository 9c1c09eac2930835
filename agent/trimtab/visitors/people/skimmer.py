"""The skimmer: goes through the whole page in large steps, rests for a few glances, reads a little here and there.

Users have time for at most 28 % of the words of an average page, 20 % is more likely (Nielsen 2008, on the logs of
Weinreich, Obendorf, Herder and Mayer 2008, "Not quite the average"). That is the average visitor; a skimmer reads
less, and passes the text several times as fast as anybody reads.
"""

from random import Random
from typing import Final

from trimtab.visitors.draws import Normal, Share, Uniform, count, happens
from trimtab.visitors.hands import eyes, mouse, wheel
from trimtab.visitors.window import Window

READS: Final = Uniform(0.02, 0.20)
"""The share of the words that this skimmer reads, below the average visitor's. Ours."""
STEP_WINDOWS: Final = Normal(mean=0.8, sd=0.25, low=0.3, high=1.6)
"""A step, in window heights: most of what is in view goes, something stays to find the place again. Ours."""
GLANCES: Final = Uniform(2, 6)
"""Fixations at each stop. Ours."""
STOPS_TO_READ: Final = Share(0.4, spread=0.3)
"""Of the stops, those at which something is read; at the others there are glances alone. Ours."""
MOST_AT_A_STOP: Final = 0.5
"""Of the words that came into view, what is read at a stop at most: who reads more of them is no skimmer. Ours."""
BACK: Final = Share(0.06)
"""Of the steps, those that go back. Ours."""


def visit(window: Window, rng: Random) -> None:
    """To the end of the page, and away."""
    wpm = eyes.READING_WPM.draw(rng)
    reads, stops, back = READS.draw(rng), STOPS_TO_READ.draw(rng), BACK.draw(rng)
    window.wait(eyes.ORIENT_MS.draw(rng))
    mouse.put_aside(window, rng)
    while not window.at_end:
        step_px = STEP_WINDOWS.draw(rng) * window.scene.h
        wheel.turn(window, rng, -step_px / 2 if happens(back, rng) else step_px)
        mouse.rest(window, rng, eyes.looking_ms(count(GLANCES, rng), rng))
        if happens(stops, rng):
            words = step_px * window.scene.words_per_px * min(reads / stops, MOST_AT_A_STOP)
            mouse.rest(window, rng, eyes.reading_ms(words, wpm))
    mouse.rest(window, rng, eyes.ORIENT_MS.draw(rng))
