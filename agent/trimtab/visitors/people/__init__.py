"""Simulated visitors, one a file: what each does on any page, in the hands' terms."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from trimtab.visitors.people import (
    comparer,
    deep_reader,
    form_struggler,
    frustrated,
    hesitant_shopper,
    idle_tab,
    keyboard_user,
    skimmer,
    touch_user,
)
from trimtab.visitors.window import Window


@dataclass(frozen=True, slots=True)
class Person:
    """One kind of visitor: `visit` moves the window; `phone` says on what."""

    visit: Callable[[Window, Random], None]
    phone: bool = False

    @property
    def who(self) -> str:
        """In a sentence, what they do."""
        told = (sys.modules[self.visit.__module__].__doc__ or "").split("\n\n")[0].partition(": ")[2]
        return " ".join(told.split())


PEOPLE: Final[Mapping[str, Person]] = {
    "skimmer": Person(skimmer.visit),
    "deep-reader": Person(deep_reader.visit),
    "hesitant-shopper": Person(hesitant_shopper.visit),
    "comparer": Person(comparer.visit),
    "form-struggler": Person(form_struggler.visit),
    "frustrated": Person(frustrated.visit),
    "idle-tab": Person(idle_tab.visit),
    "touch-user": Person(touch_user.visit, phone=True),
    "keyboard-user": Person(keyboard_user.visit),
}
ALIASES: Final[Mapping[str, str]] = {"screen-reader-user": "keyboard-user"}
"""Other names of the same people."""
