"""Smoothing of a regular series, in constant memory: `update(x)` with each new value, then `get()`.

Four classics; a policy chooses one. Each has its counterpart in pandas, which the tests compare with: `rolling.mean`,
`ewm(halflife, adjust=False).mean`, `rolling.median`, and Hampel's filter (Hampel 1974; scaled MAD 1.4826).
"""

from typing import ClassVar, Final, Protocol

from trimtab.declared import Smoothing
from trimtab.signals.powers import half_to_the

MAD_SCALE: Final = 1.4826
"""Makes the median absolute deviation of normal values their standard deviation."""
NEGLIGIBLE: Final = 0.5
"""An exponential average below this share of the series' unit is not worth waking up for."""
NOTHING: Final = 1e-12
"""Below this share of the unit it is taken for zero, so that a rest of hours is one leap."""


class Smoother(Protocol):
    """What all of them do."""

    def update(self, x: float) -> None:
        """Takes the next value of the series."""

    def get(self) -> float:
        """The smoothed value now; 0 before the first update."""

    def settled(self) -> bool:
        """Whether further zeros would change nothing any more."""

    def quiet(self) -> bool:
        """Whether further zeros would change nothing that anybody waits for."""


class Window:
    """The last `size` values."""

    __slots__ = ("_next", "_size", "values")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_size"})
    _next: int
    values: list[float]

    def __init__(self, size: int) -> None:
        self._size = size
        self._next = 0
        self.values = []

    def push(self, x: float) -> None:
        """Takes a value; the oldest one goes if there are more than `size`."""
        if len(self.values) < self._size:
            self.values.append(x)
        else:
            self.values[self._next] = x
        self._next = (self._next + 1) % self._size

    def newest(self) -> float:
        """The value that came last."""
        return self.values[self._next - 1]

    def in_order(self) -> list[float]:
        """The values, the oldest one first."""
        first = self._next if len(self.values) == self._size else 0
        return self.values[first:] + self.values[:first]

    def empty(self) -> bool:
        """Whether all values are zero."""
        return not any(self.values)


class MovingAverage:
    """Mean of the last values; shorter at the start, like `rolling(min_periods=1)`."""

    __slots__ = ("_window",)
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    _window: Window

    def __init__(self, size: int) -> None:
        self._window = Window(size)

    def update(self, x: float) -> None:
        """Takes the next value."""
        self._window.push(x)

    def get(self) -> float:
        """The mean. Summed anew each time: a running sum would keep rounding errors for ever."""
        values = self._window.values
        return sum(values) / len(values) if values else 0.0

    def recent(self) -> list[float]:
        """What the mean is of, the oldest value first."""
        return self._window.in_order()

    def settled(self) -> bool:
        """Whether only zeros are left."""
        return self._window.empty()

    quiet = settled


class ExponentialAverage:
    """Exponentially weighted mean with a half-life in steps, started at the first value (`adjust=False`)."""

    __slots__ = ("_keep", "_value")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_keep"})
    _value: float | None

    def __init__(self, half_life: float) -> None:
        self._keep = half_to_the(1 / half_life)
        self._value = None

    def update(self, x: float) -> None:
        """Takes the next value."""
        self._value = x if self._value is None else self._keep * self._value + (1 - self._keep) * x

    def get(self) -> float:
        """The weighted mean."""
        return self._value or 0.0

    def settled(self) -> bool:
        """Whether it has died out."""
        return self.get() < NOTHING

    def quiet(self) -> bool:
        """Whether it is next to nothing; what is left fades by the half-life."""
        return self.get() < NEGLIGIBLE


class WindowedMedian:
    """Median of the last values."""

    __slots__ = ("_window",)
    GIVEN: ClassVar[frozenset[str]] = frozenset()
    _window: Window

    def __init__(self, size: int) -> None:
        self._window = Window(size)

    def update(self, x: float) -> None:
        """Takes the next value."""
        self._window.push(x)

    def get(self) -> float:
        """The median."""
        return median(self._window.values)

    def settled(self) -> bool:
        """Whether only zeros are left."""
        return self._window.empty()

    quiet = settled


class Hampel:
    """The newest value, or the window's median if it lies more than `limit` scaled deviations away from it."""

    __slots__ = ("_limit", "_window")
    GIVEN: ClassVar[frozenset[str]] = frozenset({"_limit"})
    _window: Window

    def __init__(self, size: int, limit: float) -> None:
        self._window = Window(size)
        self._limit = limit

    def update(self, x: float) -> None:
        """Takes the next value."""
        self._window.push(x)

    def get(self) -> float:
        """The newest value if it is like the others, else their median."""
        values = self._window.values
        if not values:
            return 0.0
        middle = median(values)
        spread = MAD_SCALE * median([abs(value - middle) for value in values])
        newest = self._window.newest()
        return newest if abs(newest - middle) <= self._limit * spread else middle

    def settled(self) -> bool:
        """Whether only zeros are left."""
        return self._window.empty()

    quiet = settled


def median(values: list[float]) -> float:
    """Median; 0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def make_smoother(smoothing: Smoothing, step_ms: float) -> Smoother:
    """The smoother that a policy chose, for a series with a value every `step_ms`."""
    steps = max(1, round(smoothing.span_ms / step_ms))
    match smoothing.kind:
        case "moving-average":
            return MovingAverage(steps)
        case "exponential-average":
            return ExponentialAverage(smoothing.span_ms / step_ms)
        case "windowed-median":
            return WindowedMedian(steps)
        case "hampel":
            return Hampel(steps, smoothing.limit)
    raise ValueError(f"no smoothing is called {smoothing.kind!r}")
