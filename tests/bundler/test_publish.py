import json
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from trimtab.errors import TrimtabError
from trimtab.messages import Declaration
from trimtab_bundler.compress import Twins
from trimtab_bundler.contents import PackFile, hashed
from trimtab_bundler.pack import Pack
from trimtab_bundler.publish import KEPT_S, publish
from trimtab_bundler.site import Site

DECLARATION = Declaration("daily-news", "0123456789abcdef", (8, 1), (), (), (), (), ())


def pack(text: str) -> Pack:
    tag = hashed("tag.js", text.encode())
    files = (PackFile("trimtab.js", tag.content, immutable=False), tag, PackFile("runtime-1/pyodide.mjs", b"runtime"))
    return Pack(
        Site("daily-news", Path("policy.py"), ""),
        preview=False,
        declaration=DECLARATION,
        files=files,
        tag=tag,
        config={},
    )


def write(text: str, out: Path) -> list[dict[str, Any]]:
    made = pack(text)
    return publish(made, {file.path: Twins(b"br", b"gz") for file in made.files}, out)


def tree(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest(out: Path) -> Any:
    return json.loads((out / "manifest.json").read_bytes())


def test_a_pack_is_written_with_twins_manifest_and_declaration(tmp_path: Path) -> None:
    write("one", tmp_path / "deep" / "out")
    tag = pack("one").tag.path
    names = {"trimtab.js", tag, "runtime-1/pyodide.mjs"}
    written = tree(tmp_path / "deep" / "out")
    assert written.keys() == {name + end for name in names for end in ("", ".br", ".gz")} | {
        "manifest.json",
        "policy.json",
    }
    assert (written["trimtab.js"], written["trimtab.js.br"], written["trimtab.js.gz"]) == (b"one", b"br", b"gz")
    assert json.loads(written["policy.json"]) == DECLARATION.to_json()


def test_the_manifest_says_what_a_server_and_a_page_have_to_know(tmp_path: Path) -> None:
    write("one", tmp_path / "out")
    said, tag = manifest(tmp_path / "out"), pack("one").tag
    assert (said["v"], said["site"], said["policy"], said["preview"]) == (1, "daily-news", "0123456789abcdef", False)
    assert said["tag"] == {"path": tag.path, "sri": tag.sri}
    assert said["files"][-1] == {
        "path": "trimtab.js",
        "bytes": 3,
        "br": 2,
        "gz": 2,
        "sri": tag.sri,
        "type": "text/javascript; charset=utf-8",
        "immutable": False,
    }


def test_the_same_pack_makes_the_same_folder(tmp_path: Path) -> None:
    write("one", tmp_path / "a")
    write("one", tmp_path / "b")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_pages_that_are_open_find_the_files_of_the_build_before(tmp_path: Path) -> None:
    out, tags = tmp_path / "out", [pack(text).tag.path for text in ("one", "two", "three")]
    write("one", out)
    write("two", out)
    assert (out / tags[0]).read_bytes() == b"one"
    assert {entry["path"]: entry.get("old", False) for entry in manifest(out)["files"]} == {
        "runtime-1/pyodide.mjs": False,
        tags[0]: True,
        tags[1]: False,
        "trimtab.js": False,
    }
    write("three", out)
    assert [(out / tag).exists() for tag in tags] == [True, True, True], "the first has grown old just now"


def test_a_file_that_grew_old_long_ago_goes_with_the_next_build(tmp_path: Path) -> None:
    out, tags = tmp_path / "out", [pack(text).tag.path for text in ("one", "two", "three")]
    write("one", out)
    write("two", out)
    long_ago = time.time() - KEPT_S - 1
    os.utime(out / tags[0], (long_ago, long_ago))
    write("three", out)
    assert [(out / tag).exists() for tag in tags] == [False, True, True]


def test_building_again_without_a_change_takes_nothing_away(tmp_path: Path) -> None:
    write("one", tmp_path / "out")
    write("two", tmp_path / "out")
    before = tree(tmp_path / "out")
    write("two", tmp_path / "out")
    assert tree(tmp_path / "out") == before


def test_an_empty_folder_is_written_to(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write("one", tmp_path / "out")
    assert manifest(tmp_path / "out")["site"] == "daily-news"


@pytest.mark.parametrize("content", [None, b"{}", b'{"v": 2, "site": "a", "files": []}', b"[]", b"not json"])
def test_a_folder_that_is_no_pack_is_not_touched(tmp_path: Path, content: bytes | None) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    if content is not None:
        (out / "manifest.json").write_bytes(content)
    with pytest.raises(TrimtabError, match=r"out is there and is no pack of trimtab; give another folder"):
        write("one", out)
    assert (out / "thesis.txt").read_text() == "years of work"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("years of work")
    with pytest.raises(TrimtabError, match="is no pack of trimtab"):
        write("one", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "years of work"


def test_a_strange_file_in_a_pack_is_not_lost(tmp_path: Path) -> None:
    write("one", tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(TrimtabError, match=r"notes\.txt is not from trimtab and would be lost; move it out of"):
        write("two", tmp_path / "out")
    assert (tmp_path / "out" / "trimtab.js").read_bytes() == b"one"


def test_a_link_to_a_pack_stays_a_link(tmp_path: Path) -> None:
    write("one", tmp_path / "real")
    (tmp_path / "out").symlink_to("real")
    write("two", tmp_path / "out")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real" / "trimtab.js").read_bytes() == b"two"


def test_a_build_that_fails_while_writing_leaves_everything_as_it_was(tmp_path: Path) -> None:
    write("one", tmp_path / "out")
    before = tree(tmp_path)
    with pytest.raises(KeyError):
        publish(pack("two"), {"trimtab.js": Twins(b"br", b"gz")}, tmp_path / "out")
    assert tree(tmp_path) == before


def test_a_pack_that_cannot_be_put_in_place_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write("one", out)
    before = tree(tmp_path)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if target == out and not self.name.endswith(".old"):
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(TrimtabError, match=r"out cannot be replaced \(Permission denied\); is it in use"):
        write("two", out)
    assert tree(tmp_path) == before


def test_folders_of_a_pack_can_be_read_by_others(tmp_path: Path) -> None:
    write("one", tmp_path / "out")
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_preview_pack_says_so(tmp_path: Path) -> None:
    made = replace(pack("one"), preview=True)
    publish(made, {file.path: Twins(b"br", b"gz") for file in made.files}, tmp_path / "out")
    assert manifest(tmp_path / "out")["preview"] is True
