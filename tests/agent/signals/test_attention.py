import pytest

from trimtab.signals.attention import ACTIVITY, IDLE_LIMIT_MS, Attention
from trimtab.values import Kind, Measure

SILENT = [kind for kind in Kind if kind not in ACTIVITY and kind is not Kind.HIDDEN]


def attention_of(*events: tuple[Kind, float]) -> Attention:
    attention = Attention()
    for kind, t_ms in events:
        attention.update(kind, t_ms)
    return attention


def test_there_is_no_attention_before_the_page_begins() -> None:
    assert Attention().at(5_000) == 0
    assert attention_of((Kind.PAGE, 2_000)).at(3_500) == 1_500


def test_attention_runs_until_the_visitor_has_been_idle_for_half_a_minute() -> None:
    attention = attention_of((Kind.PAGE, 0), (Kind.SCROLL, 10_000))

    assert attention.at(25_000) == 25_000
    assert attention.at(40_000) == 40_000
    assert attention.at(90_000) == 40_000
    assert attention.runs_until(39_999) == 40_000
    assert attention.runs_until(40_000) is None


def test_whoever_comes_back_from_idling_goes_on_from_there() -> None:
    attention = attention_of((Kind.PAGE, 0), (Kind.KEY, 100_000))

    assert attention.at(100_000) == IDLE_LIMIT_MS
    assert attention.at(101_000) == IDLE_LIMIT_MS + 1_000


def test_a_hidden_page_is_not_attended() -> None:
    attention = attention_of((Kind.PAGE, 0), (Kind.HIDDEN, 4_000))

    assert attention.at(20_000) == 4_000
    assert attention.runs_until(5_000) is None
    attention.update(Kind.SHOWN, 20_000)
    assert attention.at(21_000) == 5_000


def test_an_idle_visitor_who_hides_the_page_was_idle_before() -> None:
    assert attention_of((Kind.PAGE, 0), (Kind.HIDDEN, 50_000)).at(60_000) == IDLE_LIMIT_MS


@pytest.mark.parametrize("kind", sorted(ACTIVITY - {Kind.SHOWN}))
def test_whatever_moves_on_a_hidden_page_it_stays_hidden(kind: Kind) -> None:
    attention = attention_of((Kind.PAGE, 0), (Kind.HIDDEN, 1_000), (kind, 2_000))

    assert attention.at(9_000) == 1_000


@pytest.mark.parametrize("kind", sorted(ACTIVITY))
def test_what_the_visitor_does_is_activity(kind: Kind) -> None:
    assert attention_of((Kind.PAGE, 0), (kind, 20_000)).at(90_000) == 50_000


@pytest.mark.parametrize("kind", SILENT)
def test_what_the_page_does_is_no_activity(kind: Kind) -> None:
    assert attention_of((Kind.PAGE, 0), (kind, 20_000)).at(90_000) == IDLE_LIMIT_MS


def test_attended_seconds_are_a_stopwatch_that_says_when_it_will_stop() -> None:
    attention = attention_of((Kind.PAGE, 0), (Kind.SCROLL, 1_000))

    assert attention.attended_s(2_500) == Measure("attention", "s", 2.5, 2_500, rise=0.001, until_ms=31_000)
    assert attention.attended_s(50_000) == Measure("attention", "s", 31, 50_000)


def test_asking_changes_nothing() -> None:
    attention = attention_of((Kind.PAGE, 0))
    attention.attended_s(20_000)

    assert attention.at(5_000) == 5_000
