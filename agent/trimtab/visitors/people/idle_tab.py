"""The idle tab: opened, glanced at, and left in the background for minutes or hours, with a glance now and then.

Times on a page are Weibull-distributed with a shape below 1, which means that who has stayed is ever less likely to go
(Liu, White and Dumais 2010, "Understanding web browsing behaviors through Weibull analysis of dwell time"). Shape and
scale depend on the page there; those here are ours.
"""

from random import Random
from typing import Final

from trimtab.visitors.draws import LogNormal, Share, Uniform, Weibull, count, happens
from trimtab.visitors.hands import eyes, mouse, wheel
from trimtab.visitors.window import Window

GLANCES: Final = Uniform(1.5, 5.49)
GLANCE_MS: Final = LogNormal(mean=4000, sd=3500, low=800, high=25_000)
AWAY_MS: Final = Weibull(scale=900_000, shape=0.6, low=10_000, high=8 * 3_600_000)
SCROLLS: Final = Share(0.3)
SCROLLS_PX: Final = Uniform(100, 400)


def visit(window: Window, rng: Random) -> None:
    """Glances, with long times away between them; the last time nobody comes back."""
    window.wait(eyes.ORIENT_MS.draw(rng))
    scrolls = SCROLLS.draw(rng)
    for _ in range(count(GLANCES, rng)):
        mouse.rest(window, rng, GLANCE_MS.draw(rng))
        if happens(scrolls, rng):
            wheel.turn(window, rng, SCROLLS_PX.draw(rng))
            mouse.rest(window, rng, GLANCE_MS.draw(rng))
        window.hide()
        window.wait(AWAY_MS.draw(rng))
        window.show()
    mouse.rest(window, rng, GLANCE_MS.draw(rng))
    window.hide()
