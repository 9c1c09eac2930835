"""What page/shifts.js keeps in memory, of pages that replace what we change again and again."""

from typing import Final

import pytest
from playwright.sync_api import Browser

HOLD: Final = """async (measured) => {
    const { watchShifts } = await import("/page/shifts.js");
    const { createScope } = await import("/page/scope.js");
    if (!measured) Object.defineProperty(PerformanceObserver, "supportedEntryTypes", { value: [] });
    let now_ms = 0;
    performance.now = () => now_ms;
    const shifts = window.shifts = watchShifts(() => {}, () => 0, createScope(() => {}));
    window.shown = [];
    for (let count = 0; count < 20; count += 1) {
        const element = document.createElement("p");
        document.body.replaceChildren(element);
        shifts.hold(element);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        shifts.release(element);
        shown.push(new WeakRef(element));
        now_ms += 1050;
    }
    document.body.replaceChildren();
}"""
ALIVE: Final = "shown.filter((each) => each.deref()).length"


@pytest.mark.parametrize(("measured", "kept"), [(True, 5), (False, 0)])
def test_elements_that_the_page_has_replaced_are_let_go(
    browser: Browser, origin: str, measured: bool, kept: int
) -> None:
    with browser.new_page() as tab:
        tab.goto(origin)
        tab.evaluate(HOLD, measured)
        session = tab.context.new_cdp_session(tab)
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        assert tab.evaluate(ALIVE) <= kept
