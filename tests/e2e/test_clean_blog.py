"""Pages that nobody here wrote: the npm package startbootstrap-clean-blog, with trimtab on its posts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.e2e.driving import Place, Serve, agree, open_page, read, remember_seed, seed_for, skim, wait_for_state
from tests.sites import lean_toml, write_site
from trimtab.messages import REPORT_BYTES, unpack_report

ROOT = Path(__file__).resolve().parents[2]
BLOG = ROOT / "node_modules" / "startbootstrap-clean-blog" / "dist"
POLICY = """
from trimtab import Policy, adjust, seconds

blog = Policy("clean-blog")
post = blog.target("post", "article.mb-4")
headings = blog.target("headings", "article h2.section-heading")
closing = blog.target("closing", "footer .small")


@blog.segment(enter_after=seconds(1), leave_after=seconds(20))
def skimmer(visitor):
    return visitor.reading(post).words_per_minute > 450 and visitor.scroll.speed_px_s > 200


marks = blog.adjust("marked-headings", on=headings, when=skimmer, do=adjust.add_class("text-primary"))
note = blog.adjust("closing-note", on=closing, when=skimmer, do=adjust.swap("note"))
blog.experiment("marks", arms={"adaptive": [marks, note], "static": []})


@blog.question(answers=("none", "skimmed", "stayed"))
def reading(outcome):
    if outcome.was(skimmer):
        return "skimmed"
    return "stayed" if outcome.attended_s > 10 else "none"
"""
SNIPPET = '<script async src="/clean-blog/trimtab.js"></script>'
NOTE = '<template data-trimtab-variant="note">In short: look up.</template>'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("clean-blog"))


@pytest.fixture
def blog(pack: Path, tmp_path: Path, serve: Serve) -> Iterator[Place]:
    """The package's own pages with two lines added to one of them, and the pack beside them."""
    pages = shutil.copytree(BLOG, tmp_path / "pages")
    post = (pages / "post.html").read_text()
    marker = '<div class="small text-center text-muted fst-italic">'
    assert marker in post, "the package's post looks different now; the test adds its block to the footer"
    (pages / "post.html").write_text(post.replace(marker, marker + NOTE).replace("</head>", SNIPPET + "</head>"))
    with serve(pack, pages) as place:
        yield place


def complaints(console: list[str]) -> list[str]:
    return [line for line in console if line.startswith(("error", "warning"))]


@pytest.fixture(autouse=True)
def requests(page: Page, blog: Place) -> list[Request]:
    """Every request of the page. Other hosts, which the package's pages ask for fonts and scripts, answer nothing."""
    seen: list[Request] = []

    def answer(route: Route) -> None:
        route.continue_() if route.request.url.startswith(blog.address) else route.fulfill(status=200, body="")

    page.route("**/*", answer)
    page.on("request", lambda request: seen.append(request))  # noqa: PLW0108  Playwright marks what it is given
    return seen


def visit(page: Page, blog: Place, site: Path, arm: str) -> dict[str, Any]:
    remember_seed(page, seed_for(site / "policy.py", arm))
    open_page(page, f"{blog.address}/post.html")
    agree(page)
    status = wait_for_state(page, "running")
    assert status["arm"] == arm
    page.mouse.move(400, 400)
    return status


def markup(page: Page) -> str:
    parts: str = page.evaluate(
        "document.querySelector('article').outerHTML + document.querySelector('footer').outerHTML"
    )
    return parts


def test_a_skimmer_sees_the_change_and_undo_gives_back_the_very_page(
    page: Page, blog: Place, site: Path, console: list[str]
) -> None:
    visit(page, blog, site, "marks/adaptive")
    before = markup(page)
    skim(page)
    expect(page.locator("article h2.text-primary")).to_have_count(2)
    expect(page.locator("footer .small")).to_have_text("In short: look up.")
    page.evaluate("trimtab.off()")
    assert markup(page) == before
    assert complaints(console) == []


def test_a_reader_sees_no_change(page: Page, blog: Place, site: Path, console: list[str]) -> None:
    visit(page, blog, site, "marks/adaptive")
    before = markup(page)
    read(page)
    assert markup(page) == before
    assert page.evaluate("trimtab.status().segments") == []
    assert complaints(console) == []


@pytest.mark.parametrize("arm", ["marks/static", "holdout"])
def test_a_skimmer_of_another_arm_sees_no_change(page: Page, blog: Place, site: Path, arm: str) -> None:
    visit(page, blog, site, arm)
    before = markup(page)
    skim(page)
    page.wait_for_function("trimtab.status().segments.includes('skimmer')")
    page.wait_for_timeout(1000)
    assert markup(page) == before
    decisions = {entry["reason"] for entry in page.evaluate("trimtab.log()") if entry.get("decision") == "refused"}
    assert decisions == {"other-arm" if arm == "marks/static" else "holdout"}


def test_nothing_leaves_the_browser_but_one_report_of_the_stated_size(
    page: Page, blog: Place, site: Path, requests: list[Request]
) -> None:
    visit(page, blog, site, "marks/adaptive")
    skim(page, turns=30)
    page.wait_for_function("trimtab.status().report === 'sealed'")
    sealed = bytes.fromhex(page.evaluate("localStorage.getItem('trimtab.sealed')").split(":")[-1])
    assert len(sealed) == REPORT_BYTES
    assert unpack_report(sealed).arm == 1
    assert {request.method for request in requests if request.url.startswith(blog.address)} == {"GET"}
    assert all("?" not in request.url for request in requests if request.url.startswith(blog.address))
    assert blog.reports() == 0, "nothing is sent while the visit goes on"
    page.goto("about:blank")
    wait_for_reports(page, blog, 1)


def wait_for_reports(page: Page, blog: Place, number: int) -> None:
    for _ in range(100):
        if blog.reports() == number:
            return
        page.wait_for_timeout(100)
    assert blog.reports() == number
