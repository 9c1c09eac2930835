from trimtab_server.analyse.lasting import days_asked, first_day


def test_a_policy_lasts_from_its_first_report_to_its_last() -> None:
    dated = [(100, 20), (102, 50), (100, 20)]
    assert (first_day(dated), days_asked(dated)) == (100, 3)
    assert days_asked([(100, 1)]) == 1


def test_a_few_reports_of_wrong_clocks_make_it_no_older() -> None:
    honest = [(100, 500), (101, 400)]
    assert days_asked([*honest, (70, 4), (109, 5)]) == days_asked(honest) == 2
    assert first_day([*honest, (70, 4)]) == 100


def test_more_than_one_in_a_hundred_are_believed() -> None:
    assert days_asked([(70, 11), (100, 989)]) == 31


def test_without_a_report_it_has_not_begun() -> None:
    assert (first_day([]), days_asked([])) == (None, 0)
