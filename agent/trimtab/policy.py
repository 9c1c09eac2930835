"""What a site declares. A policy is one Python module that makes one `Policy` and tells it the rest.

Every mistake that can be seen without a visitor raises PolicyError with the file and line of the site owner's own
module and a way to mend it. Nothing here runs in the visit except the functions that the site owner wrote.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Final

from trimtab.adjust import Do
from trimtab.asking import Asked, check_built_in, engagement_after, goal_after
from trimtab.checking import check_arms, check_new, duration_ms, is_noise, namespace_of, shares_of
from trimtab.declared import (
    Adjustment,
    Asker,
    Duration,
    Experiment,
    Question,
    Rule,
    Segment,
    Smoothing,
    Target,
    moving_average,
)
from trimtab.errors import PolicyError
from trimtab.messages import Arm, Declaration, Named
from trimtab.places import Place, check_count, check_name, file_name, here, is_target
from trimtab.scales import CELL, RATING, YES_NO, Number, QuestionKind, Scale, choice, number
from trimtab.standard import BUILT_IN
from trimtab.visitor import Outcome

POLICY_MODULE: Final = "trimtab_policy"
"""Import name of a site's policy, on the device and off it."""
NOISE: Final = (8, 1)
"""Default a and b of the noise: ε = ln(a/b) ≈ 2.08 (DESIGN rule 10)."""
HOLDOUT: Final = 0.10
CAP_PER_VISIT: Final = 12
CAP_PER_MINUTE: Final = 4
DEBOUNCE: Final = Duration(300)
COOLDOWN: Final = Duration(30_000)
SHOW_FOR: Final = Duration(5_000)
SMOOTHING: Final = moving_average(Duration(2_000))
SHARE_DIGITS: Final = 12
"""Of an arm's share: sums in another order differ beyond, and the policy's hash must not."""
ENGAGED_WITHIN: Final = Duration(60_000)
HOLDOUT_ARM: Final = Arm("", "holdout")
EVERYONE_ARM: Final = Arm("", "everyone")


@dataclass(slots=True)
class Policy:
    """The policy of one site. Declare with its methods; order of declaration is the order of indices and priorities.

    `holdout`: share of devices that see no adjustment and join no experiment; `cap_per_visit`, `cap_per_minute`: most
    changes of the page;
    `noise`: (a, b) of the randomised answers, ε = ln(a/b); `smoothing` of speeds; `typing`: whether
    the rhythm of keys is observed (never which keys); `built_in`: which questions of `standard` are asked beside its
    own, as names or as a mapping of names to weights. Left out, a policy with questions of its own asks only those;
    one without asks "engaged", and "converted" if it has a goal. `borrowed` is no setting: a hash of the wheels that it
    was loaded with, empty without any.
    """

    name: str
    holdout: float = HOLDOUT
    cap_per_visit: int = CAP_PER_VISIT
    cap_per_minute: int = CAP_PER_MINUTE
    noise: tuple[int, int] = NOISE
    smoothing: Smoothing = SMOOTHING
    typing: bool = False
    built_in: Sequence[str] | Mapping[str, int] | None = None
    targets: list[Target] = field(default_factory=list, init=False)
    segments: list[Segment] = field(default_factory=list, init=False)
    exclusive_groups: list[frozenset[int]] = field(default_factory=list, init=False)
    adjustments: list[Adjustment] = field(default_factory=list, init=False)
    experiments: list[Experiment] = field(default_factory=list, init=False)
    own_questions: list[Question] = field(default_factory=list, init=False)
    goals: list[str] = field(default_factory=list, init=False)
    borrowed: str = field(default="", init=False, repr=False)
    _place: Place = field(init=False, repr=False)

    def __post_init__(self) -> None:
        place = here()
        check_name(place, "policy", self.name)
        if not 0 < self.holdout < 1:
            raise place.mistake(f"holdout is {self.holdout}", "use a share between 0 and 1, such as 0.10")
        check_count(place, f"policy {self.name!r}: cap_per_visit", self.cap_per_visit)
        check_count(place, f"policy {self.name!r}: cap_per_minute", self.cap_per_minute)
        if not is_noise(self.noise):
            raise place.mistake(f"noise is {self.noise}", "use whole numbers a > b > 0, such as (8, 1); a at most 1000")
        if self.built_in is not None:
            check_built_in(place, self.built_in)
        self._place = place

    def target(self, name: str, selector: str | None = None) -> Target:
        """Name a part of the page by a CSS selector; without one, what it marks with `data-trimtab-target="NAME"`.

        `"my-card >>> .price"` looks for `.price` in the open shadow roots of `my-card`.
        """
        place = here()
        check_new(place, "target", name, self.targets)
        if selector is None:
            selector = f'[data-trimtab-target="{name}"]'
        if not is_target(selector):
            raise place.mistake(f"target {name!r}: {selector!r} is not a CSS selector", "give one such as '.story'")
        return _add(self.targets, Target(name, len(self.targets), selector, place))

    def goal(self, name: str) -> str:
        """Name what the site hopes for; the page reports it with `trimtab.goal(name)`."""
        place = here()
        check_name(place, "goal", name)
        if name in self.goals:
            raise place.mistake(f"goal {name!r} is declared twice", "remove one")
        return _add(self.goals, name)

    def segment(self, *, enter_after: Duration, leave_after: Duration) -> Callable[[Rule], Segment]:
        """Decorate a function of the visitor: the segment has the function's name."""
        place = here()
        enter_ms = duration_ms(place, "enter_after", enter_after)
        leave_ms = duration_ms(place, "leave_after", leave_after)

        def declare(rule: Rule) -> Segment:
            name = rule.__name__
            check_new(place, "segment", name, self.segments)
            return _add(self.segments, Segment(name, len(self.segments), rule, enter_ms, leave_ms, place))

        return declare

    def exclusive(self, *segments: Segment) -> None:
        """A visitor is in one of these segments at most: entering one leaves the others."""
        place = here()
        if len(segments) < 2 or any(segment not in self.segments for segment in segments):
            raise place.mistake("exclusive: needs two segments or more of this policy", "declare them first")
        _add(self.exclusive_groups, frozenset(segment.index for segment in segments))

    def adjust(  # noqa: PLR0913  keywords that a site owner reads as one sentence
        self,
        name: str,
        *,
        on: Target,
        when: Segment | Rule,
        do: Do,
        debounce: Duration = DEBOUNCE,
        cooldown: Duration = COOLDOWN,
        cap: int = 3,
        show_for: Duration = SHOW_FOR,
        group: str = "",
        under_pointer: bool = False,
    ) -> Adjustment:
        """Propose a change of a target while a segment or a function of the visitor holds.

        Of the adjustments of one `group` one is shown at a time. `under_pointer=True` is for rules about the pointer:
        otherwise nothing changes under it.
        """
        place = here()
        check_new(place, "adjustment", name, self.adjustments)
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
        check_count(place, f"adjust {name!r}: cap", cap)
        limits = [
            duration_ms(place, f"adjust {name!r}: {word}", given, least_ms=least)
            for word, given, least in (
                ("debounce", debounce, 0),
                ("cooldown", cooldown, 1000),
                ("show_for", show_for, 0),
            )
        ]
        made = Adjustment(
            name, len(self.adjustments), on, when, do, limits[0], limits[1], cap, limits[2], group, under_pointer, place
        )
        return _add(self.adjustments, made)

    def experiment(
        self,
        name: str,
        *,
        arms: Mapping[str, Sequence[Adjustment]],
        weights: Sequence[float] | None = None,
        coverage: float = 1.0,
        namespace: tuple[str, float, float] | None = None,
    ) -> Experiment:
        """Compare arms, each a list of adjustments; one of them must be empty: the control.

        `coverage`: the share of devices that take part, above 0 up to 1. Experiments that take different parts of a
        `namespace`, such as ("layout", 0, 0.5) and ("layout", 0.5, 1), never meet on a device.
        """
        place = here()
        check_new(place, "experiment", name, self.experiments)
        if name == HOLDOUT_ARM.arm:  # both would be drawn from the same bucket
            raise place.mistake(f"experiment {name!r} is called like the devices of no experiment", "use another name")
        check_arms(place, name, arms, self.adjustments, self.experiments)
        if not 0 < coverage <= 1:
            raise place.mistake(f"experiment {name!r}: coverage is {coverage}", "use a share above 0, at most 1")
        indices = {arm: frozenset(a.index for a in adjustments) for arm, adjustments in arms.items()}
        shares = shares_of(place, name, len(arms), weights)
        made = Experiment(name, indices, shares, place, coverage, namespace_of(place, name, namespace))
        if other := next((other for other in self.experiments if made.meets(other)), None):
            what = f"experiments {other.name!r} and {name!r} meet in a namespace"
            raise place.mistake(what, "take parts that do not overlap, or another namespace")
        return _add(self.experiments, made)

    @property
    def questions(self) -> list[Question]:
        """Everything that devices may be asked: the policy's own questions, then the built-in ones."""
        wanted = self.built_in
        if wanted is None:
            wanted = [] if self.own_questions else ["engaged", *(["converted"] if self.goals else [])]
        taken = {question.name for question in self.own_questions}
        weights = check_built_in(self._place, wanted)
        asked = list(self.own_questions)
        for name in (name for name in weights if name not in taken):
            asker, scale = BUILT_IN[name]
            asked.append(Asked(self._place, self.noise, weights[name]).make(name, len(asked), asker, scale))
        return asked

    @property
    def asks_for_cells(self) -> bool:
        """Whether a question wants to know where on the page attention was."""
        return any(question.scale.kind is QuestionKind.CELL for question in self.own_questions)

    def question(
        self, *, answers: Sequence[str], weight: int = 1, by: Segment | None = None
    ) -> Callable[[Callable[[Outcome], str]], Question]:
        """Decorate a function from the outcome of a visit to one of `answers`; "none" must be among them.

        `weight`: of two questions the one with twice the weight is asked of twice as many devices; each question more
        takes reports from the others. `by`: answers are told apart for visitors who were in that segment and others.
        """
        place = here()
        return self._ask(place, lambda name: choice(place, name, answers), weight, by)

    def ask_yes_no(
        self, *, weight: int = 1, by: Segment | None = None
    ) -> Callable[[Callable[[Outcome], bool | None]], Question]:
        """Decorate a function from the outcome of a visit to True or False; None if neither fits."""
        return self._ask(here(), lambda _: YES_NO, weight, by)

    def ask_number(
        self,
        *,
        buckets: Sequence[float],
        unit: str = "",
        stand_for: Sequence[float] | None = None,
        weight: int = 1,
        by: Segment | None = None,
    ) -> Callable[[Callable[[Outcome], Number]], Question]:
        """Decorate a function from the outcome of a visit to a number, or None.

        `buckets` are the edges: (10, 30) makes "under 10", "10 to 30" and "30 or more". For a mean each bucket stands
        for its middle, or for what `stand_for` says of it; the last needs it most.
        """
        place = here()
        return self._ask(place, lambda name: number(place, name, buckets, unit, stand_for), weight, by)

    def ask_rating(
        self, *, weight: int = 1, by: Segment | None = None
    ) -> Callable[[Callable[[Outcome], Number]], Question]:
        """Decorate a function from the outcome of a visit to a rating from 1 to 5, or None."""
        return self._ask(here(), lambda _: RATING, weight, by)

    def ask_cell(self, name: str = "cell", *, weight: int = 1) -> Question:
        """Ask which of 12 x 8 cells of the page held most attention: many devices make a coarse heat map."""
        return self._add_question(here(), name, lambda outcome: outcome.cell, CELL, weight, None)

    def ask_goal(
        self, adjustment: Adjustment, goal: str, *, within: Duration, weight: int = 1, by: Segment | None = None
    ) -> Question:
        """Ask whether the goal was reached so soon after the adjustment was shown, or would have been in another arm.

        Visitors without such a moment answer "none". The question is called like the adjustment and the goal.
        """
        place = here()
        self._check_adjustment(place, "ask_goal", adjustment)
        if goal not in self.goals:
            known = ", ".join(self.goals) or "none yet"
            raise place.mistake(f"ask_goal: unknown goal {goal!r}", f"use a goal of this policy ({known})")
        duration_ms(place, "ask_goal: within", within, least_ms=1000)
        asker = goal_after(adjustment, goal, within)
        return self._add_question(place, f"{adjustment.name}-{goal}", asker, YES_NO, weight, by)

    def ask_engagement(
        self,
        adjustment: Adjustment,
        *,
        within: Duration = ENGAGED_WITHIN,
        weight: int = 1,
        by: Segment | None = None,
    ) -> Question:
        """Ask whether the adjusted target was clicked, focused or typed into so soon after the same moment."""
        place = here()
        self._check_adjustment(place, "ask_engagement", adjustment)
        duration_ms(place, "ask_engagement: within", within, least_ms=1000)
        asker = engagement_after(adjustment, within)
        return self._add_question(place, f"{adjustment.name}-engaged", asker, YES_NO, weight, by)

    def _check_adjustment(self, place: Place, what: str, adjustment: object) -> None:
        if adjustment not in self.adjustments:
            raise place.mistake(f"{what}: {adjustment!r} is no adjustment of this policy", "use one that is")

    def _ask[A: Asker](
        self, place: Place, scale: Callable[[str], Scale], weight: int, by: Segment | None
    ) -> Callable[[A], Question]:
        def declare(asker: A) -> Question:
            name = asker.__name__
            return self._add_question(place, name, asker, scale(name), weight, by)

        return declare

    def _add_question(
        self, place: Place, name: str, asker: Asker, scale: Scale, weight: int, by: Segment | None
    ) -> Question:
        check_new(place, "question", name, self.own_questions)
        if by is not None and by not in self.segments:
            raise place.mistake(f"question {name!r}: by={by!r} is no segment of this policy", "use one that is")
        made = Asked(place, self.noise, weight, by).make(name, len(self.own_questions), asker, scale)
        return _add(self.own_questions, made)

    def declaration(self, policy_hash: str) -> Declaration:
        """What the policy declares, as data for the tag and the server. Arm 0 is the holdout.

        Without an experiment there is one more arm, `everyone`, so that an effect is always seen against the holdout.
        """
        drawn = [Arm(e.name, arm) for e in self.experiments for arm in e.reported_arms]
        arms = [HOLDOUT_ARM, *(drawn or [EVERYONE_ARM])]
        # A report is about one experiment, and each is drawn as often, but the holdout's are all counted in one arm.
        others = [share / len(self.experiments) for e in self.experiments for share in e.shares] or [1.0]
        shares = [self.holdout, *((1 - self.holdout) * share for share in others)]
        return Declaration(
            policy=self.name,
            hash=policy_hash,
            noise=self.noise,
            targets=tuple((t.name, t.selector) for t in self.targets),
            adjustments=tuple((a.name, a.target.index, a.do.to_json()) for a in self.adjustments),
            arms=tuple(arms),
            shares=tuple(round(share, SHARE_DIGITS) for share in shares),
            questions=tuple(
                Named(q.name, q.answers, q.width, q.scale.kind.value, q.values, q.scale.unit, q.by.name if q.by else "")
                for q in self.questions
            ),
            goals=tuple(self.goals),
            under_pointer=frozenset(adjustment.index for adjustment in self.adjustments if adjustment.under_pointer),
        )


def find_policy(module: ModuleType) -> Policy:
    """The one Policy among a module's globals."""
    file = file_name(getattr(module, "__file__", None) or "policy.py")
    found = {id(value): value for value in vars(module).values() if isinstance(value, Policy)}
    if len(found) != 1:
        what = f"{len(found)} policies in the module"
        raise PolicyError(what, mend='make one: name = Policy("my-site")', file=file)
    return next(iter(found.values()))


def _add[T](items: list[T], item: T) -> T:
    items.append(item)
    return item
