"""The mouse wheel: notch after notch in bursts, each of which glides the page on."""

from random import Random
from typing import Final

from trimtab.visitors.draws import LogNormal
from trimtab.visitors.window import Window

GAP_MS: Final = LogNormal(mean=140, sd=60, low=50, high=450)
"""From notch to notch within a burst. We know of no published distribution; the numbers are ours."""
GLIDE: Final = 0.3
"""Browsers spread a notch over some ten frames: each goes this share of the way that is left. The number is ours."""
NEAR_PX: Final = 2
"""A glide that has come so near is over. Ours."""


def turn(window: Window, rng: Random, px: float) -> None:
    """A burst of as many notches as come nearest to `px`, at least one; below 0 upwards."""
    way = 1 if px > 0 else -1
    notches = max(round(abs(px) / window.scene.notch_px), 1)
    goal = place = window.y
    until_ms = window.t_ms
    while notches or abs(goal - place) >= NEAR_PX:
        if notches and window.t_ms >= until_ms:
            goal = min(max(goal + way * window.scene.notch_px, 0.0), window.end)
            notches -= 1
            until_ms = window.t_ms + GAP_MS.draw(rng)
        place += (goal - place) * GLIDE
        window.frame()
        window.scroll_to(place)
    window.frame()
    window.scroll_to(goal)


def bring(window: Window, rng: Random, y: float) -> None:
    """Scrolls in one burst until the page stands about at `y`; a place that is near enough is left as it is."""
    y = min(max(y, 0.0), window.end)
    if abs(y - window.y) >= window.scene.notch_px / 2:
        turn(window, rng, y - window.y)
