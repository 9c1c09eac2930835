"""Random plain values, of the kinds on which languages differ: texts that look like numbers, odd numbers, nesting."""

from collections.abc import Sequence
from random import Random
from typing import Final

from trimtab.experiments.conditions import Plain

WORDS: Final = (
    "US",
    "us",
    "Paid",
    "paid",
    "free",
    "a",
    "A",
    "b",
    "news",
    "deep reader",
    "x-y",
    "null",
    "true",
    "false",
)
ODD_TEXTS: Final = (
    *("", " ", "0", "-0", "+5", "5", "05", " 5 ", "5.0", "5.", ".5", "5e0", "1e3", "1E+3", "1e-7", "1e400", "-1e400"),
    *("0x10", "0X1f", "-0x10", "0b101", "0o17", "0b2", "1_000", "1,5", "Infinity", "-Infinity", "infinity", "NaN"),
    *("\t7\n", "\u00a08\ufeff", "\u20289", "\u00856", "\u0664", "12px", ".", "e5", "--1", "[object Object]"),
    *("ÄRGER", "ärger", "ẞ", "ß", "ΣΑΣ", "σας", "İ", "i̇", "ı", "K", "k", "ſ", "Ǆ", "ǅ", "é", "e\u0301", "µ", "Μ"),
    *(
        "😀",
        "😀b",
        "\U00010400",
        "\U00010428",
        "\uffff",
        "\ue000",
        "\ud83d",
        "a\nb",
        "a\n",
        "a\u2028b",
        "\r",
        "日本",
        "a/b",
        "a.b",
    ),
    *("2026-11-23", "2026-11-23T08:00:00Z", "2026-11-23T08:00:00.000Z", "2025-02-29", "20261123"),
)
VERSIONS: Final = (
    *("1.2.3", "v1.2.3", "1.2.3-rc.1", "1.2.3-rc.2", "1.2.3+build5", "v1.2.3-beta+b.1", "1.2", "1.10.0", "1.9.0"),
    *(
        "01.2.3",
        "1.2.3.4",
        "100000.1.0",
        "99999.1.0",
        "vv1.0.0",
        "1.0.0+a\nb",
        "1.0.0+a\rb",
        "1.0.0+a\u2028b+c",
        "+",
        "v",
        "1..2",
        "1.0.0-",
        "2",
        "~",
    ),
)
NUMBERS: Final = (
    *(0, -0.0, 1, -1, 2, 3, 5, 5.0, 5.5, 10, 15, 21, 100, 0.1, 0.30000000000000004, 1.5, 1e3),
    *(1e21, 123456789012345680000, 1e20, 999999999999999900000, 1e-6, 1e-7, 1.5e-7, 123.456e-10, 5e-324, 1.7e308),
    *(2**53, 2**53 + 1, 2**53 - 1, -(2**63), 2**64 + 1, 10**25, 10**400, -(10**400), 4294967295, 1764000000000),
)
KEYS: Final = ("a", "b", "c", "plan", "tags", "0", "1", "10", "01", "$x", "", "length", "Ä")


def seeded(seed: int) -> Random:
    """The randomness of one test: the same numbers each time."""
    return Random(seed)  # noqa: S311  made-up input, no secret


class Values:
    """Draws plain values."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def text(self) -> str:
        """A word, an odd text, a version, or a few characters of these."""
        pool = self.rng.choices((WORDS, ODD_TEXTS, VERSIONS), (4, 4, 2))[0]
        text = self.rng.choice(pool)
        return text if self.rng.random() < 0.9 else text + self.rng.choice(ODD_TEXTS)

    def number(self) -> float:
        """An odd number, a small whole one, or one with many digits."""
        drawn = self.rng.random()
        if drawn < 0.5:
            return self.rng.choice(NUMBERS)
        return self.rng.randint(-3, 20) if drawn < 0.8 else self.rng.uniform(-1, 1) * 10 ** self.rng.randint(-12, 25)

    def scalar(self) -> Plain:
        """A text, a number, a truth or null."""
        drawn = self.rng.random()
        if drawn < 0.45:
            return self.text()
        if drawn < 0.8:
            return self.number()
        return self.rng.choice((True, False, None))

    def value(self, depth: int = 2) -> Plain:
        """A scalar, or a list or object that nests up to so deep."""
        drawn = self.rng.random()
        if depth == 0 or drawn < 0.7:
            return self.scalar()
        if drawn < 0.87:
            return [self.value(depth - 1) for _ in range(self.rng.randint(0, 4))]
        return self.object(depth)

    def object(self, depth: int = 2) -> dict[str, Plain]:
        """An object with up to four keys; they come in any order."""
        return {self.rng.choice(KEYS): self.value(depth - 1) for _ in range(self.rng.randint(0, 4))}

    def near(self, value: Plain) -> Plain:
        """The value itself, or one that a careless comparison would take for it, or must not."""
        match value:
            case str():
                return self.rng.choice((value, value, value, value.upper(), value.lower(), f" {value}", value[:-1]))
            case bool() | None:
                return self.rng.choice((value, value, 0, 1, "", "true", "null", None, False))
            case int() | float():
                near: tuple[Plain, ...] = (value, value, value, value + 1, -value, str(value), [value], value == 1)
                return self.rng.choice(near)
            case list():
                return self._near_list(value)
        items = list(value.items())
        return self.rng.choice((value, value, dict(items[1:]), dict(reversed(items)), "[object Object]"))

    def _near_list(self, value: Sequence[Plain]) -> Plain:
        items = list(value)
        shuffled = self.rng.sample(items, len(items))
        return self.rng.choice((items, items, shuffled, items[:-1], len(items), ",".join(map(str, items)), *items[:2]))
