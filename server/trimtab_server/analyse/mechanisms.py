"""The noise that a device uses for a question, by how many answers it has."""

from functools import cache

from trimtab.privacy.mechanisms import SubsetSelection, best_width

type Mechanism = SubsetSelection


@cache
def mechanism_for(answers: int, noise: tuple[int, int]) -> Mechanism:
    """What answers to a question with so many answers are told through; `noise` is (a, b)."""
    return SubsetSelection(answers, best_width(answers, *noise), *noise)
