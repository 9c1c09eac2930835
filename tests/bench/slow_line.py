"""A slow line in front of a server: what a browser's own throttling leaves out (workers) is slow as well."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

DOWN_BYTES_S: Final = 1_600_000 / 8
"""Lighthouse's "slow 4G": https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md"""
WAY_S: Final = 0.075
"""Half of the round trip."""
CHUNK_BYTES: Final = 4096
AHEAD: Final = 16
"""Chunks of a connection that are under way."""


class _Line:
    """All connections share what comes down."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.free_s = 0.0

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a browser."""
        there, back = await asyncio.open_connection(self.host, self.port)
        with suppress(ConnectionError):
            await asyncio.gather(self._carry(reader, back, None), self._carry(there, writer, DOWN_BYTES_S))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, rate: float | None) -> None:
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(AHEAD)

        async def arrive() -> None:
            while True:
                at_s, chunk = await queue.get()
                await asyncio.sleep(at_s - asyncio.get_running_loop().time())
                if not chunk:
                    writer.close()
                    return
                writer.write(chunk)
                await writer.drain()

        arriving = asyncio.create_task(arrive())
        while chunk := await reader.read(CHUNK_BYTES):
            now_s = asyncio.get_running_loop().time()
            if rate:
                self.free_s = max(now_s, self.free_s) + len(chunk) / rate
            await queue.put(((self.free_s if rate else now_s) + WAY_S, chunk))
        await queue.put((0, b""))
        await arriving


@contextmanager
def slow_line(address: str) -> Iterator[str]:
    """The address at which the server of `address` is reached slowly, as long as the body runs."""
    there = urlsplit(address)
    line = _Line(str(there.hostname), int(there.port or 80))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)  # Playwright's own loop runs in this one
    thread.start()
    listening = asyncio.start_server(line.connect, "127.0.0.1", 0)
    server = asyncio.run_coroutine_threadsafe(listening, loop).result()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    """Nobody waits for what is still under way."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
