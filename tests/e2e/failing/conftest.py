"""Each test has a pack of its own to break, and one page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.e2e.failing.page import PAGE
from tests.sites import write_pages


@pytest.fixture
def pack(pack: Path, tmp_path: Path) -> Path:
    """A copy of the pack for this test alone, to be broken."""
    return shutil.copytree(pack, tmp_path / "pack")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {"index.html": PAGE})
