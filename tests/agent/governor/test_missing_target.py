from tests.agent.governor.deciding import ALLOWED, brief, decide, governor_of, held, shown
from tests.agent.making import says
from trimtab import seconds
from trimtab.governor import Governor
from trimtab.values import Event, Kind, Reason


def fail(governor: Governor, now_ms: float) -> float | None:
    """Allowed now, and not there: until when it rests."""
    assert decide(governor, now_ms, 0) == [ALLOWED]
    return brief(governor.hear(says(Kind.FAILED, now_ms)))[0][3]


def test_a_target_that_never_comes_is_tried_ever_less_often() -> None:
    governor, now_ms, rests = governor_of(debounce=seconds(0)), 10_000.0, []
    for _ in range(8):
        until_ms = fail(governor, now_ms)
        assert until_ms is not None
        rests.append(until_ms - now_ms)
        now_ms = until_ms

    assert rests == [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]


def test_a_target_that_came_and_went_is_tried_again_soon() -> None:
    governor = governor_of(debounce=seconds(0))
    assert [fail(governor, 10_000), fail(governor, 15_000)] == [15_000, 25_000]
    decide(governor, 25_000, 0)
    governor.hear(says(Kind.APPLIED, 25_050))

    assert brief(governor.hear(says(Kind.FAILED, 26_000))) == [held(Reason.NOTHING_TO_CHANGE, 31_000)]


def test_another_route_is_another_chance_for_a_target() -> None:
    governor = governor_of(debounce=seconds(0))
    assert [fail(governor, 10_000), fail(governor, 15_000)] == [15_000, 25_000]
    governor.hear(Event(Kind.ROUTE, 16_000, name="/b"))

    assert fail(governor, 18_000) == 23_000


def test_another_route_ends_no_cooldown() -> None:
    governor = shown(show_for=seconds(0))
    decide(governor, 11_000)
    governor.hear(Event(Kind.ROUTE, 12_000, name="/b"))

    assert decide(governor, 15_000, 0) == [held(Reason.COOLDOWN, 41_000)]


def test_the_next_page_is_another_chance_for_a_target() -> None:
    before, after = governor_of(debounce=seconds(0)), governor_of(debounce=seconds(0))
    assert [fail(before, 10_000), fail(before, 15_000)] == [15_000, 25_000]
    after.resume(before.carry(), 15_100, 0)

    assert fail(after, 2_000) == 7_000
