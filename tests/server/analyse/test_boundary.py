import pytest

from trimtab_server.analyse.boundary import TUNED_REPORTS, chance_at_most, critical, even_reports


@pytest.mark.parametrize("reports", [50, 5_000, 200_000])
@pytest.mark.parametrize("level", [0.05, 0.001])
def test_a_difference_on_the_boundary_has_the_chance_that_the_boundary_is_for(reports: int, level: float) -> None:
    assert chance_at_most(critical(reports, level), reports) == pytest.approx(level)


def test_the_boundary_is_narrowest_near_the_number_of_reports_that_it_is_tuned_for() -> None:
    widths = {reports: critical(reports, 0.05) for reports in range(1000, 20_000, 100)}

    assert min(widths, key=lambda reports: widths[reports]) == pytest.approx(TUNED_REPORTS, rel=0.1)
    assert min(widths.values()) == pytest.approx(3.035, abs=0.001)
    assert critical(10 * TUNED_REPORTS, 0.05) / critical(TUNED_REPORTS, 0.05) == pytest.approx(1.07, abs=0.005)
    assert critical(TUNED_REPORTS / 10, 0.05) / critical(TUNED_REPORTS, 0.05) == pytest.approx(1.26, abs=0.02)


def test_no_difference_has_every_chance() -> None:
    assert chance_at_most(0, 1000) == 1.0


def test_uneven_arms_tell_as_much_as_fewer_even_ones() -> None:
    assert even_reports(500, 500) == 1000
    assert even_reports(900, 100) == pytest.approx(360)
