import base64
import gzip
import hashlib
import json
import shutil
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.bundler.conftest import POLICY, SiteMaker
from tests.sites import write_site
from tests.wheels import toml_with, write_wheel
from trimtab.errors import TrimtabError
from trimtab.messages import Declaration
from trimtab_bundler.archive import read_zip
from trimtab_bundler.cache import Cache
from trimtab_bundler.commands.build import build_into
from trimtab_bundler.pack import Pack, build_pack
from trimtab_bundler.progress import Progress


def test_every_file_of_a_pack_is_what_the_manifest_says(built: tuple[Pack, Path]) -> None:
    _, out = built
    for entry in json.loads((out / "manifest.json").read_bytes())["files"]:
        content = (out / entry["path"]).read_bytes()
        br, gz = ((out / (entry["path"] + end)).read_bytes() for end in (".br", ".gz"))
        assert (len(content), len(br), len(gz)) == (entry["bytes"], entry["br"], entry["gz"])
        assert brotli.decompress(br) == gzip.decompress(gz) == content
        assert entry["sri"] == "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def test_a_pack_has_a_stable_tag_and_the_rest_is_named_by_its_content(built: tuple[Pack, Path]) -> None:
    pack, out = built
    changeable = [file.path for file in pack.files if not file.immutable]
    assert changeable == ["trimtab.js"]
    assert (out / "trimtab.js").read_bytes() == (out / pack.tag.path).read_bytes()
    kinds = sorted(path.partition(".")[0].partition("-")[0] for path in (file.path for file in pack.files))
    assert kinds == [
        "core",
        "lean",
        "lean",
        "memory",
        "msgpack",
        "panel",
        "policy",
        "policy",
        "runtime",
        "runtime",
        "runtime",
        "stdlib",
        "tag",
        "trimtab",
        "visit",
        "worker",
    ]


def test_the_tag_names_every_script_and_the_worker_all_that_python_needs(built: tuple[Pack, Path]) -> None:
    pack, out = built
    tag = (out / "trimtab.js").read_text()
    (worker,) = (file.content.decode() for file in pack.files if file.path.startswith("worker."))
    for file in pack.files:
        name = file.path.partition("/")[0] + "/" if "/" in file.path else file.path
        by_tag = name.endswith(".js")
        assert (name in tag, name in worker) == (by_tag, not by_tag) or name.startswith(("tag.", "trimtab.")), name
    assert pack.declaration.hash in tag


def test_the_declaration_lies_beside_for_the_server(built: tuple[Pack, Path]) -> None:
    pack, out = built
    assert Declaration.from_json(json.loads((out / "policy.json").read_bytes())) == pack.declaration


def test_runtimes_are_named_from_the_lightest_to_the_last_resort(built: tuple[Pack, Path]) -> None:
    pack, _ = built
    assert [runtime["name"] for runtime in pack.config["runtimes"]] == ["lean", "stock"]


def test_a_site_that_asks_for_the_stock_runtime_has_no_other(
    cache: Cache, progress: Progress, make_site: SiteMaker
) -> None:
    pack = build_pack(make_site(toml='[site]\nname = "daily-news"\nruntime = "stock"\n'), cache, progress)
    assert [runtime["name"] for runtime in pack.config["runtimes"]] == ["stock"]
    assert {"pyodide.asm.wasm"} == {file.path.rpartition("/")[2] for file in pack.files if file.path.endswith(".wasm")}


@pytest.mark.proof
def test_a_profiled_site_has_the_lean_runtime_behind_it_of_which_only_the_functions_are_more(
    make_site: SiteMaker, cache: Cache, progress: Progress
) -> None:
    pack = build_pack(make_site(toml='[site]\nname = "daily-news"\nruntime = "profiled"\n'), cache, progress)
    profiled, lean, stock = pack.config["runtimes"]
    assert [runtime["name"] for runtime in (profiled, lean, stock)] == ["profiled", "lean", "stock"]
    assert {name for name in lean if profiled[name] != lean[name]} == {"name", "module"}
    sizes = {file.path: len(file.content) for file in pack.files}
    assert sizes[profiled["module"][0]] < 0.7 * sizes[lean["module"][0]]
    assert lean["module"][0] in pack.on_demand
    assert profiled["module"][0] not in pack.on_demand
    assert profiled["script"] not in pack.on_demand
    assert len(sizes) == len(pack.files)


def test_a_light_runtime_that_cannot_be_made_fails_the_build_and_says_what_does_without(
    progress: Progress, make_site: SiteMaker, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"var a" if path.name == "pyodide.asm.js" else read(path))
    told = r"Pyodide.*; runtime = \"stock\" below \[site\] in trimtab.toml does without, until it is mended"
    with pytest.raises(TrimtabError, match=told):
        build_pack(make_site(), cache, progress)


def test_a_first_visit_downloads_less_than_stock_pyodide_alone(built: tuple[Pack, Path]) -> None:
    pack, out = built
    downloads = {file.path for file in pack.files} - {pack.tag.path} - pack.on_demand
    assert sum((out / (path + ".br")).stat().st_size for path in downloads) < 3_800_000


def test_the_same_site_makes_the_same_bytes_without_any_cache(
    built: tuple[Pack, Path], fresh_cache: Cache, progress: Progress, make_site: SiteMaker
) -> None:
    pack, _ = built
    again = build_pack(make_site("elsewhere"), fresh_cache, progress)
    assert {file.path: file.content for file in again.files} == {file.path: file.content for file in pack.files}


def test_a_build_into_another_folder_is_the_same_file_for_file(
    built: tuple[Pack, Path], cache: Cache, progress: Progress, make_site: SiteMaker, tmp_path: Path
) -> None:
    _, out = built
    build_into(make_site(), tmp_path / "again", cache, progress, preview=False)
    for path in (path for path in out.rglob("*") if path.is_file()):
        assert (tmp_path / "again" / path.relative_to(out)).read_bytes() == path.read_bytes()
    assert len(list(out.rglob("*"))) == len(list((tmp_path / "again").rglob("*")))


def test_another_policy_changes_the_policy_and_the_scripts_that_name_it_alone(
    built: tuple[Pack, Path], cache: Cache, progress: Progress, tmp_path: Path
) -> None:
    pack, out = built
    site = shutil.copytree(out.parent / "site", tmp_path / "site")
    policy = site / "policy.py"
    policy.write_text(policy.read_text().replace("450", "500"))
    changed = {file.path for file in build_pack(site, cache, progress).files} - {file.path for file in pack.files}
    assert sorted(path.partition(".")[0] for path in changed) == ["policy", "policy", "tag", "worker"]


@pytest.mark.parametrize("preview", [True, False])
def test_only_a_preview_pack_says_that_it_is_one(
    cache: Cache, progress: Progress, make_site: SiteMaker, preview: bool
) -> None:
    tag = build_pack(make_site(), cache, progress, preview=preview).tag.content.decode()
    assert f"preview:{'!0' if preview else '!1'}" in tag


def lend(folder: Path, content: str, *, runtime: str) -> Path:
    """A site whose policy imports a wheel that it lists."""
    write_site(folder, f"import counting\n{POLICY}", toml_with("counting", runtime=runtime))
    write_wheel(folder / "wheels", "counting", {"counting.py": content, "unused.py": ""})
    return folder


def archives(pack: Pack) -> dict[str, set[str]]:
    """The modules of each archive of a pack, by the archive's name."""
    packed = {file.path.partition(".")[0]: file.content for file in pack.files if file.path.endswith((".whl", ".zip"))}
    return {name: {file for file in read_zip(content) if file.endswith(".pyc")} for name, content in packed.items()}


def test_a_listed_wheel_is_an_archive_of_a_stock_pack_with_what_it_imports_of_the_library(
    cache: Cache, progress: Progress, tmp_path: Path
) -> None:
    pack = build_pack(lend(tmp_path, "import colorsys\n", runtime="stock"), cache, progress)
    assert archives(pack)["wheel-counting"] == {"counting.pyc"}
    assert "colorsys.pyc" in archives(pack)["stdlib"]
    stock = pack.config["runtimes"][-1]
    assert [path.partition(".")[0] for path in stock["wheels"]] == ["core", "msgpack", "wheel-counting", "policy"]


def test_another_wheel_makes_another_pack_of_another_policy(cache: Cache, progress: Progress, tmp_path: Path) -> None:
    one, two, again = (
        build_pack(lend(tmp_path, f"NUMBER = {number}\n", runtime="lean"), cache, progress) for number in (1, 2, 2)
    )
    kept = {file.path for file in one.files}
    changed = {file.path.partition(".")[0] for file in two.files if file.path not in kept}
    assert changed == {"memory", "tag", "worker", "wheel-counting"}
    assert [file.path for file in two.files] == [file.path for file in again.files]
    assert one.declaration.hash != two.declaration.hash == again.declaration.hash


def test_an_import_of_a_wheel_that_opens_connections_is_told_with_the_way_to_it(
    cache: Cache, progress: Progress, tmp_path: Path
) -> None:
    with pytest.raises(TrimtabError) as raised:
        build_pack(lend(tmp_path, "import ssl\n", runtime="lean"), cache, progress)
    assert str(raised.value) == (
        "policy.py:1: import of 'counting' comes to 'ssl' (counting -> ssl, line 1 of counting), but nothing in a "
        "policy may open a connection; use another wheel, or a module of it that does without"
    )
