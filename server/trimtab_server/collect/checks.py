"""Whether a report can be one of a policy's: every number in it is looked up in what the policy declares."""

from trimtab.errors import ReportError
from trimtab.messages import Declaration, Report, unpack_answers
from trimtab_server.store.counting import DAYS_AHEAD, DAYS_BACK

REBUILT = "clear the page's cache, so that tag and policy are of one build"


def check_report(report: Report, declaration: Declaration, today: int) -> tuple[int, ...]:
    """The answers that it tells. Raises ReportError for a question, arm, set of answers or day that cannot be.

    `today` is in days since 1970, UTC.
    """
    questions, arms = declaration.questions, declaration.arms
    if report.question >= len(questions):
        raise ReportError("unknown_question", f"question {report.question} of {len(questions)}", mend=REBUILT)
    if report.arm >= len(arms):
        raise ReportError("unknown_arm", f"arm {report.arm} of {len(arms)}", mend=REBUILT)
    question = questions[report.question]
    told = unpack_answers(report.answer, len(question.answers))
    if told is None or len(told) != question.width:
        what = f"{report.answer.hex()} tells no {question.width} of {len(question.answers)} answers"
        raise ReportError("impossible_answer", f"{what} to {question.name!r}", mend=REBUILT)
    if not today - DAYS_BACK <= report.day <= today + DAYS_AHEAD:
        raise day_out_of_range(report.day, today - DAYS_BACK, today + DAYS_AHEAD)
    return told


def unknown_policy(site: str, policy_hash: str) -> ReportError:
    """The refusal of a report whose policy was never served here for that site."""
    mend = "serve the pack it was built into once, so that the policy is remembered"
    return ReportError("unknown_policy", f"policy {policy_hash} of site {site[:64]!r}", mend=mend)


def day_out_of_range(day: int, first: int, last: int) -> ReportError:
    """The refusal of a report that is too old to tell a repeat, or from the future."""
    what = f"day {day} is not in {first}..{last} (days since 1970, UTC)"
    return ReportError("day_out_of_range", what, mend="set the clock of the device, or of the server")
