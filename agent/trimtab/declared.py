"""What a policy is made of: the values that `Policy` makes and the stages read. All are frozen."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Final

from trimtab.adjust import Do
from trimtab.places import Place, check_name, here
from trimtab.scales import Scale
from trimtab.visitor import Outcome, Visitor

MIN_SPAN_MS: Final = 200
MAX_SPAN_MS: Final = 30_000
MAX_HAMPEL_LIMIT: Final = 10
OUTSIDE: Final = "outside"
"""The arm of devices that an experiment leaves out: they see none of its adjustments."""

type Rule = Callable[[Visitor], bool]
type Asker = Callable[[Outcome], object]


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time with its unit; made by `seconds` or `minutes`."""

    ms: float


def seconds(number: float) -> Duration:
    """A duration of so many seconds."""
    return Duration(_finite("seconds", number) * 1000)


def minutes(number: float) -> Duration:
    """A duration of so many minutes."""
    return Duration(_finite("minutes", number) * 60_000)


@dataclass(frozen=True, slots=True)
class Tunable:
    """A number that may be changed later without a new policy, within its declared range. Compare measures with it."""

    name: str
    value: float
    low: float
    high: float

    def __init__(self, name: str, value: float, *, low: float, high: float) -> None:
        place = here()
        check_name(place, "tunable", name)
        if not low <= value <= high:
            raise place.mistake(f"tunable {name!r}: {value} is not within {low}..{high}", "move the value or the range")
        for attribute, given in (("name", name), ("value", value), ("low", low), ("high", high)):
            object.__setattr__(self, attribute, given)

    def __float__(self) -> float:
        return float(self.value)


@dataclass(frozen=True, slots=True)
class Smoothing:
    """How a speed is smoothed: a window or half-life of `span_ms`; `limit` in scaled deviations, for Hampel alone."""

    kind: str
    span_ms: float
    limit: float = 0.0


def moving_average(window: Duration) -> Smoothing:
    """The mean of the last `window`. The default, over two seconds: pauses between turns of a wheel belong to it."""
    return Smoothing("moving-average", _span(window))


def exponential_average(*, half_life: Duration) -> Smoothing:
    """An exponentially weighted mean: what happened a half-life ago counts half."""
    return Smoothing("exponential-average", _span(half_life))


def windowed_median(window: Duration) -> Smoothing:
    """The median of the last `window`: short bursts do not count."""
    return Smoothing("windowed-median", _span(window))


def hampel(window: Duration, *, limit: float = 3.0) -> Smoothing:
    """The newest value, unless it lies `limit` scaled deviations from the median of `window` (Hampel 1974)."""
    if not 0 < limit <= MAX_HAMPEL_LIMIT:
        raise here().mistake(f"hampel: limit is {limit!r}", f"use a number above 0, at most {MAX_HAMPEL_LIMIT}")
    return Smoothing("hampel", _span(window), limit)


def _span(given: object) -> float:
    if not isinstance(given, Duration) or not MIN_SPAN_MS <= given.ms <= MAX_SPAN_MS:
        raise here().mistake(f"smoothing over {given!r}", "use 0.2 to 30 seconds, such as seconds(2)")
    return given.ms


@dataclass(frozen=True, slots=True)
class Target:
    """A named part of the page. Observed is the first element that matches, adjusted are all of them."""

    name: str
    index: int
    selector: str
    place: Place

    def meets(self, other: "Target") -> bool:
        """Whether both are the same elements, as far as the text of their selectors says so."""
        return self == other or bool(_parts(self.selector) & _parts(other.selector))


@dataclass(frozen=True, slots=True)
class Segment:
    """A named state of the visitor, entered after `enter_after_ms` of True and left after `leave_after_ms` of False."""

    name: str
    index: int
    rule: Rule
    enter_after_ms: float
    leave_after_ms: float
    place: Place


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One reversible change of one target, and the governor's limits for it.

    `debounce_ms`: how long the rule must hold first; `cooldown_ms`: pause after an undo; `cap`: times a visit;
    `show_ms`: shortest time on show; `group`: of the adjustments with the same one, one is shown at a time;
    `under_pointer`: it may change while the pointer is on it.
    """

    name: str
    index: int
    target: Target
    when: Segment | Rule
    do: Do
    debounce_ms: float
    cooldown_ms: float
    cap: int
    show_ms: float
    group: str
    under_pointer: bool
    place: Place

    def fights(self, other: "Adjustment") -> bool:
        """Whether both change the same thing of the same target, so that the page can show only one of them."""
        return self.target.meets(other.target) and self.do.same_thing(other.do)

    def rivals(self, other: "Adjustment") -> bool:
        """Whether one must be gone before the other comes: they fight, or their group says so."""
        return (self.group != "" and self.group == other.group) or self.fights(other)


@dataclass(frozen=True, slots=True)
class Experiment:
    """A randomised comparison. `arms` maps an arm's name to the indices of the adjustments that it shows.

    `coverage`: share of the devices that take part; `namespace`: (name, start, end), the part of a named line from
    0 to 1 in whose devices it runs.
    """

    name: str
    arms: Mapping[str, frozenset[int]]
    weights: tuple[float, ...]
    place: Place
    coverage: float = 1.0
    namespace: tuple[str, float, float] | None = None

    @property
    def reported_arms(self) -> tuple[str, ...]:
        """Every arm that a report can be about: those of the experiment, and being outside if some devices are."""
        return (*self.arms, OUTSIDE) if self.coverage < 1 or self.namespace else tuple(self.arms)

    @property
    def shares(self) -> tuple[float, ...]:
        """What share of the devices that are not held out is in each reported arm, in that order."""
        start, end = self.namespace[1:] if self.namespace else (0.0, 1.0)
        taking_part = (end - start) * self.coverage
        inside = tuple(taking_part * weight for weight in self.weights)
        return (*inside, 1 - taking_part) if len(self.reported_arms) > len(inside) else inside

    @property
    def adjustments(self) -> frozenset[int]:
        """Every adjustment that the experiment is about."""
        return frozenset().union(*self.arms.values())

    def meets(self, other: "Experiment") -> bool:
        """Whether both take the same part of one namespace, which is there to keep them apart."""
        if self.namespace is None or other.namespace is None or self.namespace[0] != other.namespace[0]:
            return False
        return self.namespace[1] < other.namespace[2] and other.namespace[1] < self.namespace[2]


@dataclass(frozen=True, slots=True)
class Question:
    """One statistic; drawn with a chance proportional to `weight`. A report tells `width` of its answers.

    With `by` the scale's answers are there twice: for visitors who were never in that segment, then for those who were.
    """

    name: str
    index: int
    asker: Asker
    scale: Scale
    by: Segment | None
    width: int
    weight: int
    place: Place

    @property
    def answers(self) -> tuple[str, ...]:
        """Everything that a report can tell, in order."""
        answers = self.scale.answers
        if self.by is None:
            return answers
        return (*(f"not {self.by.name}: {each}" for each in answers), *(f"{self.by.name}: {each}" for each in answers))

    @property
    def values(self) -> tuple[float | None, ...]:
        """What each answer stands for in a mean; empty if there is none."""
        return self.scale.values * (1 if self.by is None else 2)

    def answer(self, given: object, segments: Container[str]) -> int | None:
        """Index of the answer, from what the function returned and the segments that the visitor was in."""
        index = self.scale.read(given)
        if index is None or self.by is None or self.by.name not in segments:
            return index
        return index + len(self.scale.answers)


def _parts(selector: str) -> set[str]:
    """The selectors of a list of them, each written in one way; one with brackets or quotes is left whole."""
    parts = [selector] if any(sign in selector for sign in "([\"'") else selector.split(",")
    return {" ".join(part.replace(">>>", " >>> ").split()) for part in parts}


def _finite(unit: str, number: object) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < 1e9:
        raise here().mistake(f"{unit}({number!r}) is no length of time", f"use a number from 0, such as {unit}(2)")
    return number
