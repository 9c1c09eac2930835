"""Typing rhythm: when keys were pressed, never which. Off unless the policy asks for it.

Intervals above PAUSE_MS are pauses between bursts, not part of the rhythm (2 s: the threshold of keystroke-logging
research, Wengelin 2006). Mean and variability are Welford's (1962), in constant memory.
"""

import math
from typing import ClassVar, Final

from trimtab.values import Measure, Missing

PAUSE_MS: Final = 2_000
MIN_INTERVALS: Final = 5


class Typing:
    """The rhythm of all typing on the page."""

    __slots__ = ("_bursts", "_corrections", "_last_ms", "_mean_ms", "_n", "_on", "_pauses", "_squares")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_on"})
    _bursts: int
    _corrections: int
    _last_ms: float | None
    _mean_ms: float
    _n: int
    _pauses: int
    _squares: float

    def __init__(self, *, on: bool) -> None:
        self._on = on
        self._n = 0
        self._mean_ms = 0.0
        self._squares = 0.0
        self._last_ms = None
        self._bursts = 0
        self._pauses = 0
        self._corrections = 0

    def key(self, t_ms: float) -> None:
        """A key has been pressed."""
        if not self._on:
            return
        interval_ms = t_ms - self._last_ms if self._last_ms is not None else math.inf
        self._last_ms = t_ms
        if interval_ms > PAUSE_MS:
            self._bursts += 1
            self._pauses += not math.isinf(interval_ms)
            return
        self._n += 1
        delta = interval_ms - self._mean_ms
        self._mean_ms += delta / self._n
        self._squares += delta * (interval_ms - self._mean_ms)

    def correct(self) -> None:
        """An input took something back (by its `inputType`)."""
        self._corrections += self._on

    def interval_ms(self, now_ms: float) -> Measure | Missing:
        """Mean time between keys of a burst."""
        return self._rhythm("typing interval", self._mean_ms, now_ms)

    def variability_ms(self, now_ms: float) -> Measure | Missing:
        """Standard deviation of the time between keys of a burst."""
        return self._rhythm("typing variability", math.sqrt(self._squares / max(self._n - 1, 1)), now_ms)

    def bursts(self, now_ms: float) -> Measure | Missing:
        """How many runs of keys without a pause there were."""
        return self._counted("typing bursts", self._bursts, now_ms)

    def pauses(self, now_ms: float) -> Measure | Missing:
        """How many pauses there were between two bursts."""
        return self._counted("typing pauses", self._pauses, now_ms)

    def corrections(self, now_ms: float) -> Measure | Missing:
        """How often something was taken back."""
        return self._counted("typing corrections", self._corrections, now_ms)

    def _rhythm(self, name: str, value: float, now_ms: float) -> Measure | Missing:
        if self._on and self._n < MIN_INTERVALS:
            return Missing(name, f"fewer than {MIN_INTERVALS} intervals between keys")
        return Measure(name, "ms", value, now_ms) if self._on else self._off(name)

    def _counted(self, name: str, value: int, now_ms: float) -> Measure | Missing:
        return Measure(name, "", value, now_ms) if self._on else self._off(name)

    def _off(self, name: str) -> Missing:
        return Missing(name, "the policy does not observe typing; make it with Policy(…, typing=True)")
