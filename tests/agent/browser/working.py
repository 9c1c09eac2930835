"""A worker's session as CPython can hold it: rows go in as bytes, answers come out as JSON."""

import json
import os
import struct
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pytest

from tests.agent.making import declare, news
from trimtab.browser import entry
from trimtab.plain import dump, plain
from trimtab.policy import POLICY_MODULE, Policy
from trimtab.privacy.ticket import draw_ticket
from trimtab.values import Kind

ALL = {"observe": True, "adapt": True, "remember": True, "share": True}
ORIGIN_MS = 1_800_000_000_000.5
PAGE = (Kind.PAGE, 0, -1, 1280, 800, 20_000)
SKIM = [(Kind.SCROLL, 2_000 + 50 * n, -1, 60 * n, 0, 0) for n in range(120)]


class Buffer:
    """What Pyodide hands over for an ArrayBuffer, with the one method that is used of it."""

    def __init__(self, *rows: Sequence[float]) -> None:
        self._bytes = bytearray(b"".join(struct.pack("<6d", *row) for row in rows))

    def to_memoryview(self) -> memoryview:
        return memoryview(self._bytes)


def install(monkeypatch: pytest.MonkeyPatch, policy: Policy) -> None:
    """The policy as the module that the pack brings."""
    module = ModuleType(POLICY_MODULE)
    module.__dict__["policy"] = policy
    monkeypatch.setitem(sys.modules, POLICY_MODULE, module)


def start(
    arm: str | None = "summaries/adaptive",
    policy: Policy | None = None,
    carried: str | None = None,
    replayed: Sequence[int] = (),
    **consent: bool,
) -> dict[str, Any]:
    config = {"v": 1, "site": "daily-news", "declaration": declare(policy or news()).to_json()}
    options: dict[str, Any] = {"consent": ALL | consent, "seed": "0" * 32, "arm": arm, "day": 20_780}
    options |= {"carried": carried, "replayed": list(replayed), "origin_ms": ORIGIN_MS}
    return dict(json.loads(entry.start(json.dumps(config), json.dumps(options))))


def step(now_ms: float, *rows: Sequence[float]) -> dict[str, Any]:
    return dict(json.loads(entry.step(Buffer(*rows), now_ms)))


def wake(now_ms: float) -> dict[str, Any]:
    return dict(json.loads(entry.step(None, now_ms)))


def drawn(policy: Policy | None = None) -> str:
    """A ticket as the page draws one and hands it over."""
    ticket = draw_ticket(policy or news(), 20_780, os.urandom)
    assert ticket is not None
    return dump(plain(ticket.stub()))


def share(ticket: str | None = None, now_ms: float = 0) -> str | None:
    return entry.share(ticket or drawn(), now_ms)
