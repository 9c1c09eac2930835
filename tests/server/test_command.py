import argparse
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.sites import write_site
from trimtab.errors import TrimtabError
from trimtab_server import command

type MakePack = Callable[..., Path]

START = """
import argparse, sys
from trimtab_server import command
parser = argparse.ArgumentParser()
command.configure(parser)
sys.exit(command.run(parser.parse_args()))
"""


def parse(*words: str | Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.configure(parser)
    return parser.parse_args([str(word) for word in words])


def start(*words: str | Path) -> "subprocess.Popen[str]":
    line = [sys.executable, "-c", START, *map(str, words)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_one_address_with_the_real_port_serves_there_and_ends_in_order(
    tmp_path: Path, make_pack: MakePack, stop: signal.Signals
) -> None:
    process = start(make_pack(tmp_path / "pack"), "--data", tmp_path / "data", "--port", "0")
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    assert not address.endswith(":0/")

    with closing(HTTPConnection(urlsplit(address).netloc, timeout=10)) as connection:
        connection.request("GET", "/news/trimtab.js")
        assert connection.getresponse().read() == b"tag()"
    process.send_signal(stop)
    rest, errors = process.communicate(timeout=20)

    assert (process.returncode, rest, errors) == (0, "", "")
    assert not list((tmp_path / "data").glob("*-wal")), "the store was not closed"


def test_a_port_in_use_is_one_line_with_a_mend(tmp_path: Path, make_pack: MakePack) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        args = parse(make_pack(tmp_path / "pack"), "--data", tmp_path / "data", "--port", str(port))

        with pytest.raises(TrimtabError, match=rf"port {port} of 127\.0\.0\.1 is in use; give another --port"):
            command.run(args)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_a_host_that_is_not_this_machine_is_one_line_with_a_mend(
    tmp_path: Path, make_pack: MakePack, host: str
) -> None:
    args = parse(make_pack(tmp_path / "pack"), "--data", tmp_path / "data", "--port", "0", "--host", host)

    with pytest.raises(TrimtabError, match="; give an"):
        command.run(args)


def test_a_missing_pack_is_one_line_with_a_mend(tmp_path: Path) -> None:
    with pytest.raises(TrimtabError, match="no such folder; make it with `trimtab build"):
        command.run(parse(tmp_path / "gone", "--data", tmp_path / "data"))


def test_a_site_s_folder_is_no_pack_and_the_mend_says_how_to_make_one(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", "", "")
    mend = f"{site}: the folder of a site, and no pack; pack it with `trimtab build {site} -o OUT`, and serve OUT"

    with pytest.raises(TrimtabError, match=f"^{re.escape(mend)}$"):
        command.run(parse(site, "--data", tmp_path / "data"))


def test_a_broken_manifest_is_one_line_with_a_mend(tmp_path: Path, make_pack: MakePack) -> None:
    pack = make_pack(tmp_path / "pack", change={"v": 9})

    with pytest.raises(TrimtabError, match="version 9 is not known here; build the pack again") as raised:
        command.run(parse(pack, "--data", tmp_path / "data", "--port", "0"))

    assert "\n" not in str(raised.value)


def test_an_ipv6_address_is_printed_in_brackets() -> None:
    with command.listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert command.address(listener, "::1") == f"http://[::1]:{port}/"
        assert command.address(listener, "127.0.0.1") == f"http://127.0.0.1:{port}/"


def test_the_readme_explains_every_setting() -> None:
    parser = argparse.ArgumentParser(add_help=False)
    command.configure(parser)
    readme = (Path(__file__).parents[2] / "server" / "README.md").read_text(encoding="utf-8")

    names = [action.option_strings[-1] if action.option_strings else "PACK..." for action in parser._actions]
    assert [name for name in names if f"| `{name}` |" not in readme] == []


def test_the_summary_is_one_line() -> None:
    assert command.SUMMARY
    assert os.linesep not in command.SUMMARY
