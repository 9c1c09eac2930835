"""The modules that change and watch a document, tried in a real one: each test of dom/*.js in a fresh page."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.documents import FILES

CASES: Final = [
    pytest.param(file, name, id=f"{file.removesuffix('.js')}: {name}")
    for file, names in FILES.items()
    for name in names
]
RUN: Final = """async ([file, name]) => {
    const { tests } = await import("/dom/harness.js");
    await import(`/dom/${file}`);
    await tests.get(name)();
}"""
NAMES: Final = """async (file) => {
    const { tests } = await import("/dom/harness.js");
    await import(`/dom/${file}`);
    return [...tests.keys()];
}"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all; what a test leaves behind goes with its document."""
    tab = browser.new_page(viewport={"width": 1000, "height": 700})

    def press(selector: str) -> None:
        tab.click(selector, force=True)
        tab.mouse.move(999, 699)

    tab.expose_function("pressFor", press)
    yield tab
    tab.close()


@pytest.mark.parametrize(("file", "name"), CASES)
def test_in_a_document(tab: Page, origin: str, file: str, name: str) -> None:
    tab.goto(origin)
    tab.evaluate(RUN, [file, name])


@pytest.mark.parametrize("file", FILES)
def test_every_test_of_a_file_is_run(tab: Page, origin: str, file: str) -> None:
    tab.goto(origin)
    assert tab.evaluate(NAMES, file) == FILES[file]
