"""Placing a device in an arm of an experiment, as a GrowthBook SDK places it, and with the reason.

Source: section `run` of GrowthBook's SDK specification, docs.growthbook.io/lib/build-your-own (0.7.1). Left out is what
looks at a URL (overrides and targeting), the QA mode, and the groups that came before saved groups.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from trimtab.experiments.conditions import Groups, Plain, evaluate_condition
from trimtab.experiments.hashing import bucket
from trimtab.experiments.namespaces import Filter, Namespace, in_namespace, passes_filter
from trimtab.experiments.prerequisites import CyclicPrerequisite, Prerequisite, ValueOf, no_flags
from trimtab.experiments.ranges import Range, bucket_ranges, choose
from trimtab.experiments.sticky import (
    DEFAULT_ATTRIBUTE,
    Identity,
    Records,
    Stickiness,
    identify,
    is_blocked,
    kept_arm,
    kept_assignments,
)


class Why(StrEnum):
    """Why a device is in an arm, or in none."""

    DRAWN = "drawn"
    KEPT = "kept"
    FORCED = "forced"
    TOO_FEW_ARMS = "too-few-arms"
    INACTIVE = "inactive"
    NO_IDENTITY = "no-identity"
    FILTERED = "filtered"
    OTHER_NAMESPACE = "other-namespace"
    CONDITION = "condition"
    PREREQUISITE = "prerequisite"
    BLOCKED_VERSION = "blocked-version"
    OUTSIDE_RANGES = "outside-ranges"
    NO_SUCH_ARM = "no-such-arm"


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment as the specification has it; the defaults are the specification's, the hash version included."""

    key: str
    arms: int
    coverage: float = 1.0
    weights: tuple[float, ...] | None = None
    ranges: tuple[Range, ...] | None = None
    seed: str = ""
    hash_version: int = 1
    attribute: str = DEFAULT_ATTRIBUTE
    fallback: str = ""
    namespace: Namespace | None = None
    filters: tuple[Filter, ...] = ()
    condition: Mapping[str, Plain] | None = None
    prerequisites: tuple[Prerequisite, ...] = ()
    forced: int | None = None
    active: bool = True
    stickiness: Stickiness | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is placed: attributes, saved groups, arms forced from outside, and what was kept (None: nothing may be)."""

    attributes: Mapping[str, Plain]
    groups: Groups = field(default_factory=lambda: MappingProxyType({}))
    forced: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    records: Records | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """The arm's index and why; not `joined`: the device sees arm 0 and is not counted. `number`: what was drawn."""

    arm: int
    joined: bool
    why: Why
    number: float | None = None


def place(trial: Trial, subject: Subject, value_of: ValueOf = no_flags) -> Placement:
    """The arm that the subject is in, and why. Raises ConditionError, and ValueError for an unknown hash version."""
    return _undrawn(trial, subject) or _draw(trial, subject, value_of)


def _undrawn(trial: Trial, subject: Subject) -> Placement | None:
    """What is settled before anything is drawn or looked up."""
    if trial.arms < 2:
        return _out(Why.TOO_FEW_ARMS)
    if trial.key in subject.forced:
        return _force(trial, subject.forced[trial.key])
    if not trial.active:
        return _out(Why.INACTIVE)
    return None if identity_for(trial, subject) else _out(Why.NO_IDENTITY)


def _draw(trial: Trial, subject: Subject, value_of: ValueOf) -> Placement:
    identity = identity_for(trial, subject)
    kept, blocked = _kept(trial, subject)
    out = _excluded(trial, identity, subject, value_of) if kept is None else None
    if out or blocked:
        return _out(out or Why.BLOCKED_VERSION)
    number = bucket(trial.seed or trial.key, identity.text, trial.hash_version)
    ranges = bucket_ranges(trial.arms, trial.coverage, trial.weights) if trial.ranges is None else trial.ranges
    arm = choose(number, ranges) if kept is None else kept
    if arm is None:
        return _out(Why.OUTSIDE_RANGES)
    if trial.forced is not None:
        return _force(trial, trial.forced)
    if arm >= trial.arms:
        return _out(Why.NO_SUCH_ARM)
    return Placement(arm, True, Why.DRAWN if kept is None else Why.KEPT, number)


def identity_for(trial: Trial, subject: Subject) -> Identity:
    """Whom the trial draws for; the fallback counts only where placements are kept."""
    keeps = subject.records is not None and trial.stickiness is not None
    return identify(subject.attributes, trial.attribute, trial.fallback if keeps else "")


def _kept(trial: Trial, subject: Subject) -> tuple[int | None, bool]:
    """The arm kept for this device, and whether it may not go on."""
    if subject.records is None or trial.stickiness is None:
        return None, False
    spare = identify(subject.attributes, trial.fallback or DEFAULT_ATTRIBUTE)
    kept = kept_assignments(subject.records, identify(subject.attributes, trial.attribute), spare)
    if is_blocked(trial.key, trial.stickiness, kept):
        return None, True
    return kept_arm(trial.key, trial.stickiness, kept), False


def _excluded(trial: Trial, identity: Identity, subject: Subject, value_of: ValueOf) -> Why | None:
    """What keeps a device out that has not been placed before."""
    if is_filtered_out(trial.filters, subject):
        return Why.FILTERED
    if not trial.filters and trial.namespace and not in_namespace(identity.text, trial.namespace):
        return Why.OTHER_NAMESPACE
    if trial.condition is not None and not evaluate_condition(trial.condition, subject.attributes, subject.groups):
        return Why.CONDITION
    try:
        met = all(needed.is_met(value_of(needed.flag), subject.groups) for needed in trial.prerequisites)
    except CyclicPrerequisite:
        met = False
    return None if met else Why.PREREQUISITE


def is_filtered_out(filters: tuple[Filter, ...], subject: Subject) -> bool:
    """Whether one of the filters keeps the subject out, as it does without a value of the filter's attribute."""
    identities = [identify(subject.attributes, given.attribute) for given in filters]
    return not all(who and passes_filter(who.text, given) for who, given in zip(identities, filters, strict=True))


def _force(trial: Trial, arm: int) -> Placement:
    return Placement(arm, True, Why.FORCED) if 0 <= arm < trial.arms else _out(Why.NO_SUCH_ARM)


def _out(why: Why) -> Placement:
    return Placement(0, False, why)
