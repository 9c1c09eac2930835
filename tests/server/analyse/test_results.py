import pytest

from trimtab.messages import Arm, Declaration, Named
from trimtab_server.analyse.differences import Difference, Verdict, Waiting, interval_between
from trimtab_server.analyse.estimates import estimate_answers
from trimtab_server.analyse.intervals import Interval, Z
from trimtab_server.analyse.results import QuestionResult, analyse_policy, analyse_question, comparable_arms
from trimtab_server.store.counting import Count

ARMS = (Arm("", "holdout"), Arm("summaries", "adaptive"), Arm("summaries", "static"), Arm("buttons", "big"))


def declared(*arms: Arm) -> Declaration:
    questions = (Named("reading", ("none", "skimmed", "read")), Named("bought", ("no", "yes")))
    return Declaration("news", "00" * 8, (8, 1), (), (), arms, questions, ())


def test_arms_are_compared_within_their_experiment_and_with_the_holdout_and_never_across_experiments() -> None:
    assert list(comparable_arms(declared(*ARMS))) == [(1, 2), (1, 0), (2, 0), (3, 0)]


def test_a_policy_without_experiments_has_nothing_to_compare() -> None:
    result = analyse_question(declared(Arm("", "holdout")), 0, {0: (5, 5, 5)})

    assert result.comparisons == ()
    assert result.arms[0].reports == 15


def test_every_arm_appears_also_when_nothing_came_from_it() -> None:
    result = analyse_question(declared(*ARMS), 1, {1: (10, 90), 2: (90, 10)})
    assert result.compared[1].answer == 1

    assert [arm.reports for arm in result.arms] == [0, 100, 100, 0]
    assert result.reports == 200
    assert result.arms[0].estimates == ()
    adaptive_against_static, adaptive_against_holdout = result.comparisons[:2]
    assert [getattr(answer, "verdict", None) for answer in adaptive_against_static.numbers] == [
        Verdict.LOWER,
        Verdict.HIGHER,
    ]
    assert adaptive_against_holdout.numbers == (Waiting(100, 0), Waiting(100, 0))


def test_the_days_are_added_up_and_the_questions_kept_apart() -> None:
    counts = [Count(0, 1, 100, 2, 4), Count(0, 1, 101, 2, 3), Count(0, 1, 101, 0, 1), Count(1, 1, 101, 1, 9)]

    reading, bought = analyse_policy(declared(*ARMS), counts)

    assert (reading.question, reading.reports, reading.arms[1].reports) == (0, 8, 8)
    assert reading.arms == analyse_question(declared(*ARMS), 0, {1: (1, 0, 7)}).arms
    assert (bought.question, bought.reports) == (1, 9)


def test_a_question_that_is_two_wide_counts_half_as_many_reports_as_told_answers() -> None:
    questions = (Named("reading", ("none", "skimmed", "read"), 2),)
    wide = Declaration("news", "00" * 8, (8, 1), (), (), (Arm("", "holdout"),), questions, ())
    (result,) = analyse_policy(wide, [Count(0, 0, 100, answer, told) for answer, told in enumerate((30, 50, 20))])

    assert result.mechanism.width == 2
    assert result.reports == result.arms[0].reports == 50
    assert sum(estimate.share for estimate in result.arms[0].estimates) == pytest.approx(1)


def test_the_noise_is_that_of_the_policy_and_of_the_questions_own_number_of_answers() -> None:
    result = analyse_question(declared(*ARMS), 0, {})

    assert (result.mechanism.answers, result.mechanism.a, result.mechanism.b) == (3, 8, 1)


def test_a_verdict_holds_among_all_comparisons_of_the_policy() -> None:
    counts = {1: (10, 90), 2: (90, 10), 0: (50, 50)}
    alone = analyse_question(declared(*ARMS), 1, counts)
    rows = [Count(1, arm, 100, answer, n) for arm, given in counts.items() for answer, n in enumerate(given)]
    rows += [Count(0, arm, 100, answer, 40) for arm in counts for answer in range(3)]

    _, among = analyse_policy(declared(*ARMS), rows)

    pairs = [(one.numbers[1], two.numbers[1]) for one, two in zip(alone.comparisons, among.comparisons, strict=True)]
    by_itself, with_others = pairs[0]
    assert isinstance(by_itself, Difference)
    assert isinstance(with_others, Difference)
    assert (by_itself.company, with_others.company) == (6, 15)
    assert by_itself.corrected == pytest.approx(6 * by_itself.chance)
    assert with_others.corrected == pytest.approx(15 * by_itself.chance)


def test_all_arms_together_say_how_many_visits_ended_so() -> None:
    result = analyse_question(declared(*ARMS), 1, {0: (100, 0), 1: (200, 100)})

    assert result.together == estimate_answers(result.mechanism, (300, 100))


def evenly(days: int) -> dict[int, dict[int, int]]:
    """Reports of all arms, as many on each day."""
    return {arm: dict.fromkeys(range(days), 10) for arm in range(4)}


def after(days: int) -> tuple[QuestionResult, Difference]:
    result = analyse_question(declared(*ARMS), 1, {1: (300, 100), 2: (200, 200)}, evenly(days))
    difference = result.comparisons[0].numbers[0]
    assert isinstance(difference, Difference)
    return result, difference


def test_an_interval_for_returning_visitors_is_wider_after_thirty_days_alone() -> None:
    (_, month), (_, later), (_, longest) = (after(days) for days in (30, 60, 90))

    assert month.returning == month.interval == later.interval == longest.interval
    ends = [(each.returning.low, each.returning.high) for each in (longest, later, month)]
    assert [low for low, _ in ends] == sorted({low for low, _ in ends})
    assert [high for _, high in ends] == sorted({high for _, high in ends}, reverse=True)


def test_an_interval_for_one_look_allows_for_devices_asked_again_and_lies_within_that_for_all_times() -> None:
    once, little, twice, thrice = (after(days) for days in (30, 31, 60, 90))

    for wider, narrower in ((little, once), (twice, little)):
        for interval, within in zip(one_look(*wider), one_look(*narrower), strict=True):
            assert interval.low < within.low < within.high < interval.high
    assert one_look(*thrice) == one_look(*twice)
    assert little[1].single.low == pytest.approx(once[1].single.low, rel=0.03)  # no leap overnight
    for _, difference in (once, little, twice, thrice):
        assert difference.interval.low < difference.single.low < difference.single.high < difference.interval.high
    result, difference = twice
    first, second = (result.arms[arm].numbers[0] for arm in (1, 2))
    assert first
    assert second
    assert (first.further, second.further) == (1, 1)
    assert difference.single == interval_between(first, second, Z)


def one_look(result: QuestionResult, difference: Difference) -> list[Interval]:
    assert difference.belief
    return [
        difference.single, difference.belief.interval, result.arms[1].estimates[1].interval, result.together[1].interval
    ]  # fmt: skip


def test_what_the_holdout_tells_may_be_of_one_device_for_each_experiment_and_its_intervals_allow_for_that() -> None:
    counts = {0: (300, 100), 1: (200, 200), 2: (200, 200), 3: (200, 200)}
    one, two = declared(*ARMS[:3]), declared(*ARMS)
    alone, together = (analyse_question(each, 1, counts, evenly(30)) for each in (one, two))

    assert together.arms[1] == alone.arms[1]
    narrow, wide = alone.arms[0].estimates[1], together.arms[0].estimates[1]
    assert wide.share == narrow.share
    assert wide.interval.low < narrow.interval.low < narrow.interval.high < wide.interval.high
    by_holdout = [result.comparisons[1].numbers[0] for result in (alone, together)]
    assert isinstance(by_holdout[0], Difference)
    assert isinstance(by_holdout[1], Difference)
    assert by_holdout[1].chance > by_holdout[0].chance
    assert by_holdout[1].returning == by_holdout[1].interval
