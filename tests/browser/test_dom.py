"""The modules that change and watch a document, tried in a real one: each test of dom/*.js in a fresh page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, Route

ROOT: Final = Path(__file__).parents[2]
DOM: Final = Path(__file__).parent / "dom"
ORIGIN: Final = "http://page.test"
FOLDERS: Final = {"page": ROOT / "agent" / "trimtab" / "browser" / "page", "dom": DOM}
PICTURE: Final = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='2'/>"
NAMED: Final = re.compile(r'^test\("(.+?)", ', re.MULTILINE)
CASES: Final = [
    pytest.param(path.name, name, id=f"{path.stem}: {name}")
    for path in sorted(DOM.glob("*.js"))
    for name in NAMED.findall(path.read_text(encoding="utf-8"))
]
RUN: Final = """async ([file, name]) => {
    const { tests } = await import("/dom/harness.js");
    await import(`/dom/${file}`);
    await tests.get(name)();
}"""


def serve(route: Route) -> None:
    """Answers with a module of the page, a test, a picture, or an empty page."""
    folder, _, name = route.request.url.removeprefix(ORIGIN).strip("/").partition("/")
    if name.endswith(".svg"):
        route.fulfill(body=PICTURE, content_type="image/svg+xml")
    elif folder in FOLDERS:
        route.fulfill(path=FOLDERS[folder] / name, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><style>body{margin:0}</style><body>", content_type="text/html")


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all; what a test leaves behind goes with its document."""
    tab = browser.new_page(viewport={"width": 1000, "height": 700})
    tab.route(f"{ORIGIN}/**", serve)

    def press(selector: str) -> None:
        tab.click(selector, force=True)
        tab.mouse.move(999, 699)

    tab.expose_function("pressFor", press)
    yield tab
    tab.close()


@pytest.mark.parametrize(("file", "name"), CASES)
def test_in_a_document(tab: Page, file: str, name: str) -> None:
    tab.goto(ORIGIN)
    tab.evaluate(RUN, [file, name])
