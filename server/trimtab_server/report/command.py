"""`trimtab report --data DIR [SITE]`: what the dashboard shows, without a server."""

import argparse
import json
from pathlib import Path
from typing import Final

from trimtab.errors import TrimtabError
from trimtab_server.dashboard.page import site_page
from trimtab_server.days import as_date, utc_day
from trimtab_server.report.figures import FIGURES_VERSION, site_figures
from trimtab_server.report.telling import told
from trimtab_server.store.policies import StoredPolicy
from trimtab_server.store.reading import Archive

SUMMARY: Final = "print what the dashboard shows"


class ReportError(TrimtabError):
    """There is nothing to report on; the text says what there is."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("site", nargs="?", metavar="SITE", help="a site's name (default: all of them)")
    parser.add_argument("--data", required=True, type=Path, metavar="DIR", help="the --data folder of `trimtab serve`")
    parser.add_argument("--policy", default="", metavar="HASH", help="an older policy of SITE (default: the latest)")
    parser.add_argument("--json", action="store_true", help="the numbers as JSON, unrounded")


def run(args: argparse.Namespace) -> int:
    """Prints and returns 0; a server may be running meanwhile. Raises StoreError or ReportError."""
    archive, today = Archive(args.data), utc_day()
    chosen = choose(archive, args.site, args.policy)
    if args.json:
        sites = [
            site_figures(archive.policies(policy.site), policy, archive.counts(policy), today) for policy in chosen
        ]
        print(json.dumps({"v": FIGURES_VERSION, "as_of": as_date(today).isoformat(), "sites": sites}, indent=2))
        return 0
    for number, policy in enumerate(chosen):
        page = site_page(archive.policies(policy.site), policy, archive.counts(policy), today)
        print(*([""] * (2 if number else 0)), *told(page), sep="\n")
    return 0


def choose(archive: Archive, site: str | None, policy_hash: str) -> list[StoredPolicy]:
    """The policies to report on: one of a site, or the latest of every site."""
    sites = archive.sites()
    if site is None:
        if policy_hash:
            raise ReportError(f"--policy {policy_hash} is of no site; name the site too")
        if not sites:
            raise ReportError(f"{archive.path}: no site was ever served with it; start `trimtab serve` first")
        return [policy for each in sites if (policy := archive.chosen(each))]
    policy = archive.chosen(site, policy_hash)
    if policy is None and site in sites:
        hashes = ", ".join(each.declaration.hash for each in archive.policies(site))
        raise ReportError(f"site {site!r} never had the policy {policy_hash}; give one of {hashes}")
    if policy is None:
        raise ReportError(f"no site {site!r} in {archive.path}; give one of {', '.join(sites) or 'none: it is empty'}")
    return [policy]
