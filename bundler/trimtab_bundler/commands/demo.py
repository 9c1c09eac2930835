"""`trimtab demo`: packs the demo sites, serves them, and says where to look."""

import argparse
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from trimtab.errors import TrimtabError
from trimtab_bundler.cache import Cache
from trimtab_bundler.commands.build import build_into
from trimtab_bundler.crowding import make_room
from trimtab_bundler.progress import Progress
from trimtab_bundler.serving import leaving_in_order, serving
from trimtab_bundler.site import FILE
from trimtab_bundler.visiting import check_browser, run_visits

SUMMARY: Final = "pack and serve the demo sites"
PORT: Final = 8000
NEWS: Final = "news"
"""The site whose dashboard is shown with made-up visitors: the one that the landing page is about."""
VISITORS: Final = 300
"""At most: on a slow machine only as many as come within a few seconds (bundler/README.md)."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "--site", type=Path, default=Path("demo_site"), metavar="DIR", help="a folder of sites (default: ./demo_site)"
    )
    parser.add_argument("--port", type=int, help=f"default: {PORT}, any free one with --visit")
    parser.add_argument(
        "--visit", action="store_true", help="let a skimming and a reading visitor come, and tell what happened"
    )
    parser.add_argument(
        "--visitors",
        type=int,
        metavar="N",
        help=f"made-up visitors of {NEWS}, in a dashboard of their own (default: {VISITORS}, none with --visit)",
    )


def run(args: argparse.Namespace) -> int:
    """Packs and serves until it is interrupted, or until the visits are over."""
    sites = find_sites(args.site)
    visitors = args.visitors if args.visitors is not None else 0 if args.visit else VISITORS
    if args.visit:
        check_browser(args.site)
    with leaving_in_order(), tempfile.TemporaryDirectory(prefix="trimtab-demo-") as work:
        packs = _build(sites, Path(work, "packs"))
        crowd = make_room(args.site / NEWS, visitors, Path(work, "crowd")) if args.site / NEWS in sites else None
        packs += [crowd.pack] if crowd else []
        port = args.port if args.port is not None else 0 if args.visit else PORT
        with serving(packs, Path(work, "data"), args.site, port) as address:
            if crowd:
                crowd.come(address, Progress(sys.stderr))
            print(f"trimtab demo: {address}", flush=True)
            if args.visit:
                run_visits(address, args.site, print)
            else:
                _wait()
    return 0


def find_sites(folder: Path) -> list[Path]:
    """The sites in a folder. Raises TrimtabError if there is none."""
    sites = sorted(path.parent for path in folder.glob(f"*/{FILE}"))
    if not sites:
        raise TrimtabError(f"{folder}: no site there; run this in a checkout of trimtab, or give --site")
    return sites


def _build(sites: Sequence[Path], packs: Path) -> list[Path]:
    progress, cache = Progress(sys.stderr), Cache.of_user()
    for site in sites:
        with progress.step(f"packing {site.name}"):
            build_into(site, packs / site.name, cache, progress, preview=True)
    return [packs / site.name for site in sites]


def _wait() -> None:
    print("Press Ctrl-C to end.", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print(flush=True)
