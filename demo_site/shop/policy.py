"""The Corner Shop: who hesitates at the button gets more room and a plain answer to "what if it is not right?".

Help, not pressure: nothing here counts down, and nothing is said that is not so for everybody.
"""

from trimtab import Outcome, Policy, Tunable, Visitor, adjust, seconds

shop = Policy("corner-shop")

buy_box = shop.target("buy-box", ".buy-box")
buy = shop.target("buy", ".buy")
promise = shop.target("promise", ".promise")
purchase = shop.goal("purchase")

hesitation_s = Tunable("hesitation_s", 12, low=6, high=60)


@shop.segment(enter_after=seconds(1), leave_after=seconds(2))
def hesitant(visitor: Visitor) -> bool:
    """Has had the price and the button in view for a while, and has not pressed it."""
    return visitor.dwell(buy_box).attended_s > hesitation_s and visitor.clicks(buy) == 0


roomy_button = shop.adjust("roomy-button", on=buy, when=hesitant, do=adjust.scale(1.35), cap=1)
returns_first = shop.adjust(
    "returns-first",
    on=promise,
    when=hesitant,
    do=adjust.text("Not sure? Live with it for 60 days. If it is not right, we fetch it and pay you back."),
    cap=1,
)

shop.experiment("reassure", arms={"helped": [roomy_button, returns_first], "plain": []})


@shop.question(answers=("none", "looked", "hesitated", "bought"))
def deciding(outcome: Outcome) -> str:
    """How far the visitor came. "none": the price and the button were never in view."""
    if outcome.reached(purchase):
        return "bought"
    if outcome.was(hesitant):
        return "hesitated"
    if outcome.dwell(buy_box).visits > 0:
        return "looked"
    return "none"
