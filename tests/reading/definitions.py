"""Skimmers to compare, as segments of a policy, and how the real pipeline decides about everybody with them."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from tests.agent.making import open_visit
from tests.reading.offline import Numbers
from tests.reading.people import Person, people
from tests.reading.traces import read
from trimtab import Policy, Visitor, seconds
from trimtab.loading import load_policy
from trimtab.values import Event, Kind, SegmentChange, Step
from trimtab.visitors.replay import showing_arm

DEMO: Final = Path(__file__).resolve().parents[2] / "demo_site" / "news" / "policy.py"
WORDS_A_PARAGRAPH: Final = 100.0
"""These are elementary texts of OneStopEnglish, 533 words long on average (Vajjala and Lučić 2018); they have 5.4
paragraphs on average. Only limits in words a minute depend on it."""


def definitions() -> Policy:
    """The demo's skimmer until now; today's two speeds without the share of the text, the same in a hurry, and each of
    the two alone; `story` is the text."""
    policy = Policy("skimmers")
    story = policy.target("story", ".story")

    @policy.segment(enter_after=seconds(2.5), leave_after=seconds(20))
    def former(v: Visitor) -> bool:
        return v.reading(story).words_per_minute > 450 and v.scroll.speed_px_s > 120

    @policy.segment(enter_after=seconds(8), leave_after=seconds(20))
    def speeds(v: Visitor) -> bool:
        return v.scroll.mean_speed_px_s > 40 and v.reading(story).words_per_minute > 300

    @policy.segment(enter_after=seconds(2), leave_after=seconds(20))
    def eager(v: Visitor) -> bool:
        return v.scroll.mean_speed_px_s > 40 and v.reading(story).words_per_minute > 300

    @policy.segment(enter_after=seconds(8), leave_after=seconds(20))
    def mean_speed(v: Visitor) -> bool:
        return v.scroll.mean_speed_px_s > 40

    @policy.segment(enter_after=seconds(8), leave_after=seconds(20))
    def pace(v: Visitor) -> bool:
        return v.reading(story).words_per_minute > 300

    return policy


@dataclass(frozen=True, slots=True)
class Decided:
    """One segment in one visit: its strength at every second (0 outside), and when it was entered and left (s)."""

    strengths: list[float] = field(default_factory=list)
    changes_s: list[float] = field(default_factory=list)

    @property
    def mean_strength(self) -> float:
        """Over the whole visit; 0 for a visit of less than a second."""
        return float(np.mean(self.strengths)) if self.strengths else 0.0

    @property
    def shortest_s(self) -> float:
        """From any change to the next: there and back again."""
        return float(np.min(np.diff(np.array(self.changes_s, dtype=float)), initial=np.inf))

    @property
    def most_in_30_s(self) -> int:
        """Changes within any half minute."""
        times = np.array(self.changes_s)
        return max((int(((times >= t) & (times < t + 30)).sum()) for t in times), default=0)


@dataclass(frozen=True, slots=True)
class Visited:
    """One visit: each segment by name, and when which adjustment was applied or undone (s, index)."""

    segments: Mapping[str, Decided]
    commands: list[tuple[float, int]] = field(default_factory=list)

    def note(self, step: Step) -> None:
        """Keeps what a step decided."""
        for entry in step.log:
            if isinstance(entry, SegmentChange):
                self.segments[entry.segment].changes_s.append(entry.at_ms / 1000)


def replayed(person: Person, policy: Policy, folder: Path) -> Visited:
    """The visit decided by this policy, looked at every second.

    A strength is as fresh as the last decision, so an event of the page, which no rule reads, makes it decide then.
    """
    targets = tuple(target.name for target in policy.targets)
    events = deque(read(person, folder, WORDS_A_PARAGRAPH, targets))
    visit = open_visit(policy, arm=showing_arm(policy))
    visited = Visited({segment.name: Decided() for segment in policy.segments})
    for second in np.arange(1000.0, person.end_ms + 1000.0, 1000.0):
        now = min(second, person.end_ms)
        arrived = []
        while events and events[0].t_ms <= now:
            arrived.append(events.popleft())
        step = visit.step([*arrived, Event(Kind.EVENT, now, name="second")], now)
        visited.note(step)
        visited.commands.extend((now / 1000, command.adjustment) for command in step.commands)
        inside = visit.segments.inside()
        for segment in policy.segments:
            visited.segments[segment.name].strengths.append(inside.get(segment.index, 0.0))
    return visited


@cache
def everybody(*, demo: bool) -> tuple[Visited, ...]:
    """Everybody's visit by the demo site's policy as it stands, or by the definitions above."""
    policy = load_policy(DEMO) if demo else definitions()
    with TemporaryDirectory() as folder:
        return tuple(replayed(person, policy, Path(folder)) for person in people())


def by_name(name: str) -> list[Decided]:
    """Everybody's segment of this name; "demo" is the demo policy's skimmer."""
    if name == "demo":
        return [visited.segments["skimmer"] for visited in everybody(demo=True)]
    return [visited.segments[name] for visited in everybody(demo=False)]


def mean_strengths(name: str) -> Numbers:
    """Everybody's mean strength."""
    return np.array([decided.mean_strength for decided in by_name(name)])
