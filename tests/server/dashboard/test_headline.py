from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from trimtab.messages import Arm, Declaration
from trimtab_server.analyse.results import analyse_question
from trimtab_server.dashboard.headline import TAKEN_FOR_GRANTED, Headline, headline

HOLDOUT, ADAPTIVE, STATIC = 0, 1, 2


@pytest.fixture
def declaration(declaration: Declaration) -> Declaration:
    return replace(declaration, questions=declaration.questions[:1])


def say(declaration: Declaration, counts: Mapping[int, Sequence[int]]) -> Headline:
    """The headline for counts of one question's answers (none, bounced, skimmed, read) by arm."""
    pace = dict.fromkeys([(0, HOLDOUT), (0, ADAPTIVE), (0, STATIC)], 50.0)
    results = [analyse_question(declaration, index, counts) for index in range(len(declaration.questions))]
    return headline(declaration, results, pace)


def test_without_reports_there_is_nothing_to_do_but_wait(declaration: Declaration) -> None:
    said = say(declaration, {})

    assert (said.title, said.settled) == ("No reports yet.", False)


def test_without_a_question_nothing_will_ever_come(declaration: Declaration) -> None:
    assert say(replace(declaration, questions=()), {}).title == "This policy asks no question."


def test_as_long_as_it_may_be_chance_it_cannot_be_told_and_the_nearest_result_is_named(
    declaration: Declaration,
) -> None:
    said = say(declaration, {ADAPTIVE: (20, 20, 20, 40), STATIC: (20, 20, 28, 32), HOLDOUT: (15, 15, 15, 15)})

    assert (said.title, said.settled) == ("Cannot tell yet.", False)
    [line] = said.lines
    assert line.startswith("260 reports so far. Every difference between the arms may still be chance.")
    # 0.4 of 100 against 0.25 of 60 lies 1.93 deviations from 0. With 7.225 times the reports it would be 5.19, which is
    # what 0.05 / 12 asks of one of 12 comparisons (4.35) and 0.84 for four cases of five: 6.225 x 160 = 996 more.
    assert line.endswith("\u201cread\u201d, adaptive against holdout: about 1,000 more reports, 10 days.")


def test_with_a_handful_of_reports_it_is_too_early_to_say_how_long(declaration: Declaration) -> None:
    said = say(declaration, {ADAPTIVE: (1, 0, 0, 0), STATIC: (0, 1, 0, 0), HOLDOUT: (1, 0, 0, 0)})

    assert said.lines[0].endswith("It is too early to say how many more reports it takes.")


def test_arms_that_look_alike_are_told_to(declaration: Declaration) -> None:
    said = say(declaration, dict.fromkeys((HOLDOUT, ADAPTIVE, STATIC), (50, 50, 50, 50)))

    assert said.lines[0].endswith("no realistic number of reports would tell them apart.")


def test_while_one_arm_is_missing_it_says_which(declaration: Declaration) -> None:
    said = say(declaration, {ADAPTIVE: (1, 2, 3, 4)})

    assert said.lines == ("10 reports so far. None yet from static, so there is nothing to compare with.",)


def test_a_policy_of_the_holdout_alone_has_nothing_to_compare(declaration: Declaration) -> None:
    said = say(replace(declaration, arms=(Arm("", "holdout"),)), {HOLDOUT: (1, 2, 3, 4)})

    assert "nothing to compare" in said.lines[0]


def test_a_result_is_told_in_one_sentence_with_its_numbers_below(declaration: Declaration) -> None:
    said = say(declaration, {ADAPTIVE: (200, 300, 200, 300), STATIC: (200, 300, 300, 200)})

    assert said.settled
    assert said.title == "Fewer visits end in \u201cskimmed\u201d with adaptive than with static."
    assert said.lines == (
        "In \u201creading\u201d: 17% against 33%. That is \u221216 points, likely between \u221225 and \u22126.",
    )


def test_a_result_that_returning_visitors_could_make_says_so(declaration: Declaration) -> None:
    counts = {ADAPTIVE: (200, 300, 200, 300), STATIC: (200, 300, 300, 200)}
    pace = {(0, ADAPTIVE): 50.0}
    spans = [{arm: dict.fromkeys(range(days), 1) for arm in counts} for days in (30, 300)]
    lines = [headline(declaration, [analyse_question(declaration, 0, counts, span)], pace).lines for span in spans]

    assert len(lines[0]) == 1
    assert lines[1] == (*lines[0], TAKEN_FOR_GRANTED)


def test_at_most_three_results_are_told_and_the_rest_counted(declaration: Declaration) -> None:
    arms = (Arm("", "holdout"), *(Arm("colour", name) for name in ("red", "green", "blue")))
    told = {0: (900, 0, 0, 100), 1: (100, 900, 0, 0), 2: (0, 100, 900, 0), 3: (0, 0, 100, 900)}
    said = say(replace(declaration, arms=arms), told)

    assert len(said.lines) == 4
    assert said.lines[-1] == "3 more findings below."
