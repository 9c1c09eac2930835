"""A finger on a screen: flings that run out, slow drags, taps. A finger has no hover."""

from random import Random
from typing import Final

from trimtab.visitors.draws import LogNormal, Normal, Uniform
from trimtab.visitors.hands.mouse import smooth
from trimtab.visitors.scene import Box
from trimtab.visitors.window import FRAME_MS, TOUCH, Window

DECAY_PER_MS: Final = 0.998
"""What is left of a fling's speed after a millisecond: `UIScrollView.DecelerationRate.normal` of Apple's documentation.
Other systems brake otherwise (Quinn, Malacria and Cockburn 2013, "Touch scrolling transfer functions")."""
FLING_PX_S: Final = LogNormal(mean=1500, sd=700, low=400, high=5000)
"""Speed at which the finger leaves the screen. The numbers are ours."""
CONTACT_MS: Final = LogNormal(mean=110, sd=40, low=50, high=300)
DRAG_MS: Final = LogNormal(mean=500, sd=200, low=200, high=1500)
TAP_MS: Final = LogNormal(mean=90, sd=30, low=40, high=250)
"""How long the finger touches: in a fling, in a drag, in a tap. The numbers are ours."""
AIM_MS: Final = LogNormal(mean=700, sd=250, low=250, high=2000)
"""From the decision to the tap: the finger has to come from where it waits. The numbers are ours."""
STOPS_PX_S: Final = 20
"""A fling that is so slow has run out. Ours."""
THUMB: Final = Uniform(0.55, 0.85)
"""Where the thumb takes hold of the page, as a share of the window's width and height. Ours."""


def fling(window: Window, rng: Random, *, down: bool = True) -> None:
    """Throws the page on; it runs out, or ends at its edge."""
    way, speed = (1 if down else -1), FLING_PX_S.draw(rng)
    _take_hold(window, rng)
    place, contact_ms = window.y, CONTACT_MS.draw(rng)
    held_until_ms = window.t_ms + contact_ms
    while speed > STOPS_PX_S and 0 <= place <= window.end:
        held = window.t_ms < held_until_ms
        place += way * speed * FRAME_MS / 1000
        speed *= 1.0 if held else DECAY_PER_MS**FRAME_MS
        window.frame()
        window.scroll_to(place)


def drag(window: Window, rng: Random, px: float) -> None:
    """Pulls the page by so many px and lets it go at rest."""
    _take_hold(window, rng)
    begin, begun_ms, lasts_ms = window.y, window.t_ms, DRAG_MS.draw(rng)
    while window.t_ms < begun_ms + lasts_ms:
        window.frame()
        window.scroll_to(begin + px * smooth(min((window.t_ms - begun_ms) / lasts_ms, 1.0)))


def bring(window: Window, rng: Random, y: float) -> None:
    """Drags until the page stands about at `y`, a hand's length at a time."""
    y = min(max(y, 0.0), window.end)
    while abs(y - window.y) > 40:
        drag(window, rng, max(min(y - window.y, window.scene.h * 0.6), -window.scene.h * 0.6))
        window.wait(TAP_MS.draw(rng))


def tap(window: Window, rng: Random, box: Box) -> None:
    """Brings a box into view and taps it."""
    bring(window, rng, box.top + min(box.h, window.scene.h) / 2 - window.scene.h * 0.5)
    window.wait(AIM_MS.draw(rng))
    x = Normal(box.left + box.w / 2, box.w / 6, box.left + 1, box.left + box.w - 1).draw(rng)
    window.move(x, box.top + min(box.h, window.scene.h) / 2 - window.y, TOUCH)
    window.wait(TAP_MS.draw(rng))
    window.click(box)


def _take_hold(window: Window, rng: Random) -> None:
    """The page sees the finger for one or two frames, then the browser scrolls and tells no more of it."""
    window.frame()
    window.move(window.scene.w * THUMB.draw(rng), window.scene.h * THUMB.draw(rng), TOUCH)
