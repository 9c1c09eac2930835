"""The hesitant shopper: comes to the button again and again, waits there, looks elsewhere, and mostly leaves.

That hesitation shows in the pointer, near the thing and slow, is the idea of `signals/approach.py`. We know of no
published distribution of how long and how often; the numbers are ours.
"""

from random import Random
from typing import Final

from trimtab.visitors.draws import LogNormal, Uniform, count, happens, pick
from trimtab.visitors.hands import eyes, mouse, wheel
from trimtab.visitors.scene import Role
from trimtab.visitors.window import BOUGHT, Window

APPROACHES: Final = Uniform(2.5, 5.49)
HESITATES_MS: Final = LogNormal(mean=5000, sd=3000, low=1500, high=20_000)
LOOKS_MS: Final = LogNormal(mean=4000, sd=2500, low=1000, high=15_000)
"""Approaches in a visit; the wait at the button, and what is looked at in between. Ours."""
BUYS: Final = 0.2
"""The chance that they buy after all. Ours."""


def visit(window: Window, rng: Random) -> None:
    """Looks, comes, waits, turns away; and in one visit of five buys after all."""
    scene = window.scene
    button = scene.find(Role.BUTTON, Role.PANEL)
    panel = scene.find(Role.PANEL, Role.BUTTON)
    window.wait(eyes.ORIENT_MS.draw(rng))
    wheel.bring(window, rng, panel.top - scene.h * 0.2)
    mouse.rest(window, rng, LOOKS_MS.draw(rng))
    elsewhere = [box for box in (panel, scene.find(Role.FIGURE, Role.NOTE, Role.TEXT)) if box is not button]
    for _ in range(count(APPROACHES, rng)):
        mouse.go_to(window, rng, button)
        mouse.rest(window, rng, HESITATES_MS.draw(rng))
        mouse.go_to(window, rng, pick(elsewhere, rng))
        mouse.rest(window, rng, LOOKS_MS.draw(rng))
    if happens(BUYS, rng):
        mouse.click(window, rng, button)
        window.announce(*BOUGHT)
    mouse.rest(window, rng, eyes.ORIENT_MS.draw(rng))
