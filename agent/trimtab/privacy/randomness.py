"""Uniform whole numbers from a source of random bytes, without bias and without a library of floats."""

from collections.abc import Callable

type RandomBytes = Callable[[int], bytes]
"""Gives so many bytes of the system's randomness: `os.urandom` on a device, a seeded one in tests."""


def randbelow(limit: int, random_bytes: RandomBytes) -> int:
    """A uniform whole number from range(limit). Draws again what would favour small numbers."""
    if limit < 1:
        raise ValueError(f"the limit is from 1, not {limit}")
    bits = (limit - 1).bit_length()
    size = (bits + 7) // 8
    while True:
        number = int.from_bytes(random_bytes(size), "little") & ((1 << bits) - 1)
        if number < limit:
            return number
