import pytest

from trimtab_server.analyse.many import holm


def test_holm_matches_the_one_worked_by_hand() -> None:
    # Smallest first: 4 x 0.005, 3 x 0.01, 2 x 0.03, 1 x 0.04, which may not be less than the one before.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_a_chance_stays_a_chance_and_one_alone_stays_as_it_is() -> None:
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([0.03]) == [0.03]
    assert holm([]) == []
