import math

import pytest

from trimtab_server.analyse.beliefs import believe


def test_a_belief_matches_the_one_worked_by_hand() -> None:
    # Prior deviation 0.3 x 0.1 = 0.03, estimate 0.04 +- 0.03: the mean lies half way, the deviation is 0.03 / sqrt(2).
    belief = believe(0.04, 0.03, 0.1)

    assert belief is not None
    spread = 0.03 / math.sqrt(2)
    assert belief.interval.low == pytest.approx(0.02 - 1.959964 * spread)
    assert belief.interval.high == pytest.approx(0.02 + 1.959964 * spread)
    assert belief.higher == pytest.approx(0.5 * math.erfc(-0.02 / spread / math.sqrt(2)))


@pytest.mark.parametrize("base", [0.0, -0.02])
def test_a_share_that_noise_has_pushed_to_nothing_gives_no_scale_to_doubt_by(base: float) -> None:
    assert believe(0.01, 0.02, base) is None
