from collections import Counter
from fractions import Fraction
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab import Outcome, Policy, Visitor, adjust
from trimtab.privacy.budget import MONTH_DAYS, Left, Spent, asked, spend
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.privacy.ticket import _weighted, draw_ticket, left_to_ask, subject_of

DAY = 20_780
ID = b"sixteen bytes ok"


def never(_: Visitor) -> bool:
    return False


def made_of(*weights: int, experiments: int = 0, answers: int = 3) -> Policy:
    """A policy with a question of each weight, and so many experiments."""
    policy = Policy("asking", built_in=[])
    box = policy.target("box", "#box")
    for number, weight in enumerate(weights):

        def asker(_: Outcome) -> str:
            return "none"

        asker.__name__ = f"question{number}"
        policy.question(answers=["none", *map(str, range(1, answers))], weight=weight)(asker)
    for number in range(experiments):
        shown = policy.adjust(f"a{number}", on=box, when=never, do=adjust.add_class("x"))
        policy.experiment(f"e{number}", arms={"on": [shown], "off": []})
    return policy


class Source:
    """Gives these bytes, and the id where sixteen are asked for; notes what it was asked."""

    def __init__(self, *draws: int) -> None:
        self.draws = list(draws)
        self.asked: list[int] = []

    def __call__(self, count: int) -> bytes:
        self.asked.append(count)
        return ID if count == 16 else bytes(self.draws.pop(0) for _ in range(count))


def test_a_policy_without_questions_draws_nothing() -> None:
    source = Source()

    assert draw_ticket(made_of(), DAY, source) is None
    assert source.asked == []


def test_a_ticket_holds_question_experiment_coins_and_an_id_of_its_own() -> None:
    policy = made_of(1, 1, experiments=2)
    ticket = draw_ticket(policy, DAY, Source(1, 0, 9))

    assert ticket is not None
    assert (ticket.id, ticket.day, ticket.question, ticket.experiment) == (
        ID, DAY, policy.questions[1], policy.experiments[0]
    )  # fmt: skip
    assert ticket.mechanism == SubsetSelection(3, 1, 8, 1)
    assert ticket.offsets == (2,)
    assert [ticket.noised(truth) for truth in range(3)] == [{2}, {0}, {1}]


def test_without_experiments_a_ticket_is_about_everyone() -> None:
    ticket = draw_ticket(made_of(1), DAY, Source(0))

    assert ticket is not None
    assert ticket.experiment is None


def test_the_noise_is_that_of_the_policy_and_of_its_question() -> None:
    policy = Policy("noisy", noise=(5, 2))

    @policy.question(answers=("none", "some", "many", "most"))
    def amount(_: Outcome) -> str:
        return "none"

    ticket = draw_ticket(policy, DAY, Source(10))

    assert ticket is not None
    assert ticket.mechanism == SubsetSelection(4, 1, 5, 2)
    assert ticket.offsets == (3,)


def test_of_many_answers_a_ticket_tells_as_many_as_make_the_least_error() -> None:
    ticket = draw_ticket(made_of(1, answers=16), DAY, Source(0))

    assert ticket is not None
    assert ticket.mechanism == SubsetSelection(16, 2, 8, 1)
    assert ticket.offsets == (0, 1)
    assert ticket.noised(15) == {15, 0}


def test_each_question_is_drawn_exactly_as_often_as_its_weight_says() -> None:
    policy = made_of(1, 2, 5)
    tickets = [draw_ticket(policy, DAY, Source(draw, 0)) for draw in range(8)]
    drawn = Counter(ticket.question.name for ticket in tickets if ticket)

    assert drawn == {"question0": 1, "question1": 2, "question2": 5}


def test_a_draw_beyond_the_weights_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="the draw is not below the sum of the weights"):
        _weighted(made_of(1, 2).questions, 3)


def test_question_experiment_and_coins_are_drawn_independently_and_exactly() -> None:
    policy = made_of(1, 3, experiments=2)
    mechanism = SubsetSelection(3)
    counted: Counter[tuple[int, str, int]] = Counter()
    for draws in product(range(4), range(2), range(mechanism.modulus)):
        ticket = draw_ticket(policy, DAY, Source(*draws))
        assert ticket is not None
        assert ticket.experiment is not None
        counted[ticket.question.index, ticket.experiment.name, ticket.offsets[0]] += 1

    total = counted.total()
    for (question, _, offset), times in counted.items():
        chance = Fraction([1, 3][question], 4) * Fraction(1, 2) * (mechanism.stray if offset else mechanism.keep)
        assert Fraction(times, total) == chance
    assert len(counted) == 2 * 2 * 3


def pair(policy: Policy, question: int, experiment: int) -> int:
    return subject_of(policy, policy.questions[question], policy.experiments[experiment])


def test_what_was_asked_is_not_drawn_and_the_rest_keeps_its_weights() -> None:
    policy = made_of(1, 3, 2, experiments=2)
    made = [pair(policy, 1, 0), pair(policy, 2, 0), pair(policy, 2, 1)]
    drawn = Counter(
        (ticket.question.index, ticket.experiment and ticket.experiment.name)
        for draws in product(range(4), range(2))
        if (ticket := draw_ticket(policy, DAY, Source(*draws, 0), made))
    )
    # Question 1 has one experiment left, and randbelow(1) reads no byte that matters; question 2 is asked no more.
    assert drawn == {(0, "e0"): 1, (0, "e1"): 1, (1, "e1"): 6}


def test_when_all_is_asked_nothing_is_drawn() -> None:
    policy = made_of(1, 3)
    made = [subject_of(policy, question, None) for question in policy.questions]

    assert draw_ticket(policy, DAY, Source(), made) is None
    ticket = draw_ticket(policy, DAY, Source(0, 0, 0), made[:1])
    assert ticket is not None
    assert ticket.question is policy.questions[1]


def test_no_more_is_left_than_there_is_to_ask() -> None:
    policy = made_of(1, 1, experiments=2)
    spent = spend(None, DAY, pair(policy, 0, 1))
    assert isinstance(spent, Spent)

    assert left_to_ask(policy, None, DAY) == Left(1, 4)
    assert left_to_ask(policy, spent.record, DAY) == Left(0, 3)
    assert left_to_ask(policy, spent.record, DAY + 1) == Left(1, 3)
    assert left_to_ask(made_of(), None, DAY) == Left(0, 0)
    assert left_to_ask(made_of(*[1] * 20), None, DAY) == Left(1, 10)


@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=4),
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(-1, 40), st.booleans()), max_size=80),
    st.integers(0, 10**6),
)
def test_whatever_comes_no_pair_is_drawn_twice_in_thirty_days(
    weights: list[int], experiments: int, visits: list[tuple[int, bool]], seed: int
) -> None:
    policies = [made_of(*weights, experiments=experiments), made_of(*weights, 1, experiments=experiments + 1)]
    source = Random(seed).randbytes  # noqa: S311  simulated visitors
    record, day = None, DAY
    made: dict[int, list[int]] = {}
    for later, changed in visits:  # the clock may be set back, the policy may change and change back
        day += later
        policy = policies[changed]
        ticket = draw_ticket(policy, day, source, asked(record, day))
        if ticket is None:
            continue
        subject = subject_of(policy, ticket.question, ticket.experiment)
        spent = spend(record, day, subject)
        if isinstance(spent, Spent):
            record = spent.record
            made.setdefault(subject, []).append(day)

    for days in made.values():
        assert all(second - first >= MONTH_DAYS for first, second in pairwise(days))
