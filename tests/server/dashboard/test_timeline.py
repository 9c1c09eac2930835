from trimtab_server.dashboard.timeline import DAYS_SHOWN, timeline


def test_days_add_up_over_questions_and_arms_and_end_today() -> None:
    chart = timeline({(0, 0, 20_779): 3, (1, 2, 20_779): 1, (0, 0, 20_778): 2}, 20_780)

    assert [day.reports for day in chart.days[-3:]] == [2, 4, 0]
    assert (len(chart.days), chart.most, chart.days[-1].name) == (DAYS_SHOWN, 4, "23 Nov 2026")
    assert [day.height for day in chart.days[-3:]] == [50.0, 100.0, 0.0]
    assert chart.summary == "6 reports from 25 Oct 2026 to 23 Nov 2026, at most 4 a day (22 Nov 2026)."


def test_an_old_policy_is_shown_up_to_its_last_report() -> None:
    assert timeline({(0, 0, 20_000): 3}, 20_780).days[-1].name == "4 Oct 2024"


def test_a_report_dated_tomorrow_is_on_the_chart() -> None:
    assert timeline({(0, 0, 20_781): 3}, 20_780).days[-1].reports == 3


def test_without_reports_the_chart_is_flat() -> None:
    chart = timeline({}, 20_780)

    assert chart.most == 0
    assert chart.summary == "0 reports from 25 Oct 2026 to 23 Nov 2026."
