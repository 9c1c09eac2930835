"""What a policy gets wrong, found when it is built: rules are tried on made-up numbers before any visitor comes.

A rule is run with every number unknown, and then with numbers on both sides of each limit that it was seen to compare
with. That finds names that do not exist, rules that fail, and segments that nobody could ever enter or leave: numbers
beyond what a signal can give (a share above 1, a speed below 0) are not tried.

A build tries them here and in the browser's Python, which lacks some modules and has none of this machine's files.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Self

from trimtab.declared import Adjustment, Question, Segment
from trimtab.errors import PolicyError, Unknown
from trimtab.places import Place, mistake_from
from trimtab.policy import Policy
from trimtab.values import Gauge, Measure, Missing
from trimtab.visitor import Outcome, Record, Visitor
from trimtab.watching import Notebook

if TYPE_CHECKING:
    from pathlib import Path

MAX_TRIALS: Final = 512

SHARES: Final = frozenset({"scroll.depth", "scroll.position", "reading.share_seen", "visible.share"}) | {
    "pointer.straightness", "form.abandoned"
}  # fmt: skip
SIGNED: Final = frozenset({"approach.approach_px", "named.last", "named.mean"})
"""All other quantities are counts, lengths of time and speeds, which are never below 0."""


class Declared(frozenset[str]):
    """What happened in a made-up visit, out of what is declared; asked for anything else it says so."""

    known: frozenset[str]
    word: str

    @classmethod
    def of(cls, word: str, known: Iterable[str], happened: Iterable[str] = ()) -> Self:
        """`happened` out of `known`; `word` says what they are."""
        made = cls(happened)
        made.known, made.word = frozenset(known), word
        return made

    def __contains__(self, name: object) -> bool:
        if name not in self.known:
            declared = ", ".join(sorted(self.known)) or "none"
            raise LookupError(f"{name!r} is no {self.word} of this policy (it has {declared})")
        return super().__contains__(name)


@dataclass(slots=True)
class Trial:
    """Made-up numbers for one run of a rule; notes which quantities were read."""

    policy: Policy
    numbers: dict[str, float] = field(default_factory=dict)
    known: bool = True

    def gauge(self) -> Gauge:
        """Reads a made-up number; 0 for one that nobody has thought of yet."""

        def read(quantity: str, target: object, name: str) -> Measure | Missing:
            if not isinstance(target, int) or target >= len(self.policy.targets):
                raise TypeError("that is no target of this policy; use what its target(…) gave")
            if quantity.startswith("typing.") and not self.policy.typing:
                raise TypeError("typing is not observed; make the policy with typing=True")
            key = f"{quantity}/{target}/{name}"
            if not self.known:
                return Missing(key, "this is a trial")
            return Measure(key, "", self.numbers.setdefault(key, 0.0), at_ms=0.0)

        return read


def probe(policy: Policy, path: "Path") -> None:
    """Tries every rule of the policy. Raises PolicyError for the first that cannot be right, with its line."""
    for segment in policy.segments:
        _try_segment(policy, segment, path)
    for adjustment in policy.adjustments:
        if not isinstance(adjustment.when, Segment):
            _try_rule(policy, adjustment, adjustment.when, path)
    for question in policy.questions:
        _try_question(policy, question, path)
    for first, second in itertools.combinations(policy.adjustments, 2):
        _check_peace(policy, first, second)


def _try_segment(policy: Policy, segment: Segment, path: "Path") -> None:
    what, limits = f"segment {segment.name!r}", dict[str, set[float]]()
    results = _results(policy, segment.rule, (segment.place, what, path), limits)
    if len(results) == 1:
        raise segment.place.mistake(f"{what} can never be {'left' if results == {True} else 'entered'}", _mend(limits))


def _try_rule(policy: Policy, adjustment: Adjustment, rule: Callable[[Visitor], bool], path: "Path") -> None:
    what, limits = f"adjust {adjustment.name!r}", dict[str, set[float]]()
    if _results(policy, rule, (adjustment.place, what, path), limits) == {False}:
        raise adjustment.place.mistake(f"{what}: its rule can never hold", _mend(limits))


def _mend(limits: Mapping[str, set[float]]) -> str:
    """What to do about a rule that always says the same, with the numbers that cannot be where its limits are."""
    mend = "compare a number of the visitor that can come out either way"
    beyond = {key.split("/")[0] for key, seen in limits.items() if any(_possible(key, x) != x for x in seen)}
    told = ["from 0 to 1" if quantity in SHARES else "0 or more" for quantity in sorted(beyond)]
    ranges = [f"{quantity} is {range_}" for quantity, range_ in zip(sorted(beyond), told, strict=True)]
    return f"{mend} ({', '.join(ranges)})" if ranges else mend


def _possible(key: str, number: float) -> float:
    """The nearest number that this quantity can be."""
    quantity = key.split("/", maxsplit=1)[0]
    if quantity in SIGNED:
        return number
    return min(max(number, 0.0), 1.0) if quantity in SHARES else max(number, 0.0)


def _results(
    policy: Policy, rule: Callable[[Visitor], bool], about: "tuple[Place, str, Path]", limits: dict[str, set[float]]
) -> set[bool]:
    """All answers that the rule gives on numbers around its own `limits`; both, if not all of them can be tried."""
    place, what, path = about
    _run(lambda gauge: rule(Visitor(gauge, Notebook())), Trial(policy, known=False), place, what, path)
    results: set[bool] = set()
    tried = 0
    progress = True
    while progress:
        progress = False
        for numbers in _numbers(limits):
            if (tried := tried + 1) > MAX_TRIALS:
                return {True, False}
            notebook = Notebook()
            trial = Trial(policy, dict(numbers))
            results.add(bool(_run(partial(_ask, rule, notebook), trial, place, what, path)))
            for comparison in notebook.comparisons:
                if comparison.measure.name not in trial.numbers:  # made from others: it cannot be set
                    return {True, False}
                seen = limits.setdefault(comparison.measure.name, set())
                progress |= comparison.threshold not in seen
                seen.add(comparison.threshold)
            if len(results) > 1:
                return results
    return results


def _ask(rule: Callable[[Visitor], bool], notebook: Notebook, gauge: Gauge) -> bool:
    return rule(Visitor(gauge, notebook))


def _numbers(limits: dict[str, set[float]]) -> Iterator[dict[str, float]]:
    """Every combination of numbers on, between and beyond the limits that are known so far."""
    around = {name: sorted({_possible(name, x) for x in _around(sorted(seen))}) for name, seen in limits.items()}
    for values in itertools.product(*around.values()):
        yield dict(zip(around, values, strict=True))


def _around(limits: Sequence[float]) -> list[float]:
    between = [(low + high) / 2 for low, high in itertools.pairwise(limits)]
    return sorted({0.0, limits[0] - 1, *limits, *between, limits[-1] + 1})


def _try_question(policy: Policy, question: Question, path: "Path") -> None:
    what = f"question {question.name!r}"
    for trial, record in itertools.product((Trial(policy, known=False), Trial(policy)), _records(policy)):
        ask = partial(_ask_about, question, record)
        given = _run(ask, trial, question.place, what, path)
        if question.scale.read(given) is None:
            raise question.place.mistake(f"{what} answers {given!r}", f"return {question.scale.expects}")


def _ask_about(question: Question, record: Record, gauge: Gauge) -> object:
    return question.asker(Outcome(gauge, Notebook(), record))


def _records(policy: Policy) -> Iterator[Record]:
    """Visits in which nothing happened, each single thing, and everything."""
    names = (policy.goals, [each.name for each in policy.segments], [each.name for each in policy.adjustments])
    goals, segments, shown = (
        Declared.of(word, known, known) for word, known in zip(("goal", "segment", "adjustment"), names, strict=True)
    )
    none = [Declared.of(each.word, each.known) for each in (goals, segments, shown)]
    nothing = Record(none[0], none[1], none[2])
    yield nothing
    yield from (replace(nothing, goals=Declared.of("goal", goals, {goal})) for goal in sorted(goals))
    yield from (replace(nothing, segments=Declared.of("segment", segments, {name})) for name in sorted(segments))
    yield from (replace(nothing, shown=Declared.of("adjustment", shown, {name})) for name in sorted(shown))
    after = {(adjustment, goal): 0.0 for adjustment in sorted(shown) for goal in sorted(goals)}
    soon = dict.fromkeys(sorted(shown), 0.0)
    yield Record(goals, segments, shown, soon, soon, after, undone=True, misfired=True)


def _run[T](call: Callable[[Gauge], T], trial: Trial, place: Place, what: str, path: "Path") -> T | None:
    """The call's result on these numbers; None if it met an unknown one. What it raises is told with its line."""
    try:
        return call(trial.gauge())
    except (Unknown, PolicyError) as error:
        if isinstance(error, PolicyError):
            raise
        return None
    except (Exception, SystemExit) as error:  # the site owner's own code: it ends the build, with its line
        raise mistake_from(error, path, before=f"{what} fails: ", line=place.line) from error


def _check_peace(policy: Policy, first: Adjustment, second: Adjustment) -> None:
    """Two adjustments must not change the same thing of the same target at the same time."""
    if not first.fights(second) or _never_together(policy, first, second):
        return
    what = f"adjust {second.name!r} fights with {first.name!r} over the target {first.target.name!r}"
    if first.target != second.target:
        what += f", whose selector {second.target.name!r} has too"
    raise second.place.mistake(what, f'give both group="{first.target.name}", or segments that are exclusive')


def _never_together(policy: Policy, first: Adjustment, second: Adjustment) -> bool:
    if first.group and first.group == second.group:
        return True
    if not isinstance(first.when, Segment) or not isinstance(second.when, Segment):
        return False
    pair = {first.when.index, second.when.index}
    return any(pair <= group for group in policy.exclusive_groups) and len(pair) > 1
