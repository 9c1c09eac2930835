"""Many comparisons at once: what is called higher or lower anywhere on a page is all right with 95 %.

Holm's step-down method is used, and not Benjamini's and Hochberg's, which finds more. Theirs lets one in twenty
findings be false, and each finding here is a sentence that somebody acts upon. It also needs numbers that do not work
against each other, but where more visits end in one answer, fewer must end in another. Holm's needs nothing of the
kind, and with p-values that hold at all times its promise does too.
"""

from collections.abc import Sequence


def holm(chances: Sequence[float]) -> list[float]:
    """Each p-value corrected for the company it is in; what is then at most 5 % is told.

    Source: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6
    (1979).
    """
    order = sorted(range(len(chances)), key=chances.__getitem__)
    corrected = [0.0] * len(chances)
    most = 0.0
    for rank, index in enumerate(order):
        most = max(most, min(1.0, chances[index] * (len(chances) - rank)))
        corrected[index] = most
    return corrected
