"""What one step of the pipeline costs for a batch of sixty events, here and in the browser."""

from __future__ import annotations

import base64
import statistics
import time
import tracemalloc
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from playwright.sync_api import Page

from tests.bench.stream import batches, rows
from tests.e2e.driving import config_of
from trimtab.experiments import assign
from trimtab.loading import load_policy
from trimtab.pipeline import Visit
from trimtab.values import Consent

WARM_UP = 20
STEPS = 300
HOUR = 3600
CONSENT = {"observe": True, "adapt": True, "remember": False, "share": False}

MEASURE = """
async ({ base, config, batches, warmUp }) => {
  const { folder, stdlib, wheels } = config.runtimes.at(-1);
  const { loadPyodide } = await import(new URL(folder + "pyodide.mjs", base).href);
  const python = await loadPyodide({
    indexURL: new URL(folder, base).href,
    stdLibURL: new URL(stdlib, base).href,
    lockFileContents: { info: { abi_version: "2025_0", arch: "wasm32", platform: "emscripten", python: "3.13",
                                version: "0" }, packages: {} },
  });
  const path = python.pyimport("sys").path;
  for (const wheel of wheels) {
    const answer = await fetch(new URL(wheel, base));
    python.FS.writeFile("/" + wheel, new Uint8Array(await answer.arrayBuffer()));
    path.append("/" + wheel);
  }
  const entry = python.pyimport("trimtab.browser.entry");
  const consent = { observe: true, adapt: true, remember: false, share: false };
  const options = { consent, seed: "1", day: 1, arm: "" };
  entry.start(JSON.stringify(config), JSON.stringify(options));
  const times = [];
  for (const [text, now_ms] of batches) {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const before = performance.now();
    entry.step(bytes.buffer, now_ms);
    times.push(performance.now() - before);
  }
  return times.slice(warmUp);
}
"""


@dataclass(frozen=True)
class Cost:
    """Milliseconds of a step: half of them take less than `median`, nineteen of twenty less than `p95`."""

    median: float
    p95: float

    @classmethod
    def of(cls, times_ms: list[float]) -> Cost:
        """Of measured times."""
        return cls(statistics.median(times_ms), statistics.quantiles(times_ms, n=20)[-1])


def visit_of(site: Path) -> tuple[Visit, int]:
    """A visit of a site's policy in an arm that shows something, and how many targets it has."""
    policy = load_policy(site / "policy.py")
    assignment = assign(policy, "1", "")
    consent = Consent(observe=True, adapt=True)
    return Visit(policy, policy.declaration("00" * 8), assignment, consent), len(policy.targets)


def in_cpython(site: Path, span_ms: float) -> Cost:
    """The cost of a step in this interpreter."""
    visit, targets = visit_of(site)
    times = []
    for events, now_ms in islice(batches(targets, span_ms), WARM_UP + STEPS):
        before = time.perf_counter()
        visit.step(events, now_ms)
        times.append((time.perf_counter() - before) * 1000)
    return Cost.of(times[WARM_UP:])


def in_browser(page: Page, site: Path, address: str, span_ms: float) -> Cost:
    """The cost of a step in Pyodide in the browser: rows in, JSON out, as the worker calls it."""
    config = config_of(site)
    targets = len(load_policy(site / "policy.py").targets)
    stream = islice(batches(targets, span_ms), WARM_UP + STEPS)
    encoded = [[base64.b64encode(rows(events)).decode(), now_ms] for events, now_ms in stream]
    page.goto(f"{address}/blank.html")
    argument = {"base": f"{address}/{config['site']}/", "config": config, "batches": encoded, "warmUp": WARM_UP}
    return Cost.of(page.evaluate(MEASURE, argument))


def growth_in_an_hour(site: Path) -> tuple[int, int]:
    """Bytes that the visit holds after one minute and after one hour of continuous events."""
    visit, targets = visit_of(site)
    tracemalloc.start()
    held = []
    for second, (events, now_ms) in enumerate(islice(batches(targets), HOUR)):
        visit.step(events, now_ms)
        if second in (60, HOUR - 1):
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    return held[0], held[1]
