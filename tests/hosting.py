"""Packs as the build makes them, on a host that only serves files: nothing is compressed, so nothing is waited for."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.test_static_host import Host
from trimtab_bundler.cache import Cache
from trimtab_bundler.pack import build_pack
from trimtab_bundler.progress import Progress

BLANK = '<!doctype html><title>Blank</title><link rel="icon" href="data:,">'


def write_pack(site: Path, folder: Path) -> dict[str, Any]:
    """Writes the pack of a site, without twins, and gives its worker's path and what that one knows."""
    pack = build_pack(site, Cache.of_user(), Progress(sys.stderr))
    for file in pack.files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (worker,) = (file.path for file in pack.files if file.path.startswith("worker."))
    return {"worker": worker, **pack.config}


@contextmanager
def hosting(folder: Path) -> Iterator[str]:
    """The address of a host of these files and a blank page."""
    (folder / "index.html").write_text(BLANK)
    with Host(folder) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
        thread.join()
