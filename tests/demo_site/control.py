"""The control copies of the demo's pages. `python -m tests.demo_site.control` writes them anew."""

from pathlib import Path

DEMO = Path(__file__).resolve().parents[2] / "demo_site"
SITES = ("course", "news", "shop")
TRIMTAB = ("/trimtab.js", "window.trimtab", "/panel/")
"""What a line of a page has in it that a page without trimtab would not have: the snippet, and the panel about it."""


def control_of(page: str) -> str:
    """The page without its trimtab lines."""
    return "".join(line for line in page.splitlines(keepends=True) if not any(mark in line for mark in TRIMTAB))


if __name__ == "__main__":
    for site in SITES:
        index = DEMO / site / "index.html"
        index.with_name("control.html").write_text(control_of(index.read_text(encoding="utf-8")), encoding="utf-8")
