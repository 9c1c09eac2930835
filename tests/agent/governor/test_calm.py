import pytest

from tests.agent.governor.deciding import ALLOWED, BRIEF, UNDONE, arrived, decide, governor_of, held, never, refused
from tests.agent.making import says
from trimtab import Policy, adjust, seconds
from trimtab.governor import Governor
from trimtab.values import Event, Kind, Reason, Verdict


def test_two_changes_do_not_come_at_the_same_moment() -> None:
    governor = governor_of(adjustments=2, **BRIEF)

    assert decide(governor, 10_000, 0, 1) == [ALLOWED, held(Reason.ONE_AT_A_TIME, 10_500, 1)]
    assert governor.wake_at_ms() == 10_500
    assert decide(governor, 10_500, 0, 1) == [(1, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]


def test_nothing_changes_in_the_first_moments_of_a_page() -> None:
    governor = governor_of(debounce=seconds(0))

    assert decide(governor, 100, 0) == [held(Reason.JUST_ARRIVED, 2_000)]
    assert decide(governor, 2_000, 0) == [ALLOWED]


def test_a_choice_that_is_put_in_without_a_key_is_no_typing() -> None:
    governor = governor_of(debounce=seconds(0))
    governor.hear(Event(Kind.INPUT, 10_000, 0))

    assert decide(governor, 10_500, 0) == [ALLOWED]


def test_a_key_outside_of_every_field_is_no_typing() -> None:
    governor = governor_of(debounce=seconds(0))
    governor.hear(Event(Kind.KEY, 10_000, a=1))

    assert decide(governor, 10_500, 0) == [ALLOWED]


def test_nothing_changes_while_the_visitor_dictates() -> None:
    governor = governor_of(debounce=seconds(0))
    governor.hear(Event(Kind.INPUT, 10_000, b=1))

    assert decide(governor, 10_500, 0) == [held(Reason.TYPING, 12_000)]


def test_nothing_changes_while_the_visitor_types() -> None:
    governor = governor_of(debounce=seconds(0))
    governor.hear(Event(Kind.KEY, 10_000))

    assert decide(governor, 10_500, 0) == [held(Reason.TYPING, 12_000)]
    governor.hear(Event(Kind.KEY, 11_000))
    assert decide(governor, 12_000, 0) == []
    assert governor.wake_at_ms() == 13_000
    assert decide(governor, 13_000, 0) == [ALLOWED]


def test_what_is_shown_does_not_go_while_the_visitor_types() -> None:
    governor = governor_of(debounce=seconds(0), show_for=seconds(0))
    decide(governor, 10_000, 0)
    governor.hear(Event(Kind.KEY, 20_000))

    assert decide(governor, 20_100) == [held(Reason.TYPING, 22_000)]
    assert decide(governor, 22_000) == [UNDONE]


def two_targets() -> Governor:
    """An adjustment on each of two targets; the second one's rule is about the pointer."""
    policy = Policy("calm")
    for index in range(2):
        target = policy.target(f"t{index}", f"#t{index}")
        policy.adjust(
            f"a{index}", on=target, when=never, do=adjust.add_class("x"), under_pointer=index == 1,
            debounce=seconds(0), show_for=seconds(0), cooldown=seconds(1),
        )  # fmt: skip
    return arrived(Governor(policy.adjustments, 12, 100))


@pytest.mark.parametrize(
    ("begin", "end", "reason"),
    [(Kind.FOCUS, Kind.BLUR, Reason.FOCUS_INSIDE), (Kind.ENTER, Kind.LEAVE, Reason.UNDER_POINTER)],
)
def test_nothing_changes_where_the_visitor_is(begin: Kind, end: Kind, reason: Reason) -> None:
    governor = two_targets()
    governor.hear(Event(begin, 9_000, 0))

    assert decide(governor, 10_000, 0, 1) == [held(reason), (1, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]
    governor.hear(Event(end, 11_000, 0))
    assert decide(governor, 11_000, 0, 1) == [ALLOWED]


def test_a_rule_about_the_pointer_may_change_what_is_under_it() -> None:
    governor = two_targets()
    governor.hear(Event(Kind.ENTER, 9_000, 1))

    assert decide(governor, 10_000, 1) == [(1, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]


def test_the_pointer_does_not_keep_what_is_shown_but_the_focus_does() -> None:
    governor = two_targets()
    decide(governor, 10_000, 0)
    governor.hear(Event(Kind.ENTER, 11_000, 0))
    governor.hear(Event(Kind.FOCUS, 11_000, 0))

    assert decide(governor, 12_000) == [held(Reason.FOCUS_INSIDE)]
    governor.hear(Event(Kind.BLUR, 13_000, 0))
    assert decide(governor, 13_000) == [UNDONE]


def test_after_two_undos_by_the_visitor_nothing_more_is_shown() -> None:
    governor = governor_of(adjustments=3, **BRIEF)
    for index in range(2):
        decide(governor, 10_000 * (index + 1), index)
        governor.hear(says(Kind.UNDONE, 10_000 * (index + 1) + 500, index, by=1))

    assert decide(governor, 30_000, 2) == [refused(Reason.VISITOR_SAID_NO, 2)]


def test_the_focus_in_two_targets_is_in_both() -> None:
    governor = two_targets()
    for target in (0, 1):
        governor.hear(Event(Kind.FOCUS, 9_000, target))

    assert decide(governor, 10_000, 0, 1) == [held(Reason.FOCUS_INSIDE), held(Reason.FOCUS_INSIDE, index=1)]
    governor.hear(Event(Kind.BLUR, 11_000, 1))
    assert decide(governor, 11_000, 0, 1) == [(1, *ALLOWED[1:])]


def test_nothing_changes_in_the_first_moments_of_a_route() -> None:
    governor = governor_of(debounce=seconds(0))
    governor.hear(Event(Kind.ROUTE, 10_000, name="/b"))

    assert decide(governor, 10_100, 0) == [held(Reason.JUST_ARRIVED, 12_000)]
    assert decide(governor, 12_000, 0) == [ALLOWED]
