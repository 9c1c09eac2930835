"""A crowd of made-up visitors into a running server: their devices in processes of their own, their reports by HTTP.

A server counts them in a site of their own, `simulated-NAME`, whose policy says that it is simulated.
"""

import math
import os
import time
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import batched
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from trimtab.errors import PolicyError
from trimtab.messages import Declaration
from trimtab.privacy.budget import MONTH_DAYS
from trimtab.visitors.crowd import Crowd
from trimtab.visitors.device import Ground
from trimtab.visitors.truth import Truth, make_reports, prepare
from trimtab_bundler.manifest import MANIFEST, POLICY, VERSION, to_json
from trimtab_bundler.posting import Post
from trimtab_bundler.progress import Progress
from trimtab_bundler.site import read_site

DAY_S: Final = 86_400
DEMO_BASE: Final = 0.3
DEMO_LIFT: Final = 0.2
"""What is true of the demo's crowd: three visits in ten reach the goal, five in ten of those that saw a change."""
DEMO_MOST_S: Final = 4.0
PREFIX: Final = "simulated-"
CHUNK: Final = 20
"""Visitors that a process makes at a time: a fraction of a second's work, so that the bar moves."""
PROCESSES: Final = 2
"""At most; a process more makes nothing faster once the server is busy all the time."""


def site_of_crowd(name: str) -> str:
    """The site that counts the made-up visitors of a site, and none but them."""
    return PREFIX + name


def write_stand_in(folder: Path, site: str, declaration: Declaration) -> Path:
    """A pack with a declaration and no file: enough for a server to take reports, and nothing for a browser."""
    folder.mkdir(parents=True)
    manifest = {"v": VERSION, "site": site, "policy": declaration.hash, "preview": True, "files": []}
    (folder / POLICY).write_bytes(to_json(declaration.to_json()))
    (folder / MANIFEST).write_bytes(to_json(manifest | {"tag": {"path": "", "sri": ""}}))
    return folder


@dataclass(frozen=True, slots=True)
class Room:
    """A crowd that waits for its server; `pack` is what the server has to serve."""

    path: Path
    crowd: Crowd
    pack: Path

    def come(self, address: str, progress: Progress) -> Truth:
        """Lets as many come as do in a few seconds. Raises TrimtabError if the server refuses a report."""
        site = self.pack.name
        return send_crowd(self.path, "", self.crowd, address=address, site=site, progress=progress, most_s=DEMO_MOST_S)


def make_room(folder: Path, visitors: int, work: Path) -> Room | None:
    """Room for so many visitors of a site who all share; None for nobody, or for a policy without goal or question."""
    site = read_site(folder)
    path = site.policy.absolute()
    try:
        ground = prepare(path) if visitors else None
    except PolicyError:
        return None
    if ground is None:
        return None
    crowd = Crowd(visitors, MONTH_DAYS, today(), seed=1, sharing=1.0, base=DEMO_BASE, lift=DEMO_LIFT)
    name = site_of_crowd(site.name)
    return Room(path, crowd, write_stand_in(work / name, name, ground.declaration))


def today() -> int:
    """The last day of a crowd, in days since 1970-01-01, UTC."""
    return int(time.time() // DAY_S)


def send_crowd(
    path: Path, goal: str, crowd: Crowd, *, address: str, site: str, progress: Progress, most_s: float = math.inf
) -> Truth:
    """Lets the crowd come, sends what their devices report, and says what is true of those who came.

    After `most_s` seconds nobody else is let in. Raises TrimtabError if the server refuses a report, and PolicyError.
    """
    truth = Truth()
    what = f"{crowd.visitors:,} made-up visitors"
    ends = time.monotonic() + most_s
    with (
        Post(address, site) as post,
        progress.bar(what, crowd.visitors) as done,
        closing(_made(path, goal, crowd)) as parts,
    ):
        for reports, part in parts:
            post.send(reports)
            truth.add(part)
            done(truth.visitors)
            if time.monotonic() > ends:
                break
    return truth


def _made(path: Path, goal: str, crowd: Crowd) -> Generator[tuple[list[bytes], Truth]]:
    chunks = list(batched(range(crowd.visitors), CHUNK, strict=False))
    processes = min(PROCESSES, os.process_cpu_count() or 1, len(chunks))
    if processes < 2:
        yield from (_make(path, goal, crowd, chunk) for chunk in chunks)
        return
    # Started anew, not forked: a copy of a process with threads may wait for one that it does not have.
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        waiting: list[Future[tuple[list[bytes], Truth]]] = [
            pool.submit(_make, path, goal, crowd, chunk) for chunk in chunks
        ]
        try:
            for future in as_completed(waiting):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _make(path: Path, goal: str, crowd: Crowd, numbers: Sequence[int]) -> tuple[list[bytes], Truth]:
    truth = Truth()
    return list(make_reports(_ground(path, goal), crowd, numbers, truth)), truth


@cache
def _ground(path: Path, goal: str) -> Ground:
    """Once in a process: its functions cannot be sent to another one."""
    return prepare(path, goal)
