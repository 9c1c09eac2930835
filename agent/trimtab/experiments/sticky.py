"""Sticky arms: who was once placed in an arm stays there, whatever becomes of weights, coverage and conditions.

Pure functions over a given record; where it is kept, and whether it may be, is not decided here. Source: sections on
sticky buckets of GrowthBook's SDK specification (0.7.1) and, where it is silent, the behaviour of its JavaScript.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trimtab.experiments.conditions.conversions import as_json, to_text
from trimtab.experiments.conditions.plain import Plain, is_true

type Records = Mapping[str, Mapping[str, str]]
"""By holder ("id||123"): the arm's key in each version of each experiment ("summaries__0": "adaptive")."""

DEFAULT_ATTRIBUTE: Final = "id"


@dataclass(frozen=True, slots=True)
class Stickiness:
    """How an experiment keeps its placements: `arm_keys` name the arms in records, in order.

    Raise `version` to draw everyone anew; who was placed in a version below `least_version` is left out.
    """

    arm_keys: tuple[str, ...] = ()
    version: int = 0
    least_version: int = 0

    def key(self, arm: int) -> str:
        """What stands for the arm in a record."""
        return self.arm_keys[arm] if arm < len(self.arm_keys) else str(arm)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a number is drawn for: an attribute and its value. There is none if the value is missing, 0, "" or false."""

    attribute: str
    value: Plain

    def __bool__(self) -> bool:
        return is_true(self.value)

    @property
    def text(self) -> str:
        """The value as it is hashed."""
        return to_text(self.value)

    @property
    def holder(self) -> str:
        """The identity's name in records."""
        value = self.value if self else ""
        return f"{self.attribute}||{value if isinstance(value, str) else as_json(value)}"


def identify(attributes: Mapping[str, Plain], attribute: str, fallback: str = "") -> Identity:
    """The identity by the attribute, or by the fallback where that has no value."""
    identity = Identity(attribute, attributes.get(attribute))
    spare = Identity(fallback, attributes.get(fallback)) if fallback else identity
    return spare if spare and not identity else identity


def kept_assignments(records: Records, identity: Identity, spare: Identity) -> dict[str, str]:
    """All that the records hold about both identities; where they differ, `identity` counts."""
    kept = dict(records.get(spare.holder, {})) if spare else {}
    return kept | dict(records.get(identity.holder, {}))


def kept_arm(key: str, stickiness: Stickiness, kept: Mapping[str, str]) -> int | None:
    """The arm that was kept for this version of the experiment; None: there is none, or it is none of its arms now."""
    arm_key = kept.get(f"{key}__{stickiness.version}")
    return stickiness.arm_keys.index(arm_key) if arm_key in stickiness.arm_keys else None


def is_blocked(key: str, stickiness: Stickiness, kept: Mapping[str, str]) -> bool:
    """Whether the records hold a version of the experiment that must not go on."""
    return any(f"{key}__{version}" in kept for version in range(stickiness.least_version))


def keep(records: Records, identity: Identity, key: str, stickiness: Stickiness, arm: int) -> Records:
    """The records with this placement in them."""
    placed = {f"{key}__{stickiness.version}": stickiness.key(arm)}
    return {**records, identity.holder: {**records.get(identity.holder, {}), **placed}}
