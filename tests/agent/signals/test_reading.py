import math

import pytest

from trimtab.signals.attention import Attention
from trimtab.signals.reading import Reading
from trimtab.values import Kind, Measure, Missing

VIEWPORT_PX = 800.0


def reading_of(*, words: float = 640, top_px: float = 0, height_px: float = 6_400) -> tuple[Reading, Attention]:
    """A text of 640 words, a hundred pixels and ten words to a slice, under the visitor's attention from 0 on."""
    attention = Attention()
    attention.update(Kind.PAGE, 0)
    reading = Reading("story", attention)
    reading.measure(top_px, height_px, words)
    return reading, attention


def look(reading: Reading, attention: Attention, y_px: float, t_ms: float, *, visible: bool = True) -> None:
    attention.update(Kind.SCROLL, t_ms)
    reading.update(visible, y_px, VIEWPORT_PX, t_ms)


def test_words_in_view_are_seen() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)

    assert reading.words_seen(1_000) == Measure("seen of story", "words", 80, 1_000)
    assert reading.share_seen(1_000) == Measure("share seen of story", "", 8 / 64, 1_000)


def test_a_line_at_the_edge_is_seen_when_its_whole_slice_is() -> None:
    reading, attention = reading_of()
    look(reading, attention, 199, 0)

    assert reading.words_seen(0) == Measure("seen of story", "words", 80, 0)
    look(reading, attention, 200, 10)
    assert reading.words_seen(10).value == 90  # type: ignore[union-attr]  # it is known


def test_what_is_jumped_over_is_not_seen() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    look(reading, attention, 5_600, 10_000)

    assert reading.share_seen(10_000) == Measure("share seen of story", "", 16 / 64, 10_000)


def test_the_speed_is_words_passed_per_minute_of_attention() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    look(reading, attention, 400, 10_000)

    assert reading.words_per_minute(10_000) == Measure(
        "reading story", "wpm", 240, 10_000, spread=1 / 10_000, until_ms=40_000
    )
    assert reading.words_per_minute(20_000) == Measure(
        "reading story", "wpm", 120, 20_000, spread=1 / 20_000, until_ms=40_000
    )


def test_the_course_that_a_speed_tells_is_the_one_that_it_takes() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    look(reading, attention, 400, 10_000)
    now = reading.words_per_minute(10_000)
    later = reading.words_per_minute(25_000)

    assert isinstance(now, Measure)
    assert isinstance(later, Measure)
    assert later.value == pytest.approx(now.value / (1 + now.spread * 15_000), rel=1e-12)


def test_a_first_screen_that_nobody_has_moved_on_from_has_no_speed() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)

    assert reading.words_per_minute(20_000) == Missing("reading story", "none of it has been passed yet")


def test_two_seconds_of_attention_are_too_few_to_tell() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    look(reading, attention, 400, 500)

    assert reading.words_per_minute(500) == Missing("reading story", "attended for less than 2 s", 2_000)
    assert reading.words_per_minute(2_000) == Measure(
        "reading story", "wpm", 1_200, 2_000, spread=1 / 2_000, until_ms=30_500
    )


def test_a_text_out_of_view_does_not_say_when_its_speed_will_be_known() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0, visible=False)

    assert reading.words_per_minute(1_000) == Missing("reading story", "attended for less than 2 s", math.inf)


def test_a_text_that_went_out_of_view_keeps_its_speed() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    look(reading, attention, 3_200, 4_000)
    look(reading, attention, 7_000, 8_000, visible=False)

    assert reading.words_per_minute(60_000) == Measure("reading story", "wpm", 160 * 60 / 8, 60_000)


def test_time_without_attention_does_not_count() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    look(reading, attention, 400, 10_000)
    attention.update(Kind.HIDDEN, 10_000)

    assert reading.words_per_minute(90_000) == Measure("reading story", "wpm", 240, 90_000)


def test_words_that_were_not_counted_give_no_speed() -> None:
    reading, attention = reading_of(words=-1)
    look(reading, attention, 0, 0)

    assert reading.words_per_minute(5_000) == Missing("reading story", "its words have not been counted")
    assert reading.words_seen(5_000) == Missing("words of story", "they have not been counted")
    assert reading.rereads(5_000) == Missing("re-reads of story", "its words have not been counted")
    assert reading.share_seen(5_000) == Measure("share seen of story", "", 8 / 64, 5_000)


def test_a_text_that_was_not_measured_has_no_share() -> None:
    reading, attention = reading_of(height_px=0)
    look(reading, attention, 0, 0)

    assert reading.share_seen(5_000) == Missing("share of story", "it has not been measured")


def test_a_later_measurement_keeps_the_words_that_were_counted() -> None:
    reading, attention = reading_of()
    reading.measure(0, 12_800, -1)
    look(reading, attention, 0, 0)

    assert reading.words_seen(0) == Measure("seen of story", "words", 40, 0)


def test_a_text_further_down_is_seen_from_its_own_top_on() -> None:
    reading, attention = reading_of(top_px=1_000)
    look(reading, attention, 0, 0)
    assert reading.share_seen(0) == Measure("share seen of story", "", 0, 0)
    look(reading, attention, 1_000, 10)
    assert reading.share_seen(10) == Measure("share seen of story", "", 8 / 64, 10)


def test_a_text_of_any_height_is_seen_to_its_end() -> None:
    for height_px in (1, 63, 64, 799, 800, 801, 12_345.6):
        reading, attention = reading_of(height_px=height_px)
        for y_px in range(0, int(height_px) + 1, 50):
            look(reading, attention, y_px, y_px)
        assert reading.share_seen(0) == Measure("share seen of story", "", 1, 0)


def test_a_new_count_of_words_changes_nothing_about_what_was_passed_before() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    look(reading, attention, 3_200, 60_000)
    attention.update(Kind.POINTER, 60_000)
    before = reading.words_per_minute(60_000)
    seen = reading.words_seen(60_000)

    reading.measure(0, 6_400, 6_400)
    assert reading.words_per_minute(60_000) == before
    assert reading.words_seen(60_000) == seen
