"""The panel in every engine: what axe finds in it, what it says, and what it takes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.axe import AXE
from tests.e2e.driving import EVERYTHING, Place, Serve, build
from tests.e2e.test_panel import PAGE, POLICY, STRICT
from tests.engines.conftest import Tab
from tests.sites import lean_toml, write_pages, write_site

SHEET: Final = "document.querySelector('trimtab-sheet')?.shadowRoot"
TEXT: Final = f"{SHEET}?.querySelector('dialog')?.innerText"
FAULTS: Final = "violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])"
UNDO: Final = f"[...{SHEET}.querySelectorAll('button')].find(({{ textContent }}) => textContent === 'Undo').click()"
WANTED: Final = "window.trimtab ??= { early: [], automated: true };"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = write_site(tmp_path_factory.mktemp("site"), POLICY, lean_toml("panel"))
    return build(site, tmp_path_factory.mktemp("pack") / "out")


@pytest.fixture
def place(pack: Path, tmp_path: Path, serve: Serve) -> Iterator[Place]:
    page = PAGE.replace("LANG", "en").replace("CSP", STRICT)
    page = page.replace("<script async", '<script src="before.js"></script>\n<script async')
    with serve(pack, write_pages(tmp_path / "pages", {"index.html": page, "before.js": WANTED})) as running:
        yield running


def test_axe_finds_no_fault_and_a_change_is_taken_back(tab: Tab, place: Place) -> None:
    tab.goto(place.address)
    tab.wait("typeof window.trimtab?.status === 'function'")
    words = ", ".join(f"{name}: true" for name in EVERYTHING)
    tab.run(f"trimtab.consent({{ {words} }})")
    tab.wait("trimtab.status().state === 'running'")
    tab.run("trimtab.event('go')")
    tab.wait("document.querySelector('.title').innerText === 'Short.'")
    tab.run("document.querySelector('trimtab-panel button').click()")
    tab.wait(f"{TEXT}?.includes('On the page now')")
    tab.run(f"for (const each of {SHEET}.querySelectorAll('summary')) each.click()")
    tab.wait(f"{TEXT}.includes('you were taken for')")
    tab.wait(f"{SHEET}.getAnimations().every(({{ playState }}) => playState !== 'running')")  # it fades in
    tab.run(AXE)
    assert tab.run(f"return axe.run().then(({{ violations }}) => {FAULTS})") == []
    tab.run(UNDO)
    tab.wait("document.querySelector('.title').innerText === 'A long title'")
    tab.wait(f"{TEXT}.includes('You took it back')")
    tab.run(f"{SHEET}.querySelector('.close').click()")
    tab.wait(f"!{SHEET}?.querySelector('dialog[open]')")
