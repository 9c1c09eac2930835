"""`trimtab replay POLICY TRACE…`: what the policy would decide about a recorded visit, as JSON Lines or in sentences.

Several traces are the pages of one visit that is remembered, in their order: each goes on with what the one before
carried, as it would in a browser tab.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab.experiments import assign
from trimtab.loading import load_policy, policy_file, policy_hash
from trimtab.messages import log_entry
from trimtab.pipeline import Visit
from trimtab.plain import Plain
from trimtab.policy import HOLDOUT_ARM, Policy
from trimtab.story import explain_visit
from trimtab.timeline import AT_ONCE
from trimtab.values import Consent, Decision, SegmentChange
from trimtab.visitors.trace import read_trace

SUMMARY: Final = "print what a policy decides about a recorded visit"
EVERYTHING: Final = Consent(observe=True, adapt=True, remember=True, share=False)


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("policy", type=policy_file, metavar="POLICY", help="the site's folder, or its policy.py")
    parser.add_argument(
        "trace",
        type=Path,
        nargs="+",
        metavar="TRACE",
        help="a trace: JSON Lines, the first line of kind page; several: one for each page",
    )
    parser.add_argument("--away", type=float, default=0.0, metavar="SECONDS", help="time between two pages; default: 0")
    parser.add_argument("--arm", help='"experiment/arm" or "holdout"; default: the first arm that shows anything')
    parser.add_argument("--explain", action="store_true", help="tell it in sentences, a paragraph for each adjustment")


def run(args: argparse.Namespace) -> int:
    """Prints one JSON object for each segment change and each decision, in order; or their story, for people."""
    policy = load_policy(args.policy)
    arm = check_arm(policy, args.arm) if args.arm else showing_arm(policy)
    if not 0 <= args.away < float("inf"):
        raise TrimtabError(f"--away {args.away:g} is no length of time; give seconds, such as --away 2")
    player = Player(policy, args.policy.read_bytes(), arm, args.away * 1000)
    if args.explain:
        sys.stdout.write("\n\n".join(tell(player, args.trace)) + "\n")
        return 0
    for line in replay_pages(player, args.trace):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


@dataclass(slots=True)
class Player:
    """Plays the pages of one visit, one after the other, to a policy. The page obeys every command at once."""

    policy: Policy
    source: bytes
    arm: str
    away_ms: float = 0.0
    carried: Plain = None
    left_ms: float = 0.0

    def play(self, trace: Path) -> Iterator[Decision | SegmentChange]:
        """The decision log of the next page, up to the grid's moment that its last event is decided at."""
        declaration = self.policy.declaration(policy_hash(self.policy, self.source))
        visit = Visit(self.policy, declaration, assign(self.policy, seed="replay", forced=self.arm), EVERYTHING)
        if self.carried:
            visit.resume(self.carried, self.left_ms, self.away_ms)
        pending = False
        for event in read_trace(trace, [target.name for target in self.policy.targets]):
            yield from visit.step([event], event.t_ms).log
            self.left_ms = event.t_ms
            pending = event.kind not in AT_ONCE
        wake_ms = visit.timeline.wake_at_ms()
        if pending and wake_ms is not None:  # what comes after it, only time would bring
            yield from visit.step([], math.nextafter(wake_ms, math.inf)).log
            self.left_ms = wake_ms
        self.carried = visit.carry()


def decide(policy: Policy, source: bytes, trace: Path, arm: str) -> Iterator[Decision | SegmentChange]:
    """The decision log of a visit to one page."""
    return Player(policy, source, arm).play(trace)


def replay(policy: Policy, source: bytes, trace: Path, arm: str) -> Iterator[dict[str, Any]]:
    """The decision log of a visit to one page as plain JSON, line by line."""
    return replay_pages(Player(policy, source, arm), [trace])


def replay_pages(player: Player, traces: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The decision log as plain JSON, line by line; of several pages, each line with the number of its page, from 1."""
    adjustments = [adjustment.name for adjustment in player.policy.adjustments]
    for page, trace in enumerate(traces, 1):
        number = {"page": page} if len(traces) > 1 else {}
        for entry in player.play(trace):
            yield number | log_entry(entry, adjustments)


def tell(player: Player, traces: Sequence[Path]) -> Iterator[str]:
    """The story of the visit, a paragraph each; of several pages, each with its heading."""
    for page, trace in enumerate(traces, 1):
        if len(traces) > 1:
            yield f"Page {page}: {trace.name}"
        yield from explain_visit(list(player.play(trace)), player.policy.adjustments)


def showing_arm(policy: Policy) -> str:
    """The first arm of the first experiment that shows anything; "everyone" if the policy compares nothing."""
    for experiment in policy.experiments:
        for arm, adjustments in experiment.arms.items():
            if adjustments:
                return f"{experiment.name}/{arm}"
    return "everyone"


def check_arm(policy: Policy, arm: str) -> str:
    """The arm, if the policy has it. Raises TrimtabError with those that it has."""
    known = [str(known) for known in policy.declaration("").arms]
    if arm not in [*known, str(HOLDOUT_ARM)]:
        raise TrimtabError(f"the policy has no arm {arm!r}; use one of {', '.join(known)}")
    return arm
