"""What the page needs to draw a report before Python runs: weights, arms, and the answers of an untouched visit.

`agent/trimtab/browser/page/draw/ticket.js` reads it. All of it was found by asking the code that
draws in Python, number for number, so that nothing about arms or answers is said a second time.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from trimtab.declared import OUTSIDE, Experiment
from trimtab.experiments import Namespace, assign, bucket_ranges, choose
from trimtab.experiments.hashing import FEWER_STEPS, STEPS
from trimtab.messages import Arm, Declaration
from trimtab.pipeline import Visit
from trimtab.policy import EVERYONE_ARM, HOLDOUT_ARM, Policy
from trimtab.scales import RATING
from trimtab.values import Consent, Event, Kind

UNTOUCHED_MS: Final = 1_000
"""Whoever leaves before Python runs was there for about so long; it takes 1 to 5 s to start."""
WINDOW_PX: Final = 1_000.0
PERCENT: Final = 100


def draw_table(policy: Policy, declaration: Declaration) -> dict[str, Any] | None:
    """The table as plain JSON; None if the policy asks nothing."""
    if not policy.questions:
        return None
    arms = declaration.arms
    experiments = [_experiment(policy, each, arms) for each in policy.experiments]
    held = sum(step / STEPS < policy.holdout for step in range(STEPS))
    return {
        "questions": [
            {"weight": question.weight, "untouched": runs} | ({"rating": True} if question.scale == RATING else {})
            for question, runs in zip(policy.questions, _untouched(policy, declaration), strict=True)
        ],
        "holdout": [f"{policy.name}/{HOLDOUT_ARM}", held],
        "experiments": experiments or [_everyone(policy, arms.index(EVERYONE_ARM))],
    }


def _everyone(policy: Policy, arm: int) -> dict[str, Any]:
    return {"name": "", "hashed": f"{policy.name}/", "space": None, "arms": [[STEPS, arm]], "outside": arm}


def _experiment(policy: Policy, experiment: Experiment, arms: tuple[Arm, ...]) -> dict[str, Any]:
    names = list(experiment.arms)
    ranges = bucket_ranges(len(names), experiment.coverage, experiment.weights)
    outside = arms.index(Arm(experiment.name, OUTSIDE)) if OUTSIDE in experiment.reported_arms else 0
    numbers = [arms.index(Arm(experiment.name, name)) for name in names]
    chosen = (choose(step / STEPS, ranges) for step in range(STEPS))
    return {
        "name": experiment.name,
        "hashed": f"{policy.name}/{experiment.name}",
        "space": _space(policy, experiment),
        "arms": _runs(outside if index is None else numbers[index] for index in chosen),
        "outside": outside,
    }


def _space(policy: Policy, experiment: Experiment) -> list[Any] | None:
    """The part of the namespace's thousandths that takes part, and what they are hashed with."""
    if experiment.namespace is None:
        return None
    name, start, end = experiment.namespace
    space = Namespace(f"{policy.name}/{name}", start, end)
    inside = [step for step in range(FEWER_STEPS) if space.start <= step / FEWER_STEPS < space.end]
    return [f"__{space.name}", inside[0], inside[-1] + 1] if inside else [f"__{space.name}", 0, 0]


def _untouched(policy: Policy, declaration: Declaration) -> list[list[list[int]]]:
    """For each question [below, answer] by the percent of the page that the window shows at first."""
    answers = [_answers(policy, declaration, percent) for percent in range(PERCENT + 1)]
    return [_runs(column) for column in zip(*answers, strict=True)]


def _answers(policy: Policy, declaration: Declaration, percent: int) -> list[int]:
    """The true answers of a visit in which nothing happened. A share between two percents stands for both."""
    shown = percent + 0.5 if percent < PERCENT else float(PERCENT)
    everything = Consent(observe=True, adapt=True, remember=True, share=True)
    visit = Visit(policy, declaration, assign(policy, "", str(HOLDOUT_ARM)), everything)
    page = Event(Kind.PAGE, 0.0, a=WINDOW_PX, b=WINDOW_PX, c=WINDOW_PX * PERCENT / shown)
    visit.step([page], UNTOUCHED_MS)
    gauge = visit.signals.gauge(UNTOUCHED_MS)
    return [visit.tally.answer(question, gauge) for question in policy.questions]


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Runs of the same number as [end, number]: of numbers given in order, those below `end`."""
    runs = []
    end = 0
    for number, same in groupby(numbers):
        end += sum(1 for _ in same)
        runs.append([end, number])
    return runs
