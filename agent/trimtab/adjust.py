"""The closed list of adjustments: what a policy may do to a target. Never a string of HTML or script.

Each is plain data that the page obeys; `page/adjust/` has one file for each kind, with its undo.
"""

import re
from dataclasses import dataclass
from typing import Final

from trimtab.places import here

MAX_TEXT: Final = 2000
FORBIDDEN_ATTRIBUTES: Final = frozenset({"srcdoc", "style", "action", "formaction", "form", "formmethod", "formtarget"})
URL_ATTRIBUTES: Final = frozenset({"href", "src", "xlink:href", "data", "poster", "background", "ping", "cite"})
SAFE_URL: Final = re.compile(r"(https?:|mailto:|tel:|[/?#.]|[\w%-]+(/|$))", re.IGNORECASE)
CLASS_NAME: Final = re.compile(r"-?[A-Za-z_][\w:/-]*")
ATTRIBUTE_NAME: Final = re.compile(r"[a-z][a-z0-9:_.-]*")
CONTENT: Final = frozenset({"swap", "text"})
"""Kinds that replace what is inside a target, and so undo each other."""


@dataclass(frozen=True, slots=True)
class Do:
    """One change, as the plain JSON that goes to the page. Made by the functions below."""

    kind: str
    arguments: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, str]:
        """As the page reads it: the kind, and its arguments beside it."""
        return {"kind": self.kind} | dict(self.arguments)

    def same_thing(self, other: "Do") -> bool:
        """Whether both change the same thing of an element: its content, one class or one attribute."""
        if self.kind in CONTENT:
            return other.kind in CONTENT
        return self.kind == other.kind and self.arguments[0] == other.arguments[0]


def swap(variant: str) -> Do:
    """Show the block that the author put into the target as `<template data-variant="…">` instead of its content."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", variant):
        raise here().mistake(f"swap: variant {variant!r} is not a plain word", "use letters, digits, - and _")
    return Do("swap", (("variant", variant),))


def add_class(name: str) -> Do:
    """Add one class; the site's own stylesheet says what it looks like."""
    if not CLASS_NAME.fullmatch(name):
        raise here().mistake(f"add_class: {name!r} is not one class name", "give one name without spaces")
    return Do("class", (("name", name),))


def attribute(name: str, value: str = "") -> Do:
    """Set one attribute. Attributes that can run script or send forms elsewhere are refused."""
    if not ATTRIBUTE_NAME.fullmatch(name):
        raise here().mistake(f"attribute: {name!r} is not an attribute name", "use lower-case letters, digits and -")
    if name.startswith("on") or name in FORBIDDEN_ATTRIBUTES:
        raise here().mistake(
            f"attribute: {name!r} can run script or redirect a form", "use a class or another attribute"
        )
    if name in URL_ATTRIBUTES and not SAFE_URL.match(value.strip()):
        raise here().mistake(
            f"attribute: {name}={value!r} is not a plain web address", "use https:, mailto:, tel: or a path"
        )
    return Do("attribute", (("name", name), ("value", value)))


def text(words: str) -> Do:
    """Show these words instead of the target's content. They are text, never markup."""
    if not isinstance(words, str):
        raise here().mistake(f"text: {words!r} is no text", "put it in quotation marks")
    if not words.strip() or len(words) > MAX_TEXT:
        raise here().mistake(f"text: {len(words)} characters", f"use 1 to {MAX_TEXT} that are not all blank")
    return Do("text", (("text", words),))
