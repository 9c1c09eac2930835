"""What a policy gets wrong, found when it is built: rules are tried on made-up numbers before any visitor comes.

A rule is run with every number unknown, and then with numbers on both sides of each limit that it was seen to compare
with. That finds names that do not exist, rules that fail, and segments that nobody could ever enter or leave.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from trimtab.declared import Adjustment, Question, Segment
from trimtab.errors import PolicyError, Unknown
from trimtab.places import Place, mistake_from
from trimtab.policy import Policy
from trimtab.values import Gauge, Measure, Missing
from trimtab.visitor import Outcome, Record, Visitor
from trimtab.watching import Notebook

MAX_TRIALS: Final = 512
CONTENT: Final = frozenset({"swap", "text"})
"""Kinds that replace what is inside a target, and so undo each other."""


@dataclass(slots=True)
class Trial:
    """Made-up numbers for one run of a rule; notes which quantities were read."""

    numbers: dict[str, float] = field(default_factory=dict)
    known: bool = True

    def gauge(self) -> Gauge:
        """Reads a made-up number; 0 for one that nobody has thought of yet."""

        def read(quantity: str, target: int, name: str) -> Measure | Missing:
            key = f"{quantity}/{target}/{name}"
            if not self.known:
                return Missing(key, "this is a trial")
            return Measure(key, "", self.numbers.setdefault(key, 0.0), at_ms=0.0)

        return read


def probe(policy: Policy, path: Path) -> None:
    """Tries every rule of the policy. Raises PolicyError for the first that cannot be right, with its line."""
    for segment in policy.segments:
        _try_segment(segment, path)
    for adjustment in policy.adjustments:
        if not isinstance(adjustment.when, Segment):
            _results(adjustment.when, adjustment.place, f"adjust {adjustment.name!r}", path)
    for question in policy.questions:
        _try_question(policy, question, path)
    for first, second in itertools.combinations(policy.adjustments, 2):
        _check_peace(policy, first, second)


def _try_segment(segment: Segment, path: Path) -> None:
    results = _results(segment.rule, segment.place, f"segment {segment.name!r}", path)
    if results == {True}:
        what, mend = "can never be left", "compare a number of the visitor that can come out either way"
        raise segment.place.mistake(f"segment {segment.name!r} {what}", mend)
    if results == {False}:
        what, mend = "can never be entered", "compare a number of the visitor that can come out either way"
        raise segment.place.mistake(f"segment {segment.name!r} {what}", mend)


def _results(rule: Callable[[Visitor], bool], place: Place, what: str, path: Path) -> set[bool]:
    """All answers that the rule gives on numbers around its own limits; both, if not all of them can be tried."""
    _run(lambda gauge: rule(Visitor(gauge, Notebook())), Trial(known=False), place, what, path)
    limits: dict[str, set[float]] = {}
    results: set[bool] = set()
    tried = 0
    progress = True
    while progress:
        progress = False
        for numbers in _numbers(limits):
            if (tried := tried + 1) > MAX_TRIALS:
                return {True, False}
            notebook = Notebook()
            trial = Trial(dict(numbers))
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
    around = {name: _around(sorted(seen)) for name, seen in limits.items()}
    for values in itertools.product(*around.values()):
        yield dict(zip(around, values, strict=True))


def _around(limits: Sequence[float]) -> list[float]:
    between = [(low + high) / 2 for low, high in itertools.pairwise(limits)]
    return sorted({0.0, limits[0] - 1, *limits, *between, limits[-1] + 1})


def _try_question(policy: Policy, question: Question, path: Path) -> None:
    what = f"question {question.name!r}"
    for trial, record in itertools.product((Trial(known=False), Trial()), _records(policy)):
        ask = partial(_ask_about, question, record)
        given = _run(ask, trial, question.place, what, path)
        if question.scale.read(given) is None:
            raise question.place.mistake(f"{what} answers {given!r}", f"return {question.scale.expects}")


def _ask_about(question: Question, record: Record, gauge: Gauge) -> object:
    return question.asker(Outcome(gauge, Notebook(), record))


def _records(policy: Policy) -> Iterator[Record]:
    """Visits in which nothing happened, each single thing, and everything."""
    goals, segments = frozenset(policy.goals), frozenset(segment.name for segment in policy.segments)
    shown = frozenset(adjustment.name for adjustment in policy.adjustments)
    yield Record()
    yield from (Record(goals=frozenset({goal})) for goal in sorted(goals))
    yield from (Record(segments=frozenset({segment})) for segment in sorted(segments))
    yield from (Record(shown=frozenset({adjustment})) for adjustment in sorted(shown))
    after = {(adjustment, goal): 0.0 for adjustment in sorted(shown) for goal in sorted(goals)}
    soon = dict.fromkeys(sorted(shown), 0.0)
    yield Record(goals, segments, shown, soon, soon, after, undone=True, misfired=True)


def _run[T](call: Callable[[Gauge], T], trial: Trial, place: Place, what: str, path: Path) -> T | None:
    """The call's result on these numbers; None if it met an unknown one. What it raises is told with its line."""
    try:
        return call(trial.gauge())
    except (Unknown, PolicyError) as error:
        if isinstance(error, PolicyError):
            raise
        return None
    except Exception as error:
        raise mistake_from(error, path, before=f"{what} fails: ", line=place.line) from error


def _check_peace(policy: Policy, first: Adjustment, second: Adjustment) -> None:
    """Two adjustments must not change the same thing of the same target at the same time."""
    if first.target != second.target or not _same_thing(first, second) or _never_together(policy, first, second):
        return
    what = f"adjust {second.name!r} fights with {first.name!r} over the target {first.target.name!r}"
    raise second.place.mistake(what, f'give both group="{first.target.name}", or segments that are exclusive')


def _same_thing(first: Adjustment, second: Adjustment) -> bool:
    if first.do.kind in CONTENT:
        return second.do.kind in CONTENT
    return first.do.kind == second.do.kind and first.do.arguments[0] == second.do.arguments[0]


def _never_together(policy: Policy, first: Adjustment, second: Adjustment) -> bool:
    if first.group and first.group == second.group:
        return True
    if not isinstance(first.when, Segment) or not isinstance(second.when, Segment):
        return False
    pair = {first.when.index, second.when.index}
    return any(pair <= group for group in policy.exclusive_groups) and len(pair) > 1
