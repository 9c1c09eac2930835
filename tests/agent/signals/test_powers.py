import struct

import pytest

from trimtab.signals.powers import half_to_the


@pytest.mark.parametrize("whole", range(60))
def test_whole_powers_of_a_half_are_exact(whole: int) -> None:
    assert half_to_the(whole) == 1 / 2**whole


@pytest.mark.parametrize("power", [0.05, 0.1, 1 / 3, 0.5, 0.999, 1.5, 7.25, 33.3])
def test_powers_in_between_are_right_to_the_last_digits(power: float) -> None:
    assert half_to_the(power) == pytest.approx(0.5**power, rel=1e-15)


def test_a_power_beyond_all_numbers_is_nothing() -> None:
    assert half_to_the(1e9) == 0


@pytest.mark.parametrize(("power", "bits"), [(0.05, "3feee8f34dd8042f"), (1 / 3, "3fe965fea53d6e3c")])
def test_the_bits_are_the_same_wherever_this_runs(power: float, bits: str) -> None:
    assert struct.pack(">d", half_to_the(power)).hex() == bits
