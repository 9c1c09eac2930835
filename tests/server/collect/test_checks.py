from dataclasses import replace

import pytest

from trimtab.errors import ReportError
from trimtab.messages import Declaration, Report
from trimtab_server.collect.checks import check_report


def test_a_report_that_fits_its_policy_passes(declaration: Declaration, report: Report, today: int) -> None:
    assert check_report(report, declaration, today) == (3,)
    assert check_report(replace(report, question=1, answer=b"\x02", arm=0), declaration, today) == (1,)


def test_a_question_that_is_two_wide_wants_two_answers(declaration: Declaration, report: Report, today: int) -> None:
    wide = replace(declaration, questions=(replace(declaration.questions[0], width=2),))

    assert check_report(replace(report, answer=b"\x0a"), wide, today) == (1, 3)
    for mask in (b"\x08", b"\x0e"):
        with pytest.raises(ReportError, match="tells no 2 of 4 answers to 'reading'"):
            check_report(replace(report, answer=mask), wide, today)


@pytest.mark.parametrize("days", [-31, -1, 0, 1])
def test_a_day_from_31_days_ago_to_tomorrow_passes(
    declaration: Declaration, report: Report, today: int, days: int
) -> None:
    check_report(replace(report, day=today + days), declaration, today)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"question": 2}, "unknown_question"),
        ({"arm": 3}, "unknown_arm"),
        ({"answer": b"\x10"}, "impossible_answer"),
        ({"answer": b"\x00"}, "impossible_answer"),
        ({"answer": b"\x03"}, "impossible_answer"),
        ({"answer": b"\x08\x00"}, "impossible_answer"),
        ({"question": 1, "answer": b"\x04"}, "impossible_answer"),
        ({"day": 20_780 - 32}, "day_out_of_range"),
        ({"day": 20_780 + 2}, "day_out_of_range"),
        ({"day": 2**63}, "day_out_of_range"),
    ],
)
def test_a_number_that_the_policy_does_not_know_is_refused_with_what_and_mend(
    declaration: Declaration, report: Report, today: int, change: dict[str, object], code: str
) -> None:
    with pytest.raises(ReportError) as raised:
        check_report(replace(report, **change), declaration, today)  # type: ignore[arg-type]  # fields of a report

    assert raised.value.code == code
    assert raised.value.what
    assert raised.value.mend
