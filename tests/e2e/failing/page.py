"""The page on which something breaks, its policy, and who comes to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e.driving import Place, begin, open_page, see_everything
from tests.sites import lean_toml

SHORT = "Short."
PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script async src="/broken/trimtab.js"></script></head>
<body><h1 class="title">A long title<template data-trimtab-variant="short">{SHORT}</template></h1>
<p class="story">{"word " * 400}</p></body></html>
"""
POLICY = """
from trimtab import Policy, adjust, seconds

site = Policy("broken")
title = site.target("title", ".title")
site.adjust("short-title", on=title, when=lambda visitor: visitor.event("go").count >= 1, do=adjust.swap("short"))


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"
"""
LIGHT = lean_toml("broken")
"""With the lean runtime."""


def arrive(page: Page, place: Place, site: Path) -> None:
    """A visitor who will see everything is on the page, and has agreed to nothing yet."""
    see_everything(page, site)
    open_page(page, place.address)


def begin_seeing(page: Page, place: Place, site: Path) -> dict[str, Any]:
    """The same visitor has agreed to everything; the status once it runs."""
    see_everything(page, site)
    return begin(page, place.address)
