"""A prerendered page may never be seen: nothing of the pack is fetched for it until it is.

Chromium does not prerender in a page that DevTools look at, and Playwright, attached to a page that was prerendered,
waits forever for its document. So the browser runs alone: its pages do everything themselves, and what they ask for
passes a witness.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from tests.e2e.driving import Serve
from tests.sites import lean_toml, write_pages, write_site

PRERENDER_S = 10.0
VISIT_S = 18.0  # on a busy machine Python takes most of it to start

POLICY = """
from trimtab import Policy, adjust

site = Policy("ahead", holdout=0.001)
title = site.target("title", ".title")
site.adjust("short-title", on=title, when=lambda visitor: visitor.event("go").count >= 1, do=adjust.swap("short"))


@site.question(answers=("none", "went"))
def went(outcome):
    return "went" if outcome.event("go").count >= 1 else "none"
"""

HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'

INDEX = f"""{HEAD}
<script type="speculationrules">{{"prerender": [{{"urls": ["/next.html"], "eagerness": "immediate"}}]}}</script>
</head><body><script>fetch("/may-leave").then(() => {{ location.href = "/next.html"; }});</script></body></html>
"""

NEXT = f"""{HEAD}
<script>
const IDLE_MS = 500;
const until = async (isTrue) => {{ while (!isTrue()) await new Promise(requestAnimationFrame); }};

let worker_ms = -1;
for (const kind of ["Worker", "SharedWorker"]) {{
  // Chromium itself holds an unseen page's worker back, so its request does not tell
  window[kind] = class extends window[kind] {{
    constructor(...all) {{ super(...all); worker_ms = performance.now(); }}
  }};
}}

addEventListener("load", () => requestIdleCallback(() => setTimeout(() => {{
  if (document.prerendering) void fetch("/idle-unseen");
}}, IDLE_MS)));

async function visit() {{
  await until(() => window.trimtab?.status?.().state === "running");
  trimtab.event("go");
  await until(() => document.querySelector(".title").innerText === "Short.");
  const decided_ms = trimtab.log().find((entry) => entry.adjustment).t_ms;
  const activated_ms = performance.getEntriesByType("navigation")[0].activationStart;
  const seen_ms = performance.now() - activated_ms;
  void fetch("/done?" + new URLSearchParams({{activated_ms, worker_ms, decided_ms, seen_ms}}));
}}
void visit();

window.trimtab ??= {{early: []}};
trimtab.early.push(["consent", {{observe: true, adapt: true}}]);
</script>
<script async src="/ahead/trimtab.js"></script></head>
<body><h1 class="title">A long title<template data-trimtab-variant="short">Short.</template></h1></body></html>
"""


class Witness(ThreadingHTTPServer):
    """Stands before the real server, passes every question on and notes it in order, with what it was asked for."""

    daemon_threads = True

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.behind = behind
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[tuple[str, str]] = []
        self.is_idle_unseen = Event()
        self.done: Queue[dict[str, float]] = Queue()


class Passing(BaseHTTPRequestHandler):
    """One question to the witness."""

    server: Witness

    def do_GET(self) -> None:
        """Hear what the pages tell; get all else from the server behind."""
        url = urlsplit(self.path)
        self.server.asked.append((url.path, self.headers.get("Sec-Purpose", "")))
        if url.path == "/may-leave":
            self.server.is_idle_unseen.wait(PRERENDER_S)
            self.answer(200, "text/plain", b"yes")
        elif url.path == "/idle-unseen":
            self.server.is_idle_unseen.set()
            self.answer(200, "text/plain", b"heard")
        elif url.path == "/done":
            self.server.done.put({name: float(value) for name, value in parse_qsl(url.query)})
            self.answer(200, "text/plain", b"heard")
        else:
            got = httpx2.get(self.server.behind + self.path, trust_env=False)  # no proxy on the way to this machine
            self.answer(got.status_code, got.headers["Content-Type"], got.content)

    def answer(self, status: int, content_type: str, body: bytes) -> None:
        """Send a whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """The notes are the log."""


@contextmanager
def witnessing(behind: str) -> Iterator[Witness]:
    """A witness at work."""
    with Witness(behind) as witness:
        thread = Thread(target=witness.serve_forever)
        thread.start()
        try:
            yield witness
        finally:
            witness.shutdown()
            thread.join()


@contextmanager
def browsing_alone(options: dict[str, Any], url: str, profile: Path) -> Iterator[None]:
    """A browser that nobody drives, with one page."""
    arguments = ["--headless=new", f"--user-data-dir={profile}", *options["args"], url]
    process = subprocess.Popen([options["executable_path"], *arguments], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with one adjustment, which waits for an event."""
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("ahead"))


def asked_unseen(asked: list[tuple[str, str]]) -> list[str]:
    """What of the pack was asked for before the page had been idle for a while, or by a page that said it is unseen."""
    idle = [path for path, _ in asked].index("/idle-unseen")
    unseen = [path for n, (path, purpose) in enumerate(asked) if n < idle or "prerender" in purpose]
    return [path for path in unseen if path.startswith("/ahead/")]


def test_a_prerendered_page_waits_until_it_is_seen_and_then_adapts(
    pack: Path, serve: Serve, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> None:
    pages = write_pages(tmp_path / "pages", {"index.html": INDEX, "next.html": NEXT})
    with (
        serve(pack, pages) as place,
        witnessing(place.address) as witness,
        browsing_alone(browser_type_launch_args, witness.address, tmp_path / "profile"),
    ):
        assert witness.is_idle_unseen.wait(PRERENDER_S), f"nothing was prerendered: {witness.asked}"
        try:
            visit = witness.done.get(timeout=VISIT_S)
        except Empty:
            pytest.fail(f"the page was not adapted in {VISIT_S:.0f} s: {witness.asked}")

    paths = [path for path, _ in witness.asked]
    assert paths.count("/next.html") == 1, "what was prerendered was thrown away, so this has shown nothing"
    assert visit["activated_ms"] > 0, "this browser did not show what it prerendered, so this has shown nothing"
    assert asked_unseen(witness.asked) == ["/ahead/trimtab.js"]
    assert [path.split(".")[0] for path in paths].count("/ahead/worker") == 1
    assert visit["worker_ms"] >= visit["activated_ms"], "a worker for a page that nobody had seen"
    assert 0 <= visit["decided_ms"] <= visit["seen_ms"], "times count from when the page is seen"
