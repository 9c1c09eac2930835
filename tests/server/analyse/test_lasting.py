import pytest

from trimtab_server.analyse.lasting import days_asked, first_day


def test_a_policy_lasts_from_its_first_report_to_its_last() -> None:
    assert (first_day({100: 40, 102: 50}), days_asked({100: 40, 102: 50})) == (100, 3)
    assert days_asked({100: 1}) == 1
    assert days_asked({}) == 0


def test_a_few_reports_of_wrong_clocks_make_it_no_older() -> None:
    honest = {100: 500, 101: 400}
    assert days_asked(honest | {70: 4, 109: 5}) == days_asked(honest)
    assert first_day(honest | {70: 4}) == 100


def test_more_than_one_in_a_hundred_are_believed() -> None:
    assert days_asked({70: 11, 100: 989}) == 31


def test_without_a_report_there_is_no_first_day() -> None:
    with pytest.raises(ValueError, match="no report"):
        first_day({})
