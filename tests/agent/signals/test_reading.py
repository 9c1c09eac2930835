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


def look(
    reading: Reading, attention: Attention, y_px: float, t_ms: float, *, visible: bool = True, moved: bool = True
) -> None:
    attention.update(Kind.SCROLL, t_ms)
    reading.update(visible, y_px, VIEWPORT_PX, t_ms, moved=moved)


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


def test_what_a_jump_takes_out_of_the_window_is_seen_but_not_passed() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    look(reading, attention, 3_200, 10_000, moved=False)
    assert reading.words_per_minute(10_000) == Missing("reading story", "none of it has been passed yet")

    look(reading, attention, 3_400, 60_000)
    assert number(reading.words_per_minute(60_000)) == 20 * 60 / 40  # idle after half a minute
    assert number(reading.words_seen(60_000)) == 80 + 100


def test_what_was_jumped_away_from_is_passed_once_it_is_left_by_a_movement() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    look(reading, attention, 3_200, 10_000, moved=False)
    look(reading, attention, 0, 20_000, moved=False)
    assert number(reading.rereads(20_000)) == 0
    look(reading, attention, 400, 60_000)

    assert number(reading.words_per_minute(60_000)) == 40 * 60 / 50


def test_nothing_is_seen_passed_or_reread_while_the_page_is_hidden() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    look(reading, attention, 400, 30_000)
    attention.update(Kind.HIDDEN, 60_000)
    for y_px in (1_000, 2_000, 0, 800, 1_200):
        look(reading, attention, y_px, 70_000)
    assert [number(reading.words_seen(80_000)), number(reading.rereads(80_000))] == [120, 0]
    assert number(reading.words_per_minute(80_000)) == 40

    attention.update(Kind.SHOWN, 80_000)
    look(reading, attention, 1_200, 80_000, moved=False)
    assert number(reading.words_seen(80_000)) == 200
    assert number(reading.words_per_minute(80_000)) == 40


def test_words_that_are_added_have_not_been_seen() -> None:
    reading, attention = reading_of()
    for y_px in range(0, 6_401, 400):
        look(reading, attention, y_px, 60_000 * y_px / 6_400)
    speed = number(reading.words_per_minute(60_000))
    assert [number(reading.share_seen(60_000)), speed] == [1, 640]

    reading.measure(0, 12_800, 1_280)
    look(reading, attention, 6_400, 60_000, moved=False)
    assert number(reading.share_seen(60_000)) == 0.5 + 4 / 64
    assert number(reading.words_per_minute(60_000)) == 640
    look(reading, attention, 7_200, 120_000)
    assert number(reading.words_per_minute(120_000)) == pytest.approx(80 * 60 / 90 + 640 * 60 / 90)


def test_a_text_that_grows_word_by_word_is_counted_once() -> None:
    reading, attention = reading_of(words=100, height_px=1_000)
    look(reading, attention, 0, 0)
    for words in range(101, 2_001):
        reading.measure(0, 10.0 * words, words)
        look(reading, attention, 0, words, moved=False)

    assert number(reading.words_seen(3_000)) == pytest.approx(80, abs=2 * 100 / 64)
    assert number(reading.share_seen(3_000)) == pytest.approx(0.04, abs=2 / 32)


def test_two_slices_of_a_text_that_has_doubled_are_one() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    reading.measure(0, 12_800, 1_280)
    look(reading, attention, 100, 10)
    assert number(reading.words_seen(10)) == 80

    look(reading, attention, 200, 20)
    assert number(reading.words_seen(20)) == 100


def test_words_that_are_taken_away_were_at_the_end() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    reading.measure(0, 1_600, 160)

    assert number(reading.share_seen(0)) == 0.5
    assert number(reading.words_seen(0)) == 80


def test_another_height_of_the_same_words_is_a_new_flow_of_lines() -> None:
    reading, attention = reading_of()
    look(reading, attention, 0, 0)
    reading.measure(0, 3_200, 640)

    assert number(reading.share_seen(0)) == 8 / 64


def number(reading: Measure | Missing) -> float:
    assert isinstance(reading, Measure)
    return reading.value
