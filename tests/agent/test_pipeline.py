from dataclasses import replace

import pytest

from tests.agent.making import ALL, PAGE, declare, key, named, news, on_click, open_visit, says, scroll, visible
from tests.agent.stepping import APPLY, UNDO, click, clicks_make_it_bigger, told
from trimtab import Policy, Visitor, adjust, seconds
from trimtab.experiments import assign
from trimtab.pipeline import Visit
from trimtab.values import (
    NO_TARGET,
    Consent,
    Decision,
    Event,
    Kind,
    Reason,
    SegmentChange,
    Step,
    Verdict,
)


def test_a_click_is_decided_at_once_and_the_rest_by_its_own_time() -> None:
    visit = open_visit(clicks_make_it_bigger())
    clicked = visit.step([PAGE, click(10_020)], 10_020)

    assert told([clicked]) == [(10_020, Verdict.HELD, Reason.DEBOUNCE, 10_320)]
    assert clicked.commands == ()
    assert clicked.wake_at_ms == 10_400

    assert visit.step([], 10_400).log == ()
    ripe = visit.step([], 10_400.1)

    assert told([ripe]) == [(10_400, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]
    assert ripe.commands == (APPLY,)
    assert ripe.wake_at_ms is None


def test_what_is_shown_is_taken_back_when_its_rule_ends_and_it_was_shown_long_enough() -> None:
    visit = open_visit(clicks_make_it_bigger())
    visit.step([PAGE, click(10_000)], 10_350)
    ended = visit.step([named(12_000, "calm")], 12_000)
    undone = visit.step([], 16_000)

    assert told([ended]) == [(12_000, Verdict.HELD, Reason.MINIMUM_SHOWING, 15_300)]
    assert ended.wake_at_ms == 15_300
    assert told([undone]) == [(15_300, Verdict.UNDONE, Reason.RULE_ENDED, None)]
    assert undone.commands == (UNDO,)


def test_scrolling_is_decided_on_the_grid_whatever_the_moment_of_the_event() -> None:
    policy, add = on_click()
    add("deep", lambda v: v.scroll.depth > 0.5, debounce=seconds(0))
    visit = open_visit(policy)
    step = visit.step([PAGE, scroll(10_001, 2000), scroll(10_060, 4000), scroll(10_099, 4100)], 10_110)

    assert told([step]) == [(10_100, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]


def test_a_decision_is_not_made_before_every_event_of_its_moment_has_come() -> None:
    policy, add = on_click()
    add("deep", lambda v: v.scroll.depth > 0.5, debounce=seconds(0))
    visit = open_visit(policy)

    assert visit.step([PAGE, scroll(10_001, 2000)], 10_100).log == ()
    assert told([visit.step([scroll(10_100, 6000)], 10_101)]) == [
        (10_100, Verdict.ALLOWED, Reason.RULE_HOLDS, None)
    ]  # fmt: skip


def test_an_event_that_comes_late_is_counted_and_taken_as_happening_now() -> None:
    visit = open_visit(clicks_make_it_bigger())
    step = visit.step([PAGE, key(20_000), click(10_000)], 20_000)

    assert told([step]) == [(20_000, Verdict.HELD, Reason.DEBOUNCE, 20_300)]
    assert visit.timeline.misdated == 1


def test_segments_go_before_the_decisions_that_they_cause() -> None:
    visit = open_visit(news(), arm="summaries/adaptive")
    scrolls = [scroll(5_000 + 50 * n, 60.0 * n) for n in range(100)]
    step = visit.step([PAGE, *scrolls], 9_950)
    change, *decisions = step.log

    assert isinstance(change, SegmentChange)
    assert (change.segment, change.entered) == ("skimmer", True)
    assert [entry.reason for entry in decisions if isinstance(entry, Decision)] == [
        Reason.DEBOUNCE,
        Reason.RULE_HOLDS,
    ]
    assert all(entry.at_ms >= change.at_ms for entry in decisions)
    assert step.commands == (APPLY,)


def test_nothing_is_planned_where_nothing_can_happen() -> None:
    visit = open_visit(clicks_make_it_bigger())

    assert visit.step([], 0).wake_at_ms is None
    assert visit.step([PAGE, visible(10, 1.0), key(40)], 1_000).wake_at_ms is None


def story(visit: Visit) -> list[Step]:
    """A visit in which the adjustment comes, goes, and rests."""
    calm = [named(12_000, "calm")]
    return [visit.step([PAGE, click(10_000)], 10_400), visit.step(calm, 12_000), visit.step([], 60_000)]


def compared() -> Policy:
    policy = clicks_make_it_bigger()
    policy.experiment("size", arms={"adaptive": [policy.adjustments[0]], "static": []})
    return policy


@pytest.mark.parametrize(
    ("arm", "consent", "reason"),
    [
        ("size/static", ALL, Reason.OTHER_ARM),
        ("holdout", ALL, Reason.HOLDOUT),
        ("size/adaptive", replace(ALL, adapt=False), Reason.NO_CONSENT_TO_ADAPT),
        ("size/static", replace(ALL, adapt=False), Reason.OTHER_ARM),
    ],
)
def test_who_sees_nothing_is_decided_about_in_the_same_way_and_commanded_nothing(
    arm: str, consent: Consent, reason: Reason
) -> None:
    adaptive = story(open_visit(compared(), arm="size/adaptive"))
    without = story(open_visit(compared(), arm=arm, consent=consent))
    expected = [
        (at_ms, Verdict.REFUSED, reason, None) if verdict is Verdict.ALLOWED else (at_ms, verdict, why, until_ms)
        for at_ms, verdict, why, until_ms in told(adaptive)
        if verdict is not Verdict.UNDONE
    ]

    assert [step.commands for step in adaptive] == [(APPLY,), (), (UNDO,)]
    assert [step.commands for step in without] == [(), (), ()]
    assert told(without) == expected
    assert [step.wake_at_ms for step in without] == [step.wake_at_ms for step in adaptive]


def test_consent_to_adapt_that_comes_later_shows_what_still_holds() -> None:
    visit = open_visit(clicks_make_it_bigger(), consent=replace(ALL, adapt=False))
    refused = visit.step([PAGE, click(10_000)], 20_000)
    visit.consent(ALL, 20_010)
    granted = visit.step([], 20_150)

    assert refused.commands == ()
    assert told([granted]) == [(20_100, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]
    assert granted.commands == (APPLY,)


def test_withdrawn_consent_to_adapt_commands_nothing_more() -> None:
    visit = open_visit(clicks_make_it_bigger())
    visit.step([PAGE, click(10_000)], 20_000)
    visit.consent(replace(ALL, adapt=False), 20_010)
    withdrawn = visit.step([named(21_000, "calm")], 60_000)

    assert withdrawn.commands == ()
    assert told([withdrawn])[0] == (20_100, Verdict.REFUSED, Reason.NO_CONSENT_TO_ADAPT, None)


def test_another_permission_that_changes_leaves_what_is_shown_alone() -> None:
    visit = open_visit(clicks_make_it_bigger())
    visit.step([PAGE, click(10_000)], 20_000)
    visit.consent(replace(ALL, remember=False), 20_010)

    assert visit.step([], 21_000).log == ()


def test_what_the_visitor_has_undone_is_not_commanded_but_refused_from_then_on() -> None:
    visit = open_visit(clicks_make_it_bigger())
    visit.step([PAGE, click(10_000)], 12_000)
    undone = visit.step([says(Kind.UNDONE, 12_500, by=1)], 90_000)

    assert told([undone]) == [
        (12_500, Verdict.UNDONE, Reason.UNDONE_BY_VISITOR, None),
        (12_500, Verdict.REFUSED, Reason.UNDONE_BY_VISITOR, None),
    ]
    assert undone.commands == ()


def test_what_the_page_could_not_do_is_tried_again() -> None:
    visit = open_visit(clicks_make_it_bigger())
    visit.step([PAGE, click(10_000)], 10_400)
    failed = visit.step([says(Kind.FAILED, 10_420)], 10_420)
    again = visit.step([], 20_000)

    assert told([failed]) == [(10_420, Verdict.HELD, Reason.NOTHING_TO_CHANGE, 15_420)]
    assert told([again]) == [(15_500, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]
    assert again.commands == (APPLY,)


def test_the_minimum_showing_time_begins_when_the_page_shows_it() -> None:
    visit = open_visit(clicks_make_it_bigger())
    visit.step([PAGE, click(10_000), says(Kind.DEFERRED, 10_400), says(Kind.APPLIED, 14_000)], 14_000)
    ended = visit.step([named(14_500, "calm")], 30_000)

    assert told([ended]) == [
        (14_500, Verdict.HELD, Reason.MINIMUM_SHOWING, 19_000),
        (19_000, Verdict.UNDONE, Reason.RULE_ENDED, None),
    ]


def test_a_policy_of_nothing_decides_nothing() -> None:
    policy = Policy("empty")
    visit = Visit(policy, declare(policy), assign(policy, "seed"), Consent(observe=True))

    assert visit.step([PAGE, key(100), scroll(200, 300.0)], 1_000) == Step((), (), None, None)


def test_two_visits_share_nothing() -> None:
    policy = clicks_make_it_bigger()
    first, second = open_visit(policy), open_visit(policy)

    assert story(first) == story(second)


def test_an_adjustment_of_a_segment_says_the_words_of_the_segment() -> None:
    policy = Policy("words")
    box = policy.target("box", "#box")

    @policy.segment(enter_after=seconds(1), leave_after=seconds(1))
    def eager(v: Visitor) -> bool:
        return v.clicks(box) > 0

    policy.adjust("bigger", on=box, when=eager, do=adjust.add_class("bigger"), debounce=seconds(0))
    step = open_visit(policy).step([PAGE, Event(Kind.CLICK, 5_000, 0)], 7_000)

    assert step.log == (
        SegmentChange("eager", True, 6_000, "clicks box 1 > 0 for 1.0 s", 1.0),
        Decision(
            0, Verdict.ALLOWED, Reason.RULE_HOLDS, 6_000, None, "eager: clicks box 1 > 0 for 1.0 s", 1.0
        ),
    )  # fmt: skip


def test_an_event_of_no_target_reaches_nobody_but_the_page() -> None:
    visit = open_visit(clicks_make_it_bigger())

    assert visit.step([PAGE, Event(Kind.CLICK, 10_000, NO_TARGET)], 20_000).log == ()
