"""A page of the corpus as a site: its policy beside a copy of its pages, and what other hosts would answer."""

import re
import shutil
from pathlib import Path
from typing import Final

from playwright.sync_api import Route

from tests.corpus.pages import NOTE, PACKAGES, ROOMY, CorpusPage
from tests.sites import lean_toml, write_site

BOOTSTRAP: Final = PACKAGES / "bootstrap" / "dist" / "js" / "bootstrap.bundle.min.js"
PICTURE: Final = re.compile(r"https://dummyimage\.com/(\d+)x(\d+)/")
TAG: Final = re.compile(r'<script async src="[^"]*trimtab\.js"[^>]*></script>')


def lay_out(page: CorpusPage, folder: Path, *, tag: bool = True) -> tuple[Path, Path]:
    """Writes the site to pack and the pages to serve; without `tag` the same pages, and nothing of ours on them.

    Returns the site's folder and the pages'. Raises AssertionError if the page is not what it was.
    """
    site = write_site(folder / "site", page.policy, lean_toml(page.name))
    pages = shutil.copytree(page.folder, folder / ("pages" if tag else "plain"))
    html = TAG.sub("", (pages / page.path).read_text())
    assert page.block_behind in html, f"{page.name} looks different now: no {page.block_behind}"
    script = f'<script async src="/{page.name}/trimtab.js"></script>' if tag else ""
    html = html.replace(page.block_behind, page.block_behind + NOTE)
    (pages / page.path).write_text(html.replace("</head>", f"{ROOMY}{script}</head>", 1))
    return site, pages


def answer_elsewhere(route: Route) -> None:
    """What the packages ask of other hosts: Bootstrap's script and pictures of a size are there; the rest is empty."""
    url = route.request.url
    if "bootstrap.bundle" in url:
        route.fulfill(path=BOOTSTRAP, content_type="text/javascript")
    elif size := PICTURE.match(url):
        width, height = size.groups()
        picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"/>'
        route.fulfill(body=picture, content_type="image/svg+xml")
    else:
        route.fulfill(status=200, body="")
