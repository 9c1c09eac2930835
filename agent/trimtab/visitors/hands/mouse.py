"""The mouse: aimed movements, rest, clicks."""

import math
from random import Random
from typing import Final

from trimtab.visitors.draws import LogNormal, Normal, Uniform
from trimtab.visitors.hands.wheel import bring
from trimtab.visitors.scene import Box
from trimtab.visitors.window import Window

THROUGHPUT_BITS_S: Final = Normal(mean=4.3, sd=0.6, low=3.0, high=6.0)
"""Fitts's law, time = log2(distance / width + 1) / throughput; a mouse's is 3.7 to 4.9 bits/s in studies after ISO
9241-9 (Soukoreff and MacKenzie 2004, "Towards a standard for pointing device evaluation"). The deviation is ours."""
SPREAD: Final = 4.133
"""Ends of aimed movements are spread normally, with a deviation of the width over 4.133 (Soukoreff and MacKenzie
2004, for 4 % misses)."""
BOW: Final = Normal(mean=0.0, sd=0.05, low=-0.15, high=0.15)
"""How far a path bows to one side, as a share of its length. The numbers are ours."""
LEAST_MS: Final = 100
"""No movement is shorter. Ours."""
BUTTON_MS: Final = LogNormal(mean=200, sd=80, low=60, high=600)
"""From arriving to the click: 0.1 s each for pressing and releasing a button (Kieras 1993, "Using the Keystroke-Level
Model to estimate execution times"). The deviation is ours."""
DRIFT_PX: Final = Normal(mean=0.0, sd=4.0, low=-12.0, high=12.0)
DRIFT_EVERY_MS: Final = LogNormal(mean=1500, sd=1800, low=80, high=15_000)
"""A hand that rests on a mouse moves it now and then a little. The numbers are ours."""
ASIDE: Final = Uniform(0.72, 0.95)
"""Where a pointer is put out of the way, as a share of the window's width and height. Ours."""


def smooth(share: float) -> float:
    """How far a movement has come at this share of its time: the minimum-jerk profile (Flash and Hogan 1985)."""
    return share**3 * (10 + share * (6 * share - 15))


def travel(window: Window, rng: Random, x: float, y: float, width_px: float) -> None:
    """Moves to a place of the window, as fast as aiming at something of this width takes."""
    begin_x, begin_y = window.pointer or (window.scene.w * 0.6, window.scene.h * 0.5)
    dx, dy = x - begin_x, y - begin_y
    bits = math.log2(math.sqrt(dx * dx + dy * dy) / width_px + 1)
    lasts_ms = max(bits / THROUGHPUT_BITS_S.draw(rng) * 1000, LEAST_MS)
    bow = BOW.draw(rng)
    begun_ms = window.t_ms
    while window.t_ms < begun_ms + lasts_ms:
        window.frame()
        share = min((window.t_ms - begun_ms) / lasts_ms, 1.0)
        along, aside = smooth(share), bow * 4 * share * (1 - share)
        window.move(begin_x + dx * along - dy * aside, begin_y + dy * along + dx * aside)


def go_to(window: Window, rng: Random, box: Box) -> None:
    """Brings a box into view with the wheel, if it is not, and moves the pointer onto it."""
    middle_y = box.top + min(box.h, window.scene.h) / 2
    if not window.y + 40 <= middle_y <= window.y + window.scene.h - 40:
        bring(window, rng, middle_y - window.scene.h * 0.45)
    x = Normal(box.left + box.w / 2, box.w / SPREAD, box.left + 1, box.left + box.w - 1).draw(rng)
    h = min(box.h, window.scene.h)
    y = Normal(middle_y, h / SPREAD, middle_y - h / 2 + 1, middle_y + h / 2 - 1).draw(rng)
    travel(window, rng, x, y - window.y, min(box.w, box.h))


def click(window: Window, rng: Random, box: Box) -> None:
    """Goes to a box and clicks it."""
    go_to(window, rng, box)
    window.wait(BUTTON_MS.draw(rng))
    window.click(box)


def rest(window: Window, rng: Random, ms: float) -> None:
    """Stays for so long with the hand on the mouse."""
    until_ms = window.t_ms + ms
    while (drift_ms := DRIFT_EVERY_MS.draw(rng)) < until_ms - window.t_ms:
        window.wait(drift_ms)
        if window.pointer:
            x, y = window.pointer
            window.move(x + DRIFT_PX.draw(rng), y + DRIFT_PX.draw(rng))
    window.wait(until_ms - window.t_ms)


def put_aside(window: Window, rng: Random) -> None:
    """Moves the pointer out of the way of what is read."""
    travel(window, rng, window.scene.w * ASIDE.draw(rng), window.scene.h * ASIDE.draw(rng), 200)
