"""What goes on on the next page, and what begins anew."""

from typing import Any

import pytest

from tests.agent.going import LEFT_MS, next_page, shown_on_first_page, told, went
from tests.agent.making import PAGE, named, on_click, open_visit, says, visible
from trimtab import seconds
from trimtab.errors import StateError
from trimtab.governor.calm import MAX_VISITOR_UNDOS
from trimtab.pipeline import SESSION_MS
from trimtab.plain import dump, parse
from trimtab.values import NO_TARGET, Consent, Event, Kind, Measure


def test_events_are_counted_in_the_visit_and_other_signals_begin_anew() -> None:
    policy = went()
    visit = open_visit(policy)
    quiz = [Event(Kind.EVENT, 10.0 * n, b=float(n), c=1.0, name="quiz") for n in range(12)]
    visit.step([PAGE, visible(0, 1), *quiz, Event(Kind.CLICK, 500, 0)], LEFT_MS)
    second = next_page(visit, policy)
    second.step([PAGE, Event(Kind.EVENT, 10, b=12.0, c=1.0, name="quiz")], 20)
    gauge = second.signals.gauge(20)

    def value(quantity: str, target: int = NO_TARGET, name: str = "") -> Any:
        return getattr(gauge(quantity, target, name), "value", None)

    assert [value(f"named.{number}", name="quiz") for number in ("count", "last", "mean")] == [13, 12, 7.5]
    assert (value("clicks.count", 0), value("attention.attended_s")) == (0, 0.02)


@pytest.mark.parametrize(("away_ms", "times"), [(500, 1), (3_000, 1), (3_001, 0)])
def test_to_be_back_on_the_page_before_is_a_quick_back(away_ms: float, times: int) -> None:
    policy = went()
    first = open_visit(policy)
    first.step([PAGE, named(0, "/", Kind.ROUTE)], 10_000)
    second = next_page(first, policy, left_ms=10_000, away_ms=100)
    second.step([PAGE, named(0, "/a", Kind.ROUTE)], 2_000)
    third = next_page(second, policy, left_ms=2_000, away_ms=away_ms)
    third.step([PAGE, named(0, "/", Kind.ROUTE)], 100)

    assert third.signals.gauge(100)("frustration.quick_backs", NO_TARGET, "") == Measure("quick backs", "", times, 100)


def test_what_the_visitor_undid_stays_refused() -> None:
    policy = went()
    second = next_page(shown_on_first_page(policy, says(Kind.UNDONE, 4_000, by=1)), policy)

    assert told(second.step([PAGE], 60_000).log) == [(0, "refused", "undone-by-visitor")]


def test_who_undid_two_is_left_alone_on_every_page() -> None:
    policy, add = on_click()
    for name in ("one", "two", "three"):
        add(name, lambda v: v.event("go").count >= 1)
    undone = [says(Kind.UNDONE, 5_000.0 + n, n, by=1) for n in range(MAX_VISITOR_UNDOS)]
    visit = shown_on_first_page(policy, *undone)
    log = next_page(visit, policy).step([PAGE], 60_000).log

    assert told(log)[-1] == (0, "refused", "visitor-said-no")


def test_a_cooldown_goes_on_while_the_visitor_is_away() -> None:
    policy, add = on_click()
    add("short", lambda v: v.event("go").count >= 1 and v.visible(policy.targets[0]) < 0.5, show_for=seconds(1))
    visit = shown_on_first_page(policy, visible(5_000, 1))  # goes at 5 s, and rests for 30 s
    second = next_page(visit, policy, away_ms=4_000)

    assert told(second.step([PAGE], 60_000).log) == [(0, "held", "cooldown"), (21_000, "allowed", "rule-holds")]


def test_a_clock_that_was_set_back_makes_no_time_away() -> None:
    policy, add = on_click()
    add("short", lambda v: v.event("go").count >= 1 and v.visible(policy.targets[0]) < 0.5, show_for=seconds(1))
    visit = shown_on_first_page(policy, visible(5_000, 1))
    second = next_page(visit, policy, away_ms=-7_200_000)

    assert told(second.step([PAGE], 60_000).log)[-1] == (25_000, "allowed", "rule-holds")


def test_half_an_hour_away_ends_the_visit() -> None:
    policy = went()
    carried = shown_on_first_page(policy).carry()
    same, other, never = (open_visit(policy) for _ in range(3))

    assert same.resume(carried, LEFT_MS, SESSION_MS)
    assert not other.resume(carried, LEFT_MS, SESSION_MS + 1)
    assert other.save() == never.save()


def test_what_is_carried_is_the_same_while_nothing_happens() -> None:
    visit = shown_on_first_page(went())
    before = visit.carry()
    visit.step([], LEFT_MS + 60_000)

    assert visit.carry() == before


WAITS = [(0, "held", "debounce"), (300, "held", "just-arrived")]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (True, True, [(0, "allowed", "remembered")]),
        (True, False, [(0, "refused", "adjustment-cap")]),  # it was seen on the first page, and that was all
        (False, True, [*WAITS, (2_000, "allowed", "rule-holds")]),
        (False, False, [(0, "refused", "no-consent-to-adapt")]),
    ],
)
def test_what_was_not_seen_for_want_of_consent_is_not_remembered(
    first: bool, second: bool, expected: list[Any]
) -> None:
    policy = went(cap=1)
    visit = shown_on_first_page(policy, consent=Consent(observe=True, adapt=first, remember=True))
    fresh = next_page(visit, policy, consent=Consent(observe=True, adapt=second, remember=True))

    assert told(fresh.step([PAGE], 9_000).log) == expected


def test_a_state_of_another_shape_is_refused() -> None:
    policy = went()
    carried = shown_on_first_page(policy).carry()
    carried["visit"]["segments"] = [{"inside": True, "displaced": False, "strength": 1.0}]  # type: ignore[index,call-overload]
    visit, never = open_visit(policy), open_visit(policy)

    with pytest.raises(StateError, match="other segments or adjustments than the policy"):
        visit.resume(carried, LEFT_MS, 0)
    with pytest.raises(StateError, match="kind 'checkpoint'"):
        visit.resume(never.save(), LEFT_MS, 0)
    assert visit.save() == never.save()


def test_counts_below_0_buy_no_more_shows() -> None:
    policy = went()
    text = dump(shown_on_first_page(policy).carry())
    visit, never = open_visit(policy), open_visit(policy)

    for forged in (text.replace('"shows":1', '"shows":-1'), text.replace('"undos":0', '"undos":-1')):
        assert forged != text
        with pytest.raises(StateError, match="counts below 0"):
            visit.resume(parse(forged, "it"), LEFT_MS, 0)
    assert visit.save() == never.save()


def test_a_number_beyond_all_times_is_refused_before_anything_has_changed() -> None:
    policy = went()
    text = dump(shown_on_first_page(policy).carry())
    visit, never = open_visit(policy), open_visit(policy)
    forged = text.replace('"rests_until_ms":"-inf"', f'"rests_until_ms":{10**400}')

    assert forged != text
    with pytest.raises(StateError, match="rests_until_ms"):
        visit.resume(parse(forged, "it"), LEFT_MS, 0)
    assert visit.save() == never.save()
