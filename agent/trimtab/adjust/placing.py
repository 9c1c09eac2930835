"""Whether a target is there, and where among its siblings."""

from trimtab.adjust.doing import Do
from trimtab.places import here, is_selector

SHOWN = ("shown",)


def show() -> Do:
    """Show a target that the page keeps back with the attribute `hidden`."""
    return Do("show", (), SHOWN)


def hide() -> Do:
    """Take the target off the page for eyes, screen readers and the Tab key alike, unless the focus is in it."""
    return Do("hide", (), SHOWN)


def move(to: str = "", *, before: str = "") -> Do:
    """Put the target elsewhere inside its container: first, last (`to=`), or before a sibling (`before=`, selector)."""
    if bool(to) == bool(before):
        raise here().mistake("move: needs one place", 'use move("first"), move("last") or move(before=".sibling")')
    if to and to not in ("first", "last"):
        raise here().mistake(f"move: {to!r} is no place", 'use "first" or "last", or before=".sibling"')
    if before and not is_selector(before):
        raise here().mistake(f"move: {before!r} is not a CSS selector", "give one such as '.reviews'")
    return Do("move", (("before", before),) if before else (("to", to),), ("place",))
