"""What is true of a crowd's visits, counted while they are made: what a server is to find out from noised reports."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from trimtab.errors import PolicyError
from trimtab.loading import load_policy, policy_hash
from trimtab.visitors.crowd import Crowd, draw_comer, generator
from trimtab.visitors.device import SEED_BYTES, Device, Ground, Made, random_bytes
from trimtab.visitors.pages import page_of
from trimtab.visitors.scene import Page


@dataclass(slots=True)
class Truth:
    """Sums over visits; of these, `shown` saw an adjustment.

    `answers` has visitors by (question, arm, true answer of their first visit): nobody is asked the same twice in a
    crowd's days, so that is whom reports speak of. `reached` are visits that reached the goal, `shown_reached` those of
    them that saw an adjustment. `held_back` has visits without a report by what the budget said. Only visits that
    somebody agreed to have observed are counted.
    """

    visitors: int = 0
    visits: int = 0
    reports: int = 0
    shown: int = 0
    reached: int = 0
    shown_reached: int = 0
    held_back: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[int, int, int]] = field(default_factory=Counter)

    def note(self, made: Made, *, first: bool) -> None:
        """Adds a visit; `first`: of its visitor."""
        self.visits += 1
        self.reports += made.report is not None
        self.shown += made.shown
        self.reached += made.reached
        self.shown_reached += made.shown and made.reached
        self.held_back.update([made.why] if made.why else [])
        if first:
            self.answers.update(
                (question, arm, answer) for question, answer in enumerate(made.answers) for arm in made.arms
            )

    def add(self, other: "Truth") -> None:
        """Adds the sums of other visitors."""
        for name in ("visitors", "visits", "reports", "shown", "reached", "shown_reached"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.held_back += other.held_back
        self.answers += other.answers

    def share(self, question: int, arm: int, answer: int) -> float | None:
        """The true share of an answer among the visitors in an arm; None without one."""
        visitors = sum(count for (asked, drawn, _), count in self.answers.items() if (asked, drawn) == (question, arm))
        return self.answers[question, arm, answer] / visitors if visitors else None


def prepare(path: Path, goal: str = "") -> Ground:
    """The ground that a policy makes. Its reports go by a hash of their own, so no real policy ever counts them.

    `goal` is the first that is declared, if none is given. Raises PolicyError for a policy that cannot be made up for.
    """
    policy = load_policy(path)
    if not policy.goals:
        what = "the policy declares no goal, so made-up visitors have nothing to reach"
        raise PolicyError(what, mend='declare one, such as policy.goal("article-read")', file=path.name)
    if goal and goal not in policy.goals:
        mend = f"use one of {', '.join(policy.goals)}"
        raise PolicyError(f"the policy has no goal {goal!r}", mend=mend, file=path.name)
    if not policy.questions:
        raise PolicyError("the policy asks no question", mend="declare one, or nothing can be told", file=path.name)
    page = page_of(policy)
    declaration = replace(policy.declaration(policy_hash(policy, path.read_bytes(), simulated=True)), simulated=True)
    return Ground(policy, declaration, Page(page.targets, page.events), goal or policy.goals[0])


def make_reports(ground: Ground, crowd: Crowd, numbers: Iterable[int], truth: Truth) -> Iterator[bytes]:
    """The sealed reports of the crowd's visitors of these numbers, as they leave; what is true goes into `truth`."""
    for visitor in numbers:
        rng = generator(crowd, visitor)
        comer = draw_comer(crowd, rng)
        device = Device(ground, random_bytes(rng)(SEED_BYTES).hex())
        truth.visitors += 1
        for visit, day in enumerate(comer.days if comer.consent.observe else ()):
            made = device.visit(crowd, comer.person, comer.consent, day, rng)
            truth.note(made, first=visit == 0)
            if made.report is not None:
                yield made.report
