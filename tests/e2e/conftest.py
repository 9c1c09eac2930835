"""Real pages, packed by the real build, served by the real server, visited in a real browser.

A module's `site` is packed once for it, and each test's `pages` are served beside the pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.driving import Place, Serve, build
from trimtab_bundler.serving import serving


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """Serves a pack beside a folder of pages, on a free port, for as long as the body runs."""

    @contextmanager
    def start(pack: Path, pages: Path) -> Iterator[Place]:
        data = tmp_path / "data"
        with serving([pack], data, pages, 0) as address:
            yield Place(address.rstrip("/"), data)

    return start


@pytest.fixture(scope="module")
def pack(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the module's site."""
    return build(site, tmp_path_factory.mktemp("pack") / "out")


@pytest.fixture
def place(pack: Path, pages: Path, serve: Serve) -> Iterator[Place]:
    """The server with the pack and the module's pages."""
    with serve(pack, pages) as running:
        yield running


@pytest.fixture
def console(page: Page) -> list[str]:
    """The lines of the page's console, each behind its kind; an error that nobody caught is a line too."""
    lines: list[str] = []
    page.on("console", lambda message: lines.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: lines.append(f"error: {error}"))
    return lines
