import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trimtab.privacy.budget import MONTH_DAYS, REPORTS_A_MONTH, UNKNOWN, Exhausted, Left, Spent, asked, left, pair_of
from trimtab.privacy.budget import spend as spend_on

DAY = 20_780
PAIR = 7


def spend(record: str | None, day: int, pair: int = PAIR) -> Spent | Exhausted:
    return spend_on(record, day, pair)


def record_of(*days: int) -> str:
    return json.dumps({"v": 1, "days": list(days)})


def test_the_first_report_starts_the_record() -> None:
    assert spend(None, DAY) == Spent('{"v":1,"days":[20780],"asked":[7]}')


def test_a_report_is_added_to_those_of_other_days() -> None:
    assert spend(record_of(DAY - 3, DAY - 1), DAY) == Spent('{"v":1,"days":[20777,20779,20780],"asked":[-1,-1,7]}')


def test_there_is_one_report_a_day() -> None:
    assert spend(record_of(DAY), DAY) == Exhausted("1 report a day, and today's is made")


def test_there_are_ten_reports_in_thirty_days() -> None:
    days = range(DAY - 10, DAY)

    assert spend(record_of(*days), DAY) == Exhausted("10 reports in 30 days are made")
    assert spend(record_of(*days), DAY + 19) == Exhausted("10 reports in 30 days are made")
    assert isinstance(spend(record_of(*days), DAY + 20), Spent)


def test_days_that_are_long_past_are_forgotten() -> None:
    assert spend(record_of(DAY - 30, DAY - 29), DAY) == Spent('{"v":1,"days":[20751,20780],"asked":[-1,7]}')


def test_a_clock_that_was_set_back_buys_nothing_until_it_has_caught_up() -> None:
    record = record_of(DAY)
    refused = Exhausted("1 report a day, and today's is made")

    assert [spend(record, day) for day in (DAY - 1_000, DAY - 1, DAY)] == [refused] * 3
    assert isinstance(spend(record, DAY + 1), Spent)


@pytest.mark.parametrize(
    "record",
    [
        "",
        "null",
        "{",
        "[]",
        "[20780]",
        '"20780"',
        "{}",
        '{"v":1}',
        '{"v":2,"days":[]}',
        '{"days":[]}',
        '{"v":1,"days":null}',
        '{"v":1,"days":{}}',
        '{"v":1,"days":["20780"]}',
        '{"v":1,"days":[20780.0]}',
        '{"v":1,"days":[true]}',
        '{"v":1,"days":[NaN]}',
        '{"v":1,"days":[20780],"asked":[]}',
        '{"v":1,"days":[20780],"asked":["7"]}',
        '{"v":1,"days":[20780],"asked":null}',
        '{"v":1,"days":[20779],"asked":{}}',
        "[" * 200_000,
        '{"v":1,"days":[' + "9" * 5_000 + "]}",
    ],
    ids=lambda record: record[:30],
)
def test_a_record_that_cannot_be_read_counts_as_spent(record: str) -> None:
    assert spend(record, DAY) == Exhausted("the record of earlier reports cannot be read")


@given(st.text('{}[]:,"0123456789vdays.-', max_size=60))
@example('{"v":1,"days":[-5]}')
def test_no_text_whatever_makes_more_than_one_report_a_day(record: str) -> None:
    first = spend(record, DAY)

    assert isinstance(first, Exhausted) or isinstance(spend(first.record, DAY), Exhausted)


@given(st.lists(st.integers(-40, 80), max_size=200))
def test_whatever_the_clock_does_no_thirty_days_hold_more_than_ten_reports(visits: list[int]) -> None:
    record, made = None, []
    for day in visits:
        answer = spend(record, DAY + day)
        if isinstance(answer, Spent):
            record = answer.record
            made.append(DAY + day)

    assert made == sorted(set(made))
    for day in made:
        assert sum(day <= other < day + MONTH_DAYS for other in made) <= REPORTS_A_MONTH
    assert record is None or len(json.loads(record)["days"]) <= REPORTS_A_MONTH


def test_a_visitor_of_every_day_makes_a_third_of_the_reports() -> None:
    record, made = None, 0
    for day in range(DAY, DAY + 300):
        answer = spend(record, day)
        if isinstance(answer, Spent):
            record, made = answer.record, made + 1

    assert made == 100


@pytest.mark.parametrize(
    ("record", "today", "month"),
    [
        (None, 1, 10),
        (record_of(DAY), 0, 9),
        (record_of(DAY - 29, DAY - 1), 1, 8),
        (record_of(DAY - 30), 1, 10),
        (record_of(*range(DAY - 10, DAY)), 0, 0),
        (record_of(DAY + 1), 0, 9),
        ("{", 0, 0),
    ],
)
def test_what_is_left_is_what_spending_would_give(record: str | None, today: int, month: int) -> None:
    assert left(record, DAY) == Left(today, month)
    assert isinstance(spend(record, DAY), Spent) == (today > 0)


def test_what_was_asked_is_told_for_thirty_days() -> None:
    first = spend(None, DAY, 5)
    assert isinstance(first, Spent)
    second = spend(first.record, DAY + 29, 6)
    assert isinstance(second, Spent)

    assert asked(second.record, DAY + 29) == {5, 6}
    assert asked(second.record, DAY + 30) == {6}
    assert asked(record_of(DAY), DAY + 1) == {UNKNOWN}
    assert asked(None, DAY) == asked("{", DAY) == frozenset()


def test_a_pair_goes_by_its_names() -> None:
    pairs = [pair_of("site", question, about) for question in ("read", "depth") for about in ("", "size", "colour")]
    assert len({*pairs, pair_of("shop", "read", "")}) == 7
    assert pair_of("site", "read", "size") == pairs[1]


def test_the_fullest_record_is_still_read() -> None:
    record = None
    for day in range(DAY, DAY + 10):
        spent = spend(record, day, 2**32 - 1)
        assert isinstance(spent, Spent)
        record = spent.record
    assert len(asked(record, DAY + 10)) == 1
    assert len(record or "") < 250
