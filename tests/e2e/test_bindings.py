"""Content that React or Vue owns follows the visit: with the real frameworks, which render every 50 ms."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.bundling import APPS, bundle
from tests.e2e.driving import Serve, agree, see_everything, wait_for_state
from tests.sites import lean_toml, write_pages, write_site

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script>
window.told = [];
document.addEventListener("story:short", ({ detail }) => told.push(detail.undo));
window.listening = 0;
for (const [method, by] of [["addEventListener", 1], ["removeEventListener", -1]]) {
  const real = document[method];
  document[method] = function (type, ...rest) {
    if (type === "trimtab:adjust") listening += by;
    return real.call(this, type, ...rest);
  };
}
</script>
<script async src="/bindings/trimtab.js"></script></head>
<body><main data-trimtab-target="story"><div id="root"></div></main><script src="app.js"></script></body></html>
"""
POLICY = """
from trimtab import Policy, adjust, seconds

site = Policy("bindings", holdout=0.001, built_in=[])
story = site.target("story")


@site.segment(enter_after=seconds(0), leave_after=seconds(0))
def eager(visitor):
    return visitor.event("go").count >= 1 and visitor.event("stop").count < 1


site.adjust("short-story", on=story, when=eager, do=adjust.event("story:short"), show_for=seconds(0))
site.adjust("roomy-story", on=story, when=eager, do=adjust.add_class("roomy"), show_for=seconds(0))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("bindings"))


@pytest.mark.parametrize("framework", ["react", "vue"])
def test_what_a_framework_owns_comes_goes_and_is_cleaned_up(
    page: Page, pack: Path, site: Path, tmp_path: Path, serve: Serve, framework: str, console: list[str]
) -> None:
    pages = write_pages(tmp_path / "pages", {"index.html": PAGE})
    bundle(APPS / f"{framework}_app.js", pages / "app.js")
    see_everything(page, site)
    with serve(pack, pages) as place:
        page.goto(place.address)
        story = page.locator("#story")
        expect(story).to_have_text("A long story. Calm")
        assert "A long story. Calm" in page.evaluate("rendered")
        agree(page)
        wait_for_state(page, "running")
        page.evaluate("trimtab.event('go')")
        expect(story).to_have_text("Short. Eager", timeout=30_000)
        expect(page.locator("main")).to_have_class("roomy")
        renders = int(story.get_attribute("data-renders") or 0)
        page.wait_for_function("before => Number(story.dataset.renders) > before + 5", arg=renders)
        expect(story).to_have_text("Short. Eager")
        page.evaluate("trimtab.undo('short-story')")
        expect(story).to_have_text("A long story. Eager")
        assert page.evaluate("told") == [False, True]
        page.evaluate("trimtab.event('stop')")
        expect(story).to_have_text("A long story. Calm", timeout=30_000)
        assert page.evaluate("listening") == 2, "one for each of the two, also after StrictMode's second mount"
        page.evaluate("unmount()")
        assert page.evaluate("[listening, recovered]") == [0, []]
    assert [line for line in console if line.startswith("error")] == []
