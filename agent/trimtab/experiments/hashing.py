"""Assignment arithmetic: the same as version 2 of GrowthBook's public SDK specification, so others can check it.

The specification hashes twice with 32-bit FNV-1a (Fowler, Noll, Vo) and keeps four decimal digits.
"""

from collections.abc import Sequence
from typing import Final

FNV_OFFSET: Final = 0x811C9DC5
FNV_PRIME: Final = 0x01000193
DIGITS: Final = 10_000


def fnv1a_32(text: str) -> int:
    """32-bit FNV-1a of the text's UTF-8 bytes."""
    value = FNV_OFFSET
    for byte in text.encode():
        value = (value ^ byte) * FNV_PRIME & 0xFFFFFFFF
    return value


def bucket(seed: str, value: str) -> float:
    """A number in [0, 1) with four decimal digits, from what is assigned (`seed`) and to whom (`value`)."""
    return fnv1a_32(str(fnv1a_32(seed + value))) % DIGITS / DIGITS


def choose(number: float, weights: Sequence[float]) -> int:
    """The index of the weight in whose share of [0, 1) the number falls."""
    edge = 0.0
    for index, weight in enumerate(weights):
        edge += weight
        if number < edge:
            return index
    return len(weights) - 1
