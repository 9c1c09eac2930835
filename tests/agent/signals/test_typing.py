import statistics

import pytest

from trimtab.signals.typing import MIN_INTERVALS, PAUSE_MS, Typing
from trimtab.values import Measure, Missing

INTERVALS_MS = [120, 80, 200, 95, 310, 145]


def typed(*intervals_ms: float, on: bool = True) -> Typing:
    """Keys at these intervals, the first one at 1 s."""
    typing = Typing(on=on)
    t_ms = 1_000.0
    typing.key(t_ms)
    for interval_ms in intervals_ms:
        t_ms += interval_ms
        typing.key(t_ms)
    return typing


def test_typing_is_not_observed_unless_the_policy_asks_for_it() -> None:
    typing = typed(*INTERVALS_MS, on=False)
    typing.correct()

    readers = (typing.interval_ms, typing.variability_ms, typing.bursts, typing.pauses, typing.corrections)
    for reader in readers:
        measure = reader(9_000)
        assert isinstance(measure, Missing)
        assert measure.why == "the policy does not observe typing; make it with Policy(…, typing=True)"


def test_the_rhythm_is_mean_and_deviation_of_the_intervals() -> None:
    typing = typed(*INTERVALS_MS)
    interval, variability = typing.interval_ms(9_000), typing.variability_ms(9_000)

    assert isinstance(interval, Measure)
    assert isinstance(variability, Measure)
    assert interval.value == pytest.approx(statistics.mean(INTERVALS_MS), rel=1e-12)
    assert variability.value == pytest.approx(statistics.stdev(INTERVALS_MS), rel=1e-12)
    assert (interval.name, interval.unit) == ("typing interval", "ms")


def test_a_few_keys_are_no_rhythm() -> None:
    assert typed(*INTERVALS_MS[: MIN_INTERVALS - 1]).interval_ms(0) == Missing(
        "typing interval", "fewer than 5 intervals between keys"
    )
    assert isinstance(typed(*INTERVALS_MS[:MIN_INTERVALS]).interval_ms(0), Measure)


def test_a_pause_ends_a_burst_and_is_no_part_of_the_rhythm() -> None:
    typing = typed(*INTERVALS_MS, PAUSE_MS + 1, *INTERVALS_MS)
    interval = typing.interval_ms(0)

    assert isinstance(interval, Measure)
    assert interval.value == pytest.approx(statistics.mean(INTERVALS_MS))
    assert typing.bursts(0) == Measure("typing bursts", "", 2, 0)
    assert typing.pauses(0) == Measure("typing pauses", "", 1, 0)


def test_nothing_typed_is_no_burst() -> None:
    typing = Typing(on=True)

    assert (typing.bursts(0), typing.pauses(0)) == (
        Measure("typing bursts", "", 0, 0), Measure("typing pauses", "", 0, 0)
    )  # fmt: skip


def test_corrections_are_counted() -> None:
    typing = typed()
    typing.correct()
    typing.correct()

    assert typing.corrections(0) == Measure("typing corrections", "", 2, 0)
