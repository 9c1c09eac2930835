"""Two visitors whose Python wakes with the same memory in real browsers are two: other chances, their own time zone.

In the lean runtime, as what is asked here has to be compiled, which no visit does: in the profiled one it traps. Both
wake with the same memory, by the same script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from tests.hosting import hosting, write_pack
from tests.python.packing import serve_scripts
from tests.sites import lean_toml, write_site

POLICY: Final = """
import random
from datetime import datetime

from trimtab import Policy, adjust

site = Policy("woken")
title = site.target("title", ".title")
own = random.Random()
fixed = random.Random(7)
site.adjust("short", on=title, when=lambda visitor: visitor.event("go").count >= 1, do=adjust.swap("short"))
"""
OF_POLICY: Final = "sys.modules['trimtab_policy']"
CHANCES: Final = (
    "sys.modules['random'].random()",
    f"{OF_POLICY}.own.random()",
    "sys.modules['random'].SystemRandom().random()",
    f"{OF_POLICY}.fixed.random()",
)
ZONE: Final = (
    "sys.modules['time'].timezone",
    "sys.modules['time'].localtime(0).tm_hour",
    f"{OF_POLICY}.datetime.fromtimestamp(1_750_000_000).astimezone().utcoffset().total_seconds()",
)
SUMMER: Final = {"America/New_York": ("18000", "19", "-14400.0"), "Asia/Kolkata": ("-19800", "5", "19800.0")}
"""Seconds west of Greenwich, without summer time; what hour it was when 1970 began in UTC; the offset in June 2025."""
ASK: Final = """
(question) => new Promise((resolve, reject) => {
  const worker = new Worker("/tests/python/asking.js", { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(question);
})
"""

type Ask = Callable[[str, tuple[str, ...]], list[str]]


@pytest.fixture(scope="module")
def ask(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """A visitor in a time zone, in a browser of their own, woken with the same memory."""
    folder = tmp_path_factory.mktemp("woken")
    site = write_site(folder / "site", POLICY, lean_toml("woken"))
    serve_scripts(folder / "pages")
    config = write_pack(site, folder / "pages" / "pack")
    with hosting(folder / "pages") as address:

        def answers(zone: str, expressions: tuple[str, ...]) -> list[str]:
            with browser.new_context(timezone_id=zone) as context:
                page = context.new_page()
                page.goto(address)
                question: dict[str, Any] = {"base": f"{address}pack/", "runtime": config["runtimes"][0]}
                told: list[str] = page.evaluate(ASK, question | {"expressions": list(expressions)})
                return told

        yield answers


def test_chance_is_the_visitors_but_for_what_the_policy_has_fixed(ask: Ask) -> None:
    first, second = (ask("UTC", CHANCES) for _ in range(2))
    assert [here == there for here, there in zip(first, second, strict=True)] == [False, False, False, True]


@pytest.mark.parametrize("zone", SUMMER)
def test_the_time_zone_is_the_visitors(ask: Ask, zone: str) -> None:
    assert tuple(ask(zone, ZONE)) == SUMMER[zone]
