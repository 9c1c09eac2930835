"""The visitors of `trimtab demo --visit`, in a hurry, on the demo's own news site."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler import visiting
from trimtab_bundler.cache import Cache
from trimtab_bundler.commands.build import build_into
from trimtab_bundler.progress import Progress
from trimtab_bundler.serving import serving
from trimtab_bundler.visiting import VISITORS, run_visits

DEMO = Path(__file__).resolve().parents[2] / "demo_site"


def visits(address: str, site: Path) -> list[str]:
    """What `run_visits` tells. In a thread of its own: pytest's Playwright holds this one."""
    told: list[str] = []
    with ThreadPoolExecutor(1) as pool:
        pool.submit(run_visits, address, site, told.append).result()
    return told


@pytest.mark.usefixtures("browser_type_launch_args")  # it says how to set up a browser where there is none
def test_the_skimming_visitor_sees_a_change_the_reading_one_does_not_and_both_report_alike(
    cache: Cache, progress: Progress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skimming, reading = VISITORS
    monkeypatch.setattr(visiting, "VISITORS", (skimming, replace(reading, turns=((300, 300, 3), (40, 4000, 1)))))
    build_into(DEMO / "news", tmp_path / "news", cache, progress, preview=True)
    with serving([tmp_path / "news"], tmp_path / "data", DEMO, 0) as address:
        first, second, last = "\n".join(visits(address, DEMO)).strip().split("\n\n")
    skimming_manner = "14 turns of 200 px, 300 ms apart, then 30 turns of 100 px, 300 ms apart"
    assert first.startswith(f"A skimming visitor ({skimming_manner})\n  started:  Python in the worker after")
    assert ": skimmer (mean scroll speed " in first
    assert "short-summaries allowed, rule-holds" in first
    assert "changed:  short-summaries is applied" in first
    assert second.startswith(
        "A reading visitor (3 turns of 300 px, 300 ms apart, then 1 turns of 40 px, 4000 ms apart)\n"
    )
    assert "changed:  nothing; the page is as its author wrote it" in second
    for visit in (first, second):
        assert visit.count("sent:     128 bytes when the page was left: question 0, arm 1,") == 1
    assert last.startswith(f"The dashboard at {address}sites/daily-news now counts: ")
    assert "adaptive 2 reports" in last


@pytest.mark.parametrize("record", [None, "/no/such/browser"])
def test_a_missing_browser_is_told_with_the_way_to_get_one(tmp_path: Path, record: str | None) -> None:
    (tmp_path / "demo_site").symlink_to(DEMO)
    site = tmp_path / "demo_site"
    if record is not None:
        (tmp_path / ".trimtab").mkdir()
        (tmp_path / ".trimtab" / "browser").write_text(record)
    with pytest.raises(TrimtabError, match=r"run `python3 bootstrap\.py browser` in the checkout$") as raised:
        visits("http://127.0.0.1:9/", site)
    assert "\n" not in str(raised.value)
