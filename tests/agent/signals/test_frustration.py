import math

import pytest

from trimtab.signals.frustration import FOLLOWS, Frustration
from trimtab.values import Event, Kind, Measure

type Point = tuple[float, float]


def click(t_ms: float, target: int = 0) -> Event:
    return Event(Kind.CLICK, t_ms, target)


def after(*events: Event, pointer: Point | None = (100, 100)) -> Frustration:
    frustration = Frustration()
    for event in events:
        if event.kind is Kind.SCROLL:
            frustration.scroll(event.a, event.t_ms, moved=True)
        else:
            frustration.update(event, pointer)
    return frustration


def scrolls(*y_px: float, every_ms: float = 100) -> list[Event]:
    return [Event(Kind.SCROLL, 1_000 + every_ms * number, a=y) for number, y in enumerate(y_px)]


def routes(*paths: str, every_ms: float = 1_000) -> list[Event]:
    return [Event(Kind.ROUTE, every_ms * number, name=path) for number, path in enumerate(paths)]


# Rage clicks


def test_three_clicks_in_one_place_within_a_second_are_rage() -> None:
    assert after(*map(click, (0, 400, 1_000))).rage_clicks(2_000) == Measure("rage clicks", "", 1, 2_000)


@pytest.mark.parametrize("times", [(0, 400), (0, 400, 1_001)])
def test_fewer_or_slower_clicks_are_none(times: tuple[float, ...]) -> None:
    assert after(*map(click, times)).rage_clicks(2_000).value == 0


def test_a_burst_is_counted_once_for_every_three_clicks() -> None:
    assert after(*map(click, range(0, 700, 100))).rage_clicks(2_000).value == 2


def test_clicks_in_different_places_are_no_rage() -> None:
    frustration = Frustration()
    for t_ms, x_px in [(0, 100.0), (100, 131.0), (200, 100.0)]:
        frustration.update(click(t_ms), (x_px, 100.0))

    assert frustration.rage_clicks(2_000).value == 0


# Dead clicks


def test_a_click_that_nothing_follows_within_a_second_was_dead() -> None:
    frustration = after(click(1_000))

    assert frustration.dead_clicks(1_999) == Measure("dead clicks", "", 0, 1_999, until_ms=2_000)
    assert frustration.dead_clicks(2_000) == Measure("dead clicks", "", 1, 2_000, until_ms=math.inf)


@pytest.mark.parametrize("kind", sorted(FOLLOWS))
def test_a_click_that_something_follows_was_none(kind: Kind) -> None:
    assert after(click(1_000), Event(kind, 1_500, 0)).dead_clicks(9_000).value == 0


def test_what_follows_later_follows_something_else() -> None:
    assert after(click(1_000), Event(Kind.EVENT, 2_000, name="quiz")).dead_clicks(9_000).value == 1


def test_a_click_on_no_target_is_nobody_s_expectation() -> None:
    assert after(click(1_000, target=-1)).dead_clicks(9_000).value == 0


def test_each_of_two_dead_clicks_counts() -> None:
    assert after(click(1_000), click(3_000)).dead_clicks(9_000).value == 2


# Excessive scrolling


def test_six_changes_of_direction_within_ten_seconds_are_a_search() -> None:
    frustration = after(*scrolls(500, 0, 500, 0, 500, 0, 500))

    assert frustration.excessive_scrolls(9_000) == Measure("excessive scrolls", "", 1, 9_000)


@pytest.mark.parametrize(
    ("heights", "every_ms"),
    [((500, 0, 500, 0, 500, 0), 100), ((500, 0, 500, 0, 500, 0, 500), 2_100), ((199, 0, 199, 0, 199, 0, 199, 0), 100)],
)
def test_fewer_slower_or_smaller_changes_are_reading(heights: tuple[float, ...], every_ms: float) -> None:
    assert after(*scrolls(*heights, every_ms=every_ms)).excessive_scrolls(60_000).value == 0


# Quick back


def test_to_be_back_within_five_seconds_is_a_quick_back() -> None:
    assert after(*routes("/", "/a", "/", every_ms=5_000)).quick_backs(60_000) == Measure("quick backs", "", 1, 60_000)


def test_a_route_that_is_loaded_anew_is_no_return() -> None:
    assert after(*routes("/", "/", "/")).quick_backs(60_000).value == 0
    assert after(*routes("/", "/a", "/a", "/")).quick_backs(60_000).value == 1


@pytest.mark.parametrize(
    ("paths", "every_ms"), [(("/", "/a", "/"), 5_001), (("/", "/a", "/b"), 100), (("/", "/a"), 100)]
)
def test_a_later_return_or_another_way_is_none(paths: tuple[str, ...], every_ms: float) -> None:
    assert after(*routes(*paths, every_ms=every_ms)).quick_backs(60_000).value == 0


def test_each_click_that_nothing_follows_is_dead_also_close_to_another() -> None:
    assert after(*map(click, (1_000, 1_900, 2_800, 3_700))).dead_clicks(5_000).value == 4


def test_a_click_that_gave_its_target_the_focus_is_not_dead() -> None:
    assert after(Event(Kind.FOCUS, 1_000, 0), click(1_010)).dead_clicks(5_000).value == 0


def test_a_click_after_which_the_page_scrolls_is_not_dead() -> None:
    assert after(click(1_000), Event(Kind.SCROLL, 1_999, a=500)).dead_clicks(5_000).value == 0
    assert after(click(1_000), Event(Kind.SCROLL, 2_000, a=500)).dead_clicks(5_000).value == 1


def test_jumps_up_and_down_are_no_search() -> None:
    frustration = Frustration()
    for event in scrolls(*[500, 0] * 7):
        frustration.scroll(event.a, event.t_ms, moved=False)

    assert frustration.excessive_scrolls(9_000).value == 0


def test_clicks_by_key_without_any_pointer_are_in_no_one_place() -> None:
    assert after(*map(click, (0, 400, 1_000)), pointer=None).rage_clicks(2_000).value == 0
