"""Whether each arm has as many reports as the policy's draw gives it, in words."""

from dataclasses import dataclass
from typing import Final

from trimtab.messages import Declaration
from trimtab.privacy.budget import MONTH_DAYS
from trimtab_server.analyse.arrivals import Arrivals, Arrived
from trimtab_server.dashboard.numbers import arm_names
from trimtab_server.dashboard.words import day_name

SAYS: Final = {
    Arrived.AS_DECLARED: "Each arm has about as many as the policy’s draw gives it.",
    Arrived.SKEWED: "The arms do not have as many as the policy’s draw gives them. Chance does that less than once in "
    "1,000 times. Trust no comparison until you know why: an arm that fails, that drives visitors away, or that "
    "somebody makes reports up for.",
    Arrived.TOO_FEW: "Too few to say whether each arm has as many as the policy’s draw gives it.",
    Arrived.NOT_DECLARED: "This policy was built before policies said how many each arm should have.",
}


@dataclass(frozen=True, slots=True)
class ArmArrivals:
    """One arm: how many reports came, and how many were expected ('' if nobody knows)."""

    arm: str
    reports: str
    expected: str


@dataclass(frozen=True, slots=True)
class Balance:
    """All arms, the holdout among them. `skewed`: nothing on the page can be trusted."""

    summary: str
    skewed: bool
    arms: tuple[ArmArrivals, ...]


def balance(declaration: Declaration, arrivals: Arrivals) -> Balance:
    """What the check of the arms' numbers found."""
    expected = [f"{round(number):,}" for number in arrivals.expected] or [""] * len(arrivals.reports)
    rows = zip(arm_names(declaration), arrivals.reports, expected, strict=True)
    return Balance(
        summary=SAYS[arrivals.verdict] + _clearest(arrivals),
        skewed=arrivals.verdict is Arrived.SKEWED,
        arms=tuple(ArmArrivals(name, f"{reports:,}", wanted) for name, reports, wanted in rows),
    )


def _clearest(arrivals: Arrivals) -> str:
    """Where to look for the cause, if a month is further off than all together."""
    if arrivals.verdict is not Arrived.SKEWED or arrivals.month is None:
        return ""
    return f" It is clearest in the {MONTH_DAYS} days from {day_name(arrivals.month)} on."
