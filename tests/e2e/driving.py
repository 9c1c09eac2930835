"""How the end-to-end tests pack a site, reach its server, and behave as a visitor."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from trimtab.experiments import assign
from trimtab.loading import load_policy
from trimtab_bundler.cache import Cache
from trimtab_bundler.commands.build import build_into
from trimtab_bundler.pack import build_pack
from trimtab_bundler.progress import Progress

BOOT_MS = 60_000
EVERYTHING = {"observe": True, "adapt": True, "remember": True, "share": True}


@dataclass(frozen=True)
class Place:
    """A running server: its address, and the folder it keeps its counts in."""

    address: str
    data: Path

    def reports(self) -> int:
        """How many reports have been counted."""
        with sqlite3.connect(f"file:{self.data / 'trimtab.sqlite'}?mode=ro", uri=True) as store:
            (number,) = store.execute("SELECT coalesce(sum(n), 0) FROM counts").fetchone()
        return int(number)

    def answers(self) -> list[int]:
        """The indices of the answers that have been told."""
        with sqlite3.connect(f"file:{self.data / 'trimtab.sqlite'}?mode=ro", uri=True) as store:
            return [answer for (answer,) in store.execute("SELECT answer FROM counts WHERE n > 0 ORDER BY answer")]


type Serve = Callable[[Path, Path], AbstractContextManager[Place]]


def build(site: Path, out: Path, *, preview: bool = False) -> Path:
    """Packs a site as its owner would, with the user's own cache."""
    build_into(site, out, Cache.of_user(), Progress(sys.stderr), preview=preview)
    return out


def config_of(site: Path) -> dict[str, Any]:
    """The configuration in the worker of a site's pack, and the site's name."""
    pack = build_pack(site, Cache.of_user(), Progress(sys.stderr))
    return {"site": pack.site.name, **pack.config}


def seed_for(policy: Path, arm: str) -> str:
    """A device's seed with which it draws this arm by itself."""
    loaded = load_policy(policy)
    return next(seed for n in count() if str(assign(loaded, seed := f"{n:032x}", "")) == arm)


def remember_seed(page: Page, seed: str) -> None:
    """The device has been here before, and keeps this seed."""
    page.add_init_script(f"localStorage.getItem('trimtab.seed') ?? localStorage.setItem('trimtab.seed', '{seed}')")


def see_everything(page: Page, site: Path) -> None:
    """The device has been here before, and drew the arm that sees every adjustment."""
    remember_seed(page, seed_for(site / "policy.py", "everyone"))


def share_no_worker(page: Page) -> None:
    """The browser knows no shared workers, so that a test can reach into the page's own."""
    page.context.add_init_script("delete window.SharedWorker")


def open_page(page: Page, address: str) -> None:
    """Goes there, and waits until the tag is on the page."""
    page.goto(address)
    page.wait_for_function("typeof window.trimtab?.status === 'function'")


def agree(page: Page, **capabilities: bool) -> None:
    """The visitor agrees to everything, or to what is given."""
    page.evaluate("consent => trimtab.consent(consent)", capabilities or EVERYTHING)


def wait_for_state(page: Page, state: str) -> dict[str, Any]:
    """Waits until trimtab says that it is in this state; gives its whole status."""
    page.wait_for_function("state => window.trimtab?.status?.().state === state", arg=state, timeout=BOOT_MS)
    status: dict[str, Any] = page.evaluate("trimtab.status()")
    return status


def begin(page: Page, address: str, **capabilities: bool) -> dict[str, Any]:
    """Opens the page and agrees to everything, or to what is given; gives the status once it runs."""
    open_page(page, address)
    agree(page, **capabilities)
    return wait_for_state(page, "running")


def wait_for_report(page: Page, place: Place) -> None:
    """Until the server has counted a report, 10 s at most; who calls says how many there are."""
    for _ in range(100):
        if place.reports():
            return
        page.wait_for_timeout(100)


def skim(page: Page, *, turns: int = 50) -> None:
    """Goes down the page as somebody who looks for something: ten turns of the wheel a second."""
    for _ in range(turns):
        page.mouse.wheel(0, 100)
        page.wait_for_timeout(100)


def read(page: Page, *, turns: int = 6) -> None:
    """Goes down the page as somebody who reads: a turn of the wheel every two seconds."""
    for _ in range(turns):
        page.mouse.wheel(0, 40)
        page.wait_for_timeout(2000)
