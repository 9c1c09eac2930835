"""A browser window as far as the page's tap sees it: what a simulated visitor does becomes the events of a trace.

It keeps what a browser keeps (where the page is scrolled to, what is under the pointer, what has the focus), so that
the events agree with each other: a target that is scrolled away is no longer visible, and a mouse that rests leaves a
target that moves from under it.
"""

from collections.abc import Iterator
from typing import Final

from trimtab.values import NO_TARGET, Event, Kind
from trimtab.visitors.scene import Box, Role, Scene

FRAME_MS: Final = 1000 / 60
STEPS: Final = 10
"""Steps of visibility that are told between hidden and all of it, as `page/taps/visibility.js` does."""
TOUCH: Final = 1.0
MOUSE: Final = 0.0
READ: Final = ("read",)
BOUGHT: Final = ("purchase", "bought", "order", "sale", "signup")
"""Words in the names of goals that the page tells when the end of a text comes into view, and when its button works."""


class Window:
    """One window on a scene. Time stands still but for `wait`; everything else happens at once."""

    __slots__ = ("_hovered", "_read", "_shares", "events", "focused", "pointer", "scene", "t_ms", "y")

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.t_ms = 0.0
        self.y = 0.0
        self.pointer: tuple[float, float] | None = None
        self.focused = NO_TARGET
        self.events: list[Event] = [Event(Kind.PAGE, 0.0, NO_TARGET, scene.w, scene.h, scene.document_h)]
        self._hovered: frozenset[int] = frozenset()
        self._shares: dict[int, int] = {}
        self._read = False
        for box in scene.boxes:
            self._tell(Kind.LAYOUT, box.target, box.top, box.h, box.words)
        for box in scene.boxes:
            self._tell(Kind.BOX, box.target, box.left, box.w)
        self._look()

    def wait(self, ms: float) -> None:
        """Time passes."""
        self.t_ms += ms

    def frame(self) -> None:
        """One frame passes: as often as the page can see anything move."""
        self.wait(FRAME_MS)

    @property
    def end(self) -> float:
        """The lowest place that the page can be scrolled to."""
        return self.scene.document_h - self.scene.h

    @property
    def at_end(self) -> bool:
        """Whether the end of the page is in view."""
        return self.y >= self.end

    def scroll_to(self, y: float) -> None:
        """The page stands at `y` now, as near as it goes."""
        y = min(max(round(y), 0), self.end)
        if y == self.y:
            return
        self.y = y
        self._tell(Kind.SCROLL, NO_TARGET, y)
        self._look()
        self._hover()

    def move(self, x: float, y: float, kind: float = MOUSE) -> None:
        """The pointer is at this place of the window now."""
        x, y = round(min(max(x, 0), self.scene.w - 1)), round(min(max(y, 0), self.scene.h - 1))
        self._tell(Kind.POINTER, NO_TARGET, x, y, kind)
        if kind == MOUSE:
            self.pointer = (x, y)
            self._hover()

    def click(self, box: Box) -> None:
        """A click, a tap, or a key that does the same. A field that is clicked gets the focus."""
        self.focus(box.target if box.role is Role.FIELD else NO_TARGET)
        self._tell(Kind.CLICK, box.target)

    def press(self) -> None:
        """A key goes down: in a field if one has the focus."""
        typed = any(box.role is Role.FIELD and box.target == self.focused != NO_TARGET for box in self.scene.boxes)
        self._tell(Kind.KEY, NO_TARGET, float(not typed))

    def focus(self, target: int) -> None:
        """The focus goes to this target, or away from all."""
        if target == self.focused:
            return
        if self.focused != NO_TARGET:
            self._tell(Kind.BLUR, self.focused)
        if target != NO_TARGET:
            self._tell(Kind.FOCUS, target)
        self.focused = target

    def enter(self, *, correction: bool) -> None:
        """What was typed arrives in the field that has the focus; elsewhere the page sees nothing of it."""
        if self.focused != NO_TARGET:
            self._tell(Kind.INPUT, self.focused, float(correction), 1.0)

    def hide(self) -> None:
        """Another tab comes to the front."""
        self._tell(Kind.HIDDEN)

    def show(self) -> None:
        """The page comes to the front again."""
        self._tell(Kind.SHOWN)

    def route(self, path: str) -> None:
        """The page shows another route."""
        self.events.append(Event(Kind.ROUTE, round(self.t_ms, 1), name=path))

    def announce(self, *words: str) -> None:
        """The page tells those of its events and goals that have one of these words in their names."""
        for kind, names in ((Kind.EVENT, self.scene.events), (Kind.GOAL, self.scene.goals)):
            for name in names:
                if any(word in name for word in words):
                    self.events.append(Event(kind, round(self.t_ms, 1), name=name))

    def _tell(self, kind: Kind, target: int = NO_TARGET, a: float = 0.0, b: float = 0.0, c: float = 0.0) -> None:
        self.events.append(Event(kind, round(self.t_ms, 1), target, float(a), float(b), float(c)))

    def _look(self) -> None:
        """Tells each target whose visible share has passed a step."""
        for box in self.scene.boxes:
            seen_px = max(min(box.bottom, self.y + self.scene.h) - max(box.top, self.y), 0.0)
            most_px = min(box.h, self.scene.h)
            step = int(seen_px / most_px * STEPS) + (seen_px > 0)
            if step != self._shares.get(box.target):
                self._shares[box.target] = step
                self._tell(Kind.VISIBLE, box.target, round(seen_px / box.h, 4))
        texts = [box for box in self.scene.boxes if box.role is Role.TEXT]
        if not self._read and texts and texts[-1].bottom <= self.y + self.scene.h:
            self._read = True
            self.announce(*READ)

    def _hover(self) -> None:
        """Tells which targets the mouse has come onto or left."""
        under = frozenset(self._under())
        for target in sorted(self._hovered - under):
            self._tell(Kind.LEAVE, target)
        for target in sorted(under - self._hovered):
            self._tell(Kind.ENTER, target)
        self._hovered = under

    def _under(self) -> Iterator[int]:
        if self.pointer is not None:
            x, y = self.pointer
            yield from (box.target for box in self.scene.boxes if box.holds(x, y + self.y))
