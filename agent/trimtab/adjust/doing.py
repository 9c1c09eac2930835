"""One change of a target as data, and which two of them cannot be on one element at a time."""

import re
from dataclasses import dataclass
from typing import Any, TypeGuard

type Scalar = str | float
type Argument = Scalar | tuple[tuple[str, Scalar], ...]


@dataclass(frozen=True, slots=True)
class Do:
    """One change, as the plain JSON that goes to the page. Made by the functions of `trimtab.adjust`.

    `parts`: what it takes of an element for itself, each in a word; the page knows the same words for each kind.
    """

    kind: str
    arguments: tuple[tuple[str, Argument], ...]
    parts: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As the page reads it: the kind, and its arguments beside it."""
        plain = {name: dict(value) if isinstance(value, tuple) else value for name, value in self.arguments}
        return {"kind": self.kind} | plain

    def same_thing(self, other: "Do") -> bool:
        """Whether both change the same thing of an element: its content, one class, one attribute, one style."""
        return not set(self.parts).isdisjoint(other.parts)


def fits(given: object, pattern: re.Pattern[str]) -> TypeGuard[str]:
    """Whether what a site owner gave is a text, and all of it like this."""
    return isinstance(given, str) and pattern.fullmatch(given) is not None


def is_within(given: object, low: float, high: float) -> TypeGuard[float]:
    """Whether what a site owner gave is a number of that range."""
    return isinstance(given, int | float) and not isinstance(given, bool) and low <= given <= high
