"""Telling the page's own script, for what a framework owns."""

import math
import re
from collections.abc import Mapping
from typing import Final

from trimtab.adjust.doing import Do, Scalar, fits
from trimtab.places import here

EVENT: Final = re.compile(r"(?!trimtab:)[a-z][a-z0-9]*([:._-][a-z0-9]+)+")
"""No event of a browser has such a name, and ours begin with trimtab: alone."""
KEY: Final = re.compile(r"[a-zA-Z][\w]{0,47}", re.ASCII)
MAX_KEYS: Final = 20
MAX_VALUE: Final = 200


def event(name: str, detail: Mapping[str, Scalar] | None = None) -> Do:
    """Send the target a DOM CustomEvent for the page's script to obey, and another with `detail.undo` to undo it."""
    place = here()
    if not fits(name, EVENT):
        mend = 'use two words or more such as "shop:compare", and not "trimtab:"'
        raise place.mistake(f"event: {name!r} is no name for an event of your own", mend)
    pairs = tuple(sorted((detail or {}).items()))
    for key, value in pairs:
        if not KEY.fullmatch(key) or key == "undo":
            raise place.mistake(f"event: {key!r} in detail", "use letters and digits, and not undo, which we send")
        if not _is_plain(value):
            raise place.mistake(f"event: {key}={value!r} in detail", f"use a number, or at most {MAX_VALUE} characters")
    if len(pairs) > MAX_KEYS:
        raise place.mistake(f"event: {len(pairs)} entries in detail", f"use at most {MAX_KEYS}")
    return Do("event", (("name", name), ("detail", pairs)), (f"event {name}",))


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= MAX_VALUE
    return isinstance(value, int | float) and math.isfinite(value)
