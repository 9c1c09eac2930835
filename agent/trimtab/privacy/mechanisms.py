"""Noise that is exact: integers and fractions only, drawn from the system's randomness.

k-ary randomised response (Warner 1965; Kairouz, Oh, Viswanath 2014): the truth is told with probability
a / (a + (k-1)·b), each other answer with b / (a + (k-1)·b). The ratio of the two is a/b, so ε = ln(a/b) exactly.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class RandomisedResponse:
    """Randomised response over `answers` possible answers with ε = ln(a/b). Integers a > b > 0."""

    answers: int
    a: int = 8
    b: int = 1

    def __post_init__(self) -> None:
        if self.answers < 2 or not 0 < self.b < self.a:
            raise ValueError(f"needs two answers or more and a > b > 0, not {self}")

    @property
    def modulus(self) -> int:
        """How many equally likely draws there are: a for the truth, b for each other answer."""
        return self.a + (self.answers - 1) * self.b

    @property
    def keep(self) -> Fraction:
        """p: the chance that the truth is told."""
        return Fraction(self.a, self.modulus)

    @property
    def stray(self) -> Fraction:
        """q: the chance of each single other answer."""
        return Fraction(self.b, self.modulus)

    def offset(self, draw: int) -> int:
        """How far the told answer is from the true one, for a uniform draw from range(modulus). 0 tells the truth.

        The offset does not depend on the truth, so it is drawn once, before the visit's first event, and holds while
        the true answer still changes.
        """
        if not 0 <= draw < self.modulus:
            raise ValueError(f"a draw is from range({self.modulus}), not {draw}")
        return 0 if draw < self.a else 1 + (draw - self.a) // self.b

    def tell(self, truth: int, offset: int) -> int:
        """The noised answer."""
        return (truth + offset) % self.answers
