"""What a site declares. A policy is one Python module that makes one `Policy` and tells it the rest.

Every mistake that can be seen without a visitor raises PolicyError with the file and line of the site owner's own
module and a way to mend it. Nothing here runs in the visit except the functions that the site owner wrote.
"""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from trimtab.adjust import Do
from trimtab.errors import PolicyError
from trimtab.messages import Arm, Declaration, Named
from trimtab.visitor import Outcome, Visitor

NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,47}")
NOISE: Final = (8, 1)
"""Default a and b of the noise: ε = ln(a/b) ≈ 2.08 (DESIGN rule 10)."""
HOLDOUT: Final = 0.10
CAP_PER_VISIT: Final = 12
MAX_ANSWERS: Final = 256
MAX_WEIGHT: Final = 1000
NO_ANSWER: Final = "none"
HOLDOUT_ARM: Final = Arm("", "holdout")
EVERYONE_ARM: Final = Arm("", "everyone")

type Rule = Callable[[Visitor], bool]
type Asker = Callable[[Outcome], str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the site owner's file something was declared."""

    file: str
    line: int

    def mistake(self, what: str, mend: str) -> PolicyError:
        """The error to raise for a mistake that was made here."""
        return PolicyError(what, mend=mend, file=self.file, line=self.line)


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
        place = _place()
        _check_name(place, "tunable", name)
        if not low <= value <= high:
            raise place.mistake(f"tunable {name!r}: {value} is not within {low}..{high}", "move the value or the range")
        for attribute, given in (("name", name), ("value", value), ("low", low), ("high", high)):
            object.__setattr__(self, attribute, given)

    def __float__(self) -> float:
        return float(self.value)


@dataclass(frozen=True, slots=True)
class Target:
    """A named part of the page. Observed is the first element that matches, adjusted are all of them."""

    name: str
    index: int
    selector: str
    place: Place


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
    `show_ms`: shortest time on show.
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
    place: Place


@dataclass(frozen=True, slots=True)
class Experiment:
    """A randomised comparison. `arms` maps an arm's name to the indices of the adjustments that it shows."""

    name: str
    arms: Mapping[str, frozenset[int]]
    weights: tuple[float, ...]
    place: Place

    @property
    def adjustments(self) -> frozenset[int]:
        """Every adjustment that the experiment is about."""
        return frozenset().union(*self.arms.values())


@dataclass(frozen=True, slots=True)
class Question:
    """One statistic with a fixed list of answers; drawn with a chance proportional to `weight`."""

    name: str
    index: int
    asker: Asker
    answers: tuple[str, ...]
    weight: int
    place: Place


@dataclass(slots=True)
class Policy:
    """The policy of one site. Declare with its methods; order of declaration is the order of indices and priorities.

    `holdout`: share of devices that see no adjustment and join no experiment; `cap_per_visit`: changes a visit;
    `noise`: (a, b) of the randomised response, ε = ln(a/b).
    """

    name: str
    holdout: float = HOLDOUT
    cap_per_visit: int = CAP_PER_VISIT
    noise: tuple[int, int] = NOISE
    targets: list[Target] = field(default_factory=list, init=False)
    segments: list[Segment] = field(default_factory=list, init=False)
    adjustments: list[Adjustment] = field(default_factory=list, init=False)
    experiments: list[Experiment] = field(default_factory=list, init=False)
    questions: list[Question] = field(default_factory=list, init=False)
    goals: list[str] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        place = _place()
        _check_name(place, "policy", self.name)
        if not 0 < self.holdout < 1:
            raise place.mistake(f"holdout is {self.holdout}", "use a share between 0 and 1, such as 0.10")
        _check_count(place, f"policy {self.name!r}: cap_per_visit", self.cap_per_visit)
        a, b = self.noise
        if type(a) is not int or type(b) is not int or not 0 < b < a <= 1000:
            raise place.mistake(f"noise is {self.noise}", "use whole numbers a > b > 0, such as (8, 1); a at most 1000")

    def target(self, name: str, selector: str) -> Target:
        """Name a part of the page by a CSS selector."""
        place = _place()
        _check_new(place, "target", name, self.targets)
        if not selector.strip() or any(sign in selector for sign in "{};\n") or "::" in selector:
            raise place.mistake(f"target {name!r}: {selector!r} is not a CSS selector", "give one such as '.story'")
        return _add(self.targets, Target(name, len(self.targets), selector, place))

    def goal(self, name: str) -> str:
        """Name what the site hopes for; the page reports it with `trimtab.goal(name)`."""
        place = _place()
        _check_name(place, "goal", name)
        if name in self.goals:
            raise place.mistake(f"goal {name!r} is declared twice", "remove one")
        return _add(self.goals, name)

    def segment(self, *, enter_after: Duration, leave_after: Duration) -> Callable[[Rule], Segment]:
        """Decorate a function of the visitor: the segment has the function's name."""
        place = _place()
        enter_ms = _duration(place, "enter_after", enter_after)
        leave_ms = _duration(place, "leave_after", leave_after)

        def declare(rule: Rule) -> Segment:
            name = rule.__name__
            _check_new(place, "segment", name, self.segments)
            return _add(self.segments, Segment(name, len(self.segments), rule, enter_ms, leave_ms, place))

        return declare

    def adjust(
        self,
        name: str,
        *,
        on: Target,
        when: Segment | Rule,
        do: Do,
        debounce: Duration = Duration(300),
        cooldown: Duration = Duration(30_000),
        cap: int = 3,
        show_for: Duration = Duration(5_000),
    ) -> Adjustment:
        """Propose a change of a target while a segment or a function of the visitor holds."""
        place = _place()
        _check_new(place, "adjustment", name, self.adjustments)
        if on not in self.targets:
            given = getattr(on, "name", on)
            known = ", ".join(target.name for target in self.targets) or "none yet"
            raise place.mistake(f"adjust {name!r}: unknown target {given!r}", f"use a target of this policy ({known})")
        if when not in self.segments if isinstance(when, Segment) else not callable(when):
            raise place.mistake(
                f"adjust {name!r}: when={when!r} is no segment of this policy", "use one, or a function"
            )
        if not isinstance(do, Do):
            raise place.mistake(
                f"adjust {name!r}: do={do!r}", "use one of trimtab.adjust, such as adjust.swap('short')"
            )
        _check_count(place, f"adjust {name!r}: cap", cap)
        limits = [
            _duration(place, f"adjust {name!r}: {word}", given, least_ms=least)
            for word, given, least in (
                ("debounce", debounce, 0),
                ("cooldown", cooldown, 1000),
                ("show_for", show_for, 0),
            )
        ]
        made = Adjustment(name, len(self.adjustments), on, when, do, limits[0], limits[1], cap, limits[2], place)
        return _add(self.adjustments, made)

    def experiment(
        self, name: str, *, arms: Mapping[str, Sequence[Adjustment]], weights: Sequence[float] | None = None
    ) -> Experiment:
        """Compare arms, each a list of adjustments; one of them must be empty: the control."""
        place = _place()
        _check_new(place, "experiment", name, self.experiments)
        if len(arms) < 2 or all(arms.values()):
            raise place.mistake(f"experiment {name!r} has no control", "give two arms or more, one of them empty: []")
        for arm, adjustments in arms.items():
            _check_name(place, f"experiment {name!r}: arm", arm)
            for adjustment in adjustments:
                self._check_experimental(place, name, adjustment)
        shares = tuple(weights) if weights is not None else (1 / len(arms),) * len(arms)
        if len(shares) != len(arms) or any(share <= 0 for share in shares) or abs(sum(shares) - 1) > 1e-9:
            raise place.mistake(
                f"experiment {name!r}: weights {list(shares)} do not sum to 1", "give one share for each arm"
            )
        indices = {arm: frozenset(a.index for a in adjustments) for arm, adjustments in arms.items()}
        return _add(self.experiments, Experiment(name, indices, shares, place))

    def _check_experimental(self, place: Place, name: str, adjustment: Adjustment) -> None:
        if adjustment not in self.adjustments:
            raise place.mistake(
                f"experiment {name!r}: {adjustment!r} is no adjustment of this policy", "use one that is"
            )
        for other in self.experiments:
            if adjustment.index in other.adjustments:
                what = f"adjustment {adjustment.name!r} is in the experiments {other.name!r} and {name!r}"
                raise place.mistake(what, "keep it in one of them, or nobody could tell which one worked")

    def question(self, *, answers: Sequence[str], weight: int = 1) -> Callable[[Asker], Question]:
        """Decorate a function from the outcome of a visit to one of `answers`; "none" must be among them."""
        place = _place()

        def declare(asker: Asker) -> Question:
            name = asker.__name__
            _check_new(place, "question", name, self.questions)
            _check_count(place, f"question {name!r}: weight", weight, most=MAX_WEIGHT)
            if NO_ANSWER not in answers or len(set(answers)) != len(answers) or not 2 <= len(answers) <= MAX_ANSWERS:
                mend = f'give 2 to {MAX_ANSWERS} different answers, "{NO_ANSWER}" among them'
                raise place.mistake(f"question {name!r}: answers {list(answers)}", mend)
            return _add(self.questions, Question(name, len(self.questions), asker, tuple(answers), weight, place))

        return declare

    def declaration(self, policy_hash: str) -> Declaration:
        """What the policy declares, as data for the tag and the server. Arm 0 is the holdout.

        Without an experiment there is one more arm, `everyone`, so that an effect is always seen against the holdout.
        """
        drawn = [Arm(e.name, arm) for e in self.experiments for arm in e.arms]
        arms = [HOLDOUT_ARM, *(drawn or [EVERYONE_ARM])]
        return Declaration(
            policy=self.name,
            hash=policy_hash,
            noise=self.noise,
            targets=tuple((t.name, t.selector) for t in self.targets),
            adjustments=tuple((a.name, a.target.index, a.do.to_json()) for a in self.adjustments),
            arms=tuple(arms),
            questions=tuple(Named(q.name, q.answers) for q in self.questions),
            goals=tuple(self.goals),
        )


def _place() -> Place:
    """The innermost caller outside of this package: the line that the site owner wrote."""
    package = __name__.partition(".")[0]
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == package:
        frame = frame.f_back
    return Place(PurePath(frame.f_code.co_filename).name, frame.f_lineno)


def _add[T](items: list[T], item: T) -> T:
    items.append(item)
    return item


def _finite(unit: str, number: float) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < 1e9:
        raise _place().mistake(f"{unit}({number!r}) is no length of time", f"use a number from 0, such as {unit}(2)")
    return number


def _duration(place: Place, what: str, given: Duration, *, least_ms: float = 0) -> float:
    if not isinstance(given, Duration):
        raise place.mistake(f"{what} is {given!r} without a unit", f"write seconds({given}) or minutes({given})")
    if given.ms < least_ms:
        raise place.mistake(f"{what} is {given.ms / 1000:g} s", f"use {least_ms / 1000:g} s or more")
    return given.ms


def _check_count(place: Place, what: str, given: object, *, most: int = 1000) -> None:
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= most:
        raise place.mistake(f"{what} is {given!r}", f"use a whole number from 1 to {most}")


def _check_name(place: Place, what: str, name: object) -> None:
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise place.mistake(f"{what} name {name!r}", "use a-z, 0-9, - and _, starting with a letter, at most 48 signs")


def _check_new(
    place: Place, what: str, name: str, taken: Sequence[Target | Segment | Adjustment | Experiment | Question]
) -> None:
    _check_name(place, what, name)
    if any(item.name == name for item in taken):
        raise place.mistake(f"{what} {name!r} is declared twice", "give one of them another name")
