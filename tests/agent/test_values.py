import re
from pathlib import Path

import pytest

from trimtab.values import Command, Consent, Event, Kind, Measure

PAGE_MESSAGES = Path(__file__).parents[2] / "agent" / "trimtab" / "browser" / "page" / "messages.js"


def test_the_page_and_python_number_the_kinds_alike() -> None:
    constants = re.findall(r"^export const ([A-Z]+) = (\d+);", PAGE_MESSAGES.read_text(encoding="utf-8"), re.MULTILINE)
    numbers = {name: int(number) for name, number in constants if name != "COLUMNS"}

    assert numbers == {kind.name: kind.value for kind in Kind}


def test_nothing_is_permitted_until_somebody_says_so() -> None:
    assert Consent() == Consent(observe=False, adapt=False, remember=False, share=False)


@pytest.mark.parametrize(
    "value", [Event(Kind.KEY, 0.0), Measure("speed", "px/s", 1.0, 0.0), Command(0, True)], ids=repr
)
def test_what_travels_between_stages_cannot_be_changed(value: object) -> None:
    names: tuple[str, ...] = getattr(value, "_fields", ()) or getattr(value, "__slots__", ())
    assert names
    for name in names:
        with pytest.raises(AttributeError):
            setattr(value, name, 1)
    assert not hasattr(value, "__dict__")
