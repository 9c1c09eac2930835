"""Hashing: from what is assigned, and to whom, to a number from 0 up to 1. No state, so the answer never changes.

Source: section `hash` of GrowthBook's SDK specification, docs.growthbook.io/lib/build-your-own (0.7.1): 32-bit FNV-1a
(Fowler, Noll, Vo). Its JavaScript hashes UTF-16 code units, not bytes; beyond ASCII these differ, and we do as it does.
"""

from typing import Final

from trimtab.hashing import fnv1a_32

FEWER_STEPS: Final = 1_000
STEPS: Final = 10_000
HASH_VERSION: Final = 2


def bucket(seed: str, value: str, version: int = HASH_VERSION) -> float:
    """A number n, 0 <= n < 1, from what is assigned (`seed`) and to whom (`value`). Raises ValueError: unknown version.

    Version 2 has four decimal digits. Version 1 has three, and correlates where one device is in several experiments.
    """
    if version == HASH_VERSION:
        return fnv1a_32(str(fnv1a_32(seed + value))) % STEPS / STEPS
    if version == 1:
        return fnv1a_32(value + seed) % FEWER_STEPS / FEWER_STEPS
    raise ValueError(f"hash version {version}; use 1 or 2")
