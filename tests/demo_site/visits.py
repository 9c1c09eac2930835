"""Made-up visits to the demo's pages, as traces. `python -m tests.demo_site.visits` writes them anew.

The measures of the pages are those that Chromium gives at 1280 × 800.
"""

import json
from collections.abc import Callable
from pathlib import Path

from tests.demo_site.recording import LINK, PAGE_DOWN, Box, Recording

TRACES = Path(__file__).resolve().parents[1] / "cases" / "traces"


def news() -> Recording:
    return Recording(6551, {"story": Box(930, 5347, 2181), "summaries": Box(1390, 1122, 66)})


def through() -> Recording:
    """Down the page in twelve seconds."""
    visit = news()
    visit.wait(1.5)
    for _ in range(34):
        visit.turn(160, 0.35)
    visit.say("goal", name="article-read")
    return visit


def skimmer() -> Recording:
    """Through the page, then a look at the last summary."""
    visit = through()
    visit.wait(25)
    visit.move(400, 300)
    return visit


def returner() -> Recording:
    """Through the page, back to the numbers by a link, and reads on from there."""
    visit = through()
    visit.wait(5)
    visit.turn(-3400, 6, LINK)
    for _ in range(30):
        visit.turn(100, 7.2)
    return visit


def reader() -> Recording:
    """Hurries past the picture, then reads at some 280 words a minute, with one leap back to a number."""
    visit = news()
    visit.wait(2)
    for _ in range(4):
        visit.turn(200, 0.4)
    for number in range(50):
        visit.turn(100, 7.2)
        if number == 25:
            visit.turn(-400, 9)
            visit.turn(400, 4)
    visit.say("goal", name="article-read")
    return visit


def starter() -> Recording:
    """Hurries past the picture and the opening, more than a window of it in all, and then reads."""
    visit = news()
    visit.wait(2)
    for _ in range(9):
        visit.turn(150, 0.4)
    for _ in range(20):
        visit.turn(100, 7.2)
    return visit


def hopper() -> Recording:
    """Skims in hops: half a window, a look at what is there, and on."""
    visit = news()
    visit.wait(1.5)
    for _ in range(14):
        visit.turn(400, 1.9)
    return visit


def pager() -> Recording:
    """Reads a window full and presses Page Down; between two presses nothing moves at all."""
    visit = news()
    visit.wait(20)
    for _ in range(8):
        visit.turn(700, 45, PAGE_DOWN)
    visit.say("goal", name="article-read")
    return visit


def shop() -> Recording:
    boxes = {"buy-box": Box(264, 319, 19), "buy": Box(423, 55, 3), "promise": Box(513, 48, 7)}
    return Recording(1636, boxes)


def hesitant() -> Recording:
    """Reads the details, comes back, holds the pointer over the button, takes it away again, and buys in the end."""
    visit = shop()
    visit.wait(4)
    for _ in range(4):
        visit.turn(150, 1.5)
    visit.turn(-600, 2)
    visit.say("enter", target="buy-box")
    visit.say("enter", target="buy")
    for x in (880, 910, 870):
        visit.move(x, 440)
        visit.wait(2)
    visit.say("leave", target="buy")
    visit.move(900, 620)
    visit.wait(4)
    visit.say("enter", target="buy")
    press(visit)
    visit.say("leave", target="buy")
    visit.wait(8)
    visit.move(600, 500)
    return visit


def decided() -> Recording:
    """Knows the lamp already."""
    visit = shop()
    visit.wait(3.5)
    visit.say("enter", target="buy-box")
    visit.say("enter", target="buy")
    press(visit)
    visit.wait(20)
    visit.move(600, 500)
    return visit


def press(visit: Recording) -> None:
    """Presses the button; the dialog that opens takes the focus away."""
    visit.move(900, 445)
    visit.wait(0.4)
    visit.say("focus", target="buy")
    visit.say("click", target="buy")
    visit.say("blur", target="buy")
    visit.say("goal", name="purchase", value=68)


def course() -> Recording:
    visit = Recording(1956, {"exercise": Box(1108, 540, 68)})
    visit.wait(6)
    for _ in range(9):
        visit.turn(100, 4)
    visit.say("enter", target="exercise")
    return visit


def answer(visit: Recording, kind: str, name: str) -> None:
    """Chooses an answer and presses Check; what the page says about it takes the focus."""
    visit.move(400, 560)
    visit.say("focus", target="exercise")
    visit.say("click", target="exercise")
    visit.say("input", target="exercise", correction=False)
    visit.wait(1.8)
    visit.move(300, 640)
    visit.say("click", target="exercise")
    visit.say("blur", target="exercise")
    visit.say(kind, name=name)


def struggling() -> Recording:
    """Two wrong answers, the smaller step, and then the exercise itself."""
    visit = course()
    for think_s, name in ((12, "quiz-wrong"), (9, "quiz-wrong"), (14, "step-solved")):
        visit.wait(think_s)
        answer(visit, "event", name)
    visit.wait(16)
    answer(visit, "goal", "solved")
    return visit


def solving() -> Recording:
    """One slip, then the right answer."""
    visit = course()
    visit.wait(15)
    answer(visit, "event", "quiz-wrong")
    visit.wait(10)
    answer(visit, "goal", "solved")
    return visit


VISITS: dict[str, Callable[[], Recording]] = {
    "news-skimmer": skimmer,
    "news-returner": returner,
    "news-hopper": hopper,
    "news-reader": reader,
    "news-starter": starter,
    "news-pager": pager,
    "shop-hesitant": hesitant,
    "shop-decided": decided,
    "course-struggling": struggling,
    "course-solving": solving,
}


def text_of(name: str) -> str:
    """The trace of a visit, as JSON Lines."""
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in VISITS[name]().lines)


if __name__ == "__main__":
    TRACES.mkdir(parents=True, exist_ok=True)
    for visit_name in VISITS:
        (TRACES / f"{visit_name}.jsonl").write_text(text_of(visit_name), encoding="utf-8")
