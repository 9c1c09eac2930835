"""What axe-core, an accessibility checker that we did not write, says of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

AXE: Final = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[Any]:
    """What it finds wrong, rule by rule, with the elements; open shadow roots included."""
    page.evaluate(AXE)
    rules = "violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])"
    found: list[Any] = page.evaluate(f"axe.run().then(({{ violations }}) => {rules})")
    return found


def focused(page: Page) -> str:
    """The text of what has the focus, in an open shadow root too."""
    text: str = page.evaluate(
        "(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).textContent.trim()"
    )
    return text
