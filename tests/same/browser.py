"""Plays visits in a real browser: the pack of each site in a worker of its own, all at the same time."""

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from struct import pack
from typing import Any, Final

from playwright.sync_api import Page

from tests.conftest import ROOT
from tests.e2e.driving import build, config_of
from tests.same.visits import SITES, Played
from trimtab.messages import NAMED
from trimtab_bundler.serving import serving

PLAYER: Final = Path("tests/same/player.js")
MODULES: Final = Path("agent/trimtab/browser/worker")
DAY: Final = 20_780
PATIENCE_MS: Final = 900_000
PLAY: Final = """
sites => Promise.all(sites.map(async ({ base, config, visits, rows }) => {
  const answer = await fetch(rows);
  const worker = new Worker("/tests/same/player.js", { type: "module" });
  const job = { base, config, visits, rows: await answer.arrayBuffer() };
  worker.postMessage(job, [job.rows]);
  const { data } = await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = ({ message }) => reject(new Error(`${base}: ${message}`));
  });
  worker.terminate();
  if (data.why) throw new Error(data.why);
  return data;
}))
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser said of one visit: the log as Python wrote it, and how many rows it refused or rules failed."""

    log: str
    steps: int
    bad: int


def played(page: Page, visits: Sequence[Played], folder: Path, runtime: str) -> list[Answer]:
    """What this runtime in the browser decides about each visit, in their order."""
    pages = folder / "pages"
    shutil.copytree(ROOT / MODULES, pages / MODULES)
    (pages / PLAYER).parent.mkdir(parents=True)
    shutil.copyfile(ROOT / PLAYER, pages / PLAYER)
    (pages / "index.html").write_text('<!doctype html><title>Blank</title><link rel="icon" href="data:,">')
    sites = [site for site in SITES if any(visit.site == site for visit in visits)]
    packs = {site: build(with_runtime(site, runtime, folder), folder / site) for site in sites}
    with serving(list(packs.values()), folder / "data", pages, 0) as address:
        page.goto(address)
        jobs = []
        for site in sites:
            own = [visit for visit in visits if visit.site == site]
            (pages / f"{site}.rows").write_bytes(b"".join(rows_of(visit) for visit in own))
            config = config_of(folder / "sites" / site)
            assert config["runtimes"][0]["name"] == runtime
            jobs.append(
                {
                    "base": f"{address}{config['site']}/",
                    "config": config,
                    "visits": [visit_of(visit) for visit in own],
                    "rows": f"/{site}.rows",
                }
            )
        page.set_default_timeout(PATIENCE_MS)
        came = dict(zip(sites, page.evaluate(PLAY, jobs), strict=True))
    answers = {site: iter(data["played"]) for site, data in came.items()}
    return [Answer(**next(answers[visit.site])) for visit in visits]


def with_runtime(site: str, runtime: str, folder: Path) -> Path:
    """A copy of the site that asks for this runtime."""
    own = shutil.copytree(SITES[site], folder / "sites" / site)
    toml = own / "trimtab.toml"
    toml.write_text(toml.read_text().replace("[site]", f'[site]\nruntime = "{runtime}"', 1))
    return own


def _names(visit: Played) -> list[str]:
    return sorted({event.name for event in visit.events if event.name})


def rows_of(visit: Played) -> bytes:
    """The rows that the page would send, little-endian; a name stands there as its number."""
    numbers = {name: float(number) for number, name in enumerate(_names(visit))}
    return b"".join(
        pack("<6d", e.kind, e.t_ms, e.target, numbers[e.name] if e.kind in NAMED else e.a, e.b, e.c)
        for e in visit.events
    )


def visit_of(visit: Played) -> dict[str, Any]:
    """What the player needs to know besides."""
    options = {"consent": asdict(visit.consent), "seed": visit.seed, "arm": visit.arm, "day": DAY}
    return {"options": options, "names": list(enumerate(_names(visit))), "rows": len(visit.events)}
