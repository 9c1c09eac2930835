"""The page that a simulated visitor visits: where its targets stand, what they are, and what the page tells.

Without a policy it is a page with a story, a summary, a figure, a field and a button. With one, its targets are laid
out one below the other in the order in which they are declared; what each of them is, is read from its name (the
last word of it that says something) or else its selector. It is a guess, and good enough to walk on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from random import Random
from typing import Final

from trimtab.values import NO_TARGET
from trimtab.visitors.draws import LogNormal, Uniform, pick

WORDS_PER_PX: Final = 0.4
"""Of a column of text: 66 characters a line (Bringhurst 1992) are 11 or 12 words, in lines of 29 px. A phone's column
is half as wide."""
STORY_WORDS: Final = LogNormal(mean=1500, sd=600, low=500, high=3500)
"""How long a long text is. The numbers are ours; the news demo's story has about 2,200 words."""
NOTE_WORDS: Final = Uniform(20, 70)
MARGIN_PX: Final = 24
COLUMN_PX: Final = 620
HEAD_PX: Final = Uniform(150, 700)
FOOT_PX: Final = Uniform(250, 700)
DESKTOPS: Final = ((1920, 945), (1536, 730), (1440, 765), (1366, 633), (1280, 800))
PHONES: Final = ((390, 664), (360, 640), (412, 780))
"""Windows in CSS px: common screens less the bars of a browser. Which are common, and that all are alike, is ours."""
NOTCHES_PX: Final = (100, 100, 120, 53)
"""What one notch of a wheel scrolls: about 100 px in Chromium on Windows, 120 on newer and 53 on older Linux. What is
common is ours, and so are the numbers: Chromium does not promise them."""


class Role(Enum):
    """What a target is, as far as a visitor cares."""

    TEXT = auto()
    NOTE = auto()
    FIGURE = auto()
    PANEL = auto()
    FIELD = auto()
    BUTTON = auto()


STEMS: Final = {
    Role.TEXT: ("story", "stories", "article", "text", "content", "chapter", "lesson", "post", "prose"),
    Role.NOTE: ("summar", "teaser", "intro", "lead", "note", "hint", "caption", "promise", "quote", "price"),
    Role.FIGURE: ("figure", "image", "img", "photo", "picture", "gallery", "video", "hero"),
    Role.PANEL: ("box", "panel", "card", "form", "exercise", "quiz", "product", "offer", "cart"),
    Role.FIELD: ("field", "input", "email", "name", "search", "address", "phone", "zip", "city"),
    Role.BUTTON: ("button", "btn", "buy", "cta", "submit", "order", "subscribe", "checkout"),
}
HEIGHT_PX: Final = {Role.FIGURE: 420, Role.PANEL: 200, Role.FIELD: 44, Role.BUTTON: 52}
INSIDE: Final = frozenset({Role.NOTE, Role.FIELD, Role.BUTTON})
"""What stands in the panel that was declared before it."""


@dataclass(frozen=True, slots=True)
class Box:
    """One target's place in the document, in CSS px; `words` is -1 where there is no text."""

    target: int
    role: Role
    left: float
    top: float
    w: float
    h: float
    words: float = -1

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.h

    def holds(self, x: float, y: float) -> bool:
        """Whether this point of the document is on it."""
        return self.left <= x < self.left + self.w and self.top <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    """What there is to lay out: targets as (name, selector), and the events and goals that the page tells."""

    targets: tuple[tuple[str, str], ...]
    events: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()


DEFAULT_PAGE: Final = Page(
    targets=(
        ("story", ".story"),
        ("summary", ".summary"),
        ("figure", "figure"),
        ("field", "input"),
        ("buy", ".buy"),
    ),
    events=("form-error",),
    goals=("story-read", "purchase"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A page: its window, its document and a notch of its wheel in CSS px, its boxes, and the names that it tells."""

    w: float
    h: float
    document_h: float
    words_per_px: float
    notch_px: float
    boxes: tuple[Box, ...]
    events: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()

    def px_of(self, words: float, box: Box) -> float:
        """How much of a box's height so many of its words take."""
        return words * (box.h / box.words if box.words > 0 else 1 / self.words_per_px)

    def find(self, *roles: Role) -> Box:
        """The first box of the first of these roles that there is; else a place of the page that is no target."""
        for role in roles:
            for box in self.boxes:
                if box.role is role:
                    return box
        return Box(NO_TARGET, roles[0], round(self.w * 0.3), round(self.h * 0.6), 240, 60)

    def all(self, role: Role) -> list[Box]:
        """Every box of a role, in order; one that is no target if there is none."""
        return [box for box in self.boxes if box.role is role] or [self.find(role)]


@dataclass(slots=True)
class Layout:
    """Lays targets out from top to bottom."""

    scene_w: float
    words_per_px: float
    y: float
    boxes: list[Box] = field(default_factory=list)
    panel: int | None = None
    beside: float | None = None

    def place(self, target: int, role: Role, rng: Random) -> None:
        """Puts the next target below the last; inside of the open panel, or beside the text, where that is usual."""
        left, w = self._column()
        if self.panel is not None and role in INSIDE:
            self._nest(target, role, left, w, rng)
            return
        if role is Role.NOTE and self.beside is not None and self.scene_w >= left + w + 300:
            self.boxes.append(Box(target, role, left + w + 40, self.beside + 360, 260, 300, _note_words(rng)))
            return
        self.panel = self.beside = None
        words = _words(role, rng)
        h = HEIGHT_PX.get(role) or round(words / self.words_per_px * 1.1)
        self.boxes.append(Box(target, role, left, self.y, w, h, words))
        if role is Role.PANEL:
            self.panel = len(self.boxes) - 1
        if role is Role.TEXT:
            self.beside = self.y
        self.y += h + MARGIN_PX

    def _column(self) -> tuple[float, float]:
        w = min(COLUMN_PX, self.scene_w - 2 * MARGIN_PX)
        return round(max(MARGIN_PX, (self.scene_w - w) / 3)), w

    def _nest(self, target: int, role: Role, left: float, w: float, rng: Random) -> None:
        assert self.panel is not None
        outer = self.boxes[self.panel]
        h = HEIGHT_PX.get(role, 72)
        words = _words(role, rng)
        inner_w = 220 if role is Role.BUTTON else w - 2 * MARGIN_PX
        self.boxes.append(Box(target, role, left + MARGIN_PX, outer.bottom, inner_w, h, words))
        grown = Box(outer.target, outer.role, outer.left, outer.top, outer.w, outer.h + h + MARGIN_PX, outer.words)
        self.boxes[self.panel] = grown
        self.y = grown.bottom + MARGIN_PX


def lay_out(page: Page, rng: Random, *, phone: bool = False) -> Scene:
    """The page in some window: a desktop's or a phone's."""
    w, h = pick(PHONES if phone else DESKTOPS, rng)
    words_per_px = WORDS_PER_PX / 2 if phone else WORDS_PER_PX
    layout = Layout(w, words_per_px, round(HEAD_PX.draw(rng)))
    for target, (name, selector) in enumerate(page.targets):
        layout.place(target, role_of(name, selector), rng)
    document_h = max(layout.y + round(FOOT_PX.draw(rng)), round(h * 1.6))
    return Scene(w, h, document_h, words_per_px, pick(NOTCHES_PX, rng), tuple(layout.boxes), page.events, page.goals)


def role_of(name: str, selector: str) -> Role:
    """What a target is, by its name or else its selector; a note if neither says."""
    for text in (name, selector):
        for word in reversed(re.findall("[a-z]+", text.lower())):
            if role := next(_roles(word), None):
                return role
    return Role.NOTE


def _roles(word: str) -> Iterator[Role]:
    return (role for role, stems in STEMS.items() if word.startswith(stems))


def _words(role: Role, rng: Random) -> float:
    if role is Role.TEXT:
        return round(STORY_WORDS.draw(rng))
    return _note_words(rng) if role in (Role.NOTE, Role.PANEL) else -1


def _note_words(rng: Random) -> float:
    return round(NOTE_WORDS.draw(rng))
