"""Noise that is exact: integers and fractions only, drawn from the system's randomness.

Subset selection (Wang et al. 2016; Ye, Barg 2018): a set of w answers is told, not one. The truth is in it with
probability w·a / (w·a + (k-w)·b), and all sets that agree on this are equally likely. A set that holds the truth is
a/b times as likely as one that does not, so ε = ln(a/b) exactly. w = 1 is k-ary randomised response (Warner 1965).
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from trimtab.widths import best_width, total_error

__all__ = ["SubsetSelection", "best_width", "epsilon"]


@dataclass(frozen=True, slots=True)
class SubsetSelection:
    """Sets of `width` out of `answers` answers are told, with ε = ln(a/b). Integers: 0 < width < answers, a > b > 0."""

    answers: int
    width: int = 1
    a: int = 8
    b: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.width < self.answers or not 0 < self.b < self.a:
            raise ValueError(f"needs 0 < width < answers and a > b > 0, not {self}")

    @property
    def keep(self) -> Fraction:
        """p: the chance that an answer is told if it is true."""
        return Fraction(self.width * self.a, self.width * self.a + (self.answers - self.width) * self.b)

    @property
    def stray(self) -> Fraction:
        """q: the chance that an answer is told if another one is true."""
        others = self.answers - 1
        return self.keep * Fraction(self.width - 1, others) + (1 - self.keep) * Fraction(self.width, others)

    @property
    def total_error(self) -> Fraction:
        """Sum over all answers of the squared error that the noise makes, times the number of reports."""
        return total_error(self.answers, self.width, self.a, self.b)

    @property
    def modulus(self) -> int:
        """How many equally likely draws there are: a for each set with the truth in it, b for each other one."""
        return self.a * self._with_truth + self.b * self._without_truth

    @property
    def _with_truth(self) -> int:
        return comb(self.answers - 1, self.width - 1)

    @property
    def _without_truth(self) -> int:
        return comb(self.answers - 1, self.width)

    def offsets(self, draw: int) -> tuple[int, ...]:
        """How far the told answers are from the true one (0 is that), rising, for a uniform draw from range(modulus).

        They do not depend on the truth, so they are drawn once, before the visit's first event, and hold while the
        true answer still changes. One draw decides all: the sets with 0 are counted off first, a draws for each, then
        those without, b for each. So a set is as uniform as the integer, and nothing is rounded.
        """
        if not 0 <= draw < self.modulus:
            raise ValueError(f"a draw is from range({self.modulus}), not {draw}")
        beyond = draw - self.a * self._with_truth
        if beyond < 0:
            return (0, *_subset(self.answers - 1, self.width - 1, draw // self.a))
        return _subset(self.answers - 1, self.width, beyond // self.b)

    def tell(self, truth: int, offsets: Collection[int]) -> frozenset[int]:
        """The told set: moved round by the truth, it has the chances of the model whatever the truth is."""
        return frozenset((truth + offset) % self.answers for offset in offsets)


def epsilon(noise: tuple[int, int], reports: int = 1) -> float:
    """What so many reports with noise (a, b) reveal at most: ln(a/b) each.

    All of them together are rounded up to hundredths: what is told is never less than what is spent.
    """
    a, b = noise
    return math.ceil(reports * math.log(a / b) * 100) / 100


def _subset(most: int, width: int, rank: int) -> tuple[int, ...]:
    """The set with this rank among all sets of `width` numbers from 1 to `most`, in lexicographic order.

    The combinatorial number system (Lehmer 1964): comb(rest, left - 1) sets begin with the number at hand.
    """
    chosen = []
    left = width
    for number in range(1, most + 1):
        if not left:
            break
        beginning = comb(most - number, left - 1)
        if rank < beginning:
            chosen.append(number)
            left -= 1
        else:
            rank -= beginning
    return tuple(chosen)
