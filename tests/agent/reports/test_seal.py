from dataclasses import replace

import pytest

from tests.agent.making import declare, news
from trimtab.messages import REPORT_BYTES, Arm, Named, Report, unpack_report
from trimtab.reports import seal

DECLARATION = declare(news())
ID = bytes(range(16))


def test_a_sealed_report_names_policy_question_and_arm_by_the_declaration() -> None:
    body = seal(DECLARATION, report_id=ID, question=0, arm=Arm("summaries", "static"), day=20_780, told={3})

    assert unpack_report(body) == Report(ID, bytes.fromhex(DECLARATION.hash), 0, 2, 20_780, b"\x08")


def test_whatever_is_in_it_a_sealed_report_has_one_size() -> None:
    grid = Named("cell", tuple(map(str, range(256))), 28)
    declared = replace(DECLARATION, questions=(*DECLARATION.questions, *[grid] * 256))
    bodies = [
        seal(declared, report_id=ID, question=question, arm=arm, day=day, told=told)
        for question in (0, 1, 256)
        for arm in DECLARATION.arms
        for day in (0, 20_780, 2**31)
        for told in ([0], range(4), range(256) if question else ())
    ]

    assert {len(body) for body in bodies} == {REPORT_BYTES}


def test_an_arm_that_was_not_declared_cannot_be_reported() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        seal(DECLARATION, report_id=ID, question=0, arm=Arm("", "everyone"), day=0, told={0})


def test_another_policy_is_told_apart_by_its_hash() -> None:
    other = replace(DECLARATION, hash="00" * 8)
    bodies = {
        seal(declared, report_id=ID, question=0, arm=Arm("", "holdout"), day=0, told={0})
        for declared in (DECLARATION, other)
    }

    assert len(bodies) == 2
