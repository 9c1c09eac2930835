"""What is under the mouse does not begin to change: with a real mouse over a real document."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

BEGIN = """async (adjustment) => {
    const { createApplier } = await import("/page/applier.js");
    const { createScope } = await import("/page/scope.js");
    window.states = [];
    document.body.innerHTML = '<p class="card">one</p><p class="card">two</p><div style="height:3000px"></div>';
    document.head.insertAdjacentHTML("beforeend", "<style>.card{height:100px;margin:0}</style>");
    const tell = { adjust: (_index, state) => states.push(state), count() {} };
    window.applier = createApplier(
        { targets: [{ name: "card", selector: ".card" }], adjustments: [adjustment] },
        () => {}, tell, createScope((error) => states.push(String(error))));
}"""
CHANGED = "[...document.querySelectorAll('.card')].map((card) => Number(card.matches('.marked'))).join('')"


@pytest.fixture
def tab(browser: Browser, origin: str) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": 1000, "height": 700})
    tab.goto(origin)
    yield tab
    tab.close()


def begin(tab: Page, *, under_pointer: bool) -> None:
    """The mouse rests on the first of two cards, and a class is wanted on both."""
    adjustment = {"name": "a", "target": 0, "do": {"kind": "class", "name": "marked"}, "under_pointer": under_pointer}
    tab.evaluate(BEGIN, adjustment)
    tab.mouse.move(50, 50)
    tab.wait_for_function("document.querySelector('.card').matches(':hover')")
    tab.evaluate("applier.obey([['apply', 0]])")
    tab.wait_for_function("states.length === 1")


def test_what_the_mouse_is_on_waits_until_it_leaves(tab: Page) -> None:
    begin(tab, under_pointer=False)
    assert tab.evaluate(CHANGED) == "01"
    tab.mouse.move(50, 60)
    tab.mouse.move(50, 400)
    tab.wait_for_function(f"{CHANGED} === '11'", timeout=2000)
    assert tab.evaluate("states") == ["applied"]


def test_what_the_mouse_is_on_waits_until_it_is_scrolled_away(tab: Page) -> None:
    begin(tab, under_pointer=False)
    tab.mouse.wheel(0, 300)
    tab.wait_for_function(f"{CHANGED} === '11'", timeout=2000)


def test_a_rule_about_the_pointer_need_not_wait(tab: Page) -> None:
    begin(tab, under_pointer=True)
    assert tab.evaluate(CHANGED) == "11"


def test_taking_back_need_not_wait(tab: Page) -> None:
    begin(tab, under_pointer=True)
    tab.evaluate("applier.obey([['undo', 0]])")
    tab.wait_for_function(f"{CHANGED} === '00'", timeout=2000)
