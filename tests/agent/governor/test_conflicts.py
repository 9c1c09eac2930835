import pytest

from tests.agent.governor.deciding import ALLOWED, BRIEF, UNDONE, arrived, decide, governor_of, held, never
from tests.agent.making import says
from trimtab import Policy, adjust, seconds
from trimtab.governor import Governor
from trimtab.values import Event, Kind, Reason, Verdict


def test_of_one_group_one_is_shown_at_a_time() -> None:
    governor = governor_of(adjustments=2, group="size", **BRIEF)
    decide(governor, 10_000, 0)

    assert decide(governor, 11_000, 0, 1) == [held(Reason.CONFLICT, None, 1)]
    assert decide(governor, 12_000, 1)[0] == UNDONE
    assert decide(governor, 13_000, 1) == [(1, Verdict.ALLOWED, Reason.RULE_HOLDS, None)]


def test_an_undo_that_waits_for_a_safe_moment_keeps_its_group_busy() -> None:
    governor = governor_of(adjustments=2, group="one", debounce=seconds(0), show_for=seconds(0))
    decide(governor, 10_000, 0)
    assert decide(governor, 11_000) == [UNDONE]
    governor.hear(Event(Kind.DEFERRED, 11_050, a=0))

    assert decide(governor, 12_000, 1) == [held(Reason.CONFLICT, index=1)]
    governor.hear(Event(Kind.UNDONE, 13_000, a=0, b=0))
    assert decide(governor, 13_500, 1) == [(1, *ALLOWED[1:])]


def test_what_waits_for_its_place_is_woken_when_the_place_is_free() -> None:
    governor = governor_of(adjustments=2, group="one", debounce=seconds(0))
    decide(governor, 10_000, 1)
    assert decide(governor, 11_000, 0) == [held(Reason.MINIMUM_SHOWING, 15_000, 1), held(Reason.CONFLICT)]
    assert decide(governor, 15_000, 0) == [(1, *UNDONE[1:]), held(Reason.ONE_AT_A_TIME, 15_500)]

    assert governor.wake_at_ms() == 15_500
    assert decide(governor, 15_500, 0) == [ALLOWED]


def test_what_still_waits_to_go_may_stay_after_all() -> None:
    governor = governor_of(group="one", debounce=seconds(0), show_for=seconds(0), cooldown=seconds(1))
    decide(governor, 10_000, 0)
    decide(governor, 11_000)
    governor.hear(says(Kind.DEFERRED, 11_050))

    assert decide(governor, 13_000, 0) == [ALLOWED]


def over_one_target(first: adjust.Do, second: adjust.Do, selector: str = "#box") -> Governor:
    """Two adjustments without a group: one of #box, one of another target with this selector."""
    policy = Policy("two", cap_per_minute=100)
    for index, (do, where) in enumerate(((first, "#box"), (second, selector))):
        target = policy.target(f"t{index}", where)
        policy.adjust(f"a{index}", on=target, when=never, do=do, debounce=seconds(0))
    return arrived(Governor(policy.adjustments, 12, 100))


def test_what_fights_with_what_is_shown_waits_until_it_is_gone() -> None:
    governor = over_one_target(adjust.swap("short"), adjust.text("Short"))
    assert decide(governor, 10_000, 0) == [ALLOWED]

    assert decide(governor, 11_000, 1) == [held(Reason.MINIMUM_SHOWING, 15_000), held(Reason.CONFLICT, index=1)]
    assert decide(governor, 15_000, 1) == [UNDONE, held(Reason.ONE_AT_A_TIME, 15_500, 1)]
    governor.hear(says(Kind.DEFERRED, 15_050))
    assert decide(governor, 15_500, 1) == [held(Reason.CONFLICT, index=1)]
    governor.hear(says(Kind.UNDONE, 18_000))
    assert decide(governor, 18_500, 1) == [(1, *ALLOWED[1:])]


@pytest.mark.parametrize(
    ("first", "second", "selector"),
    [
        (adjust.swap("a"), adjust.swap("b"), "#other"),
        (adjust.swap("a"), adjust.add_class("b"), "#box"),
        (adjust.add_class("a"), adjust.add_class("b"), "#box"),
        (adjust.attribute("title", "a"), adjust.attribute("lang", "a"), "#box"),
    ],
)
def test_what_changes_something_else_comes_beside_it(first: adjust.Do, second: adjust.Do, selector: str) -> None:
    governor = over_one_target(first, second, selector)
    decide(governor, 10_000, 0)

    assert decide(governor, 10_500, 0, 1) == [(1, *ALLOWED[1:])]
