"""The comparer: goes to and fro between parts of the page, and between this tab and others.

Tabs are switched in at least 57.4 % of the cases in which they could be (Huang and White 2010, "Parallel browsing
behavior on the web"); that share is taken for how many comparisons lead to another tab.
"""

from random import Random
from typing import Final

from trimtab.visitors.draws import LogNormal, Share, Uniform, count, happens
from trimtab.visitors.hands import eyes, mouse, wheel
from trimtab.visitors.scene import Role
from trimtab.visitors.window import Window

ROUNDS: Final = Uniform(2.5, 6.49)
"""Comparisons in a visit: 3 to 6. Ours."""
OTHER_TAB: Final = Share(0.574)
"""Of the comparisons, those that lead to another tab (Huang and White 2010). How people differ is ours."""
AWAY_MS: Final = LogNormal(mean=25_000, sd=25_000, low=2000, high=240_000)
COMPARES_MS: Final = LogNormal(mean=5000, sd=3500, low=1200, high=25_000)
"""How long the other tab, and each thing, is looked at. Ours."""
MISSES_PX: Final = Uniform(-120, 120)
"""Nobody scrolls to exactly the same place twice. By how much they miss it is ours."""


def visit(window: Window, rng: Random) -> None:
    """Looks at one thing, at the other, and at what another tab has, several times."""
    scene = window.scene
    here, there = scene.find(Role.PANEL, Role.BUTTON, Role.FIGURE), scene.find(Role.TEXT, Role.FIGURE, Role.NOTE)
    other_tab = OTHER_TAB.draw(rng)
    window.wait(eyes.ORIENT_MS.draw(rng))
    for _ in range(count(ROUNDS, rng)):
        for box in (here, there):
            wheel.bring(window, rng, box.top + MISSES_PX.draw(rng) - scene.h * 0.25)
            mouse.go_to(window, rng, box)
            mouse.rest(window, rng, COMPARES_MS.draw(rng))
        if happens(other_tab, rng):
            window.hide()
            window.wait(AWAY_MS.draw(rng))
            window.show()
            window.wait(eyes.ORIENT_MS.draw(rng))
    mouse.rest(window, rng, eyes.ORIENT_MS.draw(rng))
