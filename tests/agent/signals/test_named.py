from trimtab.messages import MAX_NAMES
from trimtab.signals.named import MEAN_OF, Count, Counts
from trimtab.values import Measure, Missing


def test_a_count_counts() -> None:
    count = Count("clicks box")
    assert count.count(0) == Measure("clicks box", "", 0, 0)
    for _ in range(3):
        count.update()
    assert count.count(9) == Measure("clicks box", "", 3, 9)


def test_a_name_that_never_happened_counts_nothing_and_knows_no_value() -> None:
    count = Counts().of("quiz")

    assert count.count(5) == Measure("event quiz", "", 0, 5)
    assert count.last(5) == Missing("event quiz value", "it has had no value yet")
    assert count.mean(5) == Missing("event quiz mean", "it has had no value yet")


def test_values_are_the_last_one_and_the_mean_of_the_last_ten() -> None:
    counts = Counts()
    for value in range(MEAN_OF + 5):
        counts.update("quiz", float(value))
    counts.update("quiz")

    assert counts.of("quiz").count(0) == Measure("event quiz", "", 16, 0)
    assert counts.of("quiz").last(0) == Measure("event quiz value", "", 14, 0)
    assert counts.of("quiz").mean(0) == Measure("event quiz mean", "", 9.5, 0)


def test_names_are_counted_apart() -> None:
    counts = Counts()
    for name in ("a", "b", "a"):
        counts.update(name)

    assert (counts.of("a").count(0).value, counts.of("b").count(0).value) == (2, 1)


def test_a_page_that_makes_up_names_for_ever_does_not_eat_the_memory() -> None:
    counts = Counts()
    for number in range(10 * MAX_NAMES):
        counts.update(f"name{number}")
    counts.update("name0")

    assert counts.of("name0").count(0).value == 2
    assert counts.of(f"name{MAX_NAMES - 1}").count(0).value == 1
    assert counts.of(f"name{MAX_NAMES}").count(0).value == 0
