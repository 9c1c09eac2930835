"""Pages of React, Vue and htmx that render what we changed again, in the engines that are no Chromium."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from tests.browser.test_frameworks import (
    APPLIED,
    APPLY,
    BEGIN,
    HERE,
    HTMX,
    MOST_REVERSALS,
    RUN,
    SAME,
    bundle_frameworks,
)
from tests.engines.conftest import Tab

pytestmark = pytest.mark.proof  # a page that insists takes a quarter of a minute until it is given up
NOTE: Final = """
window.complaints = [];
for (const kind of ["error", "warn"]) console[kind] = (...words) => complaints.push(words.map(String).join(" "));
addEventListener("error", ({ message }) => complaints.push(message));
addEventListener("unhandledrejection", ({ reason }) => complaints.push(String(reason)));
"""
CARD: Final = "document.querySelector('#control .card')?.textContent"
FRAMEWORKS: Final = pytest.mark.parametrize("framework", ["react", "vue"])


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    made = bundle_frameworks(tmp_path_factory.mktemp("frameworks"))
    return {name: path.read_text(encoding="utf-8") for name, path in made.items()}


def open_page(tab: Tab, documents: str, bundle: str, body: str) -> None:
    tab.goto(documents)
    room = "<style>p { height: 20px; overflow: hidden }</style>"  # bold letters are higher than others in Firefox
    tab.run(f"{NOTE} document.head.innerHTML += {json.dumps(room)}; document.body.innerHTML = {json.dumps(body)}")
    script = f"const script = document.createElement('script'); script.textContent = {json.dumps(bundle)};"
    tab.run(f"{script} document.head.append(script)")
    tab.run(f"await ({BEGIN})()")


def open_two(tab: Tab, documents: str, bundle: str) -> None:
    """An empty root that is adjusted, and one beside it that is not."""
    open_page(tab, documents, bundle, '<div id="root"></div><div id="control"></div>')


def stop_and_restore(tab: Tab) -> dict[str, Any]:
    """The page comes to rest; then everything is taken back. Gives what was counted until then."""
    tally: dict[str, Any] = tab.run("clearInterval(window.running); return tally")
    tab.run("await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); applier.restore()")
    ours, own = tab.run(f"return ({SAME})()")
    assert ours == own
    assert tab.run("return [...tally.errors, ...frame.errors, ...complaints]") == []
    return tally


@FRAMEWORKS
@pytest.mark.parametrize("mode", ["rerender", "replace"])
def test_a_page_that_insists_gets_its_way_and_nothing_breaks(
    lasting: Tab, documents: str, bundles: dict[str, str], framework: str, mode: str
) -> None:
    open_two(lasting, documents, bundles[framework])
    lasting.run(f"frame.render('{mode}')")
    lasting.wait("document.querySelector('#root .card')")
    lasting.run(APPLY)
    lasting.wait(APPLIED)
    lasting.run(RUN)
    lasting.wait("tally.given_up === 1")
    assert stop_and_restore(lasting)["reversed"] <= MOST_REVERSALS + 2


@FRAMEWORKS
def test_children_may_come_and_go_while_other_content_is_shown(
    lasting: Tab, documents: str, bundles: dict[str, str], framework: str
) -> None:
    open_two(lasting, documents, bundles[framework])
    lasting.run("frame.render('plain')")
    lasting.wait("document.querySelector('#root .list b')")
    lasting.run("applier.obey([['apply', 1]])")
    lasting.wait("document.querySelector('#root .list').textContent === 'short'")
    for tick in range(1, 8):
        lasting.run(f"frame.tick({tick})")
        lasting.wait(f"{CARD} === 'card {tick}'")
    stop_and_restore(lasting)


@FRAMEWORKS
def test_a_root_that_is_taken_over_late_is_left_alone_until_then(
    lasting: Tab, documents: str, bundles: dict[str, str], framework: str
) -> None:
    open_two(lasting, documents, bundles[framework])
    lasting.run("for (const root of document.body.children) root.innerHTML = await frame.html('plain')")
    lasting.run(APPLY)
    lasting.wait("tally.states.length === 2")
    assert lasting.run("return tally.states.map(([, state]) => state)") == ["deferred", "deferred"]
    lasting.run("await new Promise((done) => setTimeout(done, 1500))")  # we look now and then whether it has come
    assert lasting.run("return document.querySelector('#root .ours')") is None
    lasting.run("frame.hydrate('plain')")
    lasting.wait(APPLIED)
    lasting.wait(f"(frame.tick(3), {CARD} === 'card 3')")  # the other root may be taken over later still
    stop_and_restore(lasting)


def test_a_part_that_htmx_fetches_again_and_again_is_given_up(lasting: Tab, documents: str) -> None:
    part = (HERE / "part.html").read_text(encoding="utf-8")
    htmx = HTMX.read_text(encoding="utf-8")
    open_page(lasting, documents, "", f'<div id="root">{part}<p class="list">long</p></div>')
    lasting.run(APPLY)
    lasting.wait(APPLIED)
    lasting.run(
        f"const script = document.createElement('script'); script.textContent = {json.dumps(htmx)};"
        "document.head.append(script)"
    )
    lasting.wait("tally.given_up === 1")
    assert lasting.run("applier.restore(); return [tally.reversed, document.querySelectorAll('.ours').length]") == [
        MOST_REVERSALS, 0,
    ]  # fmt: skip
    assert lasting.run("return [document.querySelector('.list').textContent, complaints]") == ["long", []]
