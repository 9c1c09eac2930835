from trimtab.signals.form import GLANCE_MS, Field
from trimtab.values import Measure


def field_of(*stays: tuple[float, float], inputs: int = 0) -> Field:
    """A field that had the focus from .. to, with so many inputs in the first stay."""
    field = Field("email")
    for number, (begin_ms, end_ms) in enumerate(stays):
        field.focus(begin_ms)
        for _ in range(0 if number else inputs):
            field.input(correction=False)
        field.blur(end_ms)
    return field


def test_the_time_with_the_focus_is_added_up() -> None:
    field = field_of((0, 2_000), (5_000, 6_500))

    assert field.focus_s(9_000) == Measure("focus email", "s", 3.5, 9_000)
    field.focus(10_000)
    assert field.focus_s(11_000) == Measure("focus email", "s", 4.5, 11_000, rise=0.001)


def test_whoever_comes_back_returns() -> None:
    assert field_of().returns(0) == Measure("returns to email", "", 0, 0)
    assert field_of((0, 1_000)).returns(9) == Measure("returns to email", "", 0, 9)
    assert field_of((0, 1_000), (2_000, 3_000), (4_000, 5_000)).returns(9) == Measure("returns to email", "", 2, 9)


def test_what_is_taken_back_is_a_correction() -> None:
    field = Field("email")
    for correction in (False, True, False, True):
        field.input(correction=correction)

    assert field.corrections(9) == Measure("corrections in email", "", 2, 9)


def test_a_field_left_empty_after_more_than_a_glance_is_given_up() -> None:
    assert field_of((0, GLANCE_MS)).abandoned(9) == Measure("abandoned email", "", 1, 9)
    assert field_of((0, GLANCE_MS - 1)).abandoned(9).value == 0
    assert field_of((0, 9_000), inputs=1).abandoned(9).value == 0
    assert field_of().abandoned(9).value == 0


def test_whoever_returns_has_not_given_up() -> None:
    field = field_of((0, 5_000))
    field.focus(8_000)

    assert field.abandoned(9_000).value == 0


def test_the_focus_is_taken_once_and_lost_once() -> None:
    field = Field("email")
    field.focus(1_000)
    field.focus(2_000)
    field.blur(3_000)
    field.blur(9_000)

    assert field.focus_s(9_000) == Measure("focus email", "s", 2, 9_000)
    assert field.returns(9_000).value == 0


def test_glances_do_not_add_up_and_one_does_not_take_back_what_was_given_up() -> None:
    glance_ms = GLANCE_MS - 1
    assert field_of((0, glance_ms), (2_000, 2_000 + glance_ms), (4_000, 4_000 + glance_ms)).abandoned(9).value == 0
    assert field_of((0, GLANCE_MS), (2_000, 2_001)).abandoned(9).value == 1


def test_typed_in_and_erased_counts_as_filled() -> None:
    field = Field("email")
    field.focus(0)
    field.input(correction=False)
    field.input(correction=True)
    field.blur(5_000)

    assert field.abandoned(9_000).value == 0


def test_a_hidden_page_stops_the_focus() -> None:
    field = Field("email")
    field.focus(1_000)
    field.hide(2_000)
    assert field.focus_s(3_600_000) == Measure("focus email", "s", 1, 3_600_000)

    field.show(10_000)
    field.show(11_000)
    assert field.focus_s(12_000) == Measure("focus email", "s", 3, 12_000, rise=0.001)
    field.hide(13_000)
    field.blur(14_000)
    field.show(15_000)
    assert field.focus_s(20_000) == Measure("focus email", "s", 4, 20_000)
    assert field.abandoned(20_000).value == 1
