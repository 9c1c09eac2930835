"""What `trimtab build` prints for a Content-Security-Policy, in a browser that enforces it and permits nothing else."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.sites import write_site
from trimtab_bundler.cache import Cache
from trimtab_bundler.commands.build import build_into
from trimtab_bundler.pack import STABLE_TAG, Pack
from trimtab_bundler.progress import Progress
from trimtab_bundler.rendering import TRUSTED_TYPES, render_csp, render_snippet

type Serve = Callable[[Path, dict[str, str]], str]

STRICT = (
    "require-trusted-types-for 'script'; trusted-types trimtab; script-src 'self' 'wasm-unsafe-eval'; "
    "style-src 'self'; connect-src 'self'; worker-src 'self'"
)
"""The tightest that a page of its own pack's origin can ask for; the snippet's inline line is left out under it."""
POLICY = """\
from trimtab import Policy, adjust, seconds

site = Policy("every-kind", cap_per_visit=100, cap_per_minute=100)


@site.segment(enter_after=seconds(0), leave_after=seconds(0))
def eager(v):
    return v.event("go").count > 0


def kind(name, do):
    on = site.target(name, f"#{name}")
    return site.adjust(name, on=on, when=eager, do=do, debounce=seconds(0), show_for=seconds(0))


every = [
    kind("class", adjust.add_class("roomy")),
    kind("attribute", adjust.attribute("title", "Ours")),
    kind("style", adjust.style(font_size="30px", color="red")),
    kind("scale", adjust.scale(1.5)),
    kind("size", adjust.size(1.5)),
    kind("text", adjust.text("Ours")),
    kind("swap", adjust.swap("ours")),
    kind("show", adjust.show()),
    kind("hide", adjust.hide()),
    kind("move", adjust.move("first")),
    kind("enlarge", adjust.enlarge(2)),
    kind("pace", adjust.pace(8)),
    kind("level", adjust.level("easier")),
    kind("event", adjust.event("page:compare")),
    kind("prompt", adjust.prompt("ours")),
]
site.experiment("every", arms={"all": every, "none": []})
"""
# The scaled one is narrow: one as wide as the window would widen the page, and wait.
BODY = """
<link rel=stylesheet href=style.css>
<div class=below>
  <p id=class>x</p> <p id=attribute>x</p> <p id=style>x</p> <button id=scale>x</button>
  <p id=size>x</p> <p id=text>x</p>
  <div id=swap>x<template data-trimtab-variant=ours><b>Ours</b></template></div>
  <p id=show hidden>x</p> <p id=hide>x</p> <div><p>first</p><p id=move>x</p></div>
  <img id=enlarge width=20 height=10 src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E">
  <p id=pace data-bs-interval=5000>x</p> <p id=level>x</p> <p id=event>x</p>
  <div id=prompt>x<template data-trimtab-variant=ours>
    <p>Help?</p><button data-trimtab-dismiss>No</button>
  </template></div>
</div>
"""
STYLE = ".below { margin-top: 3000px } .below > * { height: 60px; overflow: hidden }"
LOOK = """() => [...document.querySelectorAll(".below *")].map((each) => {
  const { fontSize, scale, zoom, display, width } = getComputedStyle(each);
  return [each.outerHTML, fontSize, scale, zoom, display, width].join();
})"""
WATCH = """globalThis.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective} ${event.sample}`));
globalThis.told = [];
addEventListener("page:compare", ({ detail }) => told.push(detail.undo));
globalThis.become = async (...wanted) => {
  const isThere = () => trimtab.status().adjustments.every(({ state }) => wanted.includes(state));
  for (let ticks = 300; !isThere(); ticks -= 1) {
    if (!ticks) throw new Error(JSON.stringify(trimtab.status().adjustments));
    await new Promise((done) => setTimeout(done, 100));
  }
};"""
"""`wait_for_function` would evaluate a string, which these pages do not permit."""
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


@pytest.fixture(scope="module", params=["stock", "lean"])
def every_kind(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, cache: Cache, progress: Progress
) -> Path:
    """A pack whose policy uses each kind of adjustment. Not to be changed."""
    folder = tmp_path_factory.mktemp("every-kind")
    site = write_site(folder / "site", POLICY, f'[site]\nname = "every-kind"\nruntime = "{request.param}"\n')
    build_into(site, folder / "out", cache, progress, preview=True)
    return folder / "out"


def adjust_and_undo_everything(page: Page, address: str, said: list[str]) -> None:
    """Applies every kind, undoes every kind, and looks at what is there and what the browser refused meanwhile."""
    page.set_default_timeout(60_000)
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    before = page.evaluate(LOOK)
    assert page.evaluate(CONSENT)["state"] == "running"
    page.evaluate("trimtab.force({ segment: 'eager' })")
    page.evaluate("become('applied')")
    shown = page.evaluate(LOOK)
    assert len(set(shown) - set(before)) >= 15
    assert page.evaluate("told") == [False]
    page.locator("#prompt button").click()
    assert page.locator("#prompt [role=status]").count() == 0
    page.evaluate("scrollTo(0, 0), trimtab.force({ segment: null })")
    page.evaluate("become('undone', 'refused', 'held')")  # Python may hear of the click while the rule still holds
    assert page.evaluate(LOOK) == before
    assert page.evaluate("[told, trimtab.status().errors, violations]") == [[False, True], 0, []]
    assert page.evaluate("trimtab.status().fallbacks") == 0


def write_every_kind(folder: Path, src: str) -> None:
    write_page(folder, f'{BODY}<script async src="{src}" data-arm="every/all"></script>')
    (folder / "style.css").write_text(STYLE)


def test_every_adjustment_comes_and_goes_under_the_tightest_policy_of_a_page_with_its_own_pack(
    page: Page, serve: Serve, every_kind: Path, tmp_path: Path
) -> None:
    (tmp_path / "pack").symlink_to(every_kind)
    write_every_kind(tmp_path, f"pack/{STABLE_TAG}")
    said: list[str] = []
    adjust_and_undo_everything(page, serve(tmp_path, {"Content-Security-Policy": STRICT}) + "/page.html", said)
    assert said == []


def test_every_adjustment_comes_and_goes_with_a_pack_on_another_origin_and_what_build_prints_for_it(
    page: Page, serve: Serve, every_kind: Path, tmp_path: Path
) -> None:
    pack = serve(every_kind, {"Access-Control-Allow-Origin": "*"})
    write_every_kind(tmp_path, f"{pack}/{STABLE_TAG}")
    strict = f"require-trusted-types-for 'script'; {TRUSTED_TYPES}; style-src 'self'; {render_csp(pack)}"
    said: list[str] = []
    adjust_and_undo_everything(page, serve(tmp_path, forbid(strict)) + "/page.html", said)
    assert said == []


def test_a_page_whose_list_of_policies_leaves_ours_out_but_requires_none_is_served_all_the_same(
    page: Page, serve: Serve, every_kind: Path, tmp_path: Path
) -> None:
    (tmp_path / "pack").symlink_to(every_kind)
    write_every_kind(tmp_path, f"pack/{STABLE_TAG}")
    status, _ = visit(page, serve(tmp_path, {"Content-Security-Policy": "trusted-types theirs"}) + "/page.html")
    assert (status["state"], status["errors"]) == ("running", 0)


def test_a_page_that_requires_trusted_types_without_ours_keeps_its_own_look_and_is_told_why(
    page: Page, serve: Serve, every_kind: Path, tmp_path: Path
) -> None:
    (tmp_path / "pack").symlink_to(every_kind)
    write_every_kind(tmp_path, f"pack/{STABLE_TAG}")
    csp = "require-trusted-types-for 'script'; trusted-types theirs"
    status, _ = visit(page, serve(tmp_path, {"Content-Security-Policy": csp}) + "/page.html")
    assert (status["state"], "TrustedScriptURL" in status["why"]) == ("stopped", True)
