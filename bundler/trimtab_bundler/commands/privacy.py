"""`trimtab privacy SITE`: what a privacy officer asks about a site, to read, to paste or as JSON."""

import argparse
import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from trimtab import statement
from trimtab.loading import load_policy
from trimtab.policy import Policy
from trimtab.privacy.budget import MONTH_DAYS, REPORTS_A_DAY, REPORTS_A_MONTH
from trimtab.privacy.mechanisms import epsilon
from trimtab_bundler.rendering import render_csp
from trimtab_bundler.site import Site, read_site

SUMMARY: Final = "print what a site stores, sends and keeps, and a notice for its visitors"
WIDTH: Final = 110
NOTICE: Final = """\
This site can adapt to how you read it: a summary that is shorter if you skim, say. How you scroll, point and pause
is looked at in your browser only and sent to nobody; what you type is never read. Each of this is your choice,
and you can change it at any time: looking at how you read, changing the page, remembering, and sharing. If you let
us remember, your browser keeps a random number and, until you close the tab, what the next page needs to go on. If
you share, your browser sends us at most {day} short answer a day ({month} in {days} days) to one question of ours,
changed at random before it leaves, so that nobody can be sure what is true of you. It carries no name, no number
of yours and no time of day. Because it carries none, we cannot find or delete it afterwards. If your browser sends
Global Privacy Control, nothing is shared."""

VETOES: Final = (
    "Above all of them: Global Privacy Control denies share, in a browser that a program drives nothing is shared, and "
    "a no on another page of the site holds on all until a yes comes after it."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder with trimtab.toml and policy.py")
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def run(args: argparse.Namespace) -> int:
    """Prints it all."""
    site = read_site(args.site)
    facts = gather_facts(site, load_policy(site.policy))
    print(json.dumps(facts, indent=2, ensure_ascii=False) if args.json else "\n".join(_text(facts)))
    return 0


def gather_facts(site: Site, policy: Policy) -> dict[str, Any]:
    """Everything there is to say, as plain JSON."""
    notice = NOTICE.format(day=REPORTS_A_DAY, month=REPORTS_A_MONTH, days=MONTH_DAYS)
    a, b = policy.noise
    return {
        "site": site.name,
        "notice": " ".join(notice.split()),
        "consent": {
            "sources": ["visitor", "site", *(source.name for source in site.consent)],
            "above_all": VETOES,
            "needs": {source.name: dict(source.needs) for source in site.consent},
        },
        "stored": [asdict(key) for key in statement.STORED],
        "loaded": statement.LOADED,
        "sent": statement.SENT,
        "collector": site.collect or "report, beside the tag",
        "report": [asdict(field) for field in statement.FIELDS],
        "questions": [{"name": question.name, "answers": list(question.answers)} for question in policy.questions],
        "noise": {
            "a": a,
            "b": b,
            "epsilon_report": epsilon(policy.noise),
            "epsilon_month": epsilon(policy.noise, REPORTS_A_MONTH),
            "reports_a_day": REPORTS_A_DAY,
            "reports_a_month": REPORTS_A_MONTH,
            "month_days": MONTH_DAYS,
            "together": statement.TOGETHER,
        },
        "kept": [asdict(table) for table in statement.TABLES],
        "logs": statement.LOGS,
        "deletion": statement.DELETION,
        "csp": {"same_origin": render_csp(""), "other_origin": render_csp("https://PACK")},
    }


def _text(facts: dict[str, Any]) -> Iterator[str]:
    noise = facts["noise"]
    yield f"{facts['site']}: what is stored, sent and kept"
    yield from _part("A notice for visitors, to paste", [facts["notice"]])
    order = ", ".join(facts["consent"]["sources"])
    needs = _needs(facts["consent"]["needs"])
    yield from _part("Who decides about consent, in this order", [order, *needs, facts["consent"]["above_all"]])
    stored = (
        f"{key['key']} ({key['area']}; consent: {key['needs']}): {key['holds']}; {key['lives']}."
        for key in facts["stored"]
    )
    yield from _part("On the visitor's device, and for how long", [*stored, "No cookie."])
    yield from _part("What is loaded", [facts["loaded"]])
    fields = (f"{field['name']}: {field['holds']}." for field in facts["report"])
    yield from _part(f"What is sent, to {facts['collector']}", [facts["sent"], *fields])
    asked = (f"{question['name']}: {' / '.join(question['answers'])}." for question in facts["questions"])
    yield from _part("What is asked", [*asked] or ["Nothing: the policy has no question."])
    promise = (
        "Whatever a report says, the odds of one true answer against another change by a factor of {a}/{b} at most: "
        "ε = {epsilon_report}. All {reports_a_month} reports of {month_days} days together: ε = {epsilon_month}. "
        "The noise is exact, drawn on the device before the first event is looked at."
    ).format(**noise)
    yield from _part("What the noise promises", [promise, noise["together"]])
    tables = (f"{table['name']}: {table['holds']}; {table['lives']}." for table in facts["kept"])
    yield from _part("On the server, and for how long", tables)
    yield from _part("Logs of a proxy", [facts["logs"]])
    yield from _part("Access and deletion", [facts["deletion"]])
    yield from _part("A Content-Security-Policy needs", facts["csp"].values())


def _needs(needs: dict[str, dict[str, tuple[int | str, ...]]]) -> Iterator[str]:
    for source, capabilities in needs.items():
        told = "; ".join(
            f"{capability} needs {', '.join(map(str, all_of))}" for capability, all_of in capabilities.items()
        )
        yield f"{source}: {told}."


def _part(title: str, paragraphs: Any) -> Iterator[str]:
    yield f"\n{title}"
    for paragraph in paragraphs:
        yield from textwrap.wrap(
            paragraph, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
        )
