"""`trimtab build SITE -o OUT`: packs a site, and says how to put it into a page."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from trimtab.errors import TrimtabError
from trimtab_bundler.archive import read_zip
from trimtab_bundler.bindings import write_bindings
from trimtab_bundler.bundling import Bundler
from trimtab_bundler.cache import Cache
from trimtab_bundler.compress import BEST, QUICK, make_twins
from trimtab_bundler.manifest import read_previous
from trimtab_bundler.npm import gather
from trimtab_bundler.pack import STABLE_TAG, Pack, build_pack
from trimtab_bundler.progress import Progress
from trimtab_bundler.publish import publish
from trimtab_bundler.rendering import EARLY, TRUSTED_TYPES, render_csp, render_snippet
from trimtab_bundler.report import report
from trimtab_bundler.stdlib import ZIP
from trimtab_bundler.tag import bundle_head

SUMMARY: Final = "pack a site for the browser"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder with trimtab.toml and policy.py")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help="the folder to write the pack to")
    parser.add_argument(
        "--preview",
        action="store_true",
        help="a pack for trying: data-arm on the tag forces an arm, and it is compressed quickly rather than well",
    )
    parser.add_argument("--pin", action="store_true", help="print a tag with SRI, which does not follow new builds")
    parser.add_argument(
        "--head", action="store_true", help="print the snippet whose script begins each page as the one before was left"
    )
    parser.add_argument(
        "--bindings", type=Path, metavar="FOLDER", help="also write the files for React, Vue and TypeScript into FOLDER"
    )
    parser.add_argument("--report", action="store_true", help="also print what is in the pack and why, largest first")
    parser.add_argument("--base", metavar="URL", help="where pages will find the pack; default: NAME/ beside the page")


def run(args: argparse.Namespace) -> int:
    """Builds, writes and prints what was written."""
    progress = Progress(sys.stderr)
    base = _base(args.base)
    cache = Cache.of_user()
    pack, entries = build_into(args.site, args.out, cache, progress, preview=args.preview)
    if args.bindings:
        write_bindings(args.bindings)
    base = base or f"{pack.site.name}/"
    tag, sri = (pack.tag.path, pack.tag.sri) if args.pin else (STABLE_TAG, "")
    packages = gather(cache, progress)
    early = bundle_head(Bundler(packages, cache)) if args.head else EARLY
    place = "Put this into the head of every page" if args.head else "Put this into every page"
    told = [*_sizes(args.out, pack, entries), "", f"{place}:", "", render_snippet(base + tag, sri, early)]
    told += ["A Content-Security-Policy also needs:", "", *_csp_lines(base, early)]
    told += ["", f"and, if it has require-trusted-types-for 'script':  {TRUSTED_TYPES}"]
    if args.report:
        told += ["", *report(pack, entries, read_zip((packages.pyodide / ZIP).read_bytes()))]
    print("\n".join(told))
    return 0


def build_into(
    site: Path, out: Path, cache: Cache, progress: Progress, *, preview: bool
) -> tuple[Pack, list[dict[str, Any]]]:
    """Builds a site's pack and puts it where `out` is; gives the pack and its files' manifest entries."""
    read_previous(out)  # whatever forbids to write there is said before the work, not after
    pack = build_pack(site, cache, progress, preview=preview)
    return pack, publish(pack, make_twins(pack.files, cache, progress, quality=QUICK if preview else BEST), out)


def _base(given: str | None) -> str:
    """The address given, ending in a slash; empty if none was given."""
    if not given:
        return ""
    parts = urlsplit(given)
    if parts.query or parts.fragment or parts.scheme not in ("", "http", "https") or any(c in given for c in " \"'<>"):
        raise TrimtabError(
            f"--base {given!r} is no address of a folder; give one such as https://cdn.example.org/news/"
        )
    return given.rstrip("/") + "/"


def _sizes(out: Path, pack: Pack, entries: Sequence[dict[str, Any]]) -> list[str]:
    """What a first visit downloads, largest first; the stable tag and the hashed one are the same file."""
    downloads = sorted(
        (entry for entry in entries if entry["path"] not in {pack.tag.path, *pack.on_demand}),
        key=lambda entry: -int(entry["br"]),
    )
    total = sum(int(entry["br"]) for entry in downloads)
    kind = "a preview pack" if pack.preview else "a pack"
    head = f"{out}: {kind} of {pack.site.name}, {total:,} bytes (brotli) on a first visit"
    return [head, *(f"{entry['br']:>12,}  {entry['path']}" for entry in downloads)]


def _csp_lines(base: str, early: str) -> list[str]:
    """The additions to a CSP for a pack on the page's origin and for one elsewhere, or only the one that applies."""
    parts = urlsplit(base)
    if parts.netloc:
        return [f"  {render_csp(f'{parts.scheme or "https"}://{parts.netloc}', early)}"]
    return [
        f"  on the page's origin:  {render_csp('', early)}",
        f"  on another origin:     {render_csp('https://PACK', early)}",
    ]
