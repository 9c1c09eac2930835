"""What is under the mouse or a finger does not begin to change: with a real mouse, or finger, over a real document."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page

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


TAPPED = """async (adjustment) => {
    const { begin } = await import("/dom/harness.js");
    document.body.innerHTML = '<p>Under</p><p class="t">Like</p>';
    for (const each of document.querySelectorAll("p"))
        each.style.cssText = "position:absolute;left:0;top:0;margin:0;width:200px;height:80px";
    window.clicks = [];
    document.addEventListener("click", ({ target }) => clicks.push(target.textContent));
    window.begun = begin(".t", adjustment);
}"""
ADJUSTMENTS = [{"kind": "hide"}, {"kind": "text", "text": "Delete all"}, {"kind": "class", "name": "marked"}]
STATES = "begun.states"
WAITS = ["deferred: the visitor's pointer is on it"]


@pytest.fixture
def phone(browser: Browser, origin: str) -> Iterator[Page]:
    phone = browser.new_page(viewport={"width": 400, "height": 700}, has_touch=True, is_mobile=True)
    phone.goto(origin)
    yield phone
    phone.close()


def touch(fingers: CDPSession, kind: str) -> None:
    points = [{"x": 100, "y": 40}] if kind == "touchStart" else []
    fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def ask_while_a_finger_is_down(phone: Page, adjustment: dict[str, str]) -> CDPSession:
    """Something that takes no focus is touched, and then a change of it is wanted."""
    phone.evaluate(TAPPED, adjustment)
    fingers = phone.context.new_cdp_session(phone)
    touch(fingers, "touchStart")
    phone.evaluate("begun.obey('apply')")
    phone.wait_for_function(f"{STATES}.length === 1")
    return fingers


@pytest.mark.parametrize("adjustment", ADJUSTMENTS, ids=lambda adjustment: adjustment["kind"])
def test_a_finger_taps_what_it_came_down_on(phone: Page, adjustment: dict[str, str]) -> None:
    phone.evaluate("window.setTimeout = () => 0")  # so it is the click that ends the waiting
    fingers = ask_while_a_finger_is_down(phone, adjustment)
    assert phone.evaluate(STATES) == WAITS
    touch(fingers, "touchEnd")
    phone.wait_for_function(f"{STATES}.length === 2", timeout=2000)
    assert phone.evaluate(f"[clicks, {STATES}]") == [["Like"], [*WAITS, "applied"]]


def test_a_second_tap_is_of_what_it_came_down_on_too(phone: Page) -> None:
    phone.evaluate(TAPPED, {"kind": "hide"})
    phone.touchscreen.tap(100, 40)
    fingers = phone.context.new_cdp_session(phone)
    touch(fingers, "touchStart")
    phone.evaluate("begun.obey('apply')")
    phone.wait_for_function(f"{STATES}.length")
    touch(fingers, "touchEnd")
    phone.wait_for_function("clicks.length === 2")
    assert phone.evaluate("clicks") == ["Like", "Like"]


@pytest.mark.parametrize("end", ["touchEnd", "touchCancel"])
def test_a_touch_that_becomes_no_click_is_waited_for_a_short_time(phone: Page, end: str) -> None:
    phone.evaluate("document.addEventListener('touchstart', (event) => event.preventDefault(), { passive: false })")
    fingers = ask_while_a_finger_is_down(phone, {"kind": "hide"})
    assert phone.evaluate(STATES) == WAITS
    touch(fingers, end)
    phone.wait_for_function(f"{STATES}.length === 2", timeout=2000)
    assert phone.evaluate(f"[clicks, {STATES}]") == [[], [*WAITS, "applied"]]


def test_a_click_that_a_script_makes_does_not_lift_the_finger(phone: Page) -> None:
    fingers = ask_while_a_finger_is_down(phone, {"kind": "hide"})
    phone.evaluate("document.querySelector('p').click()")
    touch(fingers, "touchEnd")
    phone.wait_for_function("clicks.length === 2")
    assert phone.evaluate("clicks") == ["Under", "Like"]


FULL = """async () => {
    const { begin } = await import("/dom/harness.js");
    document.body.innerHTML = '<my-card class="t"></my-card><p class="t">beside</p>';
    const root = document.querySelector("my-card").attachShadow({ mode: "open" });
    root.innerHTML = '<div class="around"><b>film</b></div>';
    document.body.onclick = () => void root.querySelector("b").requestFullscreen();
    window.around = begin("my-card >>> .around", { kind: "hide" });
    window.begun = begin(".t", { kind: "hide" });
    window.height = () => root.querySelector("b").getBoundingClientRect().height;
}"""


def test_what_fills_the_screen_is_not_hidden_with_what_it_is_in(tab: Page) -> None:
    tab.evaluate(FULL)
    tab.mouse.click(20, 8)
    tab.wait_for_function("document.fullscreenElement && height() > 100")
    tab.mouse.move(999, 699)
    tab.evaluate("around.obey('apply'); begun.obey('apply')")
    tab.wait_for_function("around.states.length && begun.states.length")
    assert tab.evaluate("height()") > 100
    assert tab.evaluate("[around.states, begun.states]") == [["deferred: the visitor's focus is in it"], ["applied"]]
    tab.evaluate("document.exitFullscreen()")
    tab.wait_for_function("around.states.length === 2 && height() === 0", timeout=2000)
    assert tab.evaluate("around.states[1]") == "applied"
