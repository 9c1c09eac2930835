"""Flags: a value by rules, the first that fits. Experiments need them for their prerequisites.

Source: section `evalFeature` of GrowthBook's SDK specification, docs.growthbook.io/lib/build-your-own (0.7.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from trimtab.experiments.conditions import Plain, evaluate_condition
from trimtab.experiments.hashing import bucket
from trimtab.experiments.namespaces import Filter
from trimtab.experiments.prerequisites import CyclicPrerequisite, Prerequisite
from trimtab.experiments.ranges import Range
from trimtab.experiments.sticky import DEFAULT_ATTRIBUTE, identify
from trimtab.experiments.trials import Placement, Subject, Trial, is_filtered_out, place


@dataclass(frozen=True, slots=True)
class Rollout:
    """One value for those who pass the filters and the condition and whose number is in the range or the coverage."""

    value: Plain
    filters: tuple[Filter, ...] = ()
    condition: Mapping[str, Plain] | None = None
    coverage: float | None = None
    range: Range | None = None
    seed: str = ""
    attribute: str = DEFAULT_ATTRIBUTE
    hash_version: int = 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The value of the arm that a trial places the subject in. In arms of `passing`, the next rule decides."""

    trial: Trial
    values: tuple[Plain, ...]
    passing: frozenset[int] = frozenset()

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The trial's: on a flag they hold for those as well whose arm was kept."""
        return self.trial.filters


@dataclass(frozen=True, slots=True)
class Rule:
    """What a flag is for those who meet the prerequisites."""

    then: Rollout | Comparison
    prerequisites: tuple[Prerequisite, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A value that rules may replace."""

    default: Plain = None
    rules: tuple[Rule, ...] = ()


class Source(StrEnum):
    """Where a flag's value comes from."""

    UNKNOWN = "unknownFeature"
    DEFAULT = "defaultValue"
    FORCED = "force"
    TRIAL = "experiment"
    PREREQUISITE = "prerequisite"
    CYCLE = "cyclicPrerequisite"


@dataclass(frozen=True, slots=True)
class FlagResult:
    """A flag's value, where it comes from, and for a trial the placement."""

    value: Plain
    source: Source
    placement: Placement | None = None


class Flags:
    """Flags that may need each other, evaluated for one subject. Keeps nothing between two questions."""

    def __init__(self, flags: Mapping[str, Flag], subject: Subject) -> None:
        self._flags = flags
        self._subject = subject

    def evaluate(self, flag: str) -> FlagResult:
        """The flag's value. A flag that needs itself has none, and neither has one that needs such a flag."""
        try:
            return self._evaluate(flag, ())
        except CyclicPrerequisite:
            return FlagResult(None, Source.CYCLE)

    def value_of(self, flag: str) -> Plain:
        """The flag's value, for the prerequisites of a trial. Raises CyclicPrerequisite."""
        return self._evaluate(flag, ()).value

    def _evaluate(self, flag: str, needed_by: tuple[str, ...]) -> FlagResult:
        if flag in needed_by:
            raise CyclicPrerequisite
        if flag not in self._flags:
            return FlagResult(None, Source.UNKNOWN)
        path = (*needed_by, flag)
        for rule in self._flags[flag].rules:
            unmet = next((needed for needed in rule.prerequisites if not self._is_met(needed, path)), None)
            if unmet and unmet.gate:
                return FlagResult(None, Source.PREREQUISITE)
            if not unmet and (result := self._apply(rule, flag, path)):
                return result
        return FlagResult(self._flags[flag].default, Source.DEFAULT)

    def _is_met(self, needed: Prerequisite, path: tuple[str, ...]) -> bool:
        return needed.is_met(self._evaluate(needed.flag, path).value, self._subject.groups)

    def _apply(self, rule: Rule, flag: str, path: tuple[str, ...]) -> FlagResult | None:
        """What the rule says, None if it does not fit."""
        if is_filtered_out(rule.then.filters, self._subject):
            return None
        if isinstance(rule.then, Rollout):
            return FlagResult(rule.then.value, Source.FORCED) if self._reaches(rule.then, flag) else None
        placement = place(rule.then.trial, self._subject, lambda other: self._evaluate(other, path).value)
        if not placement.joined or placement.arm in rule.then.passing:
            return None
        return FlagResult(rule.then.values[placement.arm], Source.TRIAL, placement)

    def _reaches(self, rollout: Rollout, flag: str) -> bool:
        subject = self._subject
        if rollout.condition is not None and not evaluate_condition(
            rollout.condition, subject.attributes, subject.groups
        ):
            return False
        if rollout.range is None and rollout.coverage is None:
            return True
        identity = identify(subject.attributes, rollout.attribute)
        if not identity or (rollout.range is None and rollout.coverage == 0):
            return False
        number = bucket(rollout.seed or flag, identity.text, rollout.hash_version)
        if rollout.range is not None:
            return rollout.range.holds(number)
        return rollout.coverage is not None and number <= rollout.coverage
