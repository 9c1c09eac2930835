"""The published tables are what the code and the data say now."""

import pytest

from tests.reading.people import needs_readers
from tests.reading.table import TABLES, made, written

pytestmark = needs_readers

SLOW = "choice"


def compare(name: str) -> None:
    assert written(name) == made(name), f"the table is out of date: run `python -m tests.reading {name}`"


@pytest.mark.parametrize("name", [name for name in TABLES if name != SLOW])
def test_the_table_is_up_to_date(name: str) -> None:
    compare(name)


@pytest.mark.proof
def test_the_choice_is_up_to_date() -> None:
    compare(SLOW)
