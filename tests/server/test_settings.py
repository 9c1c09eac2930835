from pathlib import Path

import pytest

from trimtab_server.settings import Settings, SettingsError


def test_good_settings_have_the_documented_defaults(tmp_path: Path) -> None:
    settings = Settings((tmp_path,), tmp_path / "data")

    assert (settings.host, settings.port, settings.pages) == ("127.0.0.1", 8000, None)


def test_no_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no pack to serve; give at least one folder"):
        Settings((), tmp_path)


def test_a_pack_folder_that_is_missing_is_refused_and_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone: no such folder; make it with `trimtab build"):
        Settings((tmp_path / "gone",), tmp_path)


def test_a_file_in_the_place_of_the_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")

    with pytest.raises(SettingsError, match="is no folder; give a folder as --data"):
        Settings((tmp_path,), tmp_path / "data")


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_cannot_be_is_refused(tmp_path: Path, port: int) -> None:
    with pytest.raises(SettingsError, match="is no port; give 1 to 65535"):
        Settings((tmp_path,), tmp_path, port=port)


def test_an_empty_host_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--host is empty"):
        Settings((tmp_path,), tmp_path, host="")


def test_a_pages_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="give a folder of pages as --pages"):
        Settings((tmp_path,), tmp_path, pages=tmp_path / "gone")
