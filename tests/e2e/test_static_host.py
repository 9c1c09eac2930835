"""A pack on a host that serves files and nothing more, compressed or otherwise."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.driving import BOOT_MS, begin, see_everything
from tests.e2e.failing.page import LIGHT, PAGE, POLICY, SHORT
from tests.sites import write_pages, write_site


class Host(ThreadingHTTPServer):
    """Notes what it has sent."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(Sending, directory=str(folder)))
        self.sent: list[str] = []


class Sending(SimpleHTTPRequestHandler):
    """A file as it is."""

    server: Host

    def log_request(self, code: int | str = "-", _size: int | str = "-") -> None:
        """Instead of writing to the terminal."""
        if code == 200:
            self.server.sent.append(self.path.rpartition("/")[2])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, LIGHT)


@pytest.fixture
def host(pack: Path, tmp_path: Path) -> Iterator[Host]:
    write_pages(tmp_path / "host", {"index.html": PAGE})
    (tmp_path / "host" / "broken").symlink_to(pack, target_is_directory=True)
    with Host(tmp_path / "host") as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_where_the_host_compresses_nothing_the_twins_are_asked_for(page: Page, host: Host, site: Path) -> None:
    see_everything(page, site)
    status = begin(page, f"http://127.0.0.1:{host.server_port}")
    assert (status["runtime"], status["fallbacks"]) == ("lean", 0)
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text(SHORT, timeout=BOOT_MS)
    large = sorted(name.partition(".")[0] for name in host.sent if name.endswith(".gz"))
    assert large == ["lean", "memory", "policy"]
    assert not [name for name in host.sent if name.endswith((".wasm", ".bin"))]


def test_without_twins_the_files_themselves_do(page: Page, host: Host, site: Path, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "host" / "broken").unlink()
    folder = tmp_path / "host" / "broken"
    folder.mkdir()
    for file in pack.iterdir():
        if file.suffix != ".gz" and file.is_file():
            (folder / file.name).symlink_to(file)
    see_everything(page, site)
    status = begin(page, f"http://127.0.0.1:{host.server_port}")
    assert (status["runtime"], status["fallbacks"]) == ("lean", 0)
