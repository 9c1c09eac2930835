"""The deep reader: reads the text from its first to its last line, at the speed at which people read.

The page is moved so that the line that is read stays in a preferred part of the window, mostly where a paragraph ends
(Turner, Iqbal and Dumais 2015, "Understanding gaze and scrolling strategies in text consumption tasks").
"""

from random import Random
from typing import Final

from trimtab.visitors.draws import LogNormal, Normal, Share, Uniform, happens
from trimtab.visitors.hands import eyes, mouse, wheel
from trimtab.visitors.scene import Role
from trimtab.visitors.window import Window

PREFERRED: Final = Uniform(0.2, 0.4)
LOWEST: Final = Normal(mean=0.7, sd=0.08, low=0.5, high=0.85)
"""Where in the window the line comes to stand, and how low it goes before the page is moved. The shares are ours."""
PARAGRAPH_WORDS: Final = LogNormal(mean=65, sd=25, low=25, high=160)
PACE: Final = Normal(mean=1.0, sd=0.12, low=0.7, high=1.4)
"""How much slower or faster than usual this reader takes a paragraph. Ours."""
REREADS: Final = Share(0.04)
REREAD_PX: Final = Uniform(80, 320)
"""Of the paragraphs, those after which the reader goes back, and by how much. Ours."""
LOOKS_UP: Final = Share(0.03)
LOOKS_UP_MS: Final = LogNormal(mean=12_000, sd=9000, low=3000, high=60_000)
"""Of the paragraphs, those after which they look up from the page, and for how long. Ours."""


def visit(window: Window, rng: Random) -> None:
    """The whole text, paragraph by paragraph."""
    text = window.scene.find(Role.TEXT, Role.NOTE, Role.PANEL)
    wpm, rereads, looks_up = eyes.READING_WPM.draw(rng), REREADS.draw(rng), LOOKS_UP.draw(rng)
    window.wait(eyes.ORIENT_MS.draw(rng))
    mouse.put_aside(window, rng)
    line = text.top
    wheel.bring(window, rng, line - window.scene.h * PREFERRED.draw(rng))
    while line < text.bottom:
        words = PARAGRAPH_WORDS.draw(rng)
        mouse.rest(window, rng, eyes.reading_ms(words, wpm) * PACE.draw(rng))
        line += window.scene.px_of(words, text)
        if happens(looks_up, rng):
            window.wait(LOOKS_UP_MS.draw(rng))
        if happens(rereads, rng):
            _go_back(window, rng, wpm)
        if line - window.y > window.scene.h * LOWEST.draw(rng):
            wheel.bring(window, rng, line - window.scene.h * PREFERRED.draw(rng))
    mouse.rest(window, rng, eyes.ORIENT_MS.draw(rng))


def _go_back(window: Window, rng: Random, wpm: float) -> None:
    """Reads the last lines once more."""
    px = REREAD_PX.draw(rng)
    wheel.turn(window, rng, -px)
    mouse.rest(window, rng, eyes.reading_ms(px * window.scene.words_per_px, wpm))
    wheel.turn(window, rng, px)
