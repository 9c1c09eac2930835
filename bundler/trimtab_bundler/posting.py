"""Sealed reports into a server, each as a page sends it: POST /{site}/report, 128 bytes, nothing about the sender."""

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from threading import local
from typing import Final
from urllib.parse import urlsplit

from trimtab.errors import TrimtabError

AT_ONCE: Final = 16
"""Connections: the server writes what comes together in one transaction, so one by one would wait for the disk."""
PATIENCE_S: Final = 60.0
COUNTED: Final = frozenset({HTTPStatus.ACCEPTED, HTTPStatus.OK})
"""Counted now, or counted before: a report that is sent again after a lost answer counts once."""


class Post:
    """Sends reports to one site of one server."""

    def __init__(self, address: str, site: str) -> None:
        self._place = urlsplit(address).netloc
        self._path = f"/{site}/report"
        self._mine = local()
        self._pool = ThreadPoolExecutor(AT_ONCE)

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def send(self, reports: Iterable[bytes]) -> int:
        """Sends them all and says how many there were. Raises TrimtabError for the first that is refused or lost."""
        return sum(self._pool.map(self._send, reports))

    def _send(self, report: bytes) -> int:
        try:
            status, said = self._exchange(report)
        except (OSError, HTTPException):
            # A connection that was idle for some seconds may be closed just then: the server knows a repeat by its id.
            self._mine.connection = None
            try:
                status, said = self._exchange(report)
            except (OSError, HTTPException) as error:
                raise TrimtabError(f"the server at {self._place} takes no reports ({error}); try again") from None
        if status not in COUNTED:
            raise TrimtabError(_refused(said))
        return 1

    def _exchange(self, report: bytes) -> tuple[int, bytes]:
        connection: HTTPConnection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = HTTPConnection(self._place, timeout=PATIENCE_S)
        connection.request("POST", self._path, report)
        response = connection.getresponse()
        return response.status, response.read()


def _refused(said: bytes) -> str:
    try:
        error = json.loads(said)["error"]
        return f"the server refused a report ({error['code']}): {error['what']}; {error['mend']}"
    except (ValueError, KeyError, TypeError):
        return "the server refused a report and does not say why; look at its log"
