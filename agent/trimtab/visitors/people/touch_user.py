"""The touch user: on a phone, throws the page on, stops to read some of it, throws it on; and taps at the end.

A finger has no hover, and while it scrolls, the browser tells the page nothing of its way. How much is read at each
stop is ours; how fast, that of everybody.
"""

from random import Random
from typing import Final

from trimtab.visitors.draws import Share, Uniform, happens
from trimtab.visitors.hands import eyes, touch
from trimtab.visitors.scene import Role
from trimtab.visitors.window import BOUGHT, Window

READS: Final = Uniform(0.2, 0.9)
"""Share of a window full that is read at a stop. Ours."""
FLINGS: Final = Share(0.5)
DRAG_WINDOWS: Final = Uniform(0.3, 0.8)
"""Of the movements, those that throw the page on; the others pull it, by so much of a window. Ours."""
TAPS: Final = 0.5
"""The chance that they tap the button. Ours."""


def visit(window: Window, rng: Random) -> None:
    """To the end of the page; half of them tap the button."""
    scene = window.scene
    wpm, flings = eyes.READING_WPM.draw(rng), FLINGS.draw(rng)
    window.wait(eyes.ORIENT_MS.draw(rng))
    while not window.at_end:
        window.wait(eyes.reading_ms(READS.draw(rng) * scene.h * scene.words_per_px, wpm))
        if happens(flings, rng):
            touch.fling(window, rng)
        else:
            touch.drag(window, rng, DRAG_WINDOWS.draw(rng) * scene.h)
    if happens(TAPS, rng):
        touch.tap(window, rng, button := scene.find(Role.BUTTON, Role.PANEL, Role.FIGURE))
        if button.role is Role.BUTTON:
            window.announce(*BOUGHT)
    window.wait(eyes.ORIENT_MS.draw(rng))
