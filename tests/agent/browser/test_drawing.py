"""The draw of a report: it pays first, is sealed, follows the visit, and can be seen before it goes."""

import json
from typing import Any

import pytest

from tests.agent.browser.working import PAGE, SKIM, Buffer, draw, install, start, step, wake
from trimtab.browser import entry
from trimtab.messages import REPORT_BYTES, unpack_answers, unpack_report
from trimtab.policy import Policy
from trimtab.values import Kind


def test_the_visitor_can_see_the_report_before_it_goes() -> None:
    start()
    assert told(None) == {"left": {"today": 1, "month": 10}, "report": None, "waits_ms": None}
    budget = draw()["budget"]
    sealed = bytes.fromhex(step(7_950, PAGE, *SKIM)["report"])
    seen = told(budget, sealed)

    assert seen["left"] == {"today": 0, "month": 9}
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


def test_a_draw_pays_first_and_seals_a_report() -> None:
    start("summaries/static")
    step(100, PAGE)
    drawn = draw()

    assert drawn["budget"] == '{"v":1,"days":[20780]}'
    assert drawn["why"] == ""
    body = bytes.fromhex(drawn["report"])
    report = unpack_report(body)
    assert (len(body), report.day, report.question, report.arm) == (REPORT_BYTES, 20_780, 0, 2)


def test_two_draws_have_nothing_in_common() -> None:
    start()
    first = unpack_report(bytes.fromhex(draw()["report"]))
    start()
    second = unpack_report(bytes.fromhex(draw()["report"]))

    assert first.id != second.id


def test_the_report_follows_the_visit() -> None:
    start()
    step(100, PAGE)
    first = draw()["report"]
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
    draw()

    assert wake(1_060)["wake_at_ms"] == 2_000  # the scroll speed is known from then on
    assert wake(2_060)["wake_at_ms"] == 10_000


@pytest.mark.parametrize(
    ("budget", "why"),
    [
        ('{"v":1,"days":[20780]}', "1 report a day, and today's is made"),
        ("damaged", "the record of earlier reports cannot be read"),
    ],
)
def test_a_budget_that_is_spent_or_cannot_be_read_means_no_report(budget: str, why: str) -> None:
    start()

    assert draw(budget) == {"budget": None, "report": None, "why": why}
    assert step(60_000, PAGE, *SKIM)["report"] is None


def test_a_policy_that_asks_nothing_spends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = Policy("silent", built_in=[])
    install(monkeypatch, policy)
    start("everyone", policy)

    assert draw() == {"budget": None, "report": None, "why": "the policy asks no question"}


def test_without_consent_to_share_a_draw_pays_and_seals_nothing() -> None:
    start(share=False)

    assert draw()["report"] is None
