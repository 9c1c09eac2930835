"""The declaration: what a policy declares, without its code. The tag obeys by it, the server counts by it."""

import json
from dataclasses import dataclass
from typing import Any, Final

from trimtab.errors import TrimtabError

DECLARATION_VERSION: Final = 2
POLICY_HASH_BYTES: Final = 8
BUILD_AGAIN: Final = "build the pack again with this trimtab"


@dataclass(frozen=True, slots=True)
class Named:
    """A question as others see it: its name, its possible answers in order, and how many of them a report tells.

    `kind` is one of `scales.Kind`; `values` are what the answers stand for in a mean, in `unit` (None: nothing; empty:
    there is no mean). `by`: a segment's name; the first half of the answers is of visitors who were never in it.
    """

    name: str
    answers: tuple[str, ...]
    width: int = 1
    kind: str = "choice"
    values: tuple[float | None, ...] = ()
    unit: str = ""
    by: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON; what a question does not have is left out."""
        about: dict[str, Any] = {"name": self.name, "answers": list(self.answers), "width": self.width}
        rest = {"kind": self.kind, "values": list(self.values), "unit": self.unit, "by": self.by}
        return about | {key: value for key, value in rest.items() if value}

    @classmethod
    def from_json(cls, data: Any) -> "Named":
        """Reads what `to_json` wrote. Raises KeyError, TypeError or ValueError."""
        answers = tuple(map(str, data["answers"]))
        values = tuple(None if value is None else float(value) for value in data.get("values", ()))
        if values and len(values) != len(answers):
            raise ValueError("values")
        kind, unit, by = (
            str(data.get(key, default)) for key, default in (("kind", "choice"), ("unit", ""), ("by", ""))
        )
        return cls(str(data["name"]), answers, int(data["width"]), kind, values, unit, by)


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm of one experiment; the holdout belongs to none and comes first."""

    experiment: str
    arm: str

    def __str__(self) -> str:
        return f"{self.experiment}/{self.arm}" if self.experiment else self.arm


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a policy declares, without its code: enough for the tag to observe and obey, and for the server to count.

    `targets` are (name, CSS selector); `adjustments` are (name, target index, what to do as plain JSON).
    A report's question and arm are indices into `questions` and `arms`. `under_pointer` has the indices of the
    adjustments that may change what the pointer is on. `shares`: what part of all reports is counted in each arm if
    chance alone decides; empty in declarations that do not say. `simulated`: all of its visitors are made up, and
    whoever shows their numbers must say so.
    """

    policy: str
    hash: str
    noise: tuple[int, int]
    targets: tuple[tuple[str, str], ...]
    adjustments: tuple[tuple[str, int, dict[str, Any]], ...]
    arms: tuple[Arm, ...]
    questions: tuple[Named, ...]
    goals: tuple[str, ...]
    under_pointer: frozenset[int] = frozenset()
    shares: tuple[float, ...] = ()
    simulated: bool = False

    @property
    def experiments(self) -> tuple[str, ...]:
        """Their names; one that is empty if the policy has none. Arm 0, the holdout, belongs to all."""
        return tuple(dict.fromkeys(arm.experiment for arm in self.arms[1:]))

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, for policy.json and the tag."""
        return {
            "v": DECLARATION_VERSION,
            "policy": self.policy,
            "hash": self.hash,
            "noise": {"a": self.noise[0], "b": self.noise[1]},
            "targets": [{"name": name, "selector": selector} for name, selector in self.targets],
            "adjustments": [
                {"name": name, "target": target, "do": do}
                | ({"under_pointer": True} if index in self.under_pointer else {})
                for index, (name, target, do) in enumerate(self.adjustments)
            ],
            "arms": [
                {"experiment": arm.experiment, "arm": arm.arm} | ({"share": self.shares[n]} if self.shares else {})
                for n, arm in enumerate(self.arms)
            ],
            "questions": [question.to_json() for question in self.questions],
            "goals": list(self.goals),
        } | ({"simulated": True} if self.simulated else {})

    def canonical(self) -> bytes:
        """The same JSON as bytes that do not depend on order or spacing; the policy hash is made from them."""
        return json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()

    @classmethod
    def from_json(cls, data: Any) -> "Declaration":
        """Reads what `to_json` wrote. Raises TrimtabError for another version or a damaged file."""
        if not isinstance(data, dict):
            raise TrimtabError("declaration is no JSON object; build the pack again")
        if data.get("v") != DECLARATION_VERSION:
            raise TrimtabError(f"declaration of version {data.get('v')!r}; {BUILD_AGAIN}")
        try:
            declaration = cls(
                policy=str(data["policy"]),
                hash=str(data["hash"]),
                noise=(int(data["noise"]["a"]), int(data["noise"]["b"])),
                targets=tuple((str(t["name"]), str(t["selector"])) for t in data["targets"]),
                adjustments=tuple((str(a["name"]), int(a["target"]), dict(a["do"])) for a in data["adjustments"]),
                arms=tuple(Arm(str(a["experiment"]), str(a["arm"])) for a in data["arms"]),
                questions=tuple(map(Named.from_json, data["questions"])),
                goals=tuple(map(str, data["goals"])),
                under_pointer=frozenset(n for n, a in enumerate(data["adjustments"]) if a.get("under_pointer") is True),
                shares=tuple(float(a["share"]) for a in data["arms"] if "share" in a),
                simulated=data.get("simulated") is True,
            )
            if len(declaration.shares) not in (0, len(declaration.arms)):
                raise ValueError("shares")
            if len(bytes.fromhex(declaration.hash)) not in (0, POLICY_HASH_BYTES):
                raise ValueError("hash")
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise TrimtabError(f"declaration is damaged ({error!r}); build the pack again") from None
        return declaration
