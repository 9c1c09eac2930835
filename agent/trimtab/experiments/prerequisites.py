"""Prerequisites: what another flag has to be before an experiment or a flag's rule goes on.

Source: `ParentCondition` in GrowthBook's SDK specification (0.7.1).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trimtab.experiments.conditions import Groups, Plain, evaluate_condition


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """The flag's value has to meet the condition, which speaks of it as `value`. `gate`: else the whole flag is off."""

    flag: str
    condition: Mapping[str, Plain]
    gate: bool = False

    def is_met(self, value: Plain, groups: Groups) -> bool:
        """Whether this is a value that the prerequisite wants."""
        return evaluate_condition(self.condition, {"value": value}, groups)


class CyclicPrerequisite(Exception):
    """A flag needs itself, through others perhaps."""


type ValueOf = Callable[[str], Plain]
"""The value of a flag by its id, None if it is unknown; raises CyclicPrerequisite."""


def no_flags(_flag: str) -> Plain:
    """Where there are no flags, each is unknown."""
    return None
