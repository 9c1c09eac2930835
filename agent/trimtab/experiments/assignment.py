"""Assignment: which arm this device is in, and which decisions therefore reach the page.

The arm is drawn before any condition is read, from a seed that never leaves the device.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from trimtab.declared import OUTSIDE, Experiment
from trimtab.experiments.hashing import bucket
from trimtab.experiments.namespaces import Namespace, in_namespace
from trimtab.experiments.ranges import bucket_ranges, choose
from trimtab.messages import Arm
from trimtab.policy import EVERYONE_ARM, HOLDOUT_ARM, Policy
from trimtab.values import Decision, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Assignment:
    """What this device shows: everything but `withheld`, which maps an adjustment's index to the reason.

    `arms` maps each experiment's name to the drawn arm, `outside` if it takes no part; the holdout is in none.
    """

    held_out: bool
    arms: dict[str, str]
    withheld: dict[int, Reason]

    def __str__(self) -> str:
        if self.held_out:
            return str(HOLDOUT_ARM)
        return ", ".join(f"{experiment}/{arm}" for experiment, arm in self.arms.items()) or str(EVERYONE_ARM)

    def arm_of(self, experiment: Experiment | None) -> Arm:
        """The arm that a report about this experiment (None: the policy has none) is counted in."""
        if self.held_out:
            return HOLDOUT_ARM
        return Arm(experiment.name, self.arms[experiment.name]) if experiment else EVERYONE_ARM

    def mask(self, decisions: Iterable[Decision], *, adapt: bool) -> list[Decision]:
        """The decisions that hold on this device: what another arm would see, or no consent permits, is refused."""
        masked = []
        for decision in decisions:
            reason = self.withheld.get(decision.adjustment, None if adapt else Reason.NO_CONSENT_TO_ADAPT)
            if reason is None or decision.verdict in (Verdict.HELD, Verdict.REFUSED):
                masked.append(decision)
            elif decision.verdict is Verdict.ALLOWED:
                masked.append(replace(decision, verdict=Verdict.REFUSED, reason=reason))
        return masked


def assign(policy: Policy, seed: str, forced: str = "") -> Assignment:
    """Draws the arms for a device. `forced` ("experiment/arm" or "holdout") overrules the draw, for previews only."""
    held_out = bucket(f"{policy.name}/{HOLDOUT_ARM}", seed) < policy.holdout
    if forced:
        held_out = forced == str(HOLDOUT_ARM)
    if held_out:
        return Assignment(True, {}, dict.fromkeys(range(len(policy.adjustments)), Reason.HOLDOUT))
    arms = {e.name: _arm(policy, e, seed, forced) for e in policy.experiments}
    shown = {e.name: e.arms.get(arms[e.name], frozenset()) for e in policy.experiments}
    withheld = {index: Reason.OTHER_ARM for e in policy.experiments for index in e.adjustments - shown[e.name]}
    return Assignment(False, arms, withheld)


def _arm(policy: Policy, experiment: Experiment, seed: str, forced: str) -> str:
    name, _, arm = forced.partition("/")
    if name == experiment.name and arm in experiment.reported_arms:
        return arm
    if experiment.namespace:
        space, start, end = experiment.namespace
        if not in_namespace(seed, Namespace(f"{policy.name}/{space}", start, end)):
            return OUTSIDE
    ranges = bucket_ranges(len(experiment.arms), experiment.coverage, experiment.weights)
    index = choose(bucket(f"{policy.name}/{experiment.name}", seed), ranges)
    return OUTSIDE if index is None else list(experiment.arms)[index]
