"""How the policy's questions are made: checked where the site owner wrote them, with the width that the noise wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trimtab.declared import Adjustment, Asker, Duration, Question, Segment
from trimtab.messages import MAX_ANSWERS
from trimtab.places import Place, check_count
from trimtab.scales import Scale
from trimtab.standard import BUILT_IN, OPPOSITES
from trimtab.visitor import Outcome
from trimtab.widths import best_width

MAX_WEIGHT = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What every question has beside its function and its answers."""

    place: Place
    noise: tuple[int, int]
    weight: int = 1
    by: Segment | None = None

    def make(self, name: str, index: int, asker: Asker, scale: Scale) -> Question:
        """The question. Raises PolicyError for a weight that is none, and for more answers than a report can tell."""
        check_count(self.place, f"question {name!r}: weight", self.weight, most=MAX_WEIGHT)
        answers = len(scale.answers) * (1 if self.by is None else 2)
        if answers > MAX_ANSWERS:
            what = f"question {name!r}: {answers} answers, because by= doubles them"
            raise self.place.mistake(what, f"use {MAX_ANSWERS} at most: fewer answers, or no by=")
        width = best_width(answers, *self.noise)
        return Question(name, index, asker, scale, self.by, width, self.weight, self.place)


def goal_after(adjustment: Adjustment, goal: str, within: Duration) -> Asker:
    """Yes or no for whoever had the moment of the adjustment, else None."""

    def asker(outcome: Outcome) -> bool | None:
        return outcome.reached_after(adjustment, goal, within) if outcome.shown(adjustment) else None

    return asker


def engagement_after(adjustment: Adjustment, within: Duration) -> Asker:
    """Yes or no for whoever had the moment of the adjustment, else None."""

    def asker(outcome: Outcome) -> bool | None:
        return outcome.engaged_after(adjustment, within) if outcome.shown(adjustment) else None

    return asker


def check_built_in(place: Place, given: object) -> dict[str, int]:
    """Names of built-in questions with their weights. Raises PolicyError for what is no such thing."""
    weights: dict[str, int] = {}
    if isinstance(given, Mapping):
        weights = dict(given)
    elif isinstance(given, Sequence) and not isinstance(given, str):
        weights = dict.fromkeys(given, 1)
    else:
        raise place.mistake(f"built_in is {given!r}", 'give a list of names, such as ["engaged"], or [] for none')
    for name, weight in weights.items():
        if name not in BUILT_IN:
            raise place.mistake(f"built_in: no question is called {name!r}", f"use some of {', '.join(BUILT_IN)}")
        check_count(place, f"built_in: weight of {name!r}", weight, most=MAX_WEIGHT)
    if set(OPPOSITES) <= weights.keys():
        what = f"built_in: {' and '.join(OPPOSITES)} are one number and its rest"
        raise place.mistake(what, f"ask {OPPOSITES[0]!r} alone: each question takes reports from the others")
    return weights
