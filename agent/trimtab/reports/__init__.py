"""Reports: the one message that leaves a device, sealed in advance and replaced while the visit goes on."""

from trimtab.messages import Arm, Declaration, Report, pack_report

__all__ = ["seal"]


def seal(declaration: Declaration, *, report_id: bytes, question: int, arm: Arm, day: int, answer: int) -> bytes:
    """The report, ready to leave: always one size; `answer` is already noised, all else carries no behaviour."""
    policy = bytes.fromhex(declaration.hash)
    return pack_report(Report(report_id, policy, question, declaration.arms.index(arm), day, answer))
