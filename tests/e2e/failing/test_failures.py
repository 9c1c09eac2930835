"""Whatever breaks, the page is as its author wrote it, its console has one line at most, and status() says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.driving import BOOT_MS, Place, Serve, agree, build, wait_for_state
from tests.e2e.failing.page import POLICY, SHORT, arrive, begin_seeing
from tests.sites import write_site

TOML = '[site]\nname = "broken"\nruntime = "stock"\n'
"""Nothing is behind this runtime; test_lean.py tries what is before it."""
LOST_MS = 40_000
"""The deadline for an answer is 10 s; a busy machine may stretch it."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, TOML)


def title(page: Page) -> str:
    text: str = page.evaluate("document.querySelector('.title').firstChild.textContent")
    return text


def test_without_a_failure_the_title_is_short(page: Page, place: Place, site: Path, console: list[str]) -> None:
    begin_seeing(page, place, site)
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text(SHORT)
    assert console == []


def test_a_worker_that_dies_gives_the_page_back(page: Page, place: Place, site: Path, console: list[str]) -> None:
    begin_seeing(page, place, site)
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text(SHORT)
    page.workers[0].evaluate("self.close()")
    page.evaluate("trimtab.event('go')")
    page.wait_for_function("trimtab.status().state === 'stopped'", timeout=LOST_MS)
    assert title(page) == "A long title"
    assert page.evaluate("trimtab.status().why") == "worker: it did not answer in time"
    assert console == []


@pytest.mark.parametrize(
    "missing",
    [
        *("visit.*.js", "worker.*.js", "stdlib.*.zip", "policy.*.whl"),
        *(f"runtime-*/pyodide.{part}" for part in ("mjs", "asm.js", "asm.wasm")),
    ],
)
def test_a_missing_pack_file_leaves_the_page_alone(
    page: Page, place: Place, site: Path, pack: Path, console: list[str], missing: str
) -> None:
    (victim,) = pack.glob(missing)
    for twin in victim.parent.glob(f"{victim.name}*"):
        twin.unlink()
    arrive(page, place, site)
    agree(page)
    why = wait_for_state(page, "stopped")["why"]
    assert why, "status() must say why"
    assert page.evaluate("localStorage.getItem('trimtab.failed')") is None, "it says nothing of the device"
    assert title(page) == "A long title"
    assert len(console) <= 1, console


def test_a_server_that_is_down_leaves_the_page_alone(
    page: Page, pack: Path, site: Path, pages: Path, serve: Serve, console: list[str]
) -> None:
    with serve(pack, pages) as place:
        arrive(page, place, site)
    agree(page)
    assert wait_for_state(page, "stopped")["why"]
    assert title(page) == "A long title"
    assert len(console) <= 1, console


def test_a_policy_of_the_page_that_forbids_webassembly_leaves_it_alone(
    page: Page, place: Place, site: Path, console: list[str]
) -> None:
    policy = "script-src 'self'; worker-src 'self'; connect-src 'self'"

    def forbid(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

    page.route("**/*", forbid)
    arrive(page, place, site)
    agree(page)
    status = wait_for_state(page, "stopped")
    assert "WebAssembly" in status["why"]
    assert title(page) == "A long title"
    assert len(console) <= 1, console


def test_a_frame_of_no_origin_that_may_start_no_worker_stays_as_it_is(
    page: Page, place: Place, pages: Path, console: list[str]
) -> None:
    framed = '<iframe sandbox="allow-scripts" src="/"></iframe>'
    (pages / "framed.html").write_text(f'<!doctype html><title>Around</title><link rel="icon" href="data:,">{framed}')
    page.goto(f"{place.address}/framed.html")
    frame = page.frames[1]
    frame.wait_for_function("typeof window.trimtab?.status === 'function'")
    frame.evaluate("trimtab.consent({ observe: true, adapt: true, remember: true, share: true })")
    frame.wait_for_function("trimtab.status().state === 'stopped'")
    assert "worker" in frame.evaluate("trimtab.status().why")
    frame.evaluate("trimtab.off()")
    assert console == []


def test_a_policy_that_fails_in_the_visit_is_counted_and_changes_nothing(
    page: Page, tmp_path: Path, pages: Path, serve: Serve, console: list[str]
) -> None:
    in_a_visit_only = 'visitor.event("go").count >= 1 and 1 / ("trimtab.probing" in sys.modules)'
    failing = POLICY.replace('visitor.event("go").count >= 1', in_a_visit_only)
    assert failing != POLICY
    site = write_site(tmp_path / "failing", "import sys\n" + failing, TOML)
    with serve(build(site, tmp_path / "pack-of-failing"), pages) as place:
        begin_seeing(page, place, site)
        page.evaluate("trimtab.event('go')")
        page.wait_for_function("trimtab.status().errors > 0", timeout=BOOT_MS)
    assert title(page) == "A long title"
    assert console == []
