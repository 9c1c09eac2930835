"""One visit in the making: what the tag would record of it, in a window of 1280 × 800."""

from dataclasses import dataclass, field

WINDOW_PX = (1280, 800)
FRAME_MS = 33
WHEEL = (0.5, 0.3, 0.2)
PAGE_DOWN = (0.05, 0.1, 0.2, 0.25, 0.2, 0.1, 0.07, 0.03)
LINK = (1.0,)
"""How a browser spreads a movement over frames, for a turn of the wheel, for a key, and for a link within the page."""
STEPS = 10
"""Visibility is told in tenths of what can be in view at most, as `page/taps/visibility.js` does."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a target stands in the document, in px, and how many words it has."""

    top: int
    h: int
    words: int

    def share(self, y_px: int) -> float:
        """Share of it that is in view."""
        seen_px = min(y_px + WINDOW_PX[1], self.top + self.h) - max(y_px, self.top)
        return round(max(seen_px, 0) / self.h, 3)

    def step(self, share: float) -> int:
        return int(share * self.h / min(self.h, WINDOW_PX[1]) * STEPS + 0.001)


@dataclass(slots=True)
class Recording:
    """One visit in the making. Times in ms, lengths in px."""

    document_px: int
    boxes: dict[str, Box]
    lines: list[dict[str, object]] = field(default_factory=list)
    t_ms: int = 0
    y_px: int = 0
    shares: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        targets = {name: {"top": box.top, "h": box.h, "words": box.words} for name, box in self.boxes.items()}
        window = {"w": WINDOW_PX[0], "h": WINDOW_PX[1]}
        self.say("page", viewport=window, document={"h": self.document_px}, targets=targets)
        self.look()

    def say(self, kind: str, **fields: object) -> None:
        """Something happens now."""
        first = {} if self.lines else {"v": 1}
        self.lines.append({**first, "kind": kind, "t_ms": self.t_ms, **fields})

    def wait(self, seconds: float) -> None:
        self.t_ms += round(seconds * 1000)

    def look(self) -> None:
        """Tells of every target whether another tenth of it came or went."""
        for name, box in self.boxes.items():
            share = box.share(self.y_px)
            if name not in self.shares or box.step(share) != box.step(self.shares[name]):
                self.say("visible", target=name, ratio=share)
                self.shares[name] = share

    def turn(self, px: int, then_s: float, parts: tuple[float, ...] = WHEEL) -> None:
        """One turn of the wheel, spread over some frames, and the time until the next one."""
        for part in parts:
            self.y_px = max(0, min(self.y_px + round(px * part), self.document_px - WINDOW_PX[1]))
            self.say("scroll", y=self.y_px)
            self.look()
            self.t_ms += FRAME_MS
        self.t_ms += round(then_s * 1000) - len(parts) * FRAME_MS

    def move(self, x: int, y: int) -> None:
        self.say("pointer", x=x, y=y, type="mouse")
