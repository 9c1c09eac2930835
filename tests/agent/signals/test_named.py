from trimtab.keeping import keep, put_back
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

    assert list(counts.carry()) == [f"name{number}" for number in range(9 * MAX_NAMES, 10 * MAX_NAMES)]
    assert counts.dropped == 9 * MAX_NAMES


def test_a_name_that_was_read_is_never_forgotten() -> None:
    counts = Counts()
    counts.of("quiz")
    counts.update("quiz")
    for number in range(10 * MAX_NAMES):
        counts.update(f"name{number}")
    counts.update("quiz")

    assert counts.of("quiz").count(0).value == 2
    assert len(counts.carry()) == MAX_NAMES


def test_a_name_that_is_read_has_room_after_a_flood_of_others_also_once_it_was_kept() -> None:
    before, counts = Counts(), Counts()
    for number in range(MAX_NAMES):
        before.update(f"name{number}")
    before.of("quiz")
    before.update("quiz")
    put_back(counts, keep(before), "counts")
    for number in range(MAX_NAMES):
        counts.update(f"late{number}")

    assert counts.of("quiz").count(0).value == 1
    assert counts.dropped == 1 + MAX_NAMES


def test_where_every_name_was_read_a_new_one_is_not_counted() -> None:
    counts = Counts()
    for number in range(MAX_NAMES):
        counts.of(f"name{number}")
        counts.update(f"name{number}")
    counts.update("late")

    assert counts.of("late").count(0).value == 0
    assert counts.of("name0").count(0).value == 1
    assert counts.dropped == 1
