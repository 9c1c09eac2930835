import math
from collections.abc import Callable
from copy import replace

import pytest

from trimtab import Tunable
from trimtab.errors import Unknown
from trimtab.values import Measure, Missing
from trimtab.watching import Comparison, Notebook, Watched

STILL = Measure("clicks story", "", 3.0, 1000.0)
SPEED = Measure("reading story", "wpm", 612.0, 1000.0)
STOPWATCH = Measure("dwell story", "s", 4.0, 1000.0, rise=0.001, until_ms=31_000.0)
FALLING = Measure("reading story", "wpm", 600.0, 1000.0, spread=1 / 3000, until_ms=31_000.0)
"""600 wpm after 3 s of attention: 600 / (1 + t / 3000) from now on."""


def watch(measure: Measure) -> tuple[Watched, Notebook]:
    notebook = Notebook()
    return notebook.watch(measure), notebook


@pytest.mark.parametrize(
    ("compare", "held", "words"),
    [
        (lambda n: n > 450, True, "reading story 612 wpm > 450"),
        (lambda n: n > 612, False, "reading story 612 wpm ≤ 612"),
        (lambda n: n >= 612, True, "reading story 612 wpm ≥ 612"),
        (lambda n: n >= 613, False, "reading story 612 wpm < 613"),
        (lambda n: n < 700, True, "reading story 612 wpm < 700"),
        (lambda n: n < 612, False, "reading story 612 wpm ≥ 612"),
        (lambda n: n <= 612, True, "reading story 612 wpm ≤ 612"),
        (lambda n: n <= 0.125, False, "reading story 612 wpm > 0.125"),
        (lambda n: n == 612, True, "reading story 612 wpm = 612"),
        (lambda n: n == 450, False, "reading story 612 wpm ≠ 450"),
        (lambda n: n != 450, True, "reading story 612 wpm ≠ 450"),
        (lambda n: n != 612, False, "reading story 612 wpm = 612"),
        (bool, True, "reading story 612 wpm ≠ 0"),
        (lambda n: 450 < n, True, "reading story 612 wpm > 450"),  # noqa: SIM300  a site owner may write it so
        (lambda n: n > Tunable("skim_wpm", 450, low=300, high=700), True, "reading story 612 wpm > 450"),
        (lambda n: Tunable("skim_wpm", 450, low=300, high=700) < n, True, "reading story 612 wpm > 450"),
    ],
)
def test_a_comparison_says_in_words_how_it_came_out(compare: Callable[[Watched], bool], held: bool, words: str) -> None:
    number, notebook = watch(SPEED)

    assert compare(number) is held
    assert notebook.explain(held) == words


def test_the_explanation_names_the_comparisons_that_speak_for_the_result() -> None:
    notebook = Notebook()
    slow, clicks = notebook.watch(SPEED), notebook.watch(STILL)
    result = not slow > 700 and clicks > 2

    assert result
    assert notebook.explain(True) == "clicks story 3 > 2"
    assert notebook.explain(False) == "reading story 612 wpm ≤ 700"


def test_all_comparisons_speak_if_none_came_out_like_the_result() -> None:
    number, notebook = watch(SPEED)
    result = not number < 700

    assert not result
    assert notebook.explain(False) == "reading story 612 wpm < 700"


def test_a_rule_that_compares_nothing_says_so_and_is_as_strong_as_can_be() -> None:
    assert (Notebook().explain(True), Notebook().strength(True)) == ("the rule compares no number", 1.0)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0"), (3.0, "3"), (0.12345, "0.123"), (99.94, "99.9"), (99.96, "100"), (1234.5, "1234"), (-0.5, "-0.5")],
)
def test_numbers_are_written_as_people_write_them(value: float, words: str) -> None:
    number, notebook = watch(replace(STILL, value=value))

    assert number < 10_000
    assert notebook.explain(True) == f"clicks story {words} < 10000"


def test_strength_is_the_smallest_margin_among_the_deciding_comparisons() -> None:
    notebook = Notebook()
    number = notebook.watch(replace(STILL, value=100.0))

    assert number > 50
    assert number > 80
    assert not number > 101
    assert notebook.strength(True) == 0.2
    assert notebook.strength(False) == 1 / 101


@pytest.mark.parametrize(
    ("value", "threshold", "margin"),
    [(0.0, 0.0, 0.0), (0.0, 5.0, 1.0), (5.0, 0.0, 1.0), (5.0, 5.0, 0.0), (-4.0, 4.0, 1.0), (3.0, 4.0, 0.25)],
)
def test_a_margin_is_the_distance_as_a_share_of_the_larger_number(
    value: float, threshold: float, margin: float
) -> None:
    assert Comparison(replace(STILL, value=value), ">", threshold, held=False).margin == margin


def test_a_number_that_is_not_known_raises_and_says_when_it_may_be() -> None:
    notebook = Notebook()

    with pytest.raises(Unknown, match="scroll speed is not known yet: watched for less than 2 s"):
        notebook.watch(Missing("scroll speed", "watched for less than 2 s", 2000.0))
    assert notebook.turns_at_ms() == 2000.0


# When a comparison turns without any event


@pytest.mark.parametrize(
    ("measure", "compare", "turns_at_ms"),
    [
        (STILL, lambda n: n > 2, math.inf),
        (STILL, lambda n: n > 3, math.inf),
        (replace(STILL, until_ms=3000.0), lambda n: n > 5, 3000.0),
        (STOPWATCH, lambda n: n > 10, 7000.0),
        (STOPWATCH, lambda n: n >= 10, 7000.0),
        (STOPWATCH, lambda n: n < 10, 7000.0),
        (STOPWATCH, lambda n: n == 10, 7000.0),
        (STOPWATCH, lambda n: n > 3, 31_000.0),
        (STOPWATCH, lambda n: n > 100, 31_000.0),
        (FALLING, lambda n: n > 450, 2000.0),
        (FALLING, lambda n: n < 450, 2000.0),
        (FALLING, lambda n: n > 700, 31_000.0),
        (FALLING, lambda n: n > 0, 31_000.0),
        (replace(STOPWATCH, rise=-0.002), lambda n: n > 1, 2500.0),
        (replace(FALLING, rise=0.1), lambda n: n > 450, 4000.0),
        (replace(FALLING, rise=0.1), lambda n: n > 300, 31_000.0),
    ],
)
def test_a_comparison_turns_where_the_course_of_its_number_crosses_the_threshold(
    measure: Measure, compare: Callable[[Watched], bool], turns_at_ms: float
) -> None:
    number, notebook = watch(measure)
    compare(number)

    assert notebook.turns_at_ms() == pytest.approx(turns_at_ms, rel=1e-12)


RISING, STANDING = STOPWATCH, replace(STILL, until_ms=31_000.0)
SINKING = replace(STOPWATCH, rise=-0.001)


@pytest.mark.parametrize(
    ("measure", "compare", "turns"),
    [
        (RISING, lambda n: n > 4, True),
        (RISING, lambda n: n >= 4, False),
        (RISING, lambda n: n < 4, False),
        (RISING, lambda n: n <= 4, True),
        (RISING, lambda n: n == 4, True),
        (RISING, lambda n: n != 4, True),
        (SINKING, lambda n: n > 4, False),
        (SINKING, lambda n: n >= 4, True),
        (SINKING, lambda n: n < 4, True),
        (SINKING, lambda n: n <= 4, False),
        (STANDING, lambda n: n > 3, False),
        (STANDING, lambda n: n <= 3, False),
    ],
)
def test_a_number_that_stands_on_its_threshold_turns_at_once_if_it_moves_across(
    measure: Measure, compare: Callable[[Watched], bool], turns: bool
) -> None:
    number, notebook = watch(measure)
    compare(number)

    assert notebook.turns_at_ms() == (math.nextafter(1000.0, math.inf) if turns else 31_000.0)


def test_the_earliest_comparison_says_when_the_rule_is_asked_again() -> None:
    notebook = Notebook()
    assert notebook.watch(STOPWATCH) < 10
    assert notebook.watch(FALLING) > 450

    assert notebook.turns_at_ms() == pytest.approx(2000.0)


# Derived numbers


@pytest.mark.parametrize(
    ("derive", "value", "words"),
    [
        (lambda n: n + 1, 5.0, "(dwell story + 1)"),
        (lambda n: 1 + n, 5.0, "(dwell story + 1)"),
        (lambda n: n - 1, 3.0, "(dwell story - 1)"),
        (lambda n: n * 2.5, 10.0, "dwell story * 2.5"),
        (lambda n: 2.5 * n, 10.0, "dwell story * 2.5"),
        (lambda n: n / 2, 2.0, "dwell story * 0.5"),
        (lambda n: (n + 1) * 2, 10.0, "(dwell story + 1) * 2"),
    ],
)
def test_a_derived_number_says_what_it_was_made_from(
    derive: Callable[[Watched], Watched], value: float, words: str
) -> None:
    number, notebook = watch(STOPWATCH)

    assert derive(number) == value
    assert notebook.explain(True) == f"{words} {value:g} s = {value:g}"


@pytest.mark.parametrize("measure", [STOPWATCH, FALLING, replace(FALLING, rise=0.1)])
@pytest.mark.parametrize(
    "derive",
    [lambda n: n + 100, lambda n: n - 2, lambda n: n * 3, lambda n: n / 4, lambda n: (n - 1) * 2 + 1],
)
def test_a_derived_number_goes_on_as_the_one_it_was_made_from(
    measure: Measure, derive: Callable[[Watched], Watched]
) -> None:
    later_ms = 500.0
    later = (measure.value + measure.rise * later_ms) / (1 + measure.spread * later_ms)
    expected, _ = watch(replace(measure, value=later))
    threshold = derive(expected)._measure.value

    number, notebook = watch(measure)
    assert derive(number) != threshold

    assert notebook.turns_at_ms() == pytest.approx(measure.at_ms + later_ms)


# Misuse


def test_a_number_cannot_be_taken_out_of_what_watches_it() -> None:
    with pytest.raises(TypeError, match="compare reading story directly: a number taken out of it could not be expl"):
        float(watch(SPEED)[0])


def test_two_moving_numbers_cannot_be_compared() -> None:
    number, _ = watch(SPEED)

    with pytest.raises(TypeError, match="compare each number with a limit of its own"):
        number > watch(STILL)[0]  # noqa: B015  the comparison itself is what is tested


def test_a_number_is_compared_with_numbers_only() -> None:
    with pytest.raises(TypeError, match="compare a measured number with a number, not with str"):
        watch(SPEED)[0] > "450"  # type: ignore[operator]  # noqa: B015  as above


def test_a_number_cannot_serve_as_a_key() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(watch(SPEED)[0])


def test_a_number_shows_itself_to_who_debugs_a_policy() -> None:
    assert repr(watch(SPEED)[0]) == "<reading story: 612 wpm>"
