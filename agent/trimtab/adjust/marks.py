"""What a target says of itself to styles, scripts and screen readers: classes and attributes."""

import re
from collections.abc import Mapping
from typing import Final

from trimtab.adjust.doing import Do, fits, is_within
from trimtab.places import here

FORBIDDEN_ATTRIBUTES: Final = re.compile(
    r"on.*|(data-)?(hx|ng|on)-.*|([xv]|up)-.*|data-(turbo-)?(action|bind|method|remote)|form.*|action|attributionsrc|autoplay|background|"
    r"checked|class|clip-path|crossorigin|cursor|data|dirname|disabled|dynsrc|fill|filter|hidden|id|imagesrcset|inert|interestfor|is|"
    r"loading|lowsrc|marker.*|mask.*|multiple|name|nonce|pattern|ping|popover|poster|preload|profile|readonly|"
    r"referrerpolicy|required|selected|sizes|slot|(data-)?src(set|doc)?|stroke|style|type|usemap|value|.*:.*"
)
"""What runs script (in frameworks too), loads something (its server would learn what was decided here), decides what a
form sends and where to, or is done by a kind of its own. A paint of SVG may be an address.
The page has the same list."""
INSTEAD: Final[Mapping[str, str]] = {
    "class": "use adjust.add_class",
    **dict.fromkeys(("hidden", "inert", "popover"), "use adjust.hide or adjust.show"),
    **dict.fromkeys(("fill", "stroke", "cursor"), "use a class"),
    "style": "use adjust.style",
    "src": "use adjust.swap with a block of your own",
    "srcset": "use adjust.swap with a block of your own",
}
SIZES: Final = frozenset({"width", "height"})
URL_ATTRIBUTES: Final = frozenset({"href", "cite", "longdesc"})
SAFE_URL: Final = re.compile(r"(https?:|mailto:|tel:|[/?#.]|[\w%-]+(/|$))", re.IGNORECASE)
TEXT: Final = re.compile(r".{0,2000}", re.DOTALL)
CLASS_NAME: Final = re.compile(r"-?[A-Za-z_][\w:/-]*")
ATTRIBUTE_NAME: Final = re.compile(r"[a-z][a-z0-9:_.-]*")
LEVEL: Final = re.compile(r"[A-Za-z0-9_-]{1,48}")
INTERVAL_NAME: Final = re.compile(r"data(-[a-z0-9]+)+")
MIN_PACE_S: Final = 1
MAX_PACE_S: Final = 600


def add_class(name: str) -> Do:
    """Add one class; the site's own stylesheet says what it looks like."""
    if not fits(name, CLASS_NAME):
        raise here().mistake(f"add_class: {name!r} is not one class name", "give one name without spaces")
    return Do("class", (("name", name),), (f"class {name}",))


def attribute(name: str, value: str = "") -> Do:
    """Set one attribute. Those that run script, load something or change what a form sends are refused."""
    if not fits(name, ATTRIBUTE_NAME):
        raise here().mistake(f"attribute: {name!r} is not an attribute name", "use lower-case letters, digits and -")
    if FORBIDDEN_ATTRIBUTES.fullmatch(name):
        what = f"attribute: {name!r} can run script, load something or change what a form sends"
        raise here().mistake(what, INSTEAD.get(name, "use a class or another attribute"))
    if name in SIZES:
        raise here().mistake(f"attribute: {name!r} would wipe a canvas", "use adjust.style or adjust.size")
    if not fits(value, TEXT):
        raise here().mistake(f"attribute: {name}={value!r} is no text", "put it in quotation marks, at most 2000 signs")
    if name in URL_ATTRIBUTES and not SAFE_URL.match(value.strip()):
        raise here().mistake(
            f"attribute: {name}={value!r} is not a plain web address", "use https:, mailto:, tel: or a path"
        )
    return Do("attribute", (("name", name), ("value", value)), (f"attribute {name}",))


def level(name: str) -> Do:
    """Set `data-level`, for the site's styles, and tell its script by an event `trimtab:level` (`detail.level`)."""
    if not fits(name, LEVEL):
        raise here().mistake(f"level: {name!r} is not a plain word", "use letters, digits, - and _, at most 48 signs")
    return Do("level", (("level", name),), ("attribute data-level",))


def pace(every_s: float, *, attribute: str = "data-bs-interval") -> Do:
    """Let each slide of a carousel stay so many seconds, by the attribute that it reads (Bootstrap's, on its items).

    Nothing gets quicker for a visitor who wants less motion.
    """
    if not is_within(every_s, MIN_PACE_S, MAX_PACE_S):
        raise here().mistake(f"pace: {every_s!r} seconds", f"use a number from {MIN_PACE_S} to {MAX_PACE_S}")
    if not fits(attribute, INTERVAL_NAME):
        raise here().mistake(f"pace: {attribute!r} is no data attribute", "name the one that your carousel reads")
    return Do("pace", (("attribute", attribute), ("every_ms", round(every_s * 1000))), (f"attribute {attribute}",))
