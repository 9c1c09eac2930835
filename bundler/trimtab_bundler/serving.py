"""A running `trimtab serve`, as a process of its own: the bundler knows the server's command line and no more of it."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from trimtab.errors import TrimtabError

PATIENCE_S: Final = 10.0
"""The server lets requests end when it is told to stop; after so long it is not asked again."""


@contextmanager
def serving(packs: Sequence[Path], data: Path, pages: Path | None, port: int) -> Iterator[str]:
    """The address of a server of these packs (and of these pages), for as long as the body runs.

    Port 0 takes any free one. Raises TrimtabError if the server does not start.
    """
    command = [sys.executable, "-m", "trimtab_bundler", "serve", *map(str, packs)]
    command += ["--data", str(data), "--port", str(port)]
    command += ["--pages", str(pages)] if pages else []
    # In a session of its own a Ctrl-C in the terminal does not reach it: it is stopped here, after the body.
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield _address(process)
    finally:
        _stop(process)


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    assert process.stderr is not None
    address = process.stdout.readline().strip()
    if not address:
        told = process.stderr.read().strip().splitlines()[-1:] or ["it said nothing"]
        raise TrimtabError(f"the server did not start: {told[0].removeprefix('trimtab: ')}")
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE_S)
    try:
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise TrimtabError(f"the server at {address} does not answer ({error}); try again") from None
    finally:
        connection.close()
    if status != HTTPStatus.OK:
        raise TrimtabError(f"the server at {address} is not well (status {status}); try again")
    return address


def _stop(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


@contextmanager
def leaving_in_order() -> Iterator[None]:
    """SIGTERM ends the body as an exception does, so that the server ends with it."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
