"""Form fields: how long a field had the focus, how often the visitor came back to it, whether they gave it up.

Never a value: focus, blur, and that something was put in or taken back. So a field that was typed in and erased again
counts as filled: whether anything is left in it is not known.
"""

from typing import ClassVar, Final

from trimtab.values import Measure

GLANCE_MS: Final = 1_000
"""A field that had the focus for less was passed on the way to another (Tab), not given up."""


class Field:
    """One target, as a form field."""

    __slots__ = (
        "_corrections",
        "_focused",
        "_focused_ms",
        "_focuses",
        "_given_up",
        "_inputs",
        "_lingered",
        "_since_ms",
        "_stay_ms",
        "name",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset({"name"})
    _corrections: int
    _focused: bool
    _focused_ms: float
    _focuses: int
    _given_up: bool
    _inputs: int
    _lingered: bool
    _since_ms: float | None
    _stay_ms: float

    def __init__(self, name: str) -> None:
        self.name = name
        self._focuses = 0
        self._focused_ms = 0.0
        self._focused = False
        self._since_ms = None
        self._stay_ms = 0.0
        self._lingered = False
        self._inputs = 0
        self._corrections = 0
        self._given_up = False

    def focus(self, t_ms: float) -> None:
        """The field has got the focus."""
        if not self._focused:
            self._focused = True
            self._since_ms = t_ms
            self._focuses += 1
            self._given_up = False

    def blur(self, t_ms: float) -> None:
        """The field has lost the focus. It is given up if nothing has ever been put in, in a stay of more than a
        glance: this one or one before."""
        self.hide(t_ms)
        if self._focused:
            self._focused = False
            self._focused_ms += self._stay_ms
            self._lingered |= self._stay_ms >= GLANCE_MS
            self._stay_ms = 0.0
            self._given_up = self._lingered and not self._inputs

    def hide(self, t_ms: float) -> None:
        """The page is hidden: nobody is at the field. Browsers take the focus away too, but not all at once."""
        if self._since_ms is not None:
            self._stay_ms += t_ms - self._since_ms
            self._since_ms = None

    def show(self, t_ms: float) -> None:
        """The page is shown again."""
        if self._focused and self._since_ms is None:
            self._since_ms = t_ms

    def input(self, *, correction: bool) -> None:
        """Something has been put in or, as a correction, taken back."""
        self._inputs += 1
        self._corrections += correction

    def focus_s(self, now_ms: float) -> Measure:
        """Seconds with the focus while the page was shown."""
        running = self._since_ms is not None
        spent_ms = self._focused_ms + self._stay_ms + (now_ms - self._since_ms if self._since_ms is not None else 0.0)
        return Measure(f"focus {self.name}", "s", spent_ms / 1000, now_ms, rise=0.001 if running else 0.0)

    def returns(self, now_ms: float) -> Measure:
        """How often the visitor came back to the field."""
        return Measure(f"returns to {self.name}", "", max(self._focuses - 1, 0), now_ms)

    def corrections(self, now_ms: float) -> Measure:
        """How often something was taken back."""
        return Measure(f"corrections in {self.name}", "", self._corrections, now_ms)

    def abandoned(self, now_ms: float) -> Measure:
        """1 if the field was left with nothing ever put in, after more than a glance, and not returned to; else 0."""
        return Measure(f"abandoned {self.name}", "", self._given_up, now_ms)
