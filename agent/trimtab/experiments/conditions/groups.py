"""Saved groups: lists and conditions that are defined once, with an id, and named by many conditions.

Two forms are known: a plain list of values, and an object of type "list" (`values`, `attributeKey`) or "condition"
(`condition`). They are not in GrowthBook's written specification; the source is the behaviour of its JavaScript 1.8.0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from trimtab.experiments.conditions.conversions import to_text
from trimtab.experiments.conditions.plain import Plain

type Groups = Mapping[str, Plain]
"""Saved groups by their id."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The saved groups, and those that are being looked into just now: a group that names itself matches nobody."""

    groups: Groups
    entered: frozenset[str] = field(default_factory=frozenset)

    def enter(self, group: str) -> "Scope":
        """The scope inside a group's own condition."""
        return replace(self, entered=self.entered | {group})


@dataclass(frozen=True, slots=True)
class Members:
    """A group of those whose value at the path is one of the values."""

    path: str
    values: list[Plain]


@dataclass(frozen=True, slots=True)
class Described:
    """A group of those who meet a condition."""

    id: str
    condition: Plain


def listed_values(group: Plain, scope: Scope) -> list[Plain] | None:
    """The values that $inGroup and $notInGroup look in; an unknown group has none. None: this group is no list."""
    match scope.groups.get(to_text(group), []):
        case list() as values:
            return values
        case {"type": "list", "values": list() as values}:
            return values
    return None


def referred(reference: Plain, scope: Scope) -> Members | Described | None:
    """What `$savedGroup` refers to. None: nothing that is known here, and that matches nobody."""
    if not isinstance(reference, dict):
        return None
    group = reference.get("id")
    if not isinstance(group, str) or group in scope.entered:
        return None
    match scope.groups.get(group):
        case {"type": "list", "values": list() as values, **entry}:
            path = (entry | reference).get("attributeKey")
            return Members(path, values) if isinstance(path, str) else None
        case {"type": "condition", "condition": (dict() | list()) as condition}:
            valid = isinstance(reference.get("attributeKey", ""), str)
            return Described(group, condition) if valid else None
    return None
