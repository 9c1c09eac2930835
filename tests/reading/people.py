"""The people: one visit each of somebody who read a short text by scrolling, and how much of it they understood.

The data stand beside the checkout and never in it (they have no licence); where they are not, these tests are skipped.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

DATA: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
FILE: Final = DATA / "reading_elementary.jsonl"

needs_readers = pytest.mark.skipif(
    not DATA.is_dir(), reason="the readers' data are not beside this checkout (../shared/data); they may not be copied"
)


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """One visit: at `t_ms[i]` the window stood at `y_px[i]`, and `shares[i]` of each paragraph was in view (0..1).

    The first record is the page as it was shown; every later one is a scroll. `score` is comprehension, 0 to 3.
    """

    id: int
    text: str
    score: int
    t_ms: Sequence[float]
    y_px: Sequence[float]
    shares: Sequence[dict[int, float]]

    @property
    def end_ms(self) -> float:
        """The last record, which is where the recording ends."""
        return self.t_ms[-1]


@cache
def people() -> tuple[Person, ...]:
    """All 598, in the file's order."""
    return tuple(_person(json.loads(line)) for line in FILE.read_text(encoding="utf-8").splitlines())


def _person(fields: dict[str, Any]) -> Person:
    shares = [{int(number): pct / 100 for number, pct in seen.items()} for seen in fields["visible_pct"]]
    times = [float(t) for t in fields["t_ms"]]
    return Person(fields["id"], fields["text"], fields["score"], times, [float(y) for y in fields["y_px"]], shares)
