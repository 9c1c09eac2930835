"""The flow: events in, decisions out, one line a stage. No clock, no randomness, no network, no browser in here.

events → signals → segments → proposals → governor → experiments → commands for the page
                                                          └→ outcomes → noise → the sealed report
"""

from collections.abc import Iterable

from trimtab.experiments import Assignment
from trimtab.governor import Governor
from trimtab.messages import Declaration
from trimtab.outcomes import Tally
from trimtab.policy import Policy
from trimtab.privacy.ticket import Ticket
from trimtab.proposals import Rules
from trimtab.reports import seal
from trimtab.segments import Segments
from trimtab.signals import Signals
from trimtab.timeline import Timeline
from trimtab.values import Command, Consent, Decision, Event, Gauge, Reason, SegmentChange, Step

COMMANDS = {Reason.RULE_HOLDS: True, Reason.RULE_ENDED: False}
"""Which decisions the page is told, as apply or undo: what it says itself, it need not be told."""


class Visit:
    """One visit: the state that outlives a step. Give it events in time order, and the time now."""

    def __init__(self, policy: Policy, declaration: Declaration, assignment: Assignment, consent: Consent) -> None:
        self._policy = policy
        self._declaration = declaration
        self._assignment = assignment
        self._consent = consent
        self._ticket: Ticket | None = None
        self._sealed: bytes | None = None
        self._log: list[Decision | SegmentChange] = []
        self.timeline = Timeline()
        self.signals = Signals([target.name for target in policy.targets], policy.smoothing, typing=policy.typing)
        self.segments = Segments(policy.segments, policy.exclusive_groups)
        self.rules = Rules(policy.adjustments)
        self.governor = Governor(policy.adjustments, policy.cap_per_visit, policy.cap_per_minute)
        self.tally = Tally(policy)

    def step(self, events: Iterable[Event], now_ms: float) -> Step:
        """Takes what happened up to `now_ms` (ms since the page's start) and says what to change."""
        sealed_before = self._sealed
        for arriving in events:
            event = self.timeline.admit(arriving, now_ms)
            self._catch_up(event.t_ms)
            self.signals.update(event)
            self.tally.hear(event, self._policy.goals)
            self._log += self._assignment.mask(self.governor.hear(event), adapt=self._consent.adapt)
            if self.timeline.pass_event(event):
                self._decide(event.t_ms)
        self._catch_up(now_ms)
        log, self._log = tuple(self._log), []
        decisions = (entry for entry in log if isinstance(entry, Decision) and entry.reason in COMMANDS)
        commands = tuple(Command(decision.adjustment, COMMANDS[decision.reason]) for decision in decisions)
        return Step(commands, log, self.timeline.wake_at_ms(), self._sealed if self._sealed != sealed_before else None)

    def _catch_up(self, now_ms: float) -> None:
        while (moment_ms := self.timeline.due_before(now_ms)) is not None:
            self._decide(moment_ms)

    def _decide(self, now_ms: float) -> None:
        """One moment of decision: this is the flow."""
        gauge = self.signals.gauge(now_ms)
        changes = self.segments.update(gauge, now_ms)
        candidates = self.rules.propose(self.segments.inside(), changes, gauge)
        decisions = self._assignment.mask(self.governor.decide(candidates, now_ms), adapt=self._consent.adapt)
        self.tally.note(changes, decisions)
        self._sealed = self._answer(gauge)
        self._log += [*changes, *decisions]
        stages = (self.segments, self.rules, self.governor, self.tally)
        self.timeline.plan(now_ms, min(stage.wake_at_ms() for stage in stages))

    def _answer(self, gauge: Gauge) -> bytes | None:
        """The sealed report about the visit so far: the one place where an answer leaves the raw behaviour behind."""
        if (ticket := self._ticket) is None or not self._consent.share:
            return None
        noised = ticket.noised(self.tally.answer(ticket.question, gauge))
        arm = self._assignment.arm_of(ticket.experiment)
        return seal(
            self._declaration,
            report_id=ticket.id,
            question=ticket.question.index,
            arm=arm,
            day=ticket.day,
            told=noised,
        )

    def share(self, ticket: Ticket, now_ms: float) -> bytes | None:
        """The day's ticket has been drawn and paid for: from now on there is a sealed report."""
        self._catch_up(now_ms)
        self._ticket = ticket
        self._sealed = self._answer(self.signals.gauge(now_ms))
        self.timeline.expect(now_ms)
        return self._sealed

    def consent(self, consent: Consent, now_ms: float) -> None:
        """The visitor's permission changed. What the page showed has been restored by the page itself."""
        self._catch_up(now_ms)
        if consent.adapt != self._consent.adapt:
            self.governor.release(anew=consent.adapt)
        if not consent.share:
            self._ticket = self._sealed = None
            self.tally.rest()
        self._consent = consent
        self.timeline.expect(now_ms)
