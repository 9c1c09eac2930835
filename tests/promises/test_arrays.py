"""The intervals for many experiments at once are the server's own, number for number."""

import numpy as np
import pytest

from tests.promises import arrays
from tests.promises.arrays import Arms
from tests.promises.rates import widest
from tests.promises.worlds import World
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.boundary import critical, even_reports
from trimtab_server.analyse.differences import interval_between, measure
from trimtab_server.analyse.intervals import Share, Z, ratio_interval
from trimtab_server.analyse.means import mean_of
from trimtab_server.analyse.quantities import VisitorShare
from trimtab_server.analyse.returning import Again

NOISE = SubsetSelection(2, 1, 8, 1)


def drawn(draws: np.random.Generator, arms: int) -> Arms:
    total = draws.integers(1, 5_000, arms)
    hits = draws.binomial(total, draws.choice([0.0, 0.12, 0.3, 0.9, 1.0], arms))
    return Arms(hits, total, float(NOISE.keep), float(NOISE.stray))


def alone(arms: Arms, index: int) -> VisitorShare:
    return VisitorShare(Share(int(arms.hits[index]), int(arms.total[index])), NOISE.keep, NOISE.stray)


@pytest.mark.parametrize(
    ("mechanism", "values"),
    [
        (SubsetSelection(6, 1, 8, 1), (None, 1.0, 2.0, 3.0, 4.0, 5.0)),
        (SubsetSelection(6, 2, 3, 1), (None, None, None, 0.0, 0.0, 1.0)),
        (SubsetSelection(16, 2, 8, 1), (None, *map(float, range(15)))),
    ],
    ids=["one of six", "two of six", "two of sixteen"],
)
def test_every_average_is_the_servers(mechanism: SubsetSelection, values: tuple[float | None, ...]) -> None:
    here = World(np.random.default_rng(20_261_130), 150, mechanism)
    answers = mechanism.answers
    averages = here.averages([0.7, *[0.3 / (answers - 1)] * (answers - 1)], 40, values, days=2)
    spans, seen = averages.around(1.96), []

    for experiment, day in np.ndindex(averages.total.shape):
        found = mean_of(mechanism, averages.counts[experiment, day].tolist(), values)
        seen.append(found is not None)
        assert averages.told[experiment, day] == (found is not None)
        if found is not None:
            assert averages.total[experiment, day] == found.reports == 40 * (day + 1)
            assert averages.value[experiment, day] == pytest.approx(found.value)
            own = found.around(1.96)
            assert (spans.low[experiment, day], spans.high[experiment, day]) == pytest.approx((own.low, own.high))
    assert len(set(seen)) == 2


def test_every_number_is_the_servers() -> None:
    draws = np.random.default_rng(20_261_123)
    first, second = drawn(draws, 400), drawn(draws, 400)
    wide = arrays.critical(first, second, 0.05)
    gaps, ratios = arrays.differences(first, second, wide), arrays.ratios(first, second, wide)
    worst = widest(first, second, 9.0)
    single = arrays.differences(first.beside(9.0), second.beside(9.0), Z)

    for index in range(400):
        one, two = alone(first, index), alone(second, index)
        bar = critical(even_reports(one.reports, two.reports), 0.05)
        found = measure(one, two, (Again(one_look=9.0, worst=9.0),) * 2)
        assert np.broadcast_to(first.widening(9.0), 400)[index] == pytest.approx(one.widening(9.0))
        assert (found.returning.low, found.returning.high) == pytest.approx((worst.low[index], worst.high[index]))
        assert (found.single.low, found.single.high) == pytest.approx((single.low[index], single.high[index]))
        assert wide[index] == pytest.approx(bar)
        assert first.value[index] == pytest.approx(one.value)
        gap, own = interval_between(one, two, bar), one.around(bar)
        assert (gap.low, gap.high) == pytest.approx((gaps.low[index], gaps.high[index]))
        assert (own.low, own.high) == pytest.approx(
            (first.around(wide).low[index], first.around(wide).high[index]), abs=1e-12
        )
        ratio = ratio_interval(one.value, one.around(bar), two.value, two.around(bar))
        expected = (0.0, np.inf) if ratio is None else (ratio.low, ratio.high)
        assert expected == pytest.approx((ratios.low[index], ratios.high[index]))
        assert (found.returning.low, found.returning.high) == pytest.approx((worst.low[index], worst.high[index]))
