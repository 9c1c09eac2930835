"""The flow: events in, decisions out, one line a stage. No clock, no randomness, no network, no browser in here.

events → signals → segments → proposals → governor → experiments → commands for the page
                                                          └→ outcomes → noise → the sealed report
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from trimtab import governor, proposals, segments, signals
from trimtab.errors import StateError
from trimtab.experiments import Assignment
from trimtab.governor import Governor
from trimtab.keeping import keep, put_back
from trimtab.messages import Declaration
from trimtab.outcomes import Tally
from trimtab.passport import Passport
from trimtab.plain import Plain, plain, read
from trimtab.policy import Policy
from trimtab.privacy.budget import Left
from trimtab.privacy.disclosure import Disclosure, disclose
from trimtab.privacy.ticket import Stub, Ticket, left_to_ask
from trimtab.proposals import Rules
from trimtab.reports import seal
from trimtab.segments import Segments
from trimtab.signals import Signals
from trimtab.timeline import Timeline
from trimtab.values import Command, Consent, Decision, Event, Gauge, Reason, SegmentChange, Step
from trimtab.visitor import Record

COMMANDS = {Reason.RULE_HOLDS: True, Reason.REMEMBERED: True, Reason.RULE_ENDED: False}
"""Which decisions the page is told, as apply or undo: what it says itself, it need not be told."""

SESSION_MS: Final = 30 * 60_000
"""Whoever was away for longer begins a new visit: what web analytics takes for one (30 minutes, Google Analytics)."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What of a visit goes on on the next page. Times are those of the page that is left."""

    adapt: bool
    signals: signals.Carried
    segments: tuple[segments.Carried, ...]
    rules: proposals.Carried
    governor: governor.Carried
    record: Record


class Visit:
    """One visit: the state that outlives a step. Give it events in time order, and the time now."""

    __slots__ = (
        "_assignment",
        "_consent",
        "_declaration",
        "_log",
        "_passport",
        "_policy",
        "_sealed",
        "_ticket",
        "_truth",
        "governor",
        "rules",
        "segments",
        "signals",
        "tally",
        "timeline",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_assignment", "_declaration", "_passport", "_policy", "_ticket"})
    _consent: Consent
    _log: list[Decision | SegmentChange]
    _sealed: bytes | None
    _truth: int | None
    governor: Governor
    rules: Rules
    segments: Segments
    signals: Signals
    tally: Tally
    timeline: Timeline

    def __init__(self, policy: Policy, declaration: Declaration, assignment: Assignment, consent: Consent) -> None:
        self._policy = policy
        self._declaration = declaration
        self._assignment = assignment
        self._passport = Passport(declaration.hash, str(assignment))
        self._consent = consent
        self._ticket: Ticket | None = None
        self._sealed = None
        self._truth = None
        self._log = []
        self.timeline = Timeline()
        targets = [target.name for target in policy.targets]
        self.signals = Signals(targets, policy.smoothing, typing=policy.typing, grid=policy.asks_for_cells)
        self.segments = Segments(policy.segments, policy.exclusive_groups)
        self.rules = Rules(policy.adjustments)
        self.governor = Governor(policy.adjustments, policy.cap_per_visit, policy.cap_per_minute)
        self.tally = Tally(policy)

    def step(self, events: Iterable[Event], now_ms: float) -> Step:
        """Takes what happened up to `now_ms` (ms since the page's start) and says what to change."""
        sealed_before = self._sealed
        for arriving in events:
            event = self.timeline.admit(arriving, now_ms)
            if self.timeline.due_ms < event.t_ms:
                self._catch_up(event.t_ms)
            self.signals.update(event)
            self.tally.hear(event, self._policy.goals)
            if said := self.governor.hear(event):
                self._log += self._assignment.mask(said, adapt=self._consent.adapt)
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
        self.timeline.plan(now_ms, min([stage.wake_at_ms() for stage in stages]))

    def _answer(self, gauge: Gauge) -> bytes | None:
        """The sealed report about the visit so far: the one place where an answer leaves the raw behaviour behind."""
        if (ticket := self._ticket) is None or not self._consent.share:
            return None
        self._truth = truth = self.tally.answer(ticket.question, gauge)
        arm = self._assignment.arm_of(ticket.experiment)
        return seal(
            self._declaration,
            report_id=ticket.id,
            question=ticket.question.index,
            arm=arm,
            day=ticket.day,
            told=ticket.noised(truth),
        )

    def share(self, ticket: Ticket, now_ms: float) -> bytes | None:
        """The day's ticket has been drawn and paid for: from now on there is a sealed report."""
        self._catch_up(now_ms)
        self._ticket = ticket
        self._sealed = self._answer(self.signals.gauge(now_ms))
        self.timeline.expect(now_ms)
        return self._sealed

    def disclose(self, sealed: bytes | None) -> Disclosure | None:
        """What a report of this visit says, before the noise and after it; None: there is none.

        `sealed`: the bytes that the page holds or has sent (None: the newest). The visit may have gone on since.
        """
        if (ticket := self._ticket) is None or (body := sealed or self._sealed) is None:
            return None
        return disclose(ticket, body, self._assignment.arm_of(ticket.experiment), self._truth)

    def left(self, record: str | None, day: int) -> Left:
        """How many reports this device may still make, by the record of its budget."""
        return left_to_ask(self._policy, record, day)

    def consent(self, consent: Consent, now_ms: float) -> None:
        """The visitor's permission changed. What the page showed has been restored by the page itself."""
        self._catch_up(now_ms)
        if consent.adapt != self._consent.adapt:
            self.governor.release(anew=consent.adapt)
        if not consent.share:
            self._ticket = self._sealed = self._truth = None
            self.tally.rest()
        self._consent = consent
        self.timeline.expect(now_ms)

    def force(self, segments: Iterable[str], now_ms: float) -> None:
        """From now on the visitor is in these segments, whatever their rules say: for a preview."""
        self._catch_up(now_ms)
        self.segments.force(segments)
        self.timeline.expect(now_ms)

    def save(self) -> dict[str, Plain]:
        """The whole visit between two steps, as plain JSON."""
        stub = self._ticket.stub() if self._ticket else None
        return self._passport.stamp("checkpoint", {"ticket": plain(stub), "visit": keep(self)})

    def restore(self, saved: Plain) -> None:
        """Goes on, as a fresh visit of the same policy and arm, where `save` was called: all that follows is the same.

        Raises StateError for what is damaged, or of another version, policy or arm; then nothing has changed.
        """
        members = self._passport.check(saved, "checkpoint", "ticket", "visit")
        stub: Stub | None = read(Stub | None, members["ticket"], "ticket")
        ticket = stub.ticket(self._policy) if stub else None
        put_back(self, members["visit"], "visit")
        self._ticket = ticket

    def carry(self) -> dict[str, Plain]:
        """What goes on on the next page of this visit, as plain JSON; the same as long as nothing happens."""
        carried = Carried(
            self._consent.adapt,
            self.signals.carry(),
            self.segments.carry(),
            self.rules.carry(),
            self.governor.carry(),
            self.tally.carry(),
        )
        return self._passport.stamp("carried", {"visit": plain(carried)})

    def resume(self, carried: Plain, left_ms: float, away_ms: float) -> bool:
        """Goes on, as a fresh visit of the same policy and arm, from what an earlier page carried.

        `left_ms`: when that page was left, in its own time; `away_ms`: from then to the start of this one; a clock that
        was set back makes it 0. False, and nothing goes on, after more than SESSION_MS: that is another visit.
        Raises StateError for what is damaged, or of another version, policy or arm; then nothing has changed.
        """
        members = self._passport.check(carried, "carried", "visit")
        before: Carried = read(Carried, members["visit"], "visit")
        if (len(before.segments), len(before.governor.ledgers)) != (
            len(self._policy.segments),
            len(self._policy.adjustments),
        ):
            raise StateError("the saved state has other segments or adjustments than the policy")
        if before.governor.undos < 0 or any(min(one.shows, one.seen[0]) < 0 for one in before.governor.ledgers):
            raise StateError("the saved state has counts below 0")
        if (away_ms := max(0.0, away_ms)) > SESSION_MS:
            return False
        self.signals.resume(before.signals, left_ms + away_ms)
        self.segments.resume(before.segments)
        self.rules.resume(before.rules)
        self.governor.resume(before.governor, left_ms, away_ms)
        self.tally.resume(before.record, left_ms, away_ms)
        if before.adapt != self._consent.adapt:
            self.governor.release(anew=self._consent.adapt)
        return True
