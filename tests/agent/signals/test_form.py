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
