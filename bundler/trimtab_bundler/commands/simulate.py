"""`trimtab simulate`: one made-up visitor as a trace, or a crowd of them into a server, to see what it finds out."""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab.loading import policy_file
from trimtab.privacy.budget import MONTH_DAYS
from trimtab.visitors import simulate as one
from trimtab.visitors.crowd import Crowd
from trimtab.visitors.device import Ground
from trimtab.visitors.truth import Truth, prepare
from trimtab_bundler.crowding import send_crowd, site_of_crowd, today, write_stand_in
from trimtab_bundler.progress import Progress
from trimtab_bundler.serving import leaving_in_order, serving
from trimtab_bundler.site import FILE, read_site

SUMMARY: Final = "make up one visitor's trace, or a crowd and what a server finds out about it"
USAGE: Final = """
  trimtab simulate --visitor NAME [--seed N] [--policy POLICY] [-o FILE]
  trimtab simulate --list
  trimtab simulate --visitors N [--days D] [--lift POINTS] [--seed N] [...] SITE"""
MOST_VISITORS: Final = 1_000_000
DAYS: Final = MONTH_DAYS
"""Also the most: a server takes reports of the last month only."""
BASE: Final = 30.0
SHARING: Final = 30.0
"""Percent, as in `trimtab plan`: a guess."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of both forms."""
    parser.usage = USAGE
    who = one.configure(parser)
    who.add_argument("--visitors", type=int, metavar="N", help="let a crowd of so many come")
    many = parser.add_argument_group("a crowd")
    many.add_argument("site", nargs="?", type=Path, metavar="SITE", help=f"a folder with {FILE}, or a policy.py")
    many.add_argument("--days", type=int, default=DAYS, metavar="D", help="over how many days (default: %(default)s)")
    many.add_argument(
        "--lift", type=float, default=0.0, metavar="POINTS",
        help="the true effect: whoever is shown a change reaches the goal more often by so many points (default: 0)",
    )  # fmt: skip
    many.add_argument("--goal", default="", help="which goal (default: the first of the policy)")
    many.add_argument("--base", type=float, default=BASE, metavar="PERCENT", help="visits that reach it (default: 30)")
    many.add_argument(
        "--sharing", type=float, default=SHARING, metavar="PERCENT", help="visitors who share (default: 30)"
    )
    many.add_argument("--data", type=Path, metavar="DIR", help="keep what the server counted here (default: nowhere)")
    many.add_argument("--json", action="store_true", help="what is true and what was found, as JSON")


def run(args: argparse.Namespace) -> int:
    """Writes the trace; or lets the crowd come, and prints what is true of it beside what the server says."""
    if args.visitors is None:
        if args.site is not None:
            raise TrimtabError(f"{args.site}: one trace is made with --policy, a crowd for a site with --visitors N")
        return one.run(args)
    if args.policy or args.out:
        raise TrimtabError("--policy and -o are for one trace; give a crowd its SITE, and --data to keep the counts")
    crowd = read_crowd(args)
    path, name = find_policy_file(args.site)
    ground, site = prepare(path, args.goal), site_of_crowd(name)
    with tempfile.TemporaryDirectory(prefix="trimtab-crowd-") if args.data is None else nullcontext(args.data) as kept:
        data = Path(kept)
        if args.data is not None:
            check_unmixed(data, site, ground)
        truth = _let_come(path, ground, crowd, site, data)
        said = _report(data, site, as_json=args.json)
    if args.json:
        print(json.dumps({"crowd": _figures(crowd), "true": true_figures(ground, truth), "report": json.loads(said)}))
    else:
        print(*tell_truth(ground, crowd, truth), "", "What the server finds out:", "", said, sep="\n", end="")
    return 0


def read_crowd(args: argparse.Namespace) -> Crowd:
    """The crowd that the arguments ask for. Raises TrimtabError."""
    for name in ("base", "lift", "sharing"):
        if not math.isfinite(getattr(args, name)):
            raise TrimtabError(f"--{name} is {getattr(args, name)}; use a number of points")
    base, lift, sharing = (float(Fraction(str(number)) / 100) for number in (args.base, args.lift, args.sharing))
    if not 1 <= args.visitors <= MOST_VISITORS:
        raise TrimtabError(f"--visitors is {args.visitors}; use 1 to {MOST_VISITORS:,}")
    if not 1 <= args.days <= DAYS:
        raise TrimtabError(f"--days is {args.days}; use 1 to {DAYS}: a server takes reports of the last month")
    if not 0 <= base <= 1 or not 0 <= sharing <= 1:
        raise TrimtabError(f"--base is {args.base:g}, --sharing {args.sharing:g}; both are percentages from 0 to 100")
    if not 0 <= base + lift <= 1:
        what = f"--lift {args.lift:g} makes {args.base + args.lift:g} % of --base {args.base:g} %"
        raise TrimtabError(f"{what}; use a lift that leaves it between 0 and 100")
    if args.seed < 0:
        raise TrimtabError(f"--seed is {args.seed}; use a whole number from 0")
    return Crowd(args.visitors, args.days, today(), args.seed, sharing, base, lift)


def find_policy_file(given: Path | None) -> tuple[Path, str]:
    """A site's policy file, and the site's name; a policy's own name for a file. Raises TrimtabError."""
    if given is None:
        raise TrimtabError(f"simulate --visitors needs a SITE: a folder with {FILE}, or a policy.py")
    if (given / FILE).exists():
        site = read_site(given)
        return site.policy.absolute(), site.name
    path = policy_file(str(given))
    return path.absolute(), prepare(path).policy.name.replace("_", "-")


def _let_come(path: Path, ground: Ground, crowd: Crowd, site: str, data: Path) -> Truth:
    with tempfile.TemporaryDirectory(prefix="trimtab-stand-in-") as work:
        pack = write_stand_in(Path(work, site), site, ground.declaration)
        with leaving_in_order(), serving([pack], data, None, 0) as address:
            return send_crowd(path, ground.goal, crowd, address=address, site=site, progress=Progress(sys.stderr))


def check_unmixed(data: Path, site: str, ground: Ground) -> None:
    """Raises TrimtabError if a crowd of the same policy was counted there before: what is true of it may be another."""
    done = _ask(data, site, "--policy", ground.declaration.hash, "--json")
    reports = json.loads(done.stdout)["sites"][0]["reports"] if done.returncode == 0 else 0
    if reports:
        what = (
            f"{data} holds {counted(reports, 'report')} of a crowd of this policy, and a second would be mixed with it"
        )
        raise TrimtabError(f"{what}; use another folder for --data, or leave it out")


def _ask(data: Path, site: str, *words: str) -> subprocess.CompletedProcess[str]:
    """`trimtab report`: the bundler knows the server's command line and no more of it."""
    command = [sys.executable, "-m", "trimtab_bundler", "report", site, "--data", str(data), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _report(data: Path, site: str, *, as_json: bool) -> str:
    """What it prints."""
    done = _ask(data, site, *(["--json"] if as_json else []))
    if done.returncode:
        raise TrimtabError(done.stderr.strip().removeprefix("trimtab: "))
    return done.stdout


def tell_truth(ground: Ground, crowd: Crowd, truth: Truth) -> list[str]:
    """What is true of the crowd, in sentences and one table for each question."""
    came = counted(crowd.visitors, "made-up visitor")
    others, reached = truth.visits - truth.shown, truth.reached - truth.shown_reached
    went = f"{_percent(truth.shown_reached, truth.shown)} of these reached {ground.goal!r}"
    lines = [
        f"{came} in {counted(crowd.days, 'day')}, seed {crowd.seed}. None of them is a person.",
        f"{counted(truth.visits, 'visit')} observed, {counted(truth.reports, 'report')} sent.",
        *(f"No report of {counted(count, 'visit')}: {why}." for why, count in sorted(truth.held_back.items())),
        f"{counted(truth.shown, 'visit')} saw a change. {went}, against {_percent(reached, others)} of the others.",
        f"True effect, by construction: {100 * crowd.lift:g} points for who is shown a change.",
    ]
    return [*lines, *_tables(ground, truth)]


def _tables(ground: Ground, truth: Truth) -> list[str]:
    """True shares by question, answer and arm, as `Truth.share` has them."""
    lines = []
    arms = ground.declaration.arms
    for index, question in enumerate(ground.declaration.questions):
        lines += [
            "",
            f"True shares of visitors, by their first visit: question {question.name}",
            "  ".join(("arm".ljust(24), *question.answers)),
        ]
        for arm, name in enumerate(arms):
            shares = [truth.share(index, arm, answer) for answer in range(len(question.answers))]
            cells = ("–" if share is None else f"{100 * share:.1f}%" for share in shares)
            row = (cell.rjust(len(answer)) for cell, answer in zip(cells, question.answers, strict=True))
            lines.append("  ".join((str(name).ljust(24), *row)))
    return lines


def counted(number: int, what: str) -> str:
    """'1 visit', '2,000 visits'."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def _figures(crowd: Crowd) -> dict[str, Any]:
    names = ("visitors", "days", "seed", "sharing", "base", "lift")
    return {name: getattr(crowd, name) for name in names}


def true_figures(ground: Ground, truth: Truth) -> dict[str, Any]:
    """What is true of the crowd as plain JSON; shares from 0 to 1, null where nobody was."""
    names = ("visits", "reports", "shown", "reached", "shown_reached")
    questions = [
        {
            "question": question.name,
            "arms": [
                {"arm": str(arm), "shares": [truth.share(index, number, each) for each in range(len(question.answers))]}
                for number, arm in enumerate(ground.declaration.arms)
            ],
        }
        for index, question in enumerate(ground.declaration.questions)
    ]
    return {name: getattr(truth, name) for name in names} | {"held_back": truth.held_back, "questions": questions}
