"""Counts: clicks on targets and events that the page names itself."""

from typing import Final

from trimtab.values import Measure

MAX_NAMES: Final = 256
"""Names are the page's; a page that makes up new ones for ever must not eat the visitor's memory."""


class Counts:
    """How often each name happened."""

    __slots__ = ("_counts",)

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def update(self, name: str) -> None:
        """It happened once more. Names past the first MAX_NAMES are not counted."""
        if name in self._counts or len(self._counts) < MAX_NAMES:
            self._counts[name] = self._counts.get(name, 0) + 1

    def count(self, label: str, name: str, now_ms: float) -> Measure:
        """How often it happened in this visit."""
        return Measure(label, "", self._counts.get(name, 0), now_ms)
