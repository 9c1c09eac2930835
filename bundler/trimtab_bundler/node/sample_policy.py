"""One of everything a policy can declare: what the core needs of the standard library whatever the site."""

from trimtab import Outcome, Policy, Visitor, adjust, seconds

sample = Policy("sample")
text = sample.target("text", ".text")
seen = sample.goal("seen")


@sample.segment(enter_after=seconds(1), leave_after=seconds(1))
def scrolling(visitor: Visitor) -> bool:
    """True in the sample visit."""
    return visitor.scroll.speed_px_s > 100


large = sample.adjust("large", on=text, when=scrolling, do=adjust.add_class("large"))
sample.experiment("size", arms={"large": [large], "same": []})


@sample.question(answers=("none", "seen"))
def saw(outcome: Outcome) -> str:
    """Whether the goal was reached."""
    return "seen" if outcome.reached(seen) else "none"
