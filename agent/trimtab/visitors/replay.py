"""`trimtab replay POLICY TRACE`: what the policy would decide about a recorded visit, as JSON Lines or in sentences."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab.experiments import assign
from trimtab.loading import load_policy, policy_hash
from trimtab.messages import log_entry
from trimtab.pipeline import Visit
from trimtab.policy import HOLDOUT_ARM, Policy
from trimtab.story import explain_visit
from trimtab.values import Consent, Decision, SegmentChange
from trimtab.visitors.trace import read_trace

SUMMARY: Final = "print what a policy decides about a recorded visit"
EVERYTHING: Final = Consent(observe=True, adapt=True, remember=True, share=False)


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("policy", type=Path, help="the site's policy.py")
    parser.add_argument("trace", type=Path, help="a trace: JSON Lines, the first line of kind page")
    parser.add_argument("--arm", help='"experiment/arm" or "holdout"; default: the first arm that shows anything')
    parser.add_argument("--explain", action="store_true", help="tell it in sentences, a paragraph for each adjustment")


def run(args: argparse.Namespace) -> int:
    """Prints one JSON object for each segment change and each decision, in order; or their story, for people."""
    policy = load_policy(args.policy)
    arm = check_arm(policy, args.arm) if args.arm else showing_arm(policy)
    source = args.policy.read_bytes()
    if args.explain:
        story = explain_visit(list(decide(policy, source, args.trace, arm)), policy.adjustments)
        sys.stdout.write("\n\n".join(story) + "\n")
        return 0
    for line in replay(policy, source, args.trace, arm):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


def replay(policy: Policy, source: bytes, trace: Path, arm: str) -> Iterator[dict[str, Any]]:
    """The decision log of the trace as plain JSON, line by line."""
    adjustments = [adjustment.name for adjustment in policy.adjustments]
    return (log_entry(entry, adjustments) for entry in decide(policy, source, trace, arm))


def decide(policy: Policy, source: bytes, trace: Path, arm: str) -> Iterator[Decision | SegmentChange]:
    """The decision log of the trace; the page obeys every command at once."""
    declaration = policy.declaration(policy_hash(policy, source))
    visit = Visit(policy, declaration, assign(policy, seed="replay", forced=arm), EVERYTHING)
    for event in read_trace(trace, [target.name for target in policy.targets]):
        yield from visit.step([event], event.t_ms).log


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
