"""The draw of a report: it pays first, is sealed, follows the visit, and can be seen before it goes."""

import json
from typing import Any

import pytest

from tests.agent.browser.working import PAGE, SKIM, Buffer, drawn, share, start, step, wake
from trimtab.browser import entry
from trimtab.errors import StateError
from trimtab.messages import REPORT_BYTES, unpack_answers, unpack_report
from trimtab.values import Kind


def test_the_visitor_can_see_the_report_before_it_goes() -> None:
    start()
    assert told(None) == {"left": {"today": 1, "month": 1}, "report": None, "waits_ms": None}
    budget = '{"v":1,"days":[20780]}'
    share()
    sealed = bytes.fromhex(step(7_950, PAGE, *SKIM)["report"])
    seen = told(budget, sealed)

    assert seen["left"] == {"today": 0, "month": 1}
    assert seen["report"]["answer"] == "skimmed"
    assert {name: seen["report"][name] for name in ("question", "arm", "day", "noise", "epsilon")} == {
        "question": "reading", "arm": "summaries/adaptive", "day": 20_780, "noise": [8, 1], "epsilon": 2.08
    }  # fmt: skip
    (index,) = unpack_answers(unpack_report(sealed).answer, 4) or ()
    assert seen["report"]["told"] == [seen["report"]["answers"][index]]
    assert told(budget) == seen, "the newest is what is sealed"


def test_with_the_report_comes_how_long_time_alone_is_waited_for() -> None:
    start()
    (held,) = (entry for entry in step(5_200, PAGE, *SKIM[:64])["log"] if entry.get("decision") == "held")
    assert told(None)["waits_ms"] == held["until_ms"] - 5_200 == 200
    wake(5_401)
    assert told(None)["waits_ms"] is None


def told(budget: str | None, sealed: bytes | None = None) -> dict[str, Any]:
    held = Buffer() if sealed is not None else None
    if held:
        held._bytes += sealed or b""
    return dict(json.loads(entry.report(budget, held)))


def sealed_by(ticket: str | None = None) -> bytes:
    report = share(ticket)
    assert report is not None
    return bytes.fromhex(report)


def test_with_a_ticket_there_is_a_sealed_report() -> None:
    start("summaries/static")
    step(100, PAGE)
    body = sealed_by()
    report = unpack_report(body)

    assert (len(body), report.day, report.question, report.arm) == (REPORT_BYTES, 20_780, 0, 2)


def test_the_report_has_the_id_and_the_coins_of_the_ticket() -> None:
    start()
    ticket = drawn()
    step(7_950, PAGE, *SKIM)
    report = unpack_report(sealed_by(ticket))

    assert report.id.hex() == json.loads(ticket)["id"]
    (offset,), (told,) = json.loads(ticket)["offsets"], unpack_answers(report.answer, 4) or ()
    assert told == (("none", "bounced", "skimmed", "read").index("skimmed") + offset) % 4


def test_the_report_follows_the_visit() -> None:
    start()
    step(100, PAGE)
    first = share()
    assert first is not None
    entry.names('[[0, "article-read"]]')
    later = step(5_000, (Kind.GOAL, 5_000, -1, 0, 0, 0))["report"]

    assert later is not None
    masks = [unpack_report(bytes.fromhex(body)).answer for body in (first, later)]
    (before,), (after,) = (unpack_answers(mask, 4) or () for mask in masks)
    assert (after - before) % 4 == 2
    assert unpack_report(bytes.fromhex(later)).id == unpack_report(bytes.fromhex(first)).id


def test_a_draw_is_followed_by_a_step_that_says_when_the_answer_ripens() -> None:
    start()
    step(1_000, PAGE, (Kind.LAYOUT, 0, 0, 0, 400, 90), (Kind.VISIBLE, 0, 0, 1, 0, 0))
    share()

    assert wake(1_060)["wake_at_ms"] == 2_000  # the scroll speed is known from then on
    assert wake(2_060)["wake_at_ms"] == 10_000


@pytest.mark.parametrize(
    "other",
    [{"question": 1}, {"experiment": "other"}, {"offsets": [0, 1]}, {"offsets": [4]}, {"id": "00"}, {"day": None}],
)
def test_a_ticket_that_nobody_can_have_drawn_is_refused(other: dict[str, Any]) -> None:
    start()
    ticket = json.dumps(json.loads(drawn()) | other)

    with pytest.raises(StateError):
        share(ticket)
    assert step(60_000, PAGE, *SKIM)["report"] is None


def test_without_consent_to_share_nothing_is_sealed() -> None:
    start(share=False)

    assert share() is None
