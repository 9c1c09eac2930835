"""The frustrated visitor: clicks what does not answer, searches up and down, leaves and is back at once.

The signs are those of the session-analysis tools (rage clicks, dead clicks, excessive scrolling, quick backs:
Microsoft Clarity, "Semantic metrics"), which do not publish their thresholds; how often each comes is ours.
"""

from random import Random
from typing import Final

from trimtab.visitors.draws import LogNormal, Normal, Uniform, count, happens
from trimtab.visitors.hands import eyes, mouse, wheel
from trimtab.visitors.scene import Role
from trimtab.visitors.window import Window

RAGES: Final = 0.85
SEARCHES: Final = 0.8
BACKS: Final = 0.6
"""The chances that such a visitor shows each sign. Ours."""
CLICKS: Final = Uniform(2.5, 6.49)
CLICK_GAP_MS: Final = Normal(mean=190, sd=40, low=110, high=350)
"""A finger taps at most five to seven times a second (the finger tapping test of neuropsychology: 50 to 70 taps in
10 s); angry clicks are nearly as fast. The numbers are ours."""
WAITS_MS: Final = LogNormal(mean=1800, sd=700, low=1050, high=6000)
"""How long the first, single click is given to do something. Ours."""
TURNS: Final = Uniform(6.5, 10.49)
SWEEP_WINDOWS: Final = Normal(mean=0.7, sd=0.2, low=0.4, high=1.2)
LOOK_MS: Final = Normal(mean=300, sd=120, low=80, high=700)
ELSEWHERE_MS: Final = LogNormal(mean=2200, sd=900, low=700, high=4800)

"""Turns of a search up and down, how far each goes, rests in between; and how long each route is looked at. Ours."""


def visit(window: Window, rng: Random) -> None:
    """Each of the signs in turn, with the share of visitors that show it."""
    window.wait(eyes.ORIENT_MS.draw(rng))
    if happens(RAGES, rng):
        _rage(window, rng)
    if happens(SEARCHES, rng):
        _search(window, rng)
    if happens(BACKS, rng):
        for path in ("/found", "/elsewhere", "/found"):
            window.route(path)
            window.wait(ELSEWHERE_MS.draw(rng))
    mouse.rest(window, rng, eyes.ORIENT_MS.draw(rng))


def _rage(window: Window, rng: Random) -> None:
    """One click, nothing happens; then many."""
    box = window.scene.find(Role.FIGURE, Role.BUTTON, Role.PANEL)
    mouse.click(window, rng, box)
    window.wait(WAITS_MS.draw(rng))
    for _ in range(count(CLICKS, rng)):
        window.click(box)
        window.wait(CLICK_GAP_MS.draw(rng))
    window.wait(WAITS_MS.draw(rng))


def _search(window: Window, rng: Random) -> None:
    """Down and up and down."""
    way = 1
    for _ in range(count(TURNS, rng)):
        wheel.turn(window, rng, way * SWEEP_WINDOWS.draw(rng) * window.scene.h)
        window.wait(LOOK_MS.draw(rng))
        way = -way
