"""Random regular expressions: made from a text that they may match, or from pieces that engines read differently."""

from random import Random
from typing import Final

PIECES: Final = (
    *("a", "b", "A", "9", "-", " ", "_", ".", "é", "É", "ß", "ſ", "K", "k", "µ", "😀", "\\u00e9", "\\x41", "\\u{2}"),
    *(
        "\\d",
        "\\D",
        "\\w",
        "\\W",
        "\\s",
        "\\S",
        "\\b",
        "\\B",
        "^",
        "$",
        "\\.",
        "\\/",
        "/",
        "\\a",
        "\\Z",
        "\\p{L}",
        "\\-",
    ),
    *(
        "\\n",
        "\\t",
        "\\0",
        "\\xz",
        "\\u12",
        "[",
        "]",
        "(",
        ")",
        "|",
        "{",
        "}",
        "\\",
        "(?",
        "[]",
        "[^]",
        "[^a-z]",
        "[b-a]",
    ),
    *(
        "[a-c]",
        "[A-Z]",
        "[\\w-]",
        "[\\d-z]",
        "[a-\\d]",
        "[-a]",
        "[a-]",
        "[\\]]",
        "[^\\s]",
        "[\\b]",
        "[.]",
        "[à-ý]",
        "[\\W]",
    ),
    *("*", "+", "?", "{2}", "{1,}", "{,2}", "{0,2}", "{2,1}", "*?", "++", "{1", "{1}?", "??"),
    *(
        "(?:",
        "(?=",
        "(?!",
        "(?<=a)",
        "(?<!b)",
        "(?<n>",
        "(?P<n>",
        "(?#c)",
        "(?>",
        "\\1",
        "\\k<n>",
        "\\cA",
        "(?i:",
        "(?<=a*)",
    ),
)
QUANTIFIERS: Final = ("", "", "", "", "?", "+", "*", "{1}", "{1,2}", "{0,3}", "+?", "{2}")
SPECIAL: Final = frozenset("\\^$.*+?()[]{}|/")


class Patterns:
    """Draws patterns."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def pattern(self, text: str) -> str:
        """A pattern that has a fair chance to match the text; it never ends in `/i`, which the SDK's cache confuses."""
        pattern = self._about(text) if self.rng.random() < 0.6 else self._soup()
        return f"{pattern}(?:)" if pattern.endswith("/i") else pattern

    def _about(self, text: str) -> str:
        start = self.rng.randint(0, len(text))
        part = text[start : start + self.rng.randint(0, 6)]
        pattern = "".join(self._sign(sign) + self.rng.choice(QUANTIFIERS) for sign in part)
        if self.rng.random() < 0.2:
            pattern = f"({pattern}|{self._soup()})"
        before = self.rng.choice(("", "", "", "^", "\\b", "(?:x)?", "(?<=.)"))
        return before + pattern + self.rng.choice(("", "", "", "$", "\\b", "(?!x)"))

    def _sign(self, sign: str) -> str:
        written = f"\\{sign}" if sign in SPECIAL else sign
        classes = (".", "\\w", "\\S", f"[{written}x-z]", f"[^{written}]", f"({written}|q)", sign.upper(), sign.lower())
        return written if self.rng.random() < 0.6 else self.rng.choice(classes)

    def _soup(self) -> str:
        return "".join(self.rng.choice(PIECES) for _ in range(self.rng.randint(1, 5)))
