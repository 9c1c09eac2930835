"""Whatever happens to a light runtime, wherever in a visit: what is decided is the same as if nothing had happened.

The page's side is the real line to the worker, the worker and the pack are real, and a trap is a real one: WebAssembly
comes to `unreachable`, below Python's frames.
"""

from __future__ import annotations

import json
import shutil
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.conftest import ROOT
from tests.e2e.driving import share_no_worker
from tests.hosting import hosting, write_pack
from tests.runtimes import TRIED
from tests.same.browser import rows_of, visit_of, with_runtime
from tests.same.visits import Played, simulated
from tests.trapping import trap_in
from trimtab_bundler.bundling import Bundler
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import gather
from trimtab_bundler.progress import Progress
from trimtab_bundler.tag import bundle_worker

SCRIPTS: Final = ("tests/same", "agent/trimtab/browser/page")
WORKER: Final = "**/worker.*.js"
PLAY: Final = "async (job) => (await import('/tests/same/falling.js')).play(job)"
SITE: Final = "news"
PARTS: Final = 4
VISITS: Final = 140
"""The longest log of so many simulated visits is the one that is played."""
DEPTHS: Final = (0, 2, 5, 9, 14)
"""The first call of a batch takes its rows, the later ones hand the answer over or write a checkpoint."""
LIGHT_ONLY: Final = "(module, imports) => module instanceof WebAssembly.Module ? {} : instantiate(module, imports);"
"""Stock is compiled while it is loaded, so that there it is bytes or nothing."""
REFUSED: Final = "const { instantiate } = WebAssembly; WebAssembly.instantiate = " + LIGHT_ONLY
SCRIPTS_THAT_BREAK: Final = {
    "an instance that is refused": REFUSED.replace("{}", "Promise.reject(new Error('no'))"),
    "code that cannot be compiled": "WebAssembly.compileStreaming = () => Promise.reject(new Error('no'));",
}
NEVER: Final = REFUSED.replace("{}", "new Promise(() => {})")
BOOT_S: Final = 60
"""As long as link.js waits for a runtime."""
type Broken = Callable[[dict[str, Any]], dict[str, Any]]
PARTS_THAT_BREAK: Final[dict[str, Broken]] = {
    "code that is missing": lambda unit: unit | {"module": ["missing.wasm", unit["module"][1]]},
    "code of another build": lambda unit: unit | {"module": [unit["module"][0], unit["images"][0][1]]},
    "a memory that is missing": lambda unit: unit | {"images": [["missing.bin", unit["images"][0][1]]]},
    "a memory of another build": lambda unit: unit | {"images": [[unit["images"][0][0], unit["module"][1]]]},
    "a script of another build": lambda unit: unit | {"unit": "0" * 32},
    "a memory that does not fit": lambda unit: unit | {"pages": 1},
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A page with the pack of a site."""

    page: Page
    job: dict[str, Any]

    @property
    def runtimes(self) -> list[dict[str, Any]]:
        """The lightest first."""
        found: list[dict[str, Any]] = self.job["config"]["runtimes"]
        return found

    def play(self, before: str = "", broken: Broken = dict) -> dict[str, Any]:
        """What is decided of the visit, and which runtimes fell. `before` stands before the first worker's script."""
        with self.breaking(before, broken):
            heard: dict[str, Any] = self.page.evaluate(PLAY, self.job)
        return heard

    def worker_with(self, broken: Broken) -> str:
        """The pack's worker, with another first runtime."""
        first, *others = self.runtimes
        config = {**self.job["config"], "runtimes": [broken(first), *others]}
        cache = Cache.of_user()
        return bundle_worker(Bundler(gather(cache, Progress(sys.stderr)), cache), config).content.decode()

    @contextmanager
    def breaking(self, before: str, broken: Broken = dict) -> Iterator[None]:
        """The first worker begins with this, and its first runtime is broken; the second is the pack's own."""
        scripts = chain([before + self.worker_with(broken)], repeat(None))

        def answer(route: Route) -> None:
            response = route.fetch()
            route.fulfill(response=response, body=next(scripts) or response.text())

        self.page.context.route(WORKER, answer)
        yield
        self.page.context.unroute(WORKER)


@pytest.fixture(scope="module")
def visit() -> Played:
    """A visit with many decisions, by a visitor who lets the page adapt."""
    return max((each for each in simulated(VISITS) if each.site == SITE and each.adapt), key=lambda each: len(each.log))


@pytest.fixture(scope="module", params=TRIED)
def stage(request: pytest.FixtureRequest, browser: Browser, visit: Played, tmp_path_factory: Any) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("falls")
    site = with_runtime(SITE, request.param, folder)
    pages = folder / "pages"
    for scripts in SCRIPTS:
        shutil.copytree(ROOT / scripts, pages / scripts)
    config = write_pack(site, pages / "pack")
    told = visit_of(visit)
    with hosting(pages) as address, browser.new_page() as page:
        share_no_worker(page)  # the next visit would find it as the first one has left it
        page.goto(address)
        job = {"base": f"{address}pack/", "config": config, "rows": array("d", rows_of(visit)).tolist()}
        job |= {"options": told["options"], "names": told["names"]}
        yield Stage(page, job)


def told(visit: Played) -> list[dict[str, Any]]:
    """What CPython decided."""
    log: list[dict[str, Any]] = json.loads(f"[{visit.log}]")
    return log


@pytest.fixture(scope="module")
def undisturbed(stage: Stage, visit: Played) -> dict[str, Any]:
    """What is heard when nothing happens; it is CPython's log."""
    heard = stage.play()
    assert heard["fell"] == []
    assert heard["log"] == told(visit)
    assert len(heard["log"]) > len(heard["commands"]) > 0
    return heard


def check(heard: dict[str, Any], stage: Stage, undisturbed: dict[str, Any], what: str) -> None:
    """The first runtime fell, and all that is decided is as without."""
    assert [line.partition(":")[0] for line in heard["fell"]] == [stage.runtimes[1]["name"]], what
    assert (heard["log"], heard["commands"]) == (undisturbed["log"], undisturbed["commands"]), what


def check_trap(stage: Stage, undisturbed: dict[str, Any], batch: int, deep: int) -> None:
    """It fell in this step, not while it woke."""
    heard = stage.play(trap_in(batch, deep))
    check(heard, stage, undisturbed, f"batch {batch}, call {deep}")
    assert heard["fell"][0].startswith(f"{stage.runtimes[1]['name']}: python: ")


@pytest.mark.parametrize(("batch", "deep"), [(1, 0), (30, 9)])
def test_a_trap_in_a_step_changes_no_decision(stage: Stage, undisturbed: dict[str, Any], batch: int, deep: int) -> None:
    check_trap(stage, undisturbed, batch, deep)


@pytest.mark.proof
@pytest.mark.parametrize("part", range(PARTS))
def test_a_trap_in_whatever_step_changes_no_decision(stage: Stage, undisturbed: dict[str, Any], part: int) -> None:
    """In parts, so that each ends within minutes."""
    for batch in range(1 + part, undisturbed["batches"] + 1, PARTS):
        deep = DEPTHS[batch % len(DEPTHS)]
        check_trap(stage, undisturbed, batch, deep)


@pytest.mark.proof
@pytest.mark.parametrize("what", SCRIPTS_THAT_BREAK)
def test_a_runtime_that_does_not_wake_changes_no_decision(stage: Stage, undisturbed: dict[str, Any], what: str) -> None:
    check(stage.play(SCRIPTS_THAT_BREAK[what]), stage, undisturbed, what)


@pytest.mark.proof
@pytest.mark.parametrize("what", PARTS_THAT_BREAK)
def test_a_part_that_does_not_fit_changes_no_decision(stage: Stage, undisturbed: dict[str, Any], what: str) -> None:
    check(stage.play(broken=PARTS_THAT_BREAK[what]), stage, undisturbed, what)


@pytest.mark.proof
def test_a_runtime_that_never_wakes_changes_no_decision(stage: Stage, undisturbed: dict[str, Any]) -> None:
    """The page's clock is put forward. Comes last: the page keeps that clock."""
    page = stage.page
    page.clock.install()
    page.reload()
    with stage.breaking(NEVER):
        page.evaluate(f"(job) => void (window.heard = ({PLAY})(job))", stage.job)
        page.clock.run_for(BOOT_S * 1000)
        check(page.evaluate("heard"), stage, undisturbed, "never")
