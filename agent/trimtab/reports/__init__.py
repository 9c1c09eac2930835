"""Reports: the one message that leaves a device, sealed in advance and replaced while the visit goes on."""

from collections.abc import Collection

from trimtab.messages import Arm, Declaration, Report, pack_answers, pack_report

__all__ = ["seal"]


def seal(
    declaration: Declaration, *, report_id: bytes, question: int, arm: Arm, day: int, told: Collection[int]
) -> bytes:
    """The report, ready to leave: always one size; `told` is noised already, all else carries no behaviour."""
    answer = pack_answers(told, len(declaration.questions[question].answers))
    policy = bytes.fromhex(declaration.hash)
    return pack_report(Report(report_id, policy, question, declaration.arms.index(arm), day, answer))
