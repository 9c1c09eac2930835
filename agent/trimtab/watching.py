"""Numbers that remember how they were compared.

A policy compares numbers: `v.reading(story).words_per_minute > 450`. Each comparison is noted while the policy's
function runs. From the notes come the explanation (which numbers decided), the strength (by how much) and the moment
at which the result can turn without any event (so that nobody polls).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, SupportsFloat

from trimtab.errors import Unknown
from trimtab.values import Measure, Missing

LOOK_AGAIN_MS: Final = 500
"""How soon a sum is looked at again whose course has no simple form."""


class Comparison(NamedTuple):
    """One comparison that a policy function made: `measure` `sign` `threshold` was `held`."""

    measure: Measure
    sign: str
    threshold: float
    held: bool

    def __str__(self) -> str:
        sign = self.sign if self.held else {">": "≤", "≥": "<", "<": "≥", "≤": ">", "=": "≠", "≠": "="}[self.sign]
        unit = f" {self.measure.unit}" if self.measure.unit else ""
        return f"{self.measure.name} {_plain(self.measure.value)}{unit} {sign} {_plain(self.threshold)}"

    @property
    def margin(self) -> float:
        """Distance of the number from its threshold, as a share of the larger of the two: 0 (barely) to 1."""
        scale = max(abs(self.measure.value), abs(self.threshold))
        return min(abs(self.measure.value - self.threshold) / scale, 1.0) if scale else 0.0

    @property
    def turns_at_ms(self) -> float:
        """When it must be made again if nothing happens: at the crossing, or at the end of the number's course."""
        m = self.measure
        # (value + rise*t) / (1 + spread*t) = threshold, solved for t
        closing = m.rise - self.threshold * m.spread
        if not closing:
            return m.until_ms
        crossing = (self.threshold - m.value) / closing
        if crossing == 0 and self.sign in ("=", "≠", *((">", "≤") if closing > 0 else ("<", "≥"))):
            crossing = math.ulp(m.at_ms)  # it stands on the threshold and moves to the side that turns the result
        return min(m.at_ms + crossing if crossing > 0 else math.inf, m.until_ms)


@dataclass(slots=True)
class Notebook:
    """The comparisons of one call of a policy function, in the order in which they were made."""

    comparisons: list[Comparison] = field(default_factory=list)
    missing: Missing | None = None

    def watch(self, reading: Measure | Missing) -> "Watched":
        """The reading as a number that notes its comparisons here. Raises Unknown if there is nothing to read yet."""
        if isinstance(reading, Missing):
            self.missing = reading
            raise Unknown(reading.name, reading.why)
        return Watched(reading, self)

    def deciding(self, result: bool) -> list[Comparison]:
        """The comparisons that speak for the result: those that came out the same way, or all if none did.

        What a function does with them afterwards is not seen, so a negated one is taken for none that decides: of
        `x > 10 and not y > 100` only x is named. Write `y <= 100`.
        """
        return [c for c in self.comparisons if c.held == result] or self.comparisons

    def strength(self, result: bool) -> float:
        """The smallest margin among the deciding comparisons; 1 if the function compared nothing."""
        return min([c.margin for c in self.deciding(result)], default=1.0)

    def explain(self, result: bool) -> str:
        """The deciding comparisons in words: "reading story 612 wpm > 450, scroll speed 900 px/s > 600"."""
        return ", ".join(str(c) for c in self.deciding(result)) or "the rule compares no number"

    def turns_at_ms(self) -> float:
        """The earliest moment at which one of the comparisons can turn without any event (infinity: never)."""
        known_at_ms = self.missing.until_ms if self.missing else math.inf
        return min([known_at_ms, *[c.turns_at_ms for c in self.comparisons]])


class Watched:
    """A number in a policy function. Compare it with numbers or tunables; add or multiply it by plain numbers."""

    __slots__ = ("_measure", "_notebook")
    __hash__ = None  # type: ignore[assignment]  # equality is noted, so it cannot serve as a key

    def __init__(self, measure: Measure, notebook: Notebook) -> None:
        self._measure = measure
        self._notebook = notebook

    def _note(self, sign: str, threshold: float, held: bool) -> bool:
        self._notebook.comparisons.append(Comparison(self._measure, sign, threshold, held))
        return held

    def __gt__(self, other: SupportsFloat) -> bool:
        return self._note(">", threshold := _number(other), self._measure.value > threshold)

    def __ge__(self, other: SupportsFloat) -> bool:
        return self._note("≥", threshold := _number(other), self._measure.value >= threshold)

    def __lt__(self, other: SupportsFloat) -> bool:
        return self._note("<", threshold := _number(other), self._measure.value < threshold)

    def __le__(self, other: SupportsFloat) -> bool:
        return self._note("≤", threshold := _number(other), self._measure.value <= threshold)

    def __eq__(self, other: object) -> bool:
        return self._note("=", threshold := _number(other), self._measure.value == threshold)

    def __ne__(self, other: object) -> bool:
        return self._note("≠", threshold := _number(other), self._measure.value != threshold)

    def at_most(self, threshold: float) -> bool:
        """Whether it is at or below; noted as what held, so that either side speaks for what follows from it."""
        below = self._measure.value <= threshold
        self._note("≤" if below else ">", threshold, held=True)
        return below

    def __bool__(self) -> bool:
        return self._note("≠", 0.0, self._measure.value != 0)

    def __float__(self) -> float:
        raise TypeError(f"compare {self._measure.name} directly: a number taken out of it could not be explained")

    def __add__(self, other: SupportsFloat) -> "Watched":
        m, plus = self._measure, _number(other)
        name = f"({m.name} {'+' if plus >= 0 else '-'} {_plain(abs(plus))})"
        return self._derived(name, m.value + plus, m.rise + plus * m.spread)

    def __sub__(self, other: SupportsFloat) -> "Watched":
        return self + -_number(other)

    def __mul__(self, other: SupportsFloat) -> "Watched":
        m, factor = self._measure, _number(other)
        return self._derived(f"{m.name} * {_plain(factor)}", m.value * factor, m.rise * factor)

    def __truediv__(self, other: SupportsFloat) -> "Watched":
        return self * (1 / _number(other))

    __radd__ = __add__
    __rmul__ = __mul__

    def _derived(self, name: str, value: float, rise: float) -> "Watched":
        return Watched(self._measure._replace(name=name, value=value, rise=rise), self._notebook)

    def __repr__(self) -> str:
        return f"<{self._measure.name}: {_plain(self._measure.value)} {self._measure.unit}>"


def weighted_sum(name: str, numbers: Sequence[Watched], weights: Sequence[float]) -> Watched:
    """The sum of several numbers times their weights, as one number. Stopwatches and constants alone go on exactly;
    if an amount per time is among them, the sum is looked at again after LOOK_AGAIN_MS while that one moves."""
    measures = [number._measure for number in numbers]
    value = sum(m.value * weight for m, weight in zip(measures, weights, strict=True))
    rise = sum(m.rise * weight for m, weight in zip(measures, weights, strict=True))
    until_ms = min(m.until_ms for m in measures)
    if any(m.spread for m in measures):
        until_ms = min(until_ms, measures[0].at_ms + LOOK_AGAIN_MS)
    return Watched(Measure(name, "", value, measures[0].at_ms, rise, until_ms=until_ms), numbers[0]._notebook)


def _number(other: object) -> float:
    if isinstance(other, Watched):
        raise TypeError("compare each number with a limit of its own; two moving numbers cannot be compared yet")
    if not hasattr(other, "__float__"):  # as SupportsFloat, whose check takes ten times as long
        raise TypeError(f"compare a measured number with a number, not with {type(other).__name__}")
    return float(other)


def _plain(value: float) -> str:
    """A number as people write it: three significant digits below 100, whole numbers above."""
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
