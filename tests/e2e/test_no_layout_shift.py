"""Pages of others do not move by what we change on them, measured by web-vitals: with us and without us alike."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, Route

from tests.corpus import CorpusPage, answer_elsewhere, corpus, lay_out
from tests.e2e.driving import Serve, agree, build, remember_seed, wait_for_state
from trimtab.experiments import assign
from trimtab.loading import load_policy

WEB_VITALS: Final = Path(__file__).resolve().parents[2] / "node_modules" / "web-vitals" / "dist" / "web-vitals.iife.js"
MEASURE: Final = """
window.measured = { cls: 0 };
const { observe } = PerformanceObserver.prototype;
PerformanceObserver.prototype.observe = function (options) {  // what moved while the page was loading is not told
    observe.call(this, options.type === "layout-shift" ? { type: options.type } : options);
};
webVitals.onCLS(({ value }) => (measured.cls = value), { reportAllChanges: true });
"""
TURNS: Final = 30
STEP_MS: Final = 120
LISTEN: Final = """
window.changed = [];
window.undone = [];
document.addEventListener("trimtab:adjust", ({ detail }) => changed.push(detail.adjustment));
document.addEventListener("trimtab:undo", ({ detail }) => undone.push(detail.adjustment));
"""
SAY: Final = "wanted => window.trimtab?.event?.('wanted', wanted)"


def visit(page: Page, address: str) -> float:
    """Down the page while changes are wanted, up while they are taken back, and once more. Gives CLS."""
    page.goto(address, wait_until="load")
    page.mouse.move(3, 300)
    if page.evaluate("typeof window.trimtab?.status === 'function'"):
        agree(page, observe=True, adapt=True, remember=True)
        wait_for_state(page, "running")
    page.evaluate(WEB_VITALS.read_text() + MEASURE)
    page.wait_for_timeout(2500)  # nothing changes under the eyes of who has just come
    for wanted, pixels in ((1, 0), (1, 240), (0, -240), (0, 240), (1, -240), (0, 240)):
        page.evaluate(SAY, wanted)
        for _ in range(TURNS):
            page.mouse.wheel(0, pixels)
            page.wait_for_timeout(STEP_MS)
    return float(page.evaluate("measured.cls"))


@pytest.fixture(autouse=True)
def hosts(page: Page) -> None:
    """Other hosts are answered for; ours is the one on this machine."""

    def answer(route: Route) -> None:
        route.continue_() if "//127.0.0.1" in route.request.url else answer_elsewhere(route)

    page.route("**/*", answer)


EVERY_DAY: Final = {"clean-blog", "agency"}
"""A page takes most of a minute; `make proof` visits them all."""


@pytest.mark.parametrize(
    "site",
    [
        pytest.param(site, id=site.name, marks=[] if site.name in EVERY_DAY else [pytest.mark.proof])
        for site in corpus()
    ],
)
def test_nothing_shifts_by_what_we_change(page: Page, site: CorpusPage, tmp_path: Path, serve: Serve) -> None:
    folder, pages = lay_out(site, tmp_path)
    _, plain = lay_out(site, tmp_path, tag=False)
    pack = build(folder, tmp_path / "pack")
    with serve(pack, plain) as place:
        without = visit(page, f"{place.address}/{site.path}")
    page.add_init_script(LISTEN)
    remember_seed(page, seed_that_sees_all(folder / "policy.py"))
    with serve(pack, pages) as place:
        added = visit(page, f"{place.address}/{site.path}") - without
    changed, undone, status = page.evaluate("[changed, undone, trimtab.status()]")
    assert round(added, 3) == 0
    assert len(set(changed)) >= 2
    assert len(set(undone)) >= 2
    assert (status["errors"], status["shifted"]) == (0, 0)


def seed_that_sees_all(policy: Path) -> str:
    """A device's seed that is not in the holdout."""
    loaded = load_policy(policy)
    return next(seed for n in range(100) if str(assign(loaded, seed := f"{n:032x}", "")) != "holdout")
