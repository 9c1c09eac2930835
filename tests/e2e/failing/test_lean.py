"""The light runtime on real pages: it wakes, two visitors are two, and where it fails the stock one goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.driving import BOOT_MS, Place, agree, share_no_worker, wait_for_state
from tests.e2e.failing.page import LIGHT, PAGE, POLICY, SHORT, arrive, begin_seeing
from tests.sites import write_site
from tests.trapping import trap_in


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, LIGHT)


COUNTED = "localStorage.getItem('trimtab.failed')"
"""After three failures a day a device stays without; what a line or a server did is none."""


def shortened(page: Page) -> None:
    page.evaluate("trimtab.event('go')")
    expect(page.locator(".title")).to_have_text(SHORT, timeout=BOOT_MS)


def test_the_light_runtime_wakes_and_decides(page: Page, place: Place, site: Path) -> None:
    status = begin_seeing(page, place, site)
    assert (status["runtime"], status["fallbacks"]) == ("lean", 0)
    shortened(page)
    assert page.evaluate("trimtab.status().errors") == 0


def test_nothing_of_the_stock_runtime_is_fetched_with_it(page: Page, place: Place, site: Path) -> None:
    share_no_worker(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    begin_seeing(page, place, site)
    parts = [name.partition(".")[0] for name in asked]
    assert sorted(parts) == sorted(["", "trimtab", "visit", "worker", "lean", "lean", "memory", "policy"])


def test_a_tag_can_ask_for_the_stock_runtime(page: Page, place: Place, site: Path, tmp_path: Path) -> None:
    index = tmp_path / "pages" / "index.html"
    index.write_text(PAGE.replace("<script async", '<script async data-runtime="stock"'))
    status = begin_seeing(page, place, site)
    assert (status["runtime"], status["fallbacks"]) == ("stock", 0)
    shortened(page)


@pytest.mark.parametrize("missing", ["lean.*.wasm", "lean.*.mjs", "memory.*.bin", "policy.*.bin"])
def test_a_part_that_is_missing_is_made_up_for(page: Page, place: Place, site: Path, pack: Path, missing: str) -> None:
    (victim,) = pack.glob(missing)
    for twin in pack.glob(f"{victim.name}*"):
        twin.unlink()
    status = begin_seeing(page, place, site)
    assert (status["runtime"], status["fallbacks"]) == ("stock", 1)
    assert status["fallback_why"].startswith("pack: ")
    assert page.evaluate(COUNTED) is None
    shortened(page)


@pytest.mark.parametrize("broken", ["lean.*.wasm", "memory.*.bin"])
def test_a_download_that_breaks_off_says_nothing_of_the_device(
    page: Page, place: Place, site: Path, pack: Path, broken: str
) -> None:
    (victim,) = pack.glob(f"{broken}.br")
    victim.write_bytes(victim.read_bytes()[:-1000])
    status = begin_seeing(page, place, site)
    assert (status["runtime"], status["fallbacks"]) == ("stock", 1)
    assert status["fallback_why"].startswith("pack: ")
    assert page.evaluate(COUNTED) is None
    shortened(page)


@pytest.mark.parametrize("changed", ["lean.*.wasm", "memory.*.bin", "policy.*.bin"])
def test_a_part_of_another_build_is_not_woken(page: Page, place: Place, site: Path, pack: Path, changed: str) -> None:
    (victim,) = pack.glob(changed)
    for twin in pack.glob(f"{victim.name}.*"):
        twin.unlink()
    victim.write_bytes(victim.read_bytes()[:-1] + b"?")
    status = begin_seeing(page, place, site)
    assert (status["runtime"], status["fallbacks"]) == ("stock", 1)
    assert "is another file than it was" in status["fallback_why"]
    shortened(page)


WITHOUT_TLS = "plain.test"
"""A name that no browser trusts as it does 127.0.0.1: the page has no `crypto.subtle`."""


@pytest.fixture
def plain(launch_browser: Callable[..., Browser], browser_type_launch_args: dict[str, Any]) -> Iterator[Page]:
    resolver = f"--host-resolver-rules=MAP {WITHOUT_TLS} 127.0.0.1"
    with launch_browser(args=[*browser_type_launch_args["args"], resolver]) as browser:
        yield browser.new_page()


@pytest.mark.parametrize(("changed", "runtime"), [("", "lean"), ("lean.*.wasm", "stock"), ("memory.*.bin", "stock")])
def test_without_tls_the_browser_checks_the_parts(
    plain: Page, place: Place, site: Path, pack: Path, changed: str, runtime: str
) -> None:
    for victim in pack.glob(changed) if changed else ():
        for twin in pack.glob(f"{victim.name}.*"):
            twin.unlink()
        victim.write_bytes(victim.read_bytes()[:-1] + b"?")
    status = begin_seeing(plain, replace(place, address=place.address.replace("127.0.0.1", WITHOUT_TLS)), site)
    assert not plain.evaluate("isSecureContext")
    assert (status["runtime"], bool(status["fallbacks"])) == (runtime, bool(changed))
    shortened(plain)


def trapping(page: Page, at: int) -> None:
    """The worker's script with a trap in its light runtime."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=trap_in(at) + response.text())

    share_no_worker(page)
    page.context.route("**/worker.*.js", answer)


@pytest.mark.parametrize("at", [1, 2])
def test_a_trap_loses_nothing(page: Page, place: Place, site: Path, at: int) -> None:
    trapping(page, at)
    begin_seeing(page, place, site)
    shortened(page)
    page.wait_for_function("trimtab.status().fallbacks === 1", timeout=BOOT_MS)
    status = page.evaluate("trimtab.status()")
    assert (status["state"], status["runtime"]) == ("running", "stock")
    assert status["fallback_why"].startswith("python: ")
    expect(page.locator(".title")).to_have_text(SHORT)


def fall(page: Page) -> None:
    page.evaluate("trimtab.event('go')")
    page.wait_for_function("trimtab.status().fallbacks === 1", timeout=BOOT_MS)


PASSED_OVER = "a lighter one has failed on this device today"


def test_pages_of_the_same_day_begin_with_the_runtime_that_went_on(page: Page, place: Place, site: Path) -> None:
    trapping(page, 1)
    begin_seeing(page, place, site)
    fall(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    status = begin_seeing(page, place, site)
    assert (status["runtime"], status["fallbacks"], status["fallback_why"]) == ("stock", 0, PASSED_OVER)
    assert not [name for name in asked if name.startswith(("lean.", "memory."))]
    shortened(page)


def test_what_fell_yesterday_or_in_another_build_is_tried(page: Page, place: Place, site: Path) -> None:
    trapping(page, 1)
    begin_seeing(page, place, site)
    fall(page)
    day, times, worker, runtime = page.evaluate(COUNTED).split(":")
    assert (times, runtime) == ("1", "stock")
    for other in (f"{int(day) - 1}:1:{worker}:stock", f"{day}:1:worker.0123456789ab.js:stock", f"{day}:1"):
        page.evaluate("other => localStorage.setItem('trimtab.failed', other)", other)
        begin_seeing(page, place, site)
        fall(page)  # so it began with the lean one


def test_without_permission_to_remember_a_fall_is_known_on_its_page_alone(page: Page, place: Place, site: Path) -> None:
    trapping(page, 1)
    arrive(page, place, site)
    agree(page, observe=True, adapt=True)
    wait_for_state(page, "running")
    fall(page)
    page.evaluate("trimtab.consent({})")
    agree(page, observe=True, adapt=True)
    status = wait_for_state(page, "running")
    assert (status["runtime"], status["fallbacks"]) == ("stock", 1)
    assert status["fallback_why"].startswith("python: ")
    assert page.evaluate(COUNTED) is None
    arrive(page, place, site)
    agree(page, observe=True, adapt=True)
    wait_for_state(page, "running")
    fall(page)


def test_after_three_failures_a_device_stays_without_for_a_day(
    page: Page, place: Place, site: Path, tmp_path: Path
) -> None:
    index = tmp_path / "pages" / "index.html"
    index.write_text(PAGE.replace("<script async", '<script async data-runtime="lean"'))  # though it has fallen
    trapping(page, 1)
    for failures in (1, 2, 3):
        begin_seeing(page, place, site)
        fall(page)
        assert page.evaluate("localStorage.getItem('trimtab.failed').split(':')[1]") == str(failures)
    arrive(page, place, site)
    agree(page)
    assert "failed too often" in wait_for_state(page, "stopped")["why"]
    page.evaluate("trimtab.consent({ observe: true })")
    assert page.evaluate("localStorage.getItem('trimtab.failed')") is None
