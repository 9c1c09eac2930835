"""The proof that a profile is not circular: what two thirds of a workload enter, and what the last third misses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

THIRDS: Final = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One third left out: how many functions the others enter, and by its units, how many they enter beside those."""

    kept: int
    units: int
    misses: Mapping[str, int]

    def __str__(self) -> str:
        worst = ", ".join(f"{name} ({number})" for name, number in sorted(self.misses.items(), key=lambda e: -e[1])[:3])
        missed = f"{len(self.misses)} of {self.units} units would trap" if self.misses else "no unit would trap"
        return f"{self.kept} functions of two thirds: {missed}{': ' if worst else ''}{worst}"


def rotate(recorded: Mapping[str, frozenset[int]]) -> Iterator[Turn]:
    """Each third left out once. Units are dealt in turn, so that each third has some of every module."""
    names = sorted(recorded)
    for third in range(THIRDS):
        held = names[third::THIRDS]
        kept = frozenset[int]().union(*(recorded[name] for name in names if name not in held))
        beside = {name: len(recorded[name] - kept) for name in held}
        yield Turn(len(kept), len(held), {name: number for name, number in beside.items() if number})
