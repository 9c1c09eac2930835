import json
import socket
from pathlib import Path

import httpx2
import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.pack import Pack
from trimtab_bundler.serving import serving


def test_a_server_serves_packs_and_pages_for_as_long_as_it_is_needed(built: tuple[Pack, Path], tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.html").write_text("a page")
    with serving([built[1]], tmp_path / "data", tmp_path / "pages", 0) as address:
        assert httpx2.get(address + "daily-news/trimtab.js").content == built[0].tag.content
        assert httpx2.get(address).text == "a page"
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(address)


def test_the_server_ends_also_when_the_body_fails(built: tuple[Pack, Path], tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), serving([built[1]], tmp_path / "data", tmp_path, 0) as address:
        raise KeyboardInterrupt
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(address)


def test_a_server_that_does_not_start_says_why_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"v": 99}))
    with pytest.raises(TrimtabError) as raised, serving([tmp_path], tmp_path / "data", tmp_path, 0):
        pass
    assert str(raised.value).startswith("the server did not start: ")
    assert "version 99 is not known here" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_port_that_is_taken_is_told(built: tuple[Pack, Path], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(TrimtabError, match=f"port {port} of 127.0.0.1 is in use; give another --port"),
            serving([built[1]], tmp_path / "data", tmp_path, port),
        ):
            pass
