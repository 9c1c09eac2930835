"""The page that a policy is for, as far as the policy tells: its targets, its goals, and the events that it reads."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from trimtab.declared import Segment
from trimtab.policy import Policy
from trimtab.values import Gauge, Measure, Missing
from trimtab.visitor import Outcome, Record, Visitor
from trimtab.visitors.scene import Page
from trimtab.watching import Notebook

TRIED = (0.0, 1e6)
"""Numbers that every signal is made to show while a rule is asked: below and above all that it can compare with."""


def page_of(policy: Policy) -> Page:
    """A page with the policy's targets that tells its goals, and the events that its rules ask for.

    The policy is one that was loaded: its rules have been tried before. One that raises all the same, on numbers that
    no visitor has (a share of a million), has told the events that it came to; at a visitor's it is counted.
    """
    targets = tuple((target.name, target.selector) for target in policy.targets)
    return Page(targets, tuple(_events(policy)), tuple(policy.goals))


def _events(policy: Policy) -> list[str]:
    """Names of events that some rule or question reads, in the order in which they are read."""
    names: dict[str, None] = {}
    for number in TRIED:
        gauge = _noting(names, number)
        for ask in _askers(policy, gauge):
            with suppress(Exception, SystemExit):  # the site owner's own code
                ask()
    return [name for name in names if name not in policy.goals]


def _askers(policy: Policy, gauge: Gauge) -> Iterator[Callable[[], object]]:
    yield from (partial(segment.rule, Visitor(gauge, Notebook())) for segment in policy.segments)
    for adjustment in policy.adjustments:
        if not isinstance(adjustment.when, Segment):
            yield partial(adjustment.when, Visitor(gauge, Notebook()))
    for question in policy.questions:
        yield partial(question.asker, Outcome(gauge, Notebook(), Record()))


def _noting(names: dict[str, None], number: float) -> Gauge:
    def read(quantity: str, _target: int, name: str) -> Measure | Missing:
        if name:
            names[name] = None
        return Measure(quantity, "", number, at_ms=0.0)

    return read
