import asyncio

import pytest
from starlette.requests import Request
from starlette.types import Message

from tests.running import run
from trimtab.errors import ReportError
from trimtab_server.collect.body import read_report_body


def read(
    *chunks: bytes, headers: dict[str, str] | None = None, disconnect: bool = False, deadline_s: float = 10
) -> bytes:
    """Reads a body that comes in these chunks; after them the sender leaves, or stays silent for ever."""
    messages: list[Message] = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    if disconnect:
        messages.append({"type": "http.disconnect"})
    elif deadline_s == 10:
        messages.append({"type": "http.request", "body": b""})

    async def receive() -> Message:
        if messages:
            return messages.pop(0)
        return await asyncio.Future()

    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    request = Request({"type": "http", "method": "POST", "headers": raw}, receive)
    return run(read_report_body(request, deadline_s))


def refused(
    *chunks: bytes, headers: dict[str, str] | None = None, disconnect: bool = False, deadline_s: float = 10
) -> str:
    with pytest.raises(ReportError) as raised:
        read(*chunks, headers=headers, disconnect=disconnect, deadline_s=deadline_s)
    return raised.value.code


def test_a_body_in_any_number_of_chunks_is_put_together() -> None:
    assert read(b"a" * 100, b"b" * 28) == b"a" * 100 + b"b" * 28
    assert read() == b""


def test_one_byte_too_many_is_too_long_and_the_next_chunk_is_not_waited_for() -> None:
    assert refused(b"x" * 129, deadline_s=9) == "too_long"
    assert refused(b"x" * 128, b"y", deadline_s=9) == "too_long"


@pytest.mark.parametrize("announced", ["129", "1073741824", "9" * 60])
def test_an_announced_length_that_is_too_long_is_refused_before_anything_is_read(announced: str) -> None:
    assert refused(headers={"content-length": announced}, deadline_s=9) == "too_long"


def test_a_sender_who_dawdles_is_refused_at_the_deadline() -> None:
    assert refused(b"x" * 20, deadline_s=0.001) == "too_slow"


def test_a_sender_who_leaves_in_the_middle_is_refused() -> None:
    assert refused(b"x" * 20, disconnect=True) == "malformed"
