"""A visit that is left and goes on on the next page."""

import json
from collections.abc import Sequence
from typing import Any

from tests.agent.making import PAGE, named, on_click, open_visit
from trimtab import Policy
from trimtab.pipeline import Visit
from trimtab.values import Decision, Event, SegmentChange

LEFT_MS = 10_000.0


def went(*, cap_per_visit: int = 12, **limits: object) -> Policy:
    """An adjustment that is shown once the page has said “go”, until it says “stop”."""
    policy, add = on_click(cap_per_visit=cap_per_visit)
    add("short", lambda v: v.event("go").count >= 1 and v.event("stop").count < 1, **limits)
    return policy


def next_page(visit: Visit, policy: Policy, *, away_ms: float = 0.0, left_ms: float = LEFT_MS, **more: Any) -> Visit:
    """A fresh visit that goes on with what this one carried, by way of JSON."""
    fresh = open_visit(policy, **more)
    assert fresh.resume(json.loads(json.dumps(visit.carry(), allow_nan=False)), left_ms, away_ms)
    return fresh


def shown_on_first_page(policy: Policy, *more: Event, **options: Any) -> Visit:
    """Shown from 3 s on; left at 10 s."""
    visit = open_visit(policy, **options)
    visit.step([PAGE, named(2_500, "go"), *more], LEFT_MS)
    return visit


def told(log: Sequence[Decision | SegmentChange]) -> list[tuple[float, str, str]]:
    return [(entry.at_ms, entry.verdict.value, entry.reason.value) for entry in log if isinstance(entry, Decision)]
