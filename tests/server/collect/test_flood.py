"""A million bodies, most of them rubbish, through the whole application. Minutes: `make proof`."""

import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from tests.running import run
from trimtab.messages import REPORT_BYTES, Report, pack_report
from trimtab_server.settings import Settings

BODIES = 1_000_000
AT_ONCE = 500


def body(draws: random.Random, good: bytes) -> bytes:
    """Random bytes, or in one case of ten a good report with some bytes changed."""
    if draws.random() < 0.9:
        return draws.randbytes(draws.choice((0, 1, 64, REPORT_BYTES, REPORT_BYTES, REPORT_BYTES + 1)))
    changed = bytearray(good)
    for _ in range(draws.randint(1, 3)):
        changed[draws.randrange(REPORT_BYTES)] = draws.randrange(256)
    return bytes(changed)


async def post(app: Starlette, content: bytes) -> int:
    """The status of a report's post, without a client or a socket in between."""
    status = 0

    async def receive() -> Message:
        return {"type": "http.request", "body": content}

    async def send(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)

    path = "/news/report"
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
    }
    await app(scope, receive, send)
    return status


@pytest.mark.proof
def test_a_million_bodies_never_fail_the_server_and_store_exactly_what_was_answered_with_counted(
    app: Starlette, settings: Settings, report: Report
) -> None:
    draws = random.Random(128)  # noqa: S311  # rubbish, no secret
    good = pack_report(report)

    async def flood() -> Counter[int]:
        statuses: Counter[int] = Counter()
        for _ in range(BODIES // AT_ONCE):
            statuses.update(await asyncio.gather(*(post(app, body(draws, good)) for _ in range(AT_ONCE))))
        return statuses

    statuses = run(flood())

    assert statuses.total() == BODIES
    assert {status // 100 for status in statuses} == {2, 4}
    with closing(sqlite3.connect(settings.data / "trimtab.sqlite")) as connection:
        assert connection.execute("SELECT sum(n) FROM counts").fetchone() == (statuses[202],)
        assert connection.execute("SELECT count(*) FROM seen").fetchone() == (statuses[202],)
