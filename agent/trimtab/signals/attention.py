"""Attention: time in which the page was shown and the visitor not idle."""

import math
from typing import ClassVar, Final

from trimtab.values import Kind, Measure, Missing

IDLE_LIMIT_MS: Final = 30_000
"""Nobody is taken to be reading after half a minute without any input: a window of 800 px holds some 120 words,
which is 30 s at 238 words a minute (Brysbaert 2019, non-fiction)."""

MIN_ATTENDED_MS: Final = 2_000
"""Below two seconds of attention an amount per time is mostly chance."""

ACTIVITY: Final = frozenset(
    {Kind.SCROLL, Kind.POINTER, Kind.ENTER, Kind.LEAVE, Kind.CLICK, Kind.KEY, Kind.FOCUS, Kind.BLUR, Kind.INPUT}
    | {Kind.PAGE, Kind.SHOWN, Kind.ROUTE}
)
STARTS_OR_STOPS: Final = ACTIVITY | {Kind.HIDDEN}


class Attention:
    """A stopwatch of the visitor's attention. Other signals read it when they start and when they stop."""

    __slots__ = ("_active_until_ms", "_counted_ms", "_counted_to_ms", "_shown")
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    _active_until_ms: float
    _counted_ms: float
    _counted_to_ms: float
    _shown: bool

    def __init__(self) -> None:
        self._shown = True
        self._counted_ms = 0.0
        self._counted_to_ms = 0.0
        self._active_until_ms = 0.0

    def update(self, kind: Kind, t_ms: float) -> None:
        """Takes every event of the page, in time order."""
        if kind not in STARTS_OR_STOPS:
            return
        self._counted_ms = self.at(t_ms)
        self._counted_to_ms = t_ms
        self._active_until_ms = t_ms + IDLE_LIMIT_MS
        if kind is Kind.HIDDEN or kind is Kind.SHOWN:
            self._shown = kind is Kind.SHOWN

    @property
    def shown(self) -> bool:
        """Whether the page is shown: not in another tab, behind another window or minimised."""
        return self._shown

    def at(self, now_ms: float) -> float:
        """Attended milliseconds from the start of the page to `now_ms`."""
        end_ms = min(now_ms, self._active_until_ms)
        if not self._shown or end_ms <= self._counted_to_ms:
            return self._counted_ms
        return self._counted_ms + (end_ms - self._counted_to_ms)

    def runs_until(self, now_ms: float) -> float | None:
        """When the stopwatch will stop if nothing happens, or None if it stands."""
        return self._active_until_ms if self._shown and now_ms < self._active_until_ms else None

    def attended_s(self, now_ms: float) -> Measure:
        """Attention to the page so far."""
        return self.stopwatch("attention", self.at(now_ms), now_ms)

    def stopwatch(self, name: str, attended_ms: float, now_ms: float, *, running: bool = True) -> Measure:
        """Attended time as a measure in seconds, which goes on while attention lasts."""
        until = self.runs_until(now_ms) if running else None
        if until is None:
            return Measure(name, "s", attended_ms / 1000, now_ms)
        return Measure(name, "s", attended_ms / 1000, now_ms, rise=0.001, until_ms=until)

    def per_time(
        self, name: str, unit: str, amount: float, spent_ms: float, now_ms: float, *, running: bool = True
    ) -> Measure | Missing:
        """`amount` over so many attended milliseconds; `running` says whether they go on while attention lasts."""
        until = self.runs_until(now_ms) if running else None
        if spent_ms < MIN_ATTENDED_MS:
            known_ms = now_ms + MIN_ATTENDED_MS - spent_ms if until else math.inf
            return Missing(name, f"attended for less than {MIN_ATTENDED_MS / 1000:g} s", known_ms)
        if until is None:
            return Measure(name, unit, amount / spent_ms, now_ms)
        return Measure(name, unit, amount / spent_ms, now_ms, spread=1 / spent_ms, until_ms=until)
