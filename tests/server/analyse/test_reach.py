from fractions import Fraction

import pytest

from trimtab import Outcome, Policy, Visitor, adjust, seconds
from trimtab_server.analyse.reach import Audience, Contrast, company_of, contrasts, question_share
from trimtab_server.analyse.results import analyse_policy


def make_policy(*, holdout: float = 0.1) -> Policy:
    return Policy("shop", holdout=holdout)


def add_experiment(
    policy: Policy,
    name: str,
    *,
    weights: tuple[float, ...] | None = None,
    coverage: float = 1.0,
    namespace: tuple[str, float, float] | None = None,
) -> None:
    target = policy.target(f"{name}-target", ".t")
    shown = policy.adjust(
        f"{name}-big", on=target, when=lambda v: v.clicks(target) > 0, do=adjust.add_class("big"), cooldown=seconds(1)
    )
    policy.experiment(name, arms={"plain": [], "big": [shown]}, weights=weights, coverage=coverage, namespace=namespace)


def shares(contrast: Contrast) -> tuple[Fraction, Fraction]:
    return contrast.shown.share, contrast.plain.share


def test_two_even_arms_share_what_the_holdout_leaves() -> None:
    policy = make_policy()
    add_experiment(policy, "size")

    by_control, by_holdout = contrasts(policy)

    assert (str(by_control), str(by_holdout)) == ("size/big against plain", "size/big against holdout")
    assert (by_control.by_holdout, by_holdout.by_holdout) == (False, True)
    assert shares(by_control) == (Fraction(9, 20), Fraction(9, 20))
    assert shares(by_holdout) == (Fraction(9, 20), Fraction(1, 10))


def test_weights_coverage_and_namespace_take_their_part_and_leave_the_holdout_alone() -> None:
    policy = make_policy(holdout=0.2)
    add_experiment(policy, "size", weights=(0.25, 0.75), coverage=0.5, namespace=("layout", 0.0, 0.4))

    by_control, by_holdout = contrasts(policy)

    assert shares(by_control) == (Fraction(12, 100), Fraction(4, 100))
    assert by_holdout.plain.share == Fraction(1, 5)


def test_of_two_experiments_each_has_half_of_the_reports_but_the_holdout_has_all_of_its_own() -> None:
    policy = make_policy()
    add_experiment(policy, "size")
    add_experiment(policy, "colour")

    size, colour, size_by_holdout, _ = contrasts(policy)

    assert shares(size) == shares(colour) == (Fraction(9, 40), Fraction(9, 40))
    assert shares(size_by_holdout) == (Fraction(9, 40), Fraction(1, 10))
    assert (size.shown.again, size_by_holdout.plain.again) == (Fraction(1, 2), Fraction(1, 2))
    assert (size.shown.together, size_by_holdout.plain.together) == (1, 2)


def test_without_an_experiment_everyone_is_compared_with_the_holdout() -> None:
    (contrast,) = contrasts(make_policy())

    assert str(contrast) == "everyone against holdout"
    assert shares(contrast) == (Fraction(9, 10), Fraction(1, 10))


def test_arms_that_show_nothing_are_not_compared() -> None:
    policy = make_policy()
    policy.experiment("twins", arms={"a": [], "b": []})

    assert contrasts(policy) == ()


def test_a_third_as_a_float_is_a_third() -> None:
    policy = make_policy()
    add_experiment(policy, "size", weights=(1 / 3, 2 / 3))

    assert shares(contrasts(policy)[0]) == (Fraction(6, 10), Fraction(3, 10))


def test_a_question_has_its_weight_of_the_reports() -> None:
    policy = make_policy()

    @policy.question(answers=("none", "yes"), weight=3)
    def first(_outcome: Outcome) -> str:
        return "none"

    assert question_share(policy, first) == 1

    @policy.question(answers=("none", "yes"))
    def second(_outcome: Outcome) -> str:
        return "none"

    assert (question_share(policy, first), question_share(policy, second)) == (Fraction(3, 4), Fraction(1, 4))


@pytest.mark.parametrize("coverage", [1.0, 0.5])
@pytest.mark.parametrize("experiments", [0, 1, 3])
def test_the_company_is_all_that_the_dashboard_compares(experiments: int, coverage: float) -> None:
    policy = make_policy()
    for number in range(experiments):
        add_experiment(policy, f"e{number}", coverage=coverage)

    @policy.question(answers=("none", "a", "b", "c"))
    def first(_outcome: Outcome) -> str:
        return "none"

    @policy.question(answers=("none", "yes"))
    def second(_outcome: Outcome) -> str:
        return "none"

    @policy.segment(enter_after=seconds(1), leave_after=seconds(1))
    def deep(visitor: Visitor) -> bool:
        return visitor.scroll.depth > 0

    @policy.ask_rating()
    def stars(_outcome: Outcome) -> None:
        return None

    @policy.ask_number(buckets=(1, 2), by=deep)
    def price(_outcome: Outcome) -> None:
        return None

    policy.ask_cell()
    results = analyse_policy(policy.declaration("0123456789abcdef"), [])
    compared = sum(len(comparison.numbers) for result in results for comparison in result.comparisons)
    for question in (first, second):
        company = company_of(policy, question, "e0" if experiments else "")
        assert company.count == compared


@pytest.mark.parametrize(
    ("days", "chance", "reports"),
    [(1, "1", "3/10"), (10, "1/10", "3/100"), (10, "1", "3/100"), (20, "1/20", "3/400"), (30, "1/20", "1/200")],
)
def test_a_device_reports_ten_times_a_month_and_once_about_the_same(days: int, chance: str, reports: str) -> None:
    assert Audience(Fraction(3, 10), days).reports_about(Fraction(chance)) == Fraction(reports)


@pytest.mark.parametrize("given", [(Fraction(0), 1), (Fraction(11, 10), 1), (Fraction(1), 0), (Fraction(1), 31)])
def test_an_impossible_audience_is_refused(given: tuple[Fraction, int]) -> None:
    with pytest.raises(ValueError, match="nobody is planned for"):
        Audience(*given)
