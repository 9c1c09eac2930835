"""What `trimtab build` prints for a Content-Security-Policy, in a browser that enforces it and permits nothing else."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from trimtab_bundler.pack import STABLE_TAG, Pack
from trimtab_bundler.rendering import render_csp, render_snippet

type Serve = Callable[[Path, dict[str, str]], str]

CONSENT = "() => { trimtab.consent({ observe: true, adapt: true, remember: true, share: true }); return trimtab.ready }"


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, each with the same additional headers."""

    def __init__(self, *args: Any, headers: dict[str, str], **options: Any) -> None:
        self.additional = headers
        super().__init__(*args, **options)

    def end_headers(self) -> None:
        for name, value in self.additional.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name in the base class
        del format, args


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves a folder with additional headers, and gives the address."""
    servers = []

    def start(folder: Path, headers: dict[str, str]) -> str:
        handler = partial(Handler, directory=str(folder), headers=headers)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def visit(page: Page, address: str) -> tuple[dict[str, Any], list[str]]:
    """The status once it is settled, and what the console says."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address, wait_until="networkidle")
    return page.evaluate(CONSENT), said


def write_page(folder: Path, snippet: str) -> None:
    head = '<!doctype html><title>A page</title><link rel="icon" href="data:,">'
    (folder / "page.html").write_text(f"{head}<p>Text</p>{snippet}")


def forbid(csp: str) -> dict[str, str]:
    return {"Content-Security-Policy": f"default-src 'none'; img-src data:; {csp}"}


def test_the_printed_policy_is_enough_on_one_origin_where_every_answer_carries_it(
    page: Page, serve: Serve, built: tuple[Pack, Path], tmp_path: Path
) -> None:
    (tmp_path / "pack").symlink_to(built[1])
    write_page(tmp_path, render_snippet(f"pack/{STABLE_TAG}"))
    status, said = visit(page, serve(tmp_path, forbid(render_csp(""))) + "/page.html")
    assert (status["state"], status["why"], said) == ("running", "", [])


def test_the_printed_policy_is_enough_for_a_pack_on_another_origin(
    page: Page, serve: Serve, built: tuple[Pack, Path], tmp_path: Path
) -> None:
    pack = serve(built[1], {"Access-Control-Allow-Origin": "*"})
    write_page(tmp_path, render_snippet(f"{pack}/{STABLE_TAG}"))
    status, said = visit(page, serve(tmp_path, forbid(render_csp(pack))) + "/page.html")
    assert (status["state"], status["why"], said) == ("running", "", [])


def test_a_pinned_tag_runs_from_another_origin(
    page: Page, serve: Serve, built: tuple[Pack, Path], tmp_path: Path
) -> None:
    pack = serve(built[1], {"Access-Control-Allow-Origin": "*"})
    write_page(tmp_path, render_snippet(f"{pack}/{built[0].tag.path}", built[0].tag.sri))
    status, said = visit(page, serve(tmp_path, {}) + "/page.html")
    assert (status["state"], said) == ("running", [])
