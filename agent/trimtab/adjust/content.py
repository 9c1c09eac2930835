"""What a target shows: words, or blocks that the author has put into it. All of them are rivals."""

import re
from typing import Final

from trimtab.adjust.doing import Do, fits
from trimtab.places import here

MAX_TEXT: Final = 2000
CONTENT: Final = ("content",)
VARIANT: Final = re.compile(r"[A-Za-z0-9_-]+")


def swap(variant: str) -> Do:
    """Show the author's block, in the target as `<template data-trimtab-variant="…">`, instead of its content."""
    return Do("swap", (("variant", _variant("swap", variant)),), CONTENT)


def prompt(variant: str) -> Do:
    """Show that block in the template's place, beside the content, until the visitor presses its
    `<button data-trimtab-dismiss>`; then it is gone for this visit. It is read out politely and takes no focus.
    """
    return Do("prompt", (("variant", _variant("prompt", variant)),), CONTENT)


def text(words: str) -> Do:
    """Show these words instead of the target's content. They are text, never markup."""
    if not isinstance(words, str):
        raise here().mistake(f"text: {words!r} is no text", "put it in quotation marks")
    if not words.strip() or len(words) > MAX_TEXT:
        raise here().mistake(f"text: {len(words)} characters", f"use 1 to {MAX_TEXT} that are not all blank")
    return Do("text", (("text", words),), CONTENT)


def _variant(kind: str, variant: object) -> str:
    if not fits(variant, VARIANT):
        raise here().mistake(f"{kind}: variant {variant!r} is not a plain word", "use letters, digits, - and _")
    return variant
