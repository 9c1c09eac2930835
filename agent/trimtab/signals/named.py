"""Counts: clicks on targets and events that the page names itself."""

from typing import Final

from trimtab.values import Measure

MAX_NAMES: Final = 256
"""Names are the page's; a page that makes up new ones for ever must not eat the visitor's memory."""


class Count:
    """How often one thing happened in this visit. `label` is what an explanation calls it."""

    __slots__ = ("_label", "_times")

    def __init__(self, label: str) -> None:
        self._label = label
        self._times = 0

    def update(self) -> None:
        """It happened once more."""
        self._times += 1

    def count(self, now_ms: float) -> Measure:
        """How often so far."""
        return Measure(self._label, "", self._times, now_ms)


class Counts:
    """Counts by name, of the first MAX_NAMES names."""

    __slots__ = ("_counts",)

    def __init__(self) -> None:
        self._counts: dict[str, Count] = {}

    def update(self, name: str) -> None:
        """It happened once more; a name past the limit is not counted."""
        if name not in self._counts and len(self._counts) < MAX_NAMES:
            self._counts[name] = Count(f"event {name}")
        if name in self._counts:
            self._counts[name].update()

    def count(self, name: str, now_ms: float) -> Measure:
        """How often it happened so far; 0 for a name that never did."""
        return self._counts.get(name, Count(f"event {name}")).count(now_ms)
