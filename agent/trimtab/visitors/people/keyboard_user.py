"""The keyboard user, with a screen reader: keys and focus, no pointer and no wheel (also: screen-reader-user).

They listen: people understand synthetic speech up to 298 words a minute on average (Bragg, Reinecke and Ladner 2021,
"Expanding a large inclusive study of human listening rates"; 1,409 people, 270 of them visually impaired). Nobody
listens all day at their limit, so the mean here is lower, and ours. Two of three go from heading to heading on a long
page (WebAIM's ninth survey of screen reader users, 2021: 67.7 %), the others hear all of it. Of the screen reader's
own keys the page sees what they lead to: the focus, and where the browser scrolls to. The other numbers are ours.
"""

from random import Random
from typing import Final

from trimtab.visitors.draws import Normal, Share, Uniform, count, happens
from trimtab.visitors.hands import eyes
from trimtab.visitors.hands.keyboard import PREPARE_MS, Typist, tab_to
from trimtab.visitors.scene import Box, Role
from trimtab.visitors.window import BOUGHT, Window

LISTENING_WPM: Final = Normal(mean=250, sd=60, low=120, high=400)
"""How fast they have it read to them: below Bragg et al. 2021's limit. Ours."""
HEADINGS: Final = 0.677
"""The chance that they go by headings (WebAIM 2021)."""
HEADING_EVERY_WORDS: Final = Uniform(120, 400)
SKIPS: Final = Share(0.35)
"""Of the sections, those that are left after the heading; and how long a section is. Ours."""
LABEL_WORDS: Final = Uniform(3, 12)
"""What is spoken of a button or field before the next key. Ours."""
KEYS: Final = Uniform(5, 20)
"""Keys in a field. Ours."""
PRESSES: Final = 0.3
"""The chance that they press the button. Ours."""


def visit(window: Window, rng: Random) -> None:
    """From the first target to the last: listens to texts, fills in fields, and may press the button."""
    wpm = LISTENING_WPM.draw(rng)
    skips = SKIPS.draw(rng) if happens(HEADINGS, rng) else 0.0
    typist = Typist.draw(rng)
    window.wait(eyes.ORIENT_MS.draw(rng))
    for box in sorted(window.scene.boxes, key=lambda box: box.top):
        if box.role is Role.TEXT:
            _listen(window, rng, box, wpm, skips)
            continue
        tab_to(window, rng, box.target)
        window.wait(eyes.reading_ms(max(box.words, LABEL_WORDS.draw(rng)), wpm))
        if box.role is Role.FIELD:
            window.wait(PREPARE_MS.draw(rng))
            typist.write(window, rng, count(KEYS, rng))
        elif box.role is Role.BUTTON and happens(PRESSES, rng):
            window.press()
            window.click(box)
            window.announce(*BOUGHT)
    window.wait(eyes.ORIENT_MS.draw(rng))


def _listen(window: Window, rng: Random, text: Box, wpm: float, skips: float) -> None:
    """Hears a text section by section; the browser scrolls what is spoken into view."""
    line = text.top
    while line < text.bottom:
        words = HEADING_EVERY_WORDS.draw(rng)
        window.press()
        window.scroll_to(line - window.scene.h / 2)
        heard = LABEL_WORDS.draw(rng) if happens(skips, rng) else words
        window.wait(eyes.reading_ms(heard, wpm))
        line += window.scene.px_of(words, text)
