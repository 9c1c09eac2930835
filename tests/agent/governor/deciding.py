"""A governor over made-up adjustments, and what it decides in brief."""

from collections.abc import Iterable
from typing import Any

from tests.agent.making import on_click
from trimtab import Visitor, seconds
from trimtab.governor import Governor
from trimtab.values import Candidate, Decision, Event, Kind, Reason, Verdict

ARRIVED = Event(Kind.PAGE, 0.0)


CANDIDATE = Candidate(0, "clicks 3 > 2", 0.5)


def never(_: Visitor) -> bool:
    return False


def governor_of(*, adjustments: int = 1, cap_per_visit: int = 12, cap_per_minute: int = 100, **limits: Any) -> Governor:
    """Over adjustments with these limits: debounce 0.3 s, shown for 5 s, cooldown 30 s, cap 3 unless said otherwise."""
    policy, add = on_click(cap_per_visit=cap_per_visit)
    for number in range(adjustments):
        add(f"a{number}", never, **limits)
    return arrived(Governor(policy.adjustments, cap_per_visit, cap_per_minute))


def arrived(governor: Governor) -> Governor:
    governor.hear(ARRIVED)
    return governor


def decide(governor: Governor, now_ms: float, *adjustments: int) -> list[tuple[int, Verdict, Reason, float | None]]:
    """What is decided now about these candidates: adjustment, verdict, reason, until when."""
    return brief(governor.decide([Candidate(index, "", 1.0) for index in adjustments], now_ms))


def brief(decisions: Iterable[Decision]) -> list[tuple[int, Verdict, Reason, float | None]]:
    return [(d.adjustment, d.verdict, d.reason, d.until_ms) for d in decisions]


def held(reason: Reason, until_ms: float | None = None, index: int = 0) -> tuple[int, Verdict, Reason, float | None]:
    return (index, Verdict.HELD, reason, until_ms)


ALLOWED = (0, Verdict.ALLOWED, Reason.RULE_HOLDS, None)


UNDONE = (0, Verdict.UNDONE, Reason.RULE_ENDED, None)


def refused(reason: Reason, index: int = 0) -> tuple[int, Verdict, Reason, float | None]:
    return (index, Verdict.REFUSED, reason, None)


BRIEF: dict[str, Any] = {"debounce": seconds(0), "show_for": seconds(0), "cooldown": seconds(1)}


def shown(**limits: Any) -> Governor:
    """Of one adjustment, shown at 10 s."""
    governor = governor_of(debounce=seconds(0), **limits)
    decide(governor, 10_000, 0)
    return governor
