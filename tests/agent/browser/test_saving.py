"""A session that another worker goes on with, from any moment: everything that it says from then on is the same."""

import json
import os
from collections.abc import Callable
from typing import Any

import pytest

from tests.agent.browser.working import ALL, ORIGIN_MS, PAGE, SKIM, drawn, install, share, step, wake
from tests.agent.making import declare, news
from trimtab.browser import entry
from trimtab.errors import StateError
from trimtab.values import Kind

type Call = Callable[[], Any]

TICKET = drawn()

CALLS: list[Call] = [
    lambda: share(TICKET, 1),
    lambda: entry.names('[[0, "article-read"], [1, "unknown"]]'),
    lambda: step(1_900, PAGE, (Kind.APPLIED, -5, -1, 99, 0, 0)),
    *(lambda n=n: step(2_000 + 500 * n, *SKIM[10 * n : 10 * n + 10]) for n in range(12)),
    lambda: wake(8_050),
    lambda: step(8_100, (Kind.APPLIED, 8_090, -1, 0, 0, 0)),
    lambda: step(9_000, (Kind.GOAL, 8_900, -1, 0, 0, 0), (Kind.EVENT, 8_950, -1, 1, 3, 1)),
    lambda: entry.consent(json.dumps(ALL | {"remember": False}), 9_100),
    lambda: wake(30_000),
    lambda: wake(60_000),
    lambda: entry.explain(None),
    lambda: entry.report(None, None),
]


@pytest.fixture(autouse=True)
def _a_worker_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, news())
    monkeypatch.setattr(entry, "_session", None)
    monkeypatch.setattr(os, "urandom", lambda size: bytes(range(size)))


def begin(saved: str | None = None) -> None:
    config = {"v": 1, "site": "daily-news", "declaration": declare(news()).to_json()}
    options = {"consent": ALL, "seed": "0" * 32, "arm": "summaries/adaptive", "day": 20_780, "origin_ms": ORIGIN_MS}
    entry.start(json.dumps(config), json.dumps(options | {"carried": None, "saved": saved}))


def test_from_every_moment_another_worker_says_the_same() -> None:
    begin()
    whole = [call() for call in CALLS]
    assert sum(len(answer["log"]) for answer in whole if isinstance(answer, dict) and "log" in answer) > 4
    for moment in range(len(CALLS) + 1):
        begin()
        before = [call() for call in CALLS[:moment]]
        saved = entry.save()
        begin(saved)
        assert entry.save() == saved
        assert before + [call() for call in CALLS[moment:]] == whole, moment


def test_a_damaged_checkpoint_is_refused_and_leaves_no_session() -> None:
    begin()
    step(7_950, PAGE, *SKIM)
    saved = json.loads(entry.save())
    for damaged in ("{}", json.dumps(saved | {"session": {}}), json.dumps(saved | {"visit": 1})):
        entry._session = None
        with pytest.raises(StateError):
            begin(damaged)
        assert entry._session is None
