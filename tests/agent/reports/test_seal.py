from dataclasses import replace

import pytest

from tests.agent.making import declare, news
from trimtab.messages import REPORT_BYTES, Arm, Report, unpack_report
from trimtab.reports import seal

DECLARATION = declare(news())
ID = bytes(range(16))


def test_a_sealed_report_names_policy_question_and_arm_by_the_declaration() -> None:
    body = seal(DECLARATION, report_id=ID, question=0, arm=Arm("summaries", "static"), day=20_780, answer=3)

    assert unpack_report(body) == Report(ID, bytes.fromhex(DECLARATION.hash), 0, 2, 20_780, 3)


def test_whatever_is_in_it_a_sealed_report_has_one_size() -> None:
    bodies = [
        seal(DECLARATION, report_id=ID, question=question, arm=arm, day=day, answer=answer)
        for question in (0, 255, 70_000)
        for arm in DECLARATION.arms
        for day in (0, 20_780, 2**31)
        for answer in (0, 255)
    ]

    assert {len(body) for body in bodies} == {REPORT_BYTES}


def test_an_arm_that_was_not_declared_cannot_be_reported() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        seal(DECLARATION, report_id=ID, question=0, arm=Arm("", "everyone"), day=0, answer=0)


def test_another_policy_is_told_apart_by_its_hash() -> None:
    other = replace(DECLARATION, hash="00" * 8)
    bodies = {
        seal(declared, report_id=ID, question=0, arm=Arm("", "holdout"), day=0, answer=0)
        for declared in (DECLARATION, other)
    }

    assert len(bodies) == 2
