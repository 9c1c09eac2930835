"""Any visit over several pages keeps its limits."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agent.everything import everything, long_visit, pages
from tests.agent.making import ALL, declare
from tests.agent.test_pipeline_properties import CAP, CAP_PER_MINUTE, CAP_PER_VISIT, SHOW_MS
from trimtab.experiments import assign
from trimtab.governor.calm import ARRIVAL_MS, MAX_VISITOR_UNDOS
from trimtab.pipeline import SESSION_MS, Visit
from trimtab.values import Decision, Event, Reason, SegmentChange, Verdict

POLICY = everything()


@dataclass(frozen=True, slots=True)
class Left:
    """What one page of a visit decided; `offset_ms` is its start in the time of the whole visit."""

    offset_ms: float
    log: list[Decision | SegmentChange]
    left_ms: float
    waiting: frozenset[int]


def long_pages() -> st.SearchStrategy[list[Event]]:
    """Pages on which much happens, and the page answers; told apart by one number, so that all of them are drawn."""
    return st.integers(0, 100_000).map(lambda seed: list(long_visit(80, seed=seed)))


@st.composite
def visits(draw: st.DrawFn) -> list[Left]:
    """A visit over one to four pages, with any time between them below the limit."""
    left: list[Left] = []
    offset_ms, before = 0.0, None
    for made in draw(st.lists(pages() | long_pages(), min_size=1, max_size=4)):
        visit = Visit(POLICY, declare(POLICY), assign(POLICY, "seed", "all/adaptive"), ALL)
        away_ms = draw(st.sampled_from([0.0, 0.0, 30.0, 700.0, 45_000.0, float(SESSION_MS)]))
        if before is not None:
            offset_ms += left[-1].left_ms + away_ms
            assert visit.resume(json.loads(json.dumps(before)), left[-1].left_ms, away_ms)
        log: list[Decision | SegmentChange] = []
        for event in made:
            log += visit.step([event], event.t_ms).log
        left_ms = made[-1].t_ms + draw(st.sampled_from([0.0, 10.0, 3_000.0, 20_000.0]))
        log += visit.step([], left_ms).log
        before = visit.carry()
        waiting = frozenset(
            n for n, ledger in enumerate(visit.governor._ledgers) if ledger.deferred and ledger.ends(())
        )
        left.append(Left(offset_ms, log, left_ms, waiting))
    return left


def decisions(left: Sequence[Left]) -> list[tuple[float, Decision]]:
    """Every decision with its time in the whole visit."""
    return [(one.offset_ms + e.at_ms, e) for one in left for e in one.log if isinstance(e, Decision)]


ENDS = {Reason.RULE_ENDED, Reason.UNDONE_BY_VISITOR, Reason.UNDONE_BY_PAGE, Reason.NOTHING_TO_CHANGE}


@given(visits())
def test_caps_hold_over_all_pages(left: list[Left]) -> None:
    begun: list[tuple[float, int]] = []
    for page in left:
        shown: dict[int, float] = {}
        for entry in page.log:
            if not isinstance(entry, Decision):
                continue
            if entry.reason is Reason.RULE_HOLDS:
                shown[entry.adjustment] = page.offset_ms + entry.at_ms
                begun.append((shown[entry.adjustment], entry.adjustment))
            elif entry.reason in ENDS and entry.adjustment in shown:
                since = shown.pop(entry.adjustment)
                if entry.reason is Reason.NOTHING_TO_CHANGE:
                    begun.remove((since, entry.adjustment))
        for adjustment in page.waiting & set(shown):
            begun.remove((shown[adjustment], adjustment))
    times = sorted(t_ms for t_ms, _ in begun)

    assert all(sum(one == index for _, one in begun) <= CAP for index in range(len(POLICY.adjustments)))
    assert len(begun) <= CAP_PER_VISIT
    assert all(late - early >= 60_000 - 1e-6 for early, late in zip(times, times[CAP_PER_MINUTE:], strict=False))


@given(visits())
def test_nothing_is_taken_back_before_it_was_on_show_for_long_enough(left: list[Left]) -> None:
    shown_ms: dict[int, float] = {}
    for page in left:
        since: dict[int, float] = {}
        for entry in page.log:
            if not isinstance(entry, Decision):
                continue
            if entry.verdict is Verdict.ALLOWED:
                since[entry.adjustment] = entry.at_ms - (
                    shown_ms.get(entry.adjustment, 0.0) if entry.reason is Reason.REMEMBERED else 0.0
                )
            elif entry.reason in ENDS:
                begun_ms = since.pop(entry.adjustment, None)
                if entry.reason is Reason.RULE_ENDED:
                    assert begun_ms is not None
                    assert entry.at_ms - begun_ms >= SHOW_MS - 1e-6
        handed_on = shown_ms if page.left_ms < ARRIVAL_MS else {}
        shown_ms = handed_on | {adjustment: page.left_ms - begun_ms for adjustment, begun_ms in since.items()}


@given(visits())
def test_only_what_was_shown_comes_in_the_first_moments_of_a_page(left: list[Left]) -> None:
    before: set[int] = set()
    for page in left:
        shown: set[int] = set()
        for entry in page.log:
            if not isinstance(entry, Decision):
                continue
            if entry.verdict is Verdict.ALLOWED:
                assert (entry.reason is Reason.REMEMBERED) == (entry.at_ms < ARRIVAL_MS)
                assert entry.reason is not Reason.REMEMBERED or entry.adjustment in before
                shown.add(entry.adjustment)
            elif entry.reason in ENDS:
                shown.discard(entry.adjustment)
        before = shown | (before if page.left_ms < ARRIVAL_MS else set())


@given(visits())
def test_what_the_visitor_undid_never_comes_back(left: list[Left]) -> None:
    undone: list[int] = []
    for _, decision in decisions(left):
        if decision.verdict is Verdict.UNDONE and decision.reason is Reason.UNDONE_BY_VISITOR:
            undone.append(decision.adjustment)
        if decision.verdict is Verdict.ALLOWED:
            assert decision.adjustment not in undone
            assert len(undone) < MAX_VISITOR_UNDOS


def test_the_made_up_visits_remember_and_reach_the_limits() -> None:
    reached: set[Reason] = set()

    @settings(max_examples=300)  # hypothesis takes numbers of the code for its examples, so they change with it
    @given(visits())
    def collect(left: list[Left]) -> None:
        reached.update(decision.reason for page in left[1:] for _, decision in decisions([page]))

    collect()
    assert reached >= {
        Reason.REMEMBERED, Reason.RULE_ENDED, Reason.MINIMUM_SHOWING, Reason.ADJUSTMENT_CAP, Reason.VISIT_CAP,
        Reason.MINUTE_CAP, Reason.UNDONE_BY_VISITOR, Reason.COOLDOWN,
    }  # fmt: skip
