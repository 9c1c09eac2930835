"""How many answers a report tells: the width of subset selection at which the noise makes the least error."""

from fractions import Fraction


def total_error(answers: int, width: int, a: int, b: int) -> Fraction:
    """Sum over all answers of the squared error that the noise makes, times the number of reports; exact.

    It is [p(1-p) + (k-1)·q(1-q)] / (p-q)² for any distribution of the truth (Wang et al. 2017), with p and q of
    `privacy.mechanisms` put in: with D = w·a + (k-w)·b it becomes (k-1)·(k·a·b + D·(D-a-b)) / (w·(k-w)·(a-b)²).
    """
    weight = width * a + (answers - width) * b
    above = (answers - 1) * (answers * a * b + weight * (weight - a - b))
    return Fraction(above, width * (answers - width) * (a - b) ** 2)


def best_width(answers: int, a: int, b: int) -> int:
    """The width of least total error, compared exactly; of two that are equally good the smaller."""
    return min(range(1, answers), key=lambda width: total_error(answers, width, a, b))
