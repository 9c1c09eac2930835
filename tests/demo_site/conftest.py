"""The demo's pages on a plain file server, as any host would serve them; the tag is an empty script."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.demo_site.control import DEMO


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Nothing."""


@pytest.fixture(scope="session")
def demo() -> Iterator[str]:
    """The address of the demo's front page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=DEMO)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def visit(page: Page) -> Page:
    """A browser page in which the tag is there and does nothing, so that the site is seen by itself."""
    page.route("**/trimtab.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    return page
