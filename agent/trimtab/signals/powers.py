"""Powers by our own routine: C libraries differ in the last bit, and a decision must be the same everywhere."""

from typing import Final

LN_2: Final = 0.6931471805599453
TERMS: Final = 24


def half_to_the(power: float) -> float:
    """0.5 ** power for power >= 0, by halving for the whole part and a Taylor series for the rest (< 1e-15 off)."""
    whole = int(power)
    x = -(power - whole) * LN_2
    term = total = 1.0
    for n in range(1, TERMS):
        term = term * x / n
        total += term
    for _ in range(min(whole, 1100)):
        total *= 0.5
    return total
