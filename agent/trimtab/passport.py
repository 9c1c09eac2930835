"""The passport of a saved state: what it must have in common with the visit that goes on with it."""

from dataclasses import dataclass
from typing import Final

from trimtab.errors import StateError
from trimtab.plain import Plain, object_of

STATE_VERSION: Final = 5
"""To be raised whenever a part is kept in another form than before."""


@dataclass(frozen=True, slots=True)
class Passport:
    """Which policy (by its hash) and which arms, as text, a state belongs to."""

    policy: str
    arms: str

    def stamp(self, kind: str, state: dict[str, Plain]) -> dict[str, Plain]:
        """The state with its passport; `kind` says what it is good for."""
        return {"v": STATE_VERSION, "kind": kind, "policy": self.policy, "arms": self.arms, **state}

    def check(self, saved: Plain, kind: str, *names: str) -> dict[str, Plain]:
        """What was stamped, if it was for the likes of this one. Raises StateError."""
        own = self.stamp(kind, {})
        members = saved if isinstance(saved, dict) else {}
        for name, value in own.items():
            if name in members and members[name] != value:
                raise StateError(f"the saved state has {name} {members[name]!r}, and this visit has {value!r}")
        return object_of(saved, (*own, *names), "the saved state")
