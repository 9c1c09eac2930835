"""What the governor keeps to whatever happens: rules that come and go, a page that says anything, a jumping clock."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from trimtab import Policy, Visitor, adjust, seconds
from trimtab.governor import Governor
from trimtab.governor.calm import ARRIVAL_MS, MAX_VISITOR_UNDOS, SETTLE_MS, TYPING_MS
from trimtab.values import NO_TARGET, Candidate, Decision, Event, Kind, Reason, Verdict

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
CAP, CAP_PER_VISIT, CAP_PER_MINUTE = 3, 6, 2
DEBOUNCE_MS, SHOW_MS, COOLDOWN_MS = (0, 200, 400), 2_000, 1_500
TARGET, GROUP, POINTED = (0, 1, 1), ("", "pair", "pair"), (False, True, False)
"""Of the three adjustments: their targets, their groups, whether they may change under the pointer."""


def never(_: Visitor) -> bool:
    return False


def policy() -> Policy:
    made = Policy("any")
    targets = [made.target("t0", "#t0"), made.target("t1", "#t1")]
    for index in range(3):
        made.adjust(
            f"a{index}", on=targets[TARGET[index]], when=never, do=adjust.add_class(f"c{index}"), cap=CAP,
            debounce=seconds(DEBOUNCE_MS[index] / 1000), show_for=seconds(SHOW_MS / 1000),
            cooldown=seconds(COOLDOWN_MS / 1000), group=GROUP[index], under_pointer=POINTED[index],
        )  # fmt: skip
    return made


ADJUSTMENTS = policy().adjustments


@dataclass(frozen=True, slots=True)
class Moment:
    """After `gap_ms` the rules of `proposed` hold, and these things have just happened."""

    gap_ms: float
    proposed: frozenset[int]
    events: tuple[Event, ...]


GAPS_MS = [50, 50, 100, 200, 500, 500, 1_000, 1_000, 2_000, 2_000, 4_000]
FEEDBACK = [*[Kind.APPLIED] * 3, *[Kind.DEFERRED] * 4, *[Kind.FAILED] * 2, *[Kind.UNDONE] * 4]
WHY = {Kind.DEFERRED: [0.0, 1.0, 2.0, 3.0], Kind.UNDONE: [0.0, 1.0, 2.0, 3.0]}
VISITORS = [Kind.KEY, Kind.FOCUS, Kind.BLUR, Kind.BLUR, Kind.ENTER, Kind.LEAVE, Kind.LEAVE, Kind.SCROLL]


LATEST = -1
"""The page speaks of what it was told last; of anything else now and then."""
GRUMPY = st.sampled_from([(), (), (Event(Kind.UNDONE, 0.0, NO_TARGET, LATEST, 1.0),)])
"""A visitor who undoes what comes."""


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Something that the visitor does or the page says. Its time is set when it happens."""
    if draw(st.booleans()):
        kind, adjustment = draw(st.sampled_from(FEEDBACK)), draw(st.sampled_from([LATEST, LATEST, LATEST, 0, 1, 2]))
        why = draw(st.sampled_from(WHY[kind])) if kind in WHY else 0.0
        return Event(kind, 0.0, NO_TARGET, float(adjustment), why)
    kind = draw(st.sampled_from(VISITORS))
    return Event(kind, 0.0, NO_TARGET if kind in (Kind.KEY, Kind.SCROLL) else draw(st.integers(0, 1)))


def courses(gaps_ms: Sequence[float]) -> st.SearchStrategy[list[Moment]]:
    """Courses of a visit; in most moments nothing happens but that rules come and go."""
    proposed = st.frozensets(st.integers(0, 2), min_size=1) | st.frozensets(st.integers(0, 2), max_size=1)
    mixed = st.just(()) | st.just(()) | st.lists(events(), min_size=1, max_size=2).map(tuple)

    def course(happening: st.SearchStrategy[tuple[Event, ...]]) -> st.SearchStrategy[list[Moment]]:
        moments = st.builds(Moment, st.sampled_from(gaps_ms), proposed, happening)
        return st.lists(moments, max_size=8) | st.lists(moments, min_size=30, max_size=50)

    return course(mixed) | course(mixed) | course(mixed) | course(GRUMPY)


COURSES = courses(GAPS_MS)
JUMPING = courses([*GAPS_MS, MINUTE_MS, HOUR_MS, 24 * HOUR_MS])
"""With a clock that jumps over an hour, or a night."""


def happen(event: Event, now_ms: float, log: Iterable[Decision]) -> Event:
    """The event, now; about the adjustment that was shown or taken back last, if it is about LATEST."""
    told = [decision.adjustment for decision in log if decision.reason in (Reason.RULE_HOLDS, Reason.RULE_ENDED)]
    about = event.a if event.a != LATEST else float(told[-1] if told else 0)
    return Event(event.kind, now_ms, event.target, about, event.b)


def play(course: Iterable[Moment], *, often: bool = False, twice: bool = False) -> list[Decision]:
    """All decisions of a course. In between it is decided when the governor asks for it; `often`: every 50 ms."""
    governor, now_ms, log = Governor(ADJUSTMENTS, CAP_PER_VISIT, CAP_PER_MINUTE), 0.0, []
    governor.hear(Event(Kind.PAGE, 0.0))
    candidates: list[Candidate] = []
    for moment in course:
        then_ms = now_ms + moment.gap_ms
        while (now_ms := now_ms + 50 if often else max(now_ms + 50, governor.wake_at_ms())) < then_ms:
            log += governor.decide(candidates, now_ms)
        now_ms = then_ms
        for event in moment.events:
            for _ in range(1 + twice):
                log += governor.hear(happen(event, now_ms, log))
        candidates = [Candidate(index, "", 1.0) for index in sorted(moment.proposed)]
        log += governor.decide(candidates, now_ms)
    return log


@given(COURSES)
def test_whoever_wakes_the_governor_when_it_asks_misses_no_change(course: list[Moment]) -> None:
    assert changes(play(course)) == changes(play(course, often=True))


def changes(log: Iterable[Decision]) -> list[Decision]:
    return [decision for decision in log if decision.verdict in (Verdict.ALLOWED, Verdict.UNDONE)]


@given(JUMPING)
def test_what_happens_twice_counts_once(course: list[Moment]) -> None:
    assert play(course, twice=True) == play(course)


@dataclass(slots=True)
class Watcher:
    """Sees the same events and decisions from outside, and asserts at each of them what must hold."""

    shown: dict[int, float] = field(default_factory=dict)
    """Adjustments that are shown, since when: as decided, then as first applied."""
    applied: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    """What the page defers."""
    proposed_since: dict[int, float] = field(default_factory=dict)
    rested_since: dict[int, float] = field(default_factory=dict)
    begun: list[tuple[float, int]] = field(default_factory=list)
    """When what was allowed; without what failed before anybody saw it."""
    refused: set[int] = field(default_factory=set)
    said_no: set[int] = field(default_factory=set)
    focused: set[int] = field(default_factory=set)
    hovered: set[int] = field(default_factory=set)
    typed_ms: float = -math.inf
    changed_ms: float = -math.inf
    undos: int = 0

    def hear(self, event: Event) -> None:
        """What the visitor does, or what the page says, before the governor hears it."""
        match event.kind:
            case Kind.KEY:
                self.typed_ms = event.t_ms
            case Kind.FOCUS | Kind.ENTER:
                (self.focused if event.kind is Kind.FOCUS else self.hovered).add(event.target)
            case Kind.BLUR | Kind.LEAVE:
                (self.focused if event.kind is Kind.BLUR else self.hovered).discard(event.target)
            case Kind.APPLIED | Kind.DEFERRED | Kind.FAILED | Kind.UNDONE:
                self._say(event, int(event.a))

    def _say(self, event: Event, index: int) -> None:
        if index in self.waiting and event.kind in (Kind.APPLIED, Kind.UNDONE):
            self.changed_ms = event.t_ms
        if event.kind is Kind.DEFERRED:
            if index not in self.applied:
                self.waiting.add(index)
        elif index not in self.shown:
            self.waiting -= {index} if event.kind is Kind.UNDONE else set()
            if event.kind is Kind.UNDONE and event.b == 1 and index not in self.said_no:
                self._refuse(event, index)
        else:
            waited = index in self.waiting
            self.waiting.discard(index)
            if event.kind is Kind.APPLIED and index not in self.applied:
                if waited:
                    self._take_back(index)
                    self.begun.append((event.t_ms, index))
                self.shown[index] = event.t_ms
                self.applied.add(index)
            elif event.kind is Kind.FAILED:
                if index not in self.applied:
                    self._take_back(index)
                self._end(index)
            elif event.kind is Kind.UNDONE and event.b:
                self._refuse(event, index)
                self._end(index)

    def _take_back(self, index: int) -> None:
        """It did not begin when it was allowed."""
        self.begun.remove(next(pair for pair in reversed(self.begun) if pair[1] == index))

    def _refuse(self, event: Event, index: int) -> None:
        if event.b == 1:
            self.undos += 1
            self.said_no.add(index)
        self.refused.add(index)
        self.rested_since[index] = event.t_ms

    def _end(self, index: int) -> None:
        del self.shown[index]
        self.applied.discard(index)

    def propose(self, proposed: Iterable[int], now_ms: float) -> None:
        self.proposed_since = {index: self.proposed_since.get(index, now_ms) for index in proposed}

    def judge(self, decision: Decision) -> None:
        """What was decided now: neither too early, nor too often, nor under anybody's hands."""
        now_ms, index = decision.at_ms, decision.adjustment
        if decision.verdict is Verdict.ALLOWED:
            self._judge_beginning(index, now_ms)
            self.begun.append((now_ms, index))
            self.shown[index] = now_ms
        elif decision.verdict is Verdict.UNDONE and decision.reason is Reason.RULE_ENDED:
            assert index not in self.proposed_since
            assert now_ms >= self.shown[index] + SHOW_MS
            self._end(index)
            self.rested_since[index] = now_ms
        else:
            return
        self.waiting.discard(index)
        assert now_ms >= self.typed_ms + TYPING_MS
        assert TARGET[index] not in self.focused
        assert now_ms >= self.changed_ms + SETTLE_MS
        self.changed_ms = now_ms

    def _judge_beginning(self, index: int, now_ms: float) -> None:
        assert index not in self.shown
        assert index not in self.refused
        assert now_ms >= ARRIVAL_MS
        assert self.undos < MAX_VISITOR_UNDOS
        assert now_ms >= self.proposed_since[index] + DEBOUNCE_MS[index]
        assert now_ms >= self.rested_since.get(index, -math.inf) + COOLDOWN_MS
        assert sum(other == index for _, other in self.begun) < CAP
        assert len(self.begun) < CAP_PER_VISIT
        assert sum(now_ms - begun_ms < MINUTE_MS for begun_ms, _ in self.begun) < CAP_PER_MINUTE
        on_page = {GROUP[other] for other in self.shown.keys() | self.waiting if other != index}
        assert not GROUP[index] or GROUP[index] not in on_page
        assert POINTED[index] or TARGET[index] not in self.hovered


def watch(course: Iterable[Moment]) -> tuple[list[Decision], Watcher]:
    """Plays a course under a watcher's eyes."""
    governor, watcher, log, now_ms = Governor(ADJUSTMENTS, CAP_PER_VISIT, CAP_PER_MINUTE), Watcher(), [], 0.0
    governor.hear(Event(Kind.PAGE, 0.0))
    candidates: list[Candidate] = []

    def decide() -> None:
        watcher.propose((candidate.adjustment for candidate in candidates), now_ms)
        for decision in governor.decide(candidates, now_ms):
            watcher.judge(decision)
            log.append(decision)

    for moment in course:
        then_ms = now_ms + moment.gap_ms
        while (now_ms := max(now_ms + 50, governor.wake_at_ms())) < then_ms:
            decide()
        now_ms = then_ms
        for event in moment.events:
            heard = happen(event, now_ms, log)
            watcher.hear(heard)
            log += governor.hear(heard)
        candidates = [Candidate(index, "", 1.0) for index in sorted(moment.proposed)]
        decide()
    return log, watcher


@given(JUMPING)
def test_every_limit_and_every_calm_hold_whatever_happens(course: list[Moment]) -> None:
    log, watcher = watch(course)

    assert log == play(course)
    assert len(watcher.shown) <= len(ADJUSTMENTS)


OWN = set(Reason) - {Reason.NO_CONSENT_TO_ADAPT, Reason.HOLDOUT, Reason.OTHER_ARM, Reason.REMEMBERED}
"""What the governor itself says of one page; the rest is the assignment's, or of a second page."""


def test_the_made_up_courses_reach_every_reason_often() -> None:
    courses_with: Counter[Reason] = Counter()

    @given(JUMPING)
    @settings(max_examples=200)
    def collect(course: list[Moment]) -> None:
        courses_with.update({decision.reason for decision in play(course)})

    collect()
    assert {reason for reason in OWN if courses_with[reason] >= 3} == OWN, courses_with
