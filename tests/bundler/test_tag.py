import json
import re
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.bundling import Bundler, Script
from trimtab_bundler.npm import run_node
from trimtab_bundler.tag import bundle_tag, bundle_visit, bundle_worker

CONFIG: dict[str, Any] = {
    "preview": False,
    "collect": "",
    "visit": "visit.0123456789ab.js",
    "worker": "worker.0123456789ab.js",
    "runtimes": ["stock"],
    "declaration": {"targets": [{"selector": "a > b"}], "adjustments": [], "goals": []},
}
WORKER_CONFIG = {"runtimes": [{"name": "stock", "folder": "runtime-0123456789ab/", "wheels": []}], "declaration": {}}


def test_the_tag_is_one_classic_script_with_the_sites_configuration(bundler: Bundler, tmp_path: Path) -> None:
    tag = bundle_tag(bundler, CONFIG).content.decode()
    assert "worker.0123456789ab.js" in tag
    assert re.findall(r"import\((.{0,20})", tag)  # of the visit and the panel, when they are wanted
    (tmp_path / "tag.cjs").write_text(tag)
    assert run_node(["--check", str(tmp_path / "tag.cjs")], timeout_s=60).returncode == 0


def test_what_forces_a_visit_is_in_the_tag_of_a_preview_alone(bundler: Bundler) -> None:
    assert b"force" not in bundle_tag(bundler, CONFIG).content
    assert b"force" in bundle_tag(bundler, CONFIG | {"preview": True}).content


def visit_with(bundler: Bundler, *kinds: str) -> Script:
    return bundle_visit(bundler, set(kinds), preview=False)


def test_a_visit_holds_only_the_kinds_of_adjustments_that_its_policy_uses(bundler: Bundler) -> None:
    visit = visit_with(bundler, "swap", "class").content.decode()
    assert "data-trimtab-variant" in visit
    assert "data-large" not in visit
    assert "data-level" not in visit
    assert "data-level" in visit_with(bundler, "level").content.decode()
    assert len(visit_with(bundler).content) < len(visit.encode()) - 500


def test_the_visit_is_one_module_that_imports_the_survey_alone(bundler: Bundler, tmp_path: Path) -> None:
    visit = visit_with(bundler, "swap").content.decode()
    (tmp_path / "visit.mjs").write_text(visit)
    assert run_node(["--check", str(tmp_path / "visit.mjs")], timeout_s=60).returncode == 0
    assert re.findall(r"""(?:^|[;}])import\s*["'{*]""", visit) == []
    assert re.findall(r"\bimport\(new URL\(\w+\.(\w+)|\bimport\(", visit) == ["survey"]
    assert re.findall(r"export\{\w+ as (\w+)\}", visit) == ["startVisit"]


@pytest.mark.parametrize(("what", "module"), [("asks", "draw/ticket"), ("rates", "survey"), ("falls", "journal")])
def test_what_a_site_has_not_is_not_in_its_visit(bundler: Bundler, what: str, module: str) -> None:
    for has in (True, False):
        visit = bundle_visit(bundler, {"swap"}, preview=False, **{what: has})
        assert (f"page/{module}.js" in visit.parts) == has


def test_where_no_rule_asks_how_a_text_is_read_no_words_are_counted(bundler: Bundler) -> None:
    for reads in (True, False):
        visit = bundle_visit(bundler, {"swap"}, preview=False, reads=reads).content
        assert (b"createTreeWalker" in visit, b"Segmenter" in visit) == (reads, reads)


def test_nothing_of_a_visit_is_in_the_tag(bundler: Bundler) -> None:
    tag = bundle_tag(bundler, CONFIG).content.decode()
    for word in ("MutationObserver", "ResizeObserver", "Worker(", "requestAnimationFrame", "sendBeacon", "fetchLater"):
        assert word not in tag, word


@pytest.mark.parametrize("kind", ["html", "change", "content", "../config", ""])
def test_a_kind_that_has_no_file_ends_the_build(bundler: Bundler, kind: str) -> None:
    with pytest.raises(TrimtabError, match=rf"the visit has no file for adjustments of kind '{kind}'; check that"):
        visit_with(bundler, kind)


def test_the_worker_is_one_module_that_imports_only_when_it_runs(bundler: Bundler, tmp_path: Path) -> None:
    worker = bundle_worker(bundler, WORKER_CONFIG).content.decode()
    (tmp_path / "worker.mjs").write_text(worker)
    assert run_node(["--check", str(tmp_path / "worker.mjs")], timeout_s=60).returncode == 0
    assert "pyodide.mjs" in worker
    assert re.findall(r'(?:^|[;}])import\s*["{*]', worker) == []


def test_scripts_carry_no_comment_and_no_path_of_the_machine(bundler: Bundler) -> None:
    for made in (bundle_tag(bundler, CONFIG), visit_with(bundler, "swap"), bundle_worker(bundler, WORKER_CONFIG)):
        script = made.content.decode()
        assert "/*" not in script
        assert "page/" not in script


def test_the_same_sources_make_the_same_scripts(bundler: Bundler) -> None:
    assert bundle_tag(bundler, CONFIG) == bundle_tag(bundler, json.loads(json.dumps(CONFIG)))
    assert visit_with(bundler, "swap", "class") == visit_with(bundler, "class", "swap")
    assert bundle_worker(bundler, WORKER_CONFIG) == bundle_worker(bundler, WORKER_CONFIG)


def test_the_tag_and_the_visit_are_small(bundler: Bundler) -> None:
    assert len(brotli.compress(bundle_tag(bundler, CONFIG).content)) < 4_160
    assert len(brotli.compress(visit_with(bundler, "swap").content)) < 16_050


def test_scripts_that_cannot_be_bundled_are_told_in_one_line(
    bundler: Bundler, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "worker.js").write_text("import './missing.js';\n")
    monkeypatch.setattr("trimtab_bundler.bundling.files", lambda _: tmp_path)
    with pytest.raises(TrimtabError, match=r"^esbuild cannot bundle worker\.js \(.*missing\.js.*; check") as raised:
        bundle_worker(bundler, WORKER_CONFIG)
    assert "\n" not in str(raised.value)
