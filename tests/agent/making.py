"""What the agent's tests are made from: small policies, events in short, and gauges whose numbers a test sets."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from trimtab import Outcome, Policy, Visitor, adjust, seconds
from trimtab.declared import Adjustment, Rule
from trimtab.errors import PolicyError
from trimtab.experiments import assign
from trimtab.loading import load_policy, policy_hash
from trimtab.messages import Declaration
from trimtab.pipeline import Visit
from trimtab.values import NO_TARGET, Consent, Event, Gauge, Kind, Measure, Missing

ALL = Consent(observe=True, adapt=True, remember=True, share=True)
SOURCE = b"limit = 450\n"

PAGE = Event(Kind.PAGE, 0.0, NO_TARGET, 1000.0, 800.0, 8000.0)
"""A window of 1000 by 800 px on a document of 8000 px."""


def scroll(t_ms: float, y_px: float) -> Event:
    return Event(Kind.SCROLL, t_ms, a=y_px)


def visible(t_ms: float, share: float, target: int = 0) -> Event:
    return Event(Kind.VISIBLE, t_ms, target, share)


def layout(t_ms: float, top_px: float, height_px: float, words: float = -1.0, target: int = 0) -> Event:
    return Event(Kind.LAYOUT, t_ms, target, top_px, height_px, words)


def named(t_ms: float, name: str, kind: Kind = Kind.EVENT) -> Event:
    return Event(kind, t_ms, name=name)


def key(t_ms: float) -> Event:
    return Event(Kind.KEY, t_ms)


def says(kind: Kind, t_ms: float, adjustment: int = 0, by: int = 0) -> Event:
    """What the page says of an adjustment."""
    return Event(kind, t_ms, NO_TARGET, float(adjustment), float(by))


def news() -> Policy:
    """One segment, one adjustment, one experiment, one question: a small site that has everything once."""
    policy = Policy("daily-news")
    story = policy.target("story", ".story")
    summary = policy.target("summary", "[data-summary]")
    policy.goal("article-read")

    @policy.segment(enter_after=seconds(2), leave_after=seconds(8))
    def skimmer(v: Visitor) -> bool:
        return v.scroll.speed_px_s > 600

    short = policy.adjust("short-summaries", on=summary, when=skimmer, do=adjust.swap("short"))
    policy.experiment("summaries", arms={"adaptive": [short], "static": []})

    @policy.question(answers=("none", "bounced", "skimmed", "read"))
    def reading(outcome: Outcome) -> str:
        if outcome.reached("article-read"):
            return "read"
        if outcome.was(skimmer):
            return "skimmed"
        return "bounced" if outcome.dwell(story).attended_s < 10 else "none"

    return policy


def on_click(*, cap_per_visit: int = 12) -> tuple[Policy, Callable[..., Adjustment]]:
    """A policy whose adjustments follow counts of clicks and events: `add(name, rule, **limits)` makes one more."""
    policy = Policy("clicks", cap_per_visit=cap_per_visit)
    box = policy.target("box", "#box")

    def add(name: str, when: Rule, **limits: object) -> Adjustment:
        return policy.adjust(name, on=box, when=when, do=adjust.add_class(name), **limits)  # type: ignore[arg-type]

    return policy, add


def declare(policy: Policy) -> Declaration:
    return policy.declaration(policy_hash(policy, SOURCE))


def open_visit(policy: Policy, *, arm: str = "everyone", consent: Consent = ALL) -> Visit:
    """A visit in this arm; "everyone" for a policy that compares nothing."""
    return Visit(policy, declare(policy), assign(policy, seed="seed", forced=arm), consent)


def gauge_of(numbers: Mapping[str, float | Measure | Missing], now_ms: float = 0.0) -> Gauge:
    """A gauge that knows these quantities, whatever the target: plain numbers are constant from `now_ms` on."""

    def read(quantity: str, _target: int, name: str) -> Measure | Missing:
        value = numbers[name or quantity]
        return value if isinstance(value, Measure | Missing) else Measure(name or quantity, "", value, now_ms)

    return read


def load(folder: Path, source: str) -> Policy:
    """The policy of this source text, by way of a file."""
    path = folder / "policy.py"
    path.write_text(source, encoding="utf-8")
    return load_policy(path)


def mistake_in(folder: Path, source: str) -> PolicyError:
    """The mistake that loading this source text is told."""
    with pytest.raises(PolicyError) as caught:
        load(folder, source)
    return caught.value
