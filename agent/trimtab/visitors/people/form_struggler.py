"""The form struggler: types, takes back, comes back to the same field, sends, is told that it is wrong, tries again.

How people type is that of everybody (`hands/keyboard.py`).
"""

from random import Random
from typing import Final

from trimtab.visitors.draws import LogNormal, Share, Uniform, count, happens
from trimtab.visitors.hands import eyes, mouse
from trimtab.visitors.hands.keyboard import HOMING_MS, PREPARE_MS, Typist
from trimtab.visitors.scene import Role
from trimtab.visitors.window import Window

TRIES: Final = Uniform(1.5, 4.49)
KEYS: Final = Uniform(6, 24)
CORRECTS: Final = Share(0.24)
PAUSES: Final = Share(0.10)
"""How often the form is tried, 2 to 4 times; keys in a field; four times as many of them correct as usual. Ours."""
LEAVES_EMPTY: Final = Share(0.2)
THINKS_MS: Final = LogNormal(mean=4000, sd=2000, low=1200, high=15_000)
"""Of the fields, those that have the focus and are left as they are; and how long they are looked at.
Ours."""
SOLVES: Final = 0.4
"""The chance that the last try is right. Ours."""
READS_ERROR_MS: Final = LogNormal(mean=3500, sd=1800, low=1200, high=12_000)
"""How long is read what the page says of it. Ours."""
WRONG: Final = ("wrong", "error", "invalid", "failed", "mistake")
RIGHT: Final = ("solved", "right", "correct", "done", "complete", "sent")


def visit(window: Window, rng: Random) -> None:
    """Every field, and the button; again, until it is right or until they give up."""
    scene = window.scene
    typist = Typist.draw(rng, corrects=CORRECTS, pauses=PAUSES)
    button = scene.find(Role.BUTTON, Role.PANEL)
    window.wait(eyes.ORIENT_MS.draw(rng))
    tries, leaves_empty = count(TRIES, rng), LEAVES_EMPTY.draw(rng)
    for number in range(1, tries + 1):
        for field in scene.all(Role.FIELD):
            mouse.click(window, rng, field)
            if happens(leaves_empty, rng):
                mouse.rest(window, rng, THINKS_MS.draw(rng))
                continue
            window.wait(HOMING_MS.draw(rng) + PREPARE_MS.draw(rng))
            typist.write(window, rng, count(KEYS, rng))
        mouse.click(window, rng, button)
        right = number == tries and happens(SOLVES, rng)
        window.announce(*(RIGHT if right else WRONG))
        mouse.rest(window, rng, READS_ERROR_MS.draw(rng))
