"""A person's visit as a trace (DESIGN §6), and replayed through the real pipeline.

Targets: `story` is the whole text, `p0`, `p1` … its paragraphs. How many words they have is not known, so a paragraph
counts as one "word" and words per minute are paragraphs per minute; a text of average paragraphs is assumed, since
slices of equal height count alike. `words` turns them into words where a policy's limit is in words.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.reading.geometry import WINDOW_PX, Layout, layout_of
from tests.reading.people import Person, people
from trimtab.values import Event
from trimtab.visitors.trace import read_trace

WINDOW_WIDTH_PX: Final = 1000
"""Not known, and nothing here depends on it."""
MOST_PARAGRAPHS: Final = 7
TARGETS: Final = ("story", *(f"p{number}" for number in range(MOST_PARAGRAPHS)))


def trace_lines(person: Person, words: float = 1.0, targets: tuple[str, ...] = TARGETS) -> Iterator[dict[str, Any]]:
    """The lines of the trace: a page, then for each record the scroll and what came into view or left it by it."""
    layout = layout_of(person)
    places = _places(layout, words)
    yield {
        "v": 1,
        "kind": "page",
        "t_ms": 0,
        "viewport": {"w": WINDOW_WIDTH_PX, "h": WINDOW_PX},
        "document": {"h": layout.document_px},
        "targets": {name: place for name, place in places.items() if name in targets},
    }
    shown: dict[str, float] = {}
    for number, (t_ms, y) in enumerate(zip(person.t_ms, person.y_px, strict=True)):
        if number:  # the first record is the page as it was shown
            yield {"kind": "scroll", "t_ms": t_ms, "y": y}
        now = _shares(layout, person.shares[number])
        for name in targets:
            ratio = now.get(name, 0.0)
            if ratio != shown.get(name, 0.0):
                yield {"kind": "visible", "t_ms": t_ms, "target": name, "ratio": ratio}
        shown = now


@cache
def traces() -> dict[int, tuple[Event, ...]]:
    """Everybody's events, read from trace files as `trimtab replay` reads them."""
    with TemporaryDirectory() as folder:
        return {person.id: tuple(read(person, Path(folder))) for person in people()}


def read(person: Person, folder: Path, words: float = 1.0, targets: tuple[str, ...] = TARGETS) -> Iterator[Event]:
    """Writes the person's trace into the folder and reads it for a policy with these targets."""
    path = folder / f"{person.id}.jsonl"
    lines = trace_lines(person, words, targets)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return read_trace(path, targets)


def _places(layout: Layout, words: float) -> dict[str, dict[str, float]]:
    paragraphs = {
        f"p{number}": {"top": top, "h": height, "words": words}
        for number, (top, height) in enumerate(zip(layout.tops_px, layout.heights_px, strict=True))
    }
    story = {"top": layout.top_px, "h": layout.height_px, "words": words * len(paragraphs)}
    return {"story": story, **paragraphs}


def _shares(layout: Layout, shares: dict[int, float]) -> dict[str, float]:
    """Share in view of each paragraph as recorded, and of the story as the sum of theirs."""
    seen_px = sum(share * layout.heights_px[number] for number, share in shares.items())
    named = {f"p{number}": share for number, share in shares.items()}
    return {"story": min(seen_px / layout.height_px, 1.0), **named}
