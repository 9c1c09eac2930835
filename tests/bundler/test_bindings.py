from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.bindings import write_bindings


def test_a_site_gets_one_file_for_each_framework_with_its_types(tmp_path: Path) -> None:
    written = write_bindings(tmp_path / "src" / "trimtab")
    assert [path.name for path in written] == [
        "trimtab-react.d.ts",
        "trimtab-react.js",
        "trimtab-vue.d.ts",
        "trimtab-vue.js",
        "trimtab.d.ts",
    ]
    assert "useSyncExternalStore" in written[1].read_text()
    assert write_bindings(tmp_path / "src" / "trimtab") == written


def test_a_place_that_is_no_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TrimtabError, match=r"--bindings .*file: .*; give a folder"):
        write_bindings(tmp_path / "file")
