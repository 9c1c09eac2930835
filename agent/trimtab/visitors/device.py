"""A made-up visitor's device: arms, budget, ticket, visit, noise and seal are real; only the events are made up.

It does what `browser/entry.py` and the page do between them, with random bytes from a seed instead of the system's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Final

from trimtab.experiments import assign
from trimtab.messages import Declaration
from trimtab.pipeline import Visit
from trimtab.policy import Policy
from trimtab.privacy.budget import ASKED_ALL, Exhausted, asked, spend
from trimtab.privacy.randomness import RandomBytes
from trimtab.privacy.ticket import draw_ticket, subject_of
from trimtab.values import Consent, Event, Kind
from trimtab.visitors.crowd import Crowd
from trimtab.visitors.draws import happens
from trimtab.visitors.hands import eyes
from trimtab.visitors.people import PEOPLE
from trimtab.visitors.scene import Box, Page, Role, lay_out
from trimtab.visitors.window import Window

BATCH_MS: Final = 100
"""What happens within so long arrives together, and what was commanded meanwhile is told to be done with the next.
A page sends a batch per frame; decisions fall at the same moments however events are cut."""
SEED_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Ground:
    """What the visitors come to. `page` tells no goals by itself: `goal` is told by lot, as often as the crowd says."""

    policy: Policy
    declaration: Declaration
    page: Page
    goal: str


@dataclass(frozen=True, slots=True)
class Made:
    """One visit as nobody but its maker can know it.

    `arms`: index of the arm of each experiment, or the one arm of a policy without; `answers`: index of the true answer
    to each question. `report` is what leaves the device (None: nothing does; `why` says what the budget said).
    """

    arms: tuple[int, ...]
    answers: tuple[int, ...]
    shown: bool
    reached: bool
    report: bytes | None
    why: str


@dataclass(slots=True)
class Device:
    """What a device keeps from visit to visit: the seed of its arms, and the record of its reports."""

    ground: Ground
    seed: str
    spent: str | None = None

    def visit(self, crowd: Crowd, person: str, consent: Consent, day: int, rng: Random) -> Made:
        """One visit, from its first event to its end."""
        policy, declaration = self.ground.policy, self.ground.declaration
        assignment = assign(policy, self.seed)
        shown = Showing(Visit(policy, declaration, assignment, consent))
        why = self._draw(shown, day, random_bytes(rng)) if consent.share else ""
        window = Window(lay_out(self.ground.page, rng, phone=PEOPLE[person].phone))
        PEOPLE[person].visit(window, rng)
        shown.play(window.events)
        begun = len(window.events)
        if reached := happens(crowd.chance(shown=shown.anything), rng):
            reach(window, rng, self.ground.goal)
        window.hide()
        shown.play(window.events[begun:])
        about = [assignment.arm_of(each) for each in policy.experiments] or [assignment.arm_of(None)]
        arms = tuple(map(declaration.arms.index, about))
        return Made(arms, shown.answers(policy), shown.anything, reached, shown.sealed, why)

    def _draw(self, showing: "Showing", day: int, source: RandomBytes) -> str:
        """Spends from the budget and begins the day's report; why not, if it is not begun."""
        policy = self.ground.policy
        ticket = draw_ticket(policy, day, source, asked(self.spent, day))
        if ticket is None:
            return ASKED_ALL if policy.questions else ""
        spent = spend(self.spent, day, subject_of(policy, ticket.question, ticket.experiment))
        if isinstance(spent, Exhausted):
            return spent.why
        self.spent = spent.record
        showing.sealed = showing.visit.share(ticket, 0.0)
        return ""


@dataclass(slots=True)
class Showing:
    """The page, as far as a visit needs it: it obeys every command, says so, and keeps the sealed report."""

    visit: Visit
    anything: bool = False
    sealed: bytes | None = None
    now_ms: float = 0.0
    _told: list[Event] = field(default_factory=list)

    def play(self, events: Iterable[Event]) -> None:
        """What happens on the page, in time order."""
        for _, batch in groupby(events, key=lambda event: event.t_ms // BATCH_MS):
            arriving = [*self._told, *batch]
            self.now_ms = arriving[-1].t_ms
            step = self.visit.step(arriving, self.now_ms)
            self._told = [
                Event(Kind.APPLIED if command.apply else Kind.UNDONE, self.now_ms, a=float(command.adjustment))
                for command in step.commands
            ]
            self.anything = self.anything or any(command.apply for command in step.commands)
            self.sealed = step.report or self.sealed

    def answers(self, policy: Policy) -> tuple[int, ...]:
        """The true answers now, to every question and not only to the day's."""
        gauge = self.visit.signals.gauge(self.now_ms)
        return tuple(self.visit.tally.answer(question, gauge) for question in policy.questions)


def reach(window: Window, rng: Random, goal: str) -> None:
    """The visitor reaches the goal. Where there is a text they read it first, all of it, at a reader's pace."""
    if window.events[-1].kind is Kind.HIDDEN:
        window.show()
    for text in (box for box in window.scene.boxes if box.role is Role.TEXT):
        _read(window, rng, text)
    window.events.append(Event(Kind.GOAL, round(window.t_ms, 1), name=goal))


def _read(window: Window, rng: Random, text: Box) -> None:
    """From the first line to the last, half a window at a time by the keyboard: few events, all words passed."""
    wpm = eyes.READING_WPM.draw(rng)
    line, step_px = text.top, window.scene.h / 2
    while line < text.bottom:
        window.press()
        window.scroll_to(line - step_px)
        words = min(step_px, text.bottom - line) * text.words / text.h
        window.wait(eyes.reading_ms(words, wpm))
        line += step_px


def random_bytes(rng: Random) -> RandomBytes:
    """Bytes of a seed, in the place of the system's: the same crowd makes the same reports."""
    return lambda size: bytes(int(rng.random() * 256) for _ in range(size))
