from fractions import Fraction

from tests.server.analyse.plan_making import effect
from trimtab import Outcome, Policy, adjust
from trimtab_server.analyse.alternatives import Alternative, Instead, Wanted
from trimtab_server.analyse.compared import Group
from trimtab_server.analyse.effects import ShareEffect
from trimtab_server.analyse.planning import Aim, Looking
from trimtab_server.analyse.plans import NOISES, Plan, plan_policy, shown_noises
from trimtab_server.analyse.reach import Audience

PACE = 5000


def make_policy(*, questions: int = 1, experiments: int = 1, answers: int = 4, **settings: float) -> Policy:
    policy = Policy("shop")
    target = policy.target("buy", ".buy")
    for number in range(experiments):
        name = f"e{number}"
        shown = policy.adjust(
            name, on=target, when=lambda v: v.clicks(target) > 0, do=adjust.add_class(name), group="g"
        )
        policy.experiment(name, arms={"big": [shown], "plain": []}, coverage=settings.get("coverage", 1.0))

    def ask(_outcome: Outcome) -> str:
        return "none"

    for number in range(questions):
        ask.__name__ = f"q{number}"
        policy.question(answers=("none", *(f"a{n}" for n in range(answers - 1))))(ask)
    return policy


def plan_first(policy: Policy, wanted: ShareEffect, *, per_day: int | None = PACE, most_days: int = 90) -> Plan:
    effects = [Wanted(policy.questions[0], "", Group.ALL, wanted)]
    audience = Audience(Fraction(3, 10), per_day=per_day)
    return next(iter(plan_policy(policy, effects, audience, Aim(), most_days)))


def ways(plan: Plan) -> dict[Instead, int | None]:
    return {way.way: way.days for way in plan.instead if way.way is not Instead.WEAKER_NOISE}


def test_a_noise_of_ones_own_stands_among_the_others() -> None:
    assert shown_noises((8, 1)) == shown_noises((16, 2)) == NOISES
    assert shown_noises((5, 1)) == [(3, 1), (5, 1), (8, 1), (20, 1), (55, 1)]


def test_the_policy_s_noise_is_found_also_as_another_fraction() -> None:
    policy = make_policy()
    policy.noise = (16, 2)
    assert plan_first(policy, effect("5", "7")).yours.noise == (8, 1)


def test_a_site_is_too_small_beyond_the_days_that_its_owner_would_wait() -> None:
    plan = plan_first(make_policy(), effect("5", "6"))
    days = plan.yours.days[Looking.DAILY]
    assert days is not None
    assert plan_first(make_policy(), effect("5", "6"), most_days=days).too_small is False
    smaller = plan_first(make_policy(), effect("5", "6"), most_days=days - 1)
    assert smaller.too_small is True
    assert smaller.instead
    assert not plan_first(make_policy(), effect("5", "6"), most_days=days).instead


def test_nothing_is_too_small_while_nobody_says_how_many_come() -> None:
    plan = plan_first(make_policy(), effect("5", "5.01"), per_day=None)
    assert (plan.paced, plan.too_small, plan.soon, plan.instead) == (False, False, None, ())


def test_every_way_is_open_to_a_policy_that_asks_much() -> None:
    policy = make_policy(questions=2, experiments=2, coverage=0.5)
    plan = plan_first(policy, effect("5", "5.5"))

    assert list(ways(plan)) == [way for way in Instead if way not in (Instead.WEAKER_NOISE, Instead.UNPARTED)]


def test_what_a_policy_does_already_is_not_advised() -> None:
    plan = plan_first(make_policy(answers=2), effect("40", "40.5"))

    assert list(ways(plan)) == [Instead.ONCE]


def test_each_way_takes_the_days_of_a_policy_that_is_so() -> None:
    wanted = effect("5", "5.5")
    much = ways(plan_first(make_policy(questions=2, experiments=2, coverage=0.5), wanted))

    def days(policy: Policy) -> int | None:
        return plan_first(policy, wanted).yours.days[Looking.DAILY]

    assert much[Instead.ALONE] == days(make_policy(experiments=2, coverage=0.5))
    assert much[Instead.ONE_EXPERIMENT] == days(make_policy(questions=2, coverage=0.5))
    some = ways(plan_first(make_policy(coverage=0.5), wanted))
    assert some[Instead.WHOLE] == days(make_policy())
    assert much[Instead.ALL] == days(make_policy(answers=2))
    assert ways(plan_first(make_policy(), wanted))[Instead.TWO_ANSWERS] == days(make_policy(answers=2))


def test_weaker_noise_takes_the_days_of_its_column() -> None:
    plan = plan_first(make_policy(), effect("5", "5.5"))

    weaker = [(way.noise, way.days) for way in plan.instead if way.way is Instead.WEAKER_NOISE]
    columns = {need.noise: need.days[Looking.DAILY] for need in plan.needs}
    assert weaker == [(noise, columns[noise]) for noise in ((20, 1), (55, 1))]


def test_one_look_takes_the_days_of_its_row() -> None:
    plan = plan_first(make_policy(), effect("5", "5.5"))

    assert Alternative(Instead.ONCE, (8, 1), plan.yours.days[Looking.ONCE]) in plan.instead


def test_a_common_thing_is_advised_with_the_same_effect_in_percent() -> None:
    rare = plan_first(make_policy(), effect("5", "5.5"), most_days=1)
    common = plan_first(make_policy(), effect("30", "33"), most_days=1)

    assert ways(rare)[Instead.COMMON] == common.yours.days[Looking.DAILY]
    assert Instead.COMMON not in ways(common)
    assert Instead.COMMON not in ways(plan_first(make_policy(), effect("5", "20"), per_day=2))


def test_the_effect_that_shows_within_a_month_does_so_in_thirty_days() -> None:
    plan = plan_first(make_policy(), effect("5", "5.5"))
    assert isinstance(plan.soon, ShareEffect)

    month = plan_first(make_policy(), plan.soon)
    assert month.yours.days[Looking.DAILY] == 30
