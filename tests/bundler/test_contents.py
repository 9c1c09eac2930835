import base64
import hashlib

import pytest

from trimtab_bundler.contents import PackFile, hashed, hashed_folder


def test_a_files_name_changes_with_its_content() -> None:
    assert hashed("tag.js", b"one").path == f"tag.{hashlib.sha256(b'one').hexdigest()[:12]}.js"
    assert hashed("tag.js", b"one").path != hashed("tag.js", b"two").path


def test_files_that_find_each_other_by_name_share_the_hash_of_them_all() -> None:
    first, second = hashed_folder("runtime", [("b.mjs", b"b"), ("a.wasm", b"a")])
    assert first.path.rpartition("/")[0] == second.path.rpartition("/")[0]
    assert (first.path.rpartition("/")[2], second.content) == ("a.wasm", b"b")
    assert hashed_folder("runtime", [("a.wasm", b"a"), ("b.mjs", b"c")])[0].path != first.path


def test_contents_that_move_from_one_file_to_another_change_the_folders_name() -> None:
    assert (
        hashed_folder("r", [("a.js", b"12"), ("b.js", b"3")])[0].path
        != hashed_folder("r", [("a.js", b"1"), ("b.js", b"23")])[0].path
    )


def test_the_hash_for_an_integrity_attribute_is_sha256() -> None:
    expected = base64.b64encode(hashlib.sha256(b"one").digest()).decode()
    assert hashed("tag.js", b"one").sri == f"sha256-{expected}"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("tag.js", "text/javascript; charset=utf-8"),
        ("runtime-1/pyodide.mjs", "text/javascript; charset=utf-8"),
        ("runtime-1/pyodide.asm.wasm", "application/wasm"),
        ("stdlib.1.zip", "application/zip"),
        ("core.1.whl", "application/zip"),
    ],
)
def test_each_kind_of_file_has_its_media_type(path: str, media_type: str) -> None:
    assert PackFile(path, b"").type == media_type
