"""A rule that asks a function of a wheel which its site lists, in the runtimes that visitors get."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.driving import BOOT_MS, Place, begin, see_everything
from tests.runtimes import RUNTIMES
from tests.sites import write_pages, write_site
from tests.wheels import toml_with, write_wheel

POLICY = """
from lending import is_enough
from trimtab import Policy, adjust

site = Policy("lending")
title = site.target("title", ".title")


def later(visitor):
    import lending.later
    return lending.later.WORD == "enough" and is_enough(visitor.event("go").count)


site.adjust("short-title", on=title, when=later, do=adjust.swap("short"))


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"
"""
FILES = {
    "lending/__init__.py": (
        "def is_enough(count):\n"
        "    from ._limits import LIMIT\n"
        "    from colorsys import ONE_THIRD\n"
        "    return count >= LIMIT * 3 * ONE_THIRD\n"
    ),
    "lending/_limits.py": "import pkgutil\nLIMIT = int(pkgutil.get_data('lending', 'limit.txt'))\n",
    "lending/later.py": "WORD = 'enough'\n",
    "lending/limit.txt": "2",
    "lending/command.py": "import no_such_module\n",
}
PAGE = """<!doctype html><html lang="en"><title>Lending</title>
<h1 class="title">A long title<template data-trimtab-variant="short">Short</template></h1>
<script>window.trimtab ??= { early: [] }</script><script async src="lending/trimtab.js"></script>
"""


@pytest.fixture(scope="module", params=RUNTIMES)
def runtime(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(runtime: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_site(tmp_path_factory.mktemp("site"), POLICY, toml_with("lending", runtime=runtime))
    write_wheel(folder / "wheels", "lending", FILES)
    return folder


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {"index.html": PAGE})


def test_the_page_changes_when_a_listed_wheel_says_so(page: Page, place: Place, site: Path, runtime: str) -> None:
    see_everything(page, site)
    status = begin(page, place.address)
    assert (status["runtime"], status["fallbacks"]) == (runtime, 0)
    page.evaluate("trimtab.event('go')")
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text("Short", timeout=BOOT_MS)
    assert page.evaluate("trimtab.status()")["runtime"] == runtime
