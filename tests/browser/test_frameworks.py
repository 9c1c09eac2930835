"""Pages of React, Vue and htmx that render what we changed again, take it over late, or take it away."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, Route

from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import gather, run_node
from trimtab_bundler.progress import Progress

HERE: Final = Path(__file__).parent / "frameworks"
ROOT: Final = Path(__file__).parents[2]
HTMX: Final = ROOT / "node_modules" / "htmx.org" / "dist" / "htmx.js"
DEFINES: Final = (  # development builds: they are the ones that complain
    '--define:process.env.NODE_ENV="development"',
    "--define:__VUE_OPTIONS_API__=true",
    "--define:__VUE_PROD_DEVTOOLS__=false",
    "--define:__VUE_PROD_HYDRATION_MISMATCH_DETAILS__=true",
)
EVERY_MS: Final = 50
MOST_REVERSALS: Final = 12
"""Three in each of four loops."""

BEGIN: Final = """async () => {
    const asked = window.requestAnimationFrame;
    window.tally = { frames: 0, adds: 0, reversed: 0, given_up: 0, shifted: 0, errors: [], states: [] };
    window.requestAnimationFrame = (work) => ((tally.frames += 1), asked(work));
    const add = DOMTokenList.prototype.add;
    DOMTokenList.prototype.add = function (...names) {
        tally.adds += names.includes("ours");
        return add.apply(this, names);
    };
    const { createApplier } = await import("/page/applier.js");
    const { createScope } = await import("/page/scope.js");
    const targets = [".card", ".list"].map((name) => ({ name, selector: `:is(#root, #shell) ${name}` }));
    const adjustments = [
        { name: "card", target: 0, do: { kind: "class", name: "ours" } },
        { name: "list", target: 1, do: { kind: "text", text: "short" } },
    ];
    const tell = {
        adjust: (index, state, reason) => tally.states.push([index, state, reason]),
        count: (what) => (tally[what] += 1),
    };
    const scope = createScope((error) => tally.errors.push(String(error)));
    window.applier = createApplier({ adjustments, targets }, () => {}, tell, scope);
}"""
APPLY: Final = "applier.obey([['apply', 0], ['apply', 1]])"
APPLIED: Final = "tally.states.filter(([, state]) => state === 'applied').length >= 2"
RUN: Final = "window.n = 0; window.running = setInterval(() => frame.tick((n += 1)), EVERY)".replace(
    "EVERY", f"{EVERY_MS}"
)
SAME: Final = """() => {
    const [ours, own] = [document.querySelector('#root, #shell'), document.querySelector('#control')];
    return [ours.innerHTML, own.innerHTML];
}"""


def bundle_frameworks(out: Path) -> dict[str, Path]:
    """Both pages as classic scripts."""
    esbuild = str(gather(Cache.of_user(), Progress(io.StringIO())).esbuild)
    made = {}
    for name in ("react", "vue"):
        made[name] = out / f"{name}.js"
        arguments = [
            esbuild,
            str(HERE / f"{name}.js"),
            "--bundle",
            "--format=iife",
            *DEFINES,
            f"--outfile={made[name]}",
        ]
        ended = run_node(arguments, timeout_s=120)
        assert ended.returncode == 0, ended.stderr
    return made


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return bundle_frameworks(tmp_path_factory.mktemp("frameworks"))


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": 1000, "height": 700})
    yield tab
    tab.close()


@pytest.fixture
def complaints(tab: Page) -> list[str]:
    """Errors and warnings in the console, and what was thrown."""
    lines: list[str] = []

    def note(kind: str, text: str) -> None:
        if kind in ("error", "warning") and "favicon" not in text:
            lines.append(text)

    tab.on("console", lambda message: note(message.type, message.text))
    tab.on("pageerror", lambda error: note("error", str(error)))
    return lines


def open_page(tab: Page, origin: str, bundle: Path, root: str) -> None:
    """An empty root that is adjusted, and one beside it that is not."""
    tab.goto(origin)
    tab.evaluate(f"document.body.innerHTML = '{root}<div id=\"control\"></div>'")
    tab.add_script_tag(path=bundle)
    tab.evaluate(BEGIN)


def tallied(tab: Page) -> dict[str, Any]:
    tally: dict[str, Any] = tab.evaluate("tally")
    return tally


def stop_and_restore(tab: Page) -> None:
    """The page comes to rest; then everything is taken back."""
    tab.evaluate("clearInterval(running)")
    tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")
    tab.evaluate("applier.restore()")
    ours, own = tab.evaluate(SAME)
    assert ours == own


@pytest.mark.parametrize("framework", ["react", "vue"])
@pytest.mark.parametrize("mode", ["rerender", "replace", "remove"])
def test_a_page_that_insists_gets_its_way_and_nothing_breaks(
    tab: Page, origin: str, bundles: dict[str, Path], complaints: list[str], framework: str, mode: str
) -> None:
    open_page(tab, origin, bundles[framework], '<div id="root"></div>')
    tab.evaluate(f"frame.render('{mode}')")
    tab.wait_for_selector("#root .card")
    tab.evaluate(APPLY)
    tab.wait_for_function(APPLIED)
    before = tallied(tab)
    tab.evaluate(RUN)
    if mode == "remove":
        tab.wait_for_function("n > 100")
    else:
        tab.wait_for_function("tally.given_up === 1", timeout=60_000)
    after = tallied(tab)
    assert after["reversed"] <= MOST_REVERSALS + 2  # the list is adjusted too; it is reversed at most now and then
    assert (
        after["adds"] <= 4 * MOST_REVERSALS + before["adds"]
    )  # each is tried in calm: done, and redone if it may stay
    assert tab.evaluate("n") > 20, "the page ran on all the while"
    stop_and_restore(tab)
    assert after["errors"] == []
    assert tab.evaluate("frame.errors") == []
    assert complaints == []


@pytest.mark.parametrize("framework", ["react", "vue"])
def test_children_may_come_and_go_while_other_content_is_shown(
    tab: Page, origin: str, bundles: dict[str, Path], complaints: list[str], framework: str
) -> None:
    open_page(tab, origin, bundles[framework], '<div id="root"></div>')
    tab.evaluate("frame.render('plain')")
    tab.wait_for_selector("#root .list b")
    tab.evaluate("applier.obey([['apply', 1]])")
    tab.wait_for_function("document.querySelector('#root .list').textContent === 'short'")
    for tick in range(1, 16):
        tab.evaluate(f"frame.tick({tick})")
        tab.wait_for_function(f"document.querySelector('#control .card').textContent === 'card {tick}'")
    tab.evaluate("window.running = 0")
    stop_and_restore(tab)
    assert tab.evaluate("frame.errors") == []
    assert complaints == []
    tab.evaluate("frame.tick(16)")
    tab.wait_for_function("document.querySelector('#control .card').textContent === 'card 16'")
    ours, own = tab.evaluate(SAME)
    assert ours == own


@pytest.mark.parametrize("framework", ["react", "vue"])
@pytest.mark.parametrize("root", ['<div id="root"></div>', '<div id="shell" data-trimtab-wait></div>'])
def test_a_root_that_is_taken_over_late_is_left_alone_until_then(
    tab: Page, origin: str, bundles: dict[str, Path], complaints: list[str], framework: str, root: str
) -> None:
    open_page(tab, origin, bundles[framework], root)
    tab.evaluate(
        "async () => { for (const root of document.body.children) root.innerHTML = await frame.html('plain'); }"
    )
    tab.evaluate(APPLY)
    tab.wait_for_function("tally.states.length === 2")
    assert [state for _, state, _ in tallied(tab)["states"]] == ["deferred", "deferred"]
    tab.wait_for_timeout(2000)  # the framework is late, and we look now and then whether it has come
    assert tab.evaluate("document.querySelector(':is(#root, #shell) .ours')") is None
    tab.evaluate("frame.hydrate('plain')")
    tab.wait_for_function(APPLIED)
    assert tab.evaluate("document.querySelector(':is(#root, #shell) .list').textContent") == "short"
    tab.evaluate("frame.tick(3)")
    tab.wait_for_function("document.querySelector('#control .card').textContent === 'card 3'")
    tab.evaluate("window.running = 0")
    stop_and_restore(tab)
    assert tab.evaluate("frame.errors") == []
    assert complaints == []


def test_a_part_that_htmx_fetches_again_and_again_is_given_up(tab: Page, origin: str, complaints: list[str]) -> None:
    fetched = 0
    part = '<p class="card" hx-get="/part" hx-trigger="every 50ms" hx-swap="outerHTML">{}</p>'

    def answer(route: Route) -> None:
        nonlocal fetched
        fetched += 1
        route.fulfill(body=part.format(fetched), content_type="text/html")

    tab.route(f"{origin}/part", answer)
    tab.goto(origin)
    tab.evaluate(BEGIN)
    tab.evaluate(f'document.body.innerHTML = \'<div id="root">{part.format(0)}<p class="list">long</p></div>\'')
    tab.evaluate(APPLY)
    tab.wait_for_function(APPLIED)
    tab.add_script_tag(path=HTMX)
    tab.wait_for_function("tally.given_up === 1", timeout=60_000)
    assert fetched > 10
    assert tallied(tab)["reversed"] == MOST_REVERSALS
    tab.evaluate("applier.restore()")
    assert tab.evaluate("document.querySelectorAll('.ours').length") == 0
    assert tab.evaluate("document.querySelector('.list').textContent") == "long"
    assert complaints == []
