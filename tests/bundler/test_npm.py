import json
import shutil
from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import PIN_FILES, PINS, Packages, gather, run_node
from trimtab_bundler.progress import Progress

LOCK = json.loads((PINS / "package-lock.json").read_bytes())


def test_what_is_gathered_is_the_pinned_pyodide(packages: Packages) -> None:
    pinned = json.loads((PINS / "package.json").read_bytes())["dependencies"]["pyodide"]
    assert json.loads((packages.pyodide / "package.json").read_bytes())["version"] == pinned
    assert packages.python == (3, 13)


def test_the_gathered_esbuild_runs(packages: Packages) -> None:
    pinned = json.loads((PINS / "package.json").read_bytes())["dependencies"]["esbuild"]
    assert run_node([str(packages.esbuild), "--version"], timeout_s=60).stdout.strip() == pinned


def test_the_lock_file_has_a_hash_for_everything_and_names_no_registry() -> None:
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


@pytest.mark.parametrize(
    "system", ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64", "win32-arm64"]
)
def test_the_lock_file_knows_esbuild_for_every_usual_system(system: str) -> None:
    assert LOCK["packages"][f"node_modules/@esbuild/{system}"]["optional"]


def test_packages_are_gathered_once(cache: Cache, progress: Progress, packages: Packages, tmp_path: Path) -> None:
    pins = shutil.copytree(PINS, tmp_path / "pins")
    stamp = packages.modules.stat()
    assert gather(cache, progress, pins) == packages
    assert packages.modules.stat() == stamp


def test_a_package_that_is_not_the_pinned_one_is_refused_and_not_kept(progress: Progress, tmp_path: Path) -> None:
    entry = {**LOCK["packages"]["node_modules/ws"], "integrity": "sha512-" + "A" * 86 + "=="}
    root = {"name": "x", "dependencies": {"ws": entry["version"]}}
    lock = {"name": "x", "lockfileVersion": 3, "packages": {"": root, "node_modules/ws": entry}}
    pins = tmp_path / "pins"
    pins.mkdir()
    for name, content in zip(PIN_FILES, (root, lock), strict=True):
        (pins / name).write_text(json.dumps(content))
    with pytest.raises(TrimtabError, match=r"EINTEGRITY.*; check the network and build again$") as raised:
        gather(Cache(tmp_path / "cache"), progress, pins)
    assert "\n" not in str(raised.value)
    assert list((tmp_path / "cache" / "npm").iterdir()) == []
