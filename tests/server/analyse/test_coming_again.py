"""What real devices are asked when they come again: all arms alike, so nothing differs that does not differ."""

from random import Random
from typing import Final

from trimtab import Outcome, Policy, adjust
from trimtab.experiments import assign
from trimtab.privacy.budget import Spent, asked, spend
from trimtab.privacy.ticket import draw_ticket, subject_of
from trimtab_server.analyse.arrivals import Arrived, check_arrivals
from trimtab_server.analyse.differences import Difference, Verdict
from trimtab_server.analyse.results import analyse_policy
from trimtab_server.analyse.totals import count_reports
from trimtab_server.store.counting import Count

DEVICES: Final = 3_000
FIRST_DAY: Final = 20_780
OFTEN: Final = (1, 1, 3)
"""One device in three comes on three days."""
YES: Final = (0.2, 0.5, 0.5)
"""Who comes again says yes more often than who comes first, whatever the arm."""


def site() -> Policy:
    policy = Policy("shop", holdout=0.3)
    target = policy.target("buy", ".buy")
    for name in ("size", "colour"):
        shown = policy.adjust(name, on=target, when=lambda v: v.clicks(target) > 0, do=adjust.add_class(name))
        policy.experiment(name, arms={"plain": [], "other": [shown]})

    @policy.question(answers=("none", "yes"))
    def bought(_outcome: Outcome) -> str:
        return "none"

    return policy


def reported(policy: Policy, draws: Random) -> list[Count]:
    """One count for each report."""
    arms, counts = policy.declaration("00" * 8).arms, []
    for number in range(DEVICES):
        record, assignment = None, assign(policy, f"{number:032x}")
        for day in range(OFTEN[number % len(OFTEN)]):
            today = FIRST_DAY + day
            ticket = draw_ticket(policy, today, draws.randbytes, asked(record, today))
            if ticket is None:
                break
            spent = spend(record, today, subject_of(policy, ticket.question, ticket.experiment))
            assert isinstance(spent, Spent)
            record = spent.record
            (told,) = ticket.noised(int(draws.random() < YES[day]))
            counts.append(Count(0, arms.index(assignment.arm_of(ticket.experiment)), today, told, 1))
    return counts


def test_of_two_experiments_no_arm_differs_from_the_holdout_because_visitors_come_again() -> None:
    policy = site()
    declaration = policy.declaration("00" * 8)
    counts = reported(policy, Random(20261130))  # noqa: S311  simulated visitors

    [result] = analyse_policy(declaration, counts)
    found = [number for pair in result.comparisons for number in pair.numbers]
    assert len(found) == 6
    for difference in found:
        assert isinstance(difference, Difference)
        assert difference.verdict is Verdict.CANNOT_TELL
        assert 0 in difference.single
    arrivals = check_arrivals(declaration, count_reports(declaration, counts))
    assert arrivals.verdict is Arrived.AS_DECLARED
    assert arrivals.chance > 0.05
