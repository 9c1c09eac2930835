"""What the visitor sees of a report is what is in its bytes."""

from dataclasses import replace

from tests.agent.making import declare, news
from trimtab.messages import Arm
from trimtab.privacy.disclosure import disclose
from trimtab.privacy.ticket import Ticket, draw_ticket
from trimtab.reports import seal

ARM = Arm("summaries", "static")
ID = b"sixteen bytes ok"


def ticket(*offsets: int) -> Ticket:
    drawn = draw_ticket(news(), 20_780, lambda count: ID if count == 16 else bytes(count))
    assert drawn is not None
    return replace(drawn, offsets=offsets)


def sealed(by: Ticket, truth: int) -> bytes:
    return seal(declare(news()), report_id=ID, question=0, arm=ARM, day=by.day, told=by.noised(truth))


def test_the_answer_is_told_before_the_noise_and_after_it() -> None:
    lying = ticket(3)
    told = disclose(lying, sealed(lying, 2), ARM, 2)

    assert told is not None
    assert (told.question, told.answer, told.told) == ("reading", "skimmed", ("bounced",))
    assert told.answers == ("none", "bounced", "skimmed", "read")
    assert (told.arm, told.day, told.noise, told.epsilon) == ("summaries/static", 20_780, (8, 1), 2.08)


def test_a_report_that_has_left_says_what_it_said_also_when_the_visit_goes_on() -> None:
    honest = ticket(0)
    told = disclose(honest, sealed(honest, 1), ARM, 3)

    assert told is not None
    assert (told.answer, told.told) == ("bounced", ("bounced",))


def test_where_the_coins_tell_two_truths_alike_the_visits_own_is_told_or_none() -> None:
    pair = ticket(0, 2)
    body = sealed(pair, 1)

    assert [told.answer for truth in (1, 3, 0) if (told := disclose(pair, body, ARM, truth))] == [
        "bounced", "read", None
    ]  # fmt: skip


def test_bytes_that_are_no_report_of_this_ticket_tell_nothing() -> None:
    other = replace(ticket(0), id=b"another sixteen.")

    assert disclose(other, sealed(ticket(0), 1), ARM, 1) is None
    assert disclose(other, b"\x80" * 128, ARM, 1) is None
