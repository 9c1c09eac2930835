import logging
import socket
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import msgpack
import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from starlette.testclient import TestClient

from trimtab.messages import REPORT_BYTES, Report, pack_report
from trimtab_server.collect.failures import STATUSES
from trimtab_server.settings import Settings

WIRE = msgpack.unpackb(
    pack_report(
        Report(bytes(range(16)), bytes.fromhex("0123456789abcdef"), question=0, arm=1, day=20_780, answer=b"\x08")
    )
)
"""The good report of these tests, as the map on the wire."""


def wire(**changes: object) -> bytes:
    """A body like a good report's, but for these fields."""
    fields = WIRE | {"pad": b""} | changes
    missing = REPORT_BYTES - len(msgpack.packb(fields))
    if "pad" not in changes and missing > 0:
        fields["pad"] = bytes(missing)
    body: bytes = msgpack.packb(fields)
    return body


def stored(settings: Settings) -> tuple[int, int]:
    """How many reports are counted, and how many ids are known."""
    with closing(sqlite3.connect(settings.data / "trimtab.sqlite")) as connection:
        (counted,) = connection.execute("SELECT ifnull(sum(n), 0) FROM counts").fetchone()
        (known,) = connection.execute("SELECT count(*) FROM seen").fetchone()
    return counted, known


def test_a_good_report_is_counted_where_it_belongs(client: TestClient, settings: Settings, report: Report) -> None:
    response = client.post("/news/report", content=pack_report(report))

    assert (response.status_code, response.json()) == (202, {"status": "counted"})
    with closing(sqlite3.connect(settings.data / "trimtab.sqlite")) as connection:
        assert connection.execute("SELECT * FROM counts").fetchall() == [(1, 0, 1, report.day, 3, 1)]


def test_a_repeat_is_welcomed_and_counted_once(client: TestClient, settings: Settings, report: Report) -> None:
    client.post("/news/report", content=pack_report(report))

    for _ in range(3):
        response = client.post("/news/report", content=pack_report(report))
        assert (response.status_code, response.json()) == (200, {"status": "repeat"})
    assert stored(settings) == (1, 1)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (wire() + b"\0", "too_long"),
        (b"x" * 100_000, "too_long"),
        (b"", "malformed"),
        (wire()[:-1], "malformed"),
        (b"\xc1" * REPORT_BYTES, "malformed"),
        (bytes(REPORT_BYTES), "malformed"),
        (wire(v=1), "unknown_version"),
        (wire(v=3), "unknown_version"),
        (wire(v="2"), "unknown_version"),
        (wire(policy=b"\xff" * 8), "unknown_policy"),
        (wire(q=2), "unknown_question"),
        (wire(arm=3), "unknown_arm"),
        (wire(answer=b"\x10"), "impossible_answer"),
        (wire(answer=b"\x0c"), "impossible_answer"),
        (wire(answer=b"\x08\x00"), "impossible_answer"),
        (wire(q=1, answer=b"\x08"), "impossible_answer"),
        (wire(day=20_780 - 32), "day_out_of_range"),
        (wire(day=20_780 + 2), "day_out_of_range"),
        (wire(q=-1), "malformed"),
        (wire(day=1.5), "malformed"),
        (wire(id=b"short"), "malformed"),
        (wire(extra=1), "malformed"),
    ],
)
def test_bad_reports_get_their_code_and_nothing_is_stored(
    client: TestClient, settings: Settings, body: bytes, code: str
) -> None:
    response = client.post("/news/report", content=body)

    assert response.status_code == STATUSES[code]
    assert 400 <= response.status_code < 500
    error = response.json()["error"]
    assert error.keys() == {"code", "what", "mend"}
    assert error["code"] == code
    assert all(error.values())
    assert stored(settings) == (0, 0)


def test_a_report_is_refused_at_a_site_that_never_had_its_policy(client: TestClient, settings: Settings) -> None:
    assert client.post("/shop/report", content=wire()).json()["error"]["code"] == "unknown_policy"
    assert stored(settings) == (0, 0)


def test_a_store_that_cannot_be_written_is_told_as_503_and_works_again_afterwards(
    client: TestClient, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(settings.data / "trimtab.sqlite")) as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON counts BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        response = client.post("/news/report", content=wire())
        connection.execute("DROP TRIGGER full")

    assert (response.status_code, response.json()["error"]["code"]) == (503, "store_failed")
    assert caplog.messages == ["report not stored: disk full"]
    assert client.post("/news/report", content=wire()).status_code == 202


def test_any_origin_may_post_without_asking_and_read_the_answer(client: TestClient) -> None:
    for body in (wire(), wire(), b"bad"):
        response = client.post("/news/report", content=body, headers={"origin": "https://news.example"})
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cache-control"] == "no-store"
        assert "access-control-allow-credentials" not in response.headers
        assert "set-cookie" not in response.headers


def test_who_asks_first_is_told_that_posting_is_allowed(client: TestClient) -> None:
    response = client.options(
        "/news/report", headers={"origin": "https://news.example", "access-control-request-method": "POST"}
    )

    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-methods"] == "POST"
    assert response.headers["access-control-allow-headers"] == "content-type"


@trials(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(body=st.one_of(st.binary(max_size=300), st.binary(min_size=REPORT_BYTES, max_size=REPORT_BYTES)))
@example(body=b"\xdf\xff\xff\xff\xff" + bytes(123))
@example(body=b"\x81" * REPORT_BYTES)
@example(body=b"\xc7\x7f\xff" + bytes(125))
def test_random_bytes_are_refused_and_never_stored(client: TestClient, settings: Settings, body: bytes) -> None:
    response = client.post("/news/report", content=body)

    assert 400 <= response.status_code < 500
    assert response.json()["error"]["code"] in STATUSES
    assert stored(settings) == (0, 0)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), st.floats(), st.text(max_size=8), st.binary(max_size=20)
)


@trials(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(changes=st.dictionaries(st.sampled_from([*WIRE, "x"]), VALUES, min_size=1, max_size=3))
def test_any_value_in_any_field_is_either_a_possible_report_or_refused(
    client: TestClient, changes: dict[str, Any]
) -> None:
    response = client.post("/news/report", content=wire(**changes))

    assert response.status_code in {200, 202} or 400 <= response.status_code < 500


def test_fifty_posts_at_once_of_twenty_reports_are_counted_exactly_once(
    live: tuple[str, int], settings: Settings, report: Report
) -> None:
    bodies = [pack_report(replace(report, id=(number % 20).to_bytes(16))) for number in range(50)]

    def post(body: bytes) -> int:
        with closing(HTTPConnection(*live)) as connection:
            connection.request("POST", "/news/report", body)
            return connection.getresponse().status

    with ThreadPoolExecutor(50) as pool:
        statuses = Counter(pool.map(post, bodies))

    assert statuses == {202: 20, 200: 30}
    assert stored(settings) == (20, 20)


def test_a_gigabyte_is_refused_before_it_is_sent(live: tuple[str, int], settings: Settings) -> None:
    with socket.create_connection(live, timeout=10) as connection:
        head = b"POST /news/report HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n"
        connection.sendall(head + b"x" * 1000)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"code":"too_long"' in answer
    assert stored(settings) == (0, 0)


def test_a_body_of_unknown_length_is_refused_once_it_is_too_long(live: tuple[str, int]) -> None:
    with socket.create_connection(live, timeout=10) as connection:
        head = b"POST /news/report HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head + b"81\r\n" + b"x" * 0x81 + b"\r\n")
        answer = connection.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_nothing_about_the_sender_is_logged_or_stored(
    live: tuple[str, int], settings: Settings, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG), closing(HTTPConnection(*live)) as connection:
        for body in (wire(), b"bad"):
            connection.request("POST", "/news/report", body, {"User-Agent": "Netscape", "X-Forwarded-For": "192.0.2.7"})
            connection.getresponse().read()

    logged = caplog.text + "".join(capfd.readouterr())
    kept = b"".join(path.read_bytes() for path in settings.data.iterdir())
    for trace in ("Netscape", "192.0.2.7", "127.0.0.1"):
        assert trace not in logged
        assert trace.encode() not in kept


def test_the_readme_explains_every_code() -> None:
    readme = (Path(__file__).parents[3] / "server" / "README.md").read_text(encoding="utf-8")

    assert [code for code in STATUSES if f"`{code}`" not in readme] == []
