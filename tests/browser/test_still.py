"""What page/still.js does where scrollbars take room of the page: the browsers of the other tests hide them."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserType

SCALE: Final = """async (room_px) => {
    const { begin, show, frames } = await import("/dom/harness.js");
    show(`<main style="height:500px;overflow:auto">
        <div style="height:${room_px}px"></div><p class=t style="margin:0;width:90px;height:20px">t</p></main>`);
    const main = document.querySelector("main");
    const before_px = main.clientWidth;
    const { obey, states } = begin(".t", { kind: "scale", factor: 1.5 });
    obey("apply");
    await frames();
    return [before_px, main.clientWidth, states];
}"""
WAITS: Final = "deferred: it would move what is in view"


@pytest.fixture(scope="module")
def barred(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser as on a desk: its scrollbars take 15 px."""
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=["--hide-scrollbars"])
    yield browser
    browser.close()


@pytest.mark.parametrize(
    ("room_px", "seen"),
    [(300, [1000, 1000, ["applied"]]), (478, [1000, 1000, [WAITS]]), (900, [985, 985, ["applied"]])],
)
def test_what_is_drawn_larger_gives_no_scrollbar_to_what_it_is_in(
    barred: Browser, origin: str, room_px: int, seen: list[object]
) -> None:
    with barred.new_page(viewport={"width": 1000, "height": 700}) as tab:
        tab.goto(origin)
        assert tab.evaluate(SCALE, room_px) == seen
