"""An empty page with our modules beside it, served on this machine; and the tests of dom/*.js, which run in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

ROOT: Final = Path(__file__).parents[2]
DOM: Final = Path(__file__).parent / "dom"
PAGE: Final = ROOT / "agent" / "trimtab" / "browser" / "page"
FOLDERS: Final = {
    "page": PAGE, "dom": DOM, "frameworks": DOM.with_name("frameworks"), "cases": ROOT / "tests" / "cases"
}  # fmt: skip
KINDS: Final = {".js": "text/javascript", ".json": "application/json", ".html": "text/html"}
PICTURE: Final = b"<svg xmlns='http://www.w3.org/2000/svg' width='4' height='2'/>"
EMPTY: Final = b"<!doctype html><link rel=icon href=data:,><style>body{margin:0}</style><body>"
NAMED: Final = re.compile(r'^test\("(.+?)", ', re.MULTILINE)
FILES: Final = {path.name: NAMED.findall(path.read_text(encoding="utf-8")) for path in sorted(DOM.glob("*.js"))}
"""The names of the tests in each file."""


class Answers(BaseHTTPRequestHandler):
    """A module of the page, a test or its cases, a picture, or else an empty page."""

    def do_GET(self) -> None:
        folder, _, name = self.path.strip("/").partition("/")
        if name.endswith(".svg"):
            return self.answer(PICTURE, "image/svg+xml")
        if folder not in FOLDERS:
            return self.answer(EMPTY, "text/html")
        path = FOLDERS[folder] / name
        return self.answer(path.read_bytes(), KINDS[path.suffix])

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def serving_documents() -> Iterator[str]:
    """The address of it, for as long as the body runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
