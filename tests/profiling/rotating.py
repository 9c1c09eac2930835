"""The proof that a profile is not circular: what two thirds of a workload enter, and what the last third misses."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

THIRDS: Final = 3
WAKING: Final = "waking and loading"
"""The unit that every other one begins with, as recording.mjs calls it: nobody goes without."""


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
    for held in thirds(recorded):
        kept = kept_without(held, recorded)
        beside = {name: len(recorded[name] - kept) for name in held}
        yield Turn(len(kept), len(held), {name: number for name, number in beside.items() if number})


def thirds(recorded: Collection[str]) -> list[list[str]]:
    """The units as they are left out."""
    names = sorted(name for name in recorded if not name.endswith(WAKING))
    return [names[third::THIRDS] for third in range(THIRDS)]


def kept_without(held: Collection[str], recorded: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """What is entered of all but these."""
    return frozenset[int]().union(*(recorded[name] for name in recorded if name not in held))
