"""Real pages, packed by the real build, served by the real server, visited in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.driving import Place, Serve
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
