"""What a question's function may return, and which of the answers that is: the kinds of questions.

| kind | the function returns | answers |
|---|---|---|
| choice | one of the answers | as given, "none" among them |
| yes-no | True, False or None | none, no, yes |
| number | a number or None | none, and a bucket for each stretch between two edges |
| rating | 1 to 5, or None | none, 1, 2, 3, 4, 5 |
| cell | the number of a cell or None | none, and each cell |

None, and a number that is not known yet, answer "none". A bucket has a representative value: what a mean is made of.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from typing import Final

from trimtab.messages import MAX_ANSWERS
from trimtab.places import Place
from trimtab.watching import Watched

NO_ANSWER: Final = "none"
STARS: Final = 5
GRID_ROWS: Final = 12
"""A page is longer than wide: twelve rows of eight cells, so that each is about as high as it is wide; ours."""
GRID_COLUMNS: Final = 8
CELLS: Final = GRID_ROWS * GRID_COLUMNS

type Number = Watched | float | None
"""What the function of a number returns; None: there is none."""


class QuestionKind(StrEnum):
    """How a question's answers are meant."""

    CHOICE = "choice"
    YES_NO = "yes-no"
    NUMBER = "number"
    RATING = "rating"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers of one question, and how they are found from what its function returns.

    `values`: what each answer stands for in a mean, in `unit` (None: nothing; empty: there is no mean).
    `edges`: where one numeric answer ends and the next begins; below the first is answer `first`.
    """

    kind: QuestionKind
    answers: tuple[str, ...]
    values: tuple[float | None, ...] = ()
    unit: str = ""
    edges: tuple[float, ...] = ()
    first: int = 1

    def read(self, given: object) -> int | None:
        """Index of the answer; None if what was returned is none of the question's."""
        if given is None:
            return self.answers.index(NO_ANSWER)
        if self.edges:
            return self._bucket(given)
        if self.kind is QuestionKind.YES_NO:
            return len(self.answers) - (1 if given else 2) if isinstance(given, bool) else None
        return self.answers.index(given) if isinstance(given, str) and given in self.answers else None

    def _bucket(self, given: object) -> int | None:
        """A watched number notes the comparisons with both edges of its bucket: there the answer can turn by itself."""
        if isinstance(given, bool) or not isinstance(given, int | float | Watched):
            return None
        if not isinstance(given, Watched) and not isfinite(given):
            return None
        place = bisect_right(self.edges, given)
        answer = self.first + place
        return answer if answer < len(self.answers) else self.answers.index(NO_ANSWER)

    @property
    def expects(self) -> str:
        """What a question's function has to return, for a mistake's mend."""
        match self.kind:
            case QuestionKind.CHOICE:
                return f"one of {', '.join(self.answers)} ({NO_ANSWER!r} when nothing fits)"
            case QuestionKind.YES_NO:
                return "True, False, or None when nothing fits"
            case QuestionKind.RATING:
                return f"a number from 1 to {STARS}, or None"
            case _:
                return "a number of the visit, a plain number, or None"


def choice(place: Place, name: str, answers: Sequence[object]) -> Scale:
    """The answers as the site owner lists them. Raises PolicyError."""
    words = [] if isinstance(answers, str) else [answer for answer in answers if isinstance(answer, str) and answer]
    if not (
        len(words) == len(answers)
        and NO_ANSWER in answers
        and len(set(answers)) == len(answers)
        and 2 <= len(answers) <= MAX_ANSWERS
    ):
        mend = f'give 2 to {MAX_ANSWERS} different answers, "{NO_ANSWER}" among them'
        raise place.mistake(f"question {name!r}: answers {list(answers)}", mend)
    return Scale(QuestionKind.CHOICE, tuple(words))


YES_NO: Final = Scale(QuestionKind.YES_NO, (NO_ANSWER, "no", "yes"))
YES: Final = Scale(QuestionKind.YES_NO, (NO_ANSWER, "yes"))
"""For what is always known: "none" means no. A third answer would cost an eighth more visitors (at a/b = 8).
In both, yes is the last answer and no the one before it."""

RATING: Final = Scale(
    QuestionKind.RATING,
    (NO_ANSWER, *(str(stars + 1) for stars in range(STARS))),
    (None, *(float(stars + 1) for stars in range(STARS))),
    edges=tuple(stars + 0.5 for stars in range(STARS + 1)),
    first=0,
)

CELL: Final = Scale(
    QuestionKind.CELL,
    (
        NO_ANSWER,
        *(f"row {n // GRID_COLUMNS + 1}, column {n % GRID_COLUMNS + 1}" for n in range(GRID_ROWS * GRID_COLUMNS)),
    ),
    edges=tuple(cell + 0.5 for cell in range(GRID_ROWS * GRID_COLUMNS - 1)),
)


def number(place: Place, name: str, buckets: object, unit: object, stand_for: Sequence[float] | None = None) -> Scale:
    """Buckets of a number, cut at the given edges. Raises PolicyError.

    A bucket stands for its middle. The first begins at 0 if its edge is above that; else it, and always the last, is
    taken to be as wide as its neighbour. `stand_for` gives other values, one for each bucket.
    """
    what = f"question {name!r}: buckets"
    edges = tuple(buckets) if isinstance(buckets, Sequence) and not isinstance(buckets, str) else ()
    if not edges or not all(_is_number(edge) for edge in edges):
        raise place.mistake(f"{what} are {buckets!r}", "give the edges between them, such as (10, 30, 60)")
    if any(low >= high for low, high in pairwise(edges)):
        raise place.mistake(f"{what} {edges} do not rise", "give each edge once, the smallest first")
    if not isinstance(unit, str):
        raise place.mistake(f"question {name!r}: unit is {unit!r}", 'give a word, such as "s"')
    middles = _middles(edges) if stand_for is None else tuple(stand_for)
    if len(middles) != len(edges) + 1 or not all(_is_number(value) for value in middles):
        what = f"question {name!r}: stand_for {middles} for {len(edges) + 1} buckets"
        raise place.mistake(what, "give one number for each bucket, or leave it out")
    of = f" {unit}" if unit else ""
    inner = (f"{low:g} to {high:g}{of}" for low, high in pairwise(edges))
    answers = (NO_ANSWER, f"under {edges[0]:g}{of}", *inner, f"{edges[-1]:g}{of} or more")
    return Scale(QuestionKind.NUMBER, answers, (None, *map(float, middles)), unit, tuple(map(float, edges)))


def _middles(edges: tuple[float, ...]) -> tuple[float, ...]:
    width = edges[1] - edges[0] if len(edges) > 1 else abs(edges[0]) or 1.0
    last = edges[-1] - edges[-2] if len(edges) > 1 else width
    first = edges[0] / 2 if edges[0] > 0 else edges[0] - width / 2
    return (first, *((low + high) / 2 for low, high in pairwise(edges)), edges[-1] + last / 2)


def _is_number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and isfinite(given)
