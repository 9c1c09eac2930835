"""An hour on one page, sixty events a second: a light runtime takes no more memory in the end than after some minutes.

The hour is that of the rows, so it takes a minute or two. With `TRIMTAB_REAL_TIME=1` each batch is waited for instead.
"""

from __future__ import annotations

import os
import shutil
import statistics
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from tests.bench.stream import batches, rows
from tests.conftest import ROOT
from tests.hosting import hosting, write_pack
from tests.runtimes import LIGHT, PROFILED
from tests.same.browser import DAY, with_runtime
from trimtab.loading import load_policy

SITE: Final = "news"
HOUR_S: Final = 3600
SETTLED_S: Final = 600
"""By then all windows of a visit are full, and so is the log."""
BATCH_MS: Final = 300
"""As messages.js has it: what goes on is told so often."""
SCRIPTS: Final = ("tests/same", "tests/python", "agent/trimtab/browser/worker")
SOAK: Final = """
(job) => new Promise((resolve, reject) => {
  const worker = new Worker("/tests/same/soaking.js", { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(job);
})
"""


@pytest.mark.proof
@pytest.mark.parametrize("runtime", LIGHT)
def test_the_memory_of_an_hour_is_flat(browser: Browser, tmp_path: Path, runtime: str) -> None:
    site = with_runtime(SITE, runtime, tmp_path)
    pages = tmp_path / "pages"
    for scripts in SCRIPTS:
        shutil.copytree(ROOT / scripts, pages / scripts)
    targets = len(load_policy(site / "policy.py").targets)
    (pages / "rows").write_bytes(b"".join(rows(events) for events, _ in islice(batches(targets), HOUR_S)))
    consent = {"observe": True, "adapt": True, "remember": True, "share": False}
    options = {"consent": consent, "seed": "1", "day": DAY, "arm": "", "origin_ms": 0}
    job: dict[str, Any] = {
        "config": write_pack(site, pages / "pack"),
        "options": options,
        "rows": "/rows",
        "batch_ms": BATCH_MS,
    }
    job["real"] = bool(os.environ.get("TRIMTAB_REAL_TIME"))
    job["counts"] = runtime != PROFILED  # which has a trap in the place of what counts objects
    with hosting(pages) as address, browser.new_page() as page:
        page.goto(address)
        came = page.evaluate(SOAK, job | {"base": f"{address}pack/"})

    settled = [sample for sample in came["samples"] if sample["t_ms"] >= SETTLED_S * 1000]
    assert came["bad"] == 0
    assert came["decided"] > 0
    assert len(settled) >= (HOUR_S - SETTLED_S) / 60
    assert {sample["memory"] for sample in settled} == {settled[0]["memory"]}
    assert {sample["top"] for sample in settled} == {settled[0]["top"]}
    counts = [sample["objects"] for sample in settled if job["counts"]]
    assert not counts or max(counts) - min(counts) < 0.01 * min(counts), counts
    took = statistics.quantiles(came["took_ms"], n=100)
    memory, top = (settled[0][name] / 1e6 for name in ("memory", "top"))
    print(f"\n{runtime}: {len(came['took_ms']):,} steps, median {took[49]:.2f} ms, p99 {took[98]:.2f} ms,")
    print(f"longest {max(came['took_ms']):.1f} ms; memory {memory:.1f} MB, {top:.1f} MB of it ever taken")
