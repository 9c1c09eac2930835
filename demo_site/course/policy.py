"""The Small Course: after two wrong answers a smaller step comes first; then the exercise itself comes back."""

from trimtab import Outcome, Policy, Visitor, adjust, seconds

course = Policy("small-course")

exercise = course.target("exercise", ".exercise")
solved = course.goal("solved")


@course.segment(enter_after=seconds(0), leave_after=seconds(1))
def struggling(visitor: Visitor) -> bool:
    """Was wrong twice, and has not taken the smaller step yet."""
    return visitor.event("quiz-wrong").count >= 2 and visitor.event("step-solved").count == 0


smaller_step = course.adjust(
    "smaller-step",
    on=exercise,
    when=struggling,
    do=adjust.swap("easier"),
    # It answers a press of "Check": it must come while the eye is still there, and the pointer is still there, too.
    debounce=seconds(0),
    show_for=seconds(0),
    under_pointer=True,
    cap=1,
)

course.experiment("help", arms={"step": [smaller_step], "same": []})


@course.question(answers=("none", "tried", "stuck", "solved"))
def solving(outcome: Outcome) -> str:
    """Whether the exercise itself was solved: the smaller step does not count, or the arms could not be compared."""
    if outcome.reached(solved):
        return "solved"
    if outcome.event("quiz-wrong").count >= 2:
        return "stuck"
    if outcome.event("quiz-wrong").count >= 1:
        return "tried"
    return "none"
