import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from trimtab.messages import Arm, Declaration, Named
from trimtab_server.packs.manifest import PackError, read_manifest

type MakePack = Callable[..., Path]


def test_a_pack_is_read_as_it_was_written(tmp_path: Path, make_pack: MakePack, declaration: Declaration) -> None:
    manifest = read_manifest(make_pack(tmp_path, {"runtime-1/pyodide.asm.wasm": b"\0asm"}))

    file = manifest.files["runtime-1/pyodide.asm.wasm"]
    assert (manifest.site, manifest.preview, manifest.declaration) == ("news", False, declaration)
    assert (file.type, file.immutable, file.encodings) == ("application/wasm", True, ("br", "gzip"))


def test_a_folder_without_a_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"manifest.json cannot be read \(No such file.*build the pack again"):
        read_manifest(tmp_path)


def test_a_manifest_that_is_no_json_is_told(tmp_path: Path, make_pack: MakePack) -> None:
    (make_pack(tmp_path) / "manifest.json").write_text('{"v": 1,')

    with pytest.raises(PackError, match=r"manifest\.json is no JSON"):
        read_manifest(tmp_path)


def test_a_manifest_that_is_a_list_is_told(tmp_path: Path, make_pack: MakePack) -> None:
    (make_pack(tmp_path) / "manifest.json").write_text("[]")

    with pytest.raises(PackError, match="no JSON object"):
        read_manifest(tmp_path)


def test_an_unknown_version_is_refused(tmp_path: Path, make_pack: MakePack) -> None:
    with pytest.raises(PackError, match="version 2 is not known here"):
        read_manifest(make_pack(tmp_path, change={"v": 2}))


@pytest.mark.parametrize("site", ["sites", "healthz", "News", "../up", "", "a/b"])
def test_a_site_name_that_cannot_be_an_address_of_its_own_is_refused(
    tmp_path: Path, make_pack: MakePack, site: str
) -> None:
    with pytest.raises(PackError, match=r"cannot be a site's name; choose another in trimtab.toml"):
        read_manifest(make_pack(tmp_path, site=site))


@pytest.mark.parametrize(
    "path", ["../secret", "/etc/passwd", "a/../../b", "a//b", ".env", "a/.git/config", "a\\b", "a b", "", "a\n"]
)
def test_a_path_that_could_leave_the_folder_or_hide_in_it_is_refused(
    tmp_path: Path, make_pack: MakePack, path: str
) -> None:
    entry = {"path": path, "type": "text/plain", "sri": "sha256-x", "immutable": True}

    with pytest.raises(PackError, match="is damaged"):
        read_manifest(make_pack(tmp_path, change={"files": [entry]}))


@pytest.mark.parametrize(
    "entry", [{"path": "a"}, "a", None, {"path": "a", "type": "t\r\nx: y", "sri": "s", "immutable": 1}]
)
def test_a_damaged_entry_is_refused(tmp_path: Path, make_pack: MakePack, entry: object) -> None:
    with pytest.raises(PackError, match="is damaged"):
        read_manifest(make_pack(tmp_path, change={"files": [entry]}))


def test_a_policy_that_is_not_the_manifests_is_refused(tmp_path: Path, make_pack: MakePack) -> None:
    with pytest.raises(PackError, match=r"names policy f{16}, but policy\.json is 0123456789abcdef"):
        read_manifest(make_pack(tmp_path, change={"policy": "f" * 16}))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"noise": (1, 1)}, "needs 0 < width < answers and a > b > 0"),
        ({"questions": (Named("one", ("only",)),)}, "needs 0 < width < answers"),
        ({"questions": (Named("wide", ("none", "yes"), 2),)}, "needs 0 < width < answers"),
        ({"questions": (Named("narrow", ("none", "yes"), 0),)}, "needs 0 < width < answers"),
        ({"arms": ()}, "no hash or no arm"),
    ],
)
def test_a_policy_that_no_report_could_be_read_with_is_refused(
    tmp_path: Path, make_pack: MakePack, declaration: Declaration, change: dict[str, tuple[Arm, ...]], why: str
) -> None:
    with pytest.raises(PackError, match=why):
        read_manifest(make_pack(tmp_path, policy=replace(declaration, **change)))  # type: ignore[arg-type]  # one field


def test_a_policy_of_another_version_is_refused(tmp_path: Path, make_pack: MakePack, declaration: Declaration) -> None:
    (make_pack(tmp_path) / "policy.json").write_text(json.dumps(declaration.to_json() | {"v": 9}))

    with pytest.raises(PackError, match="declaration of version 9"):
        read_manifest(tmp_path)
