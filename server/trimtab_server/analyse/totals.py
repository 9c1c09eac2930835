"""From counts of told answers to numbers of reports: a report tells as many answers as its question is wide."""

from collections import Counter
from collections.abc import Iterable

from trimtab.messages import Declaration
from trimtab_server.store.counting import Count

type Totals = dict[tuple[int, int, int], int]
"""Reports by (question, arm, day)."""


def count_reports(declaration: Declaration, counts: Iterable[Count]) -> Totals:
    """How many reports there are of each question, arm and day; exact, because each told answer was counted once."""
    told: Counter[tuple[int, int, int]] = Counter()
    for count in counts:
        told[count.question, count.arm, count.day] += count.reports
    return {key: number // declaration.questions[key[0]].width for key, number in told.items()}
