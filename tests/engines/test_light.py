"""The light runtimes in every engine: they wake and decide, and when they trap the next heavier goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.conftest import Tab
from tests.engines.test_journeys import BEFORE, PAGE, POLICY, RUNNING, THERE, goes_short
from tests.hosting import hosting, write_pack
from tests.runtimes import LIGHT, TRIED
from tests.sites import write_site
from tests.trapping import trap_in


@pytest.fixture(scope="module", params=TRIED)
def runtime(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def pages(runtime: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two packs, each with a page; in the one the light runtimes trap in the middle of their first batch."""
    toml = f'[site]\nname = "engines"\nruntime = "{runtime}"\n'
    site = write_site(tmp_path_factory.mktemp("site"), POLICY, toml)
    folder = tmp_path_factory.mktemp("pages")
    for name in ("sound", "trapping"):
        write_pack(site, folder / name)
        (folder / f"{name}.html").write_text(PAGE.format(policy="").replace("/engines/", f"/{name}/"))
    (folder / "before.js").write_text(BEFORE)
    (worker,) = (folder / "trapping").glob("worker.*.js")
    worker.write_text(trap_in(1, 1) + worker.read_text())
    return folder


@pytest.fixture
def address(pages: Path) -> Iterator[str]:
    with hosting(pages) as address:
        yield address.rstrip("/")


def arrive(tab: Tab, address: str, name: str) -> None:
    tab.goto(f"{address}/{name}.html")
    tab.wait(THERE)
    tab.run("trimtab.consent({observe: true, adapt: true, remember: true, share: false})")
    tab.wait(RUNNING)


def test_it_wakes_and_decides(tab: Tab, address: str, runtime: str) -> None:
    arrive(tab, address, "sound")
    goes_short(tab)
    status = tab.run("return trimtab.status()")
    assert (status["runtime"], status["fallbacks"], status["errors"]) == (runtime, 0, 0)
    print(f"\n{tab.engine}: {runtime} woke in {status['boot_ms']} ms")


def test_after_a_trap_another_runtime_goes_on(tab: Tab, address: str, runtime: str) -> None:
    arrive(tab, address, "trapping")
    goes_short(tab)
    tab.wait("trimtab.status().runtime === 'stock'")
    status = tab.run("return trimtab.status()")
    assert (status["state"], status["fallbacks"], status["errors"]) == ("running", len(LIGHT) - LIGHT.index(runtime), 0)
    assert status["fallback_why"].startswith("python: ")
    print(f"\n{tab.engine}: {status['fallback_why']}")
