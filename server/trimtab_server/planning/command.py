"""`trimtab plan POLICY --base 5% --effect 10%`: visitors and days needed, with every noise side by side."""

import argparse
import json
from typing import Final

from trimtab.loading import load_policy, policy_file
from trimtab.privacy.budget import MONTH_DAYS
from trimtab_server.analyse.differences import POWER
from trimtab_server.analyse.planning import Aim
from trimtab_server.analyse.plans import plan_policy
from trimtab_server.analyse.reach import Audience, contrasts
from trimtab_server.planning.effects import SEGMENT, planned_effects, read_given
from trimtab_server.planning.machine import plan_json
from trimtab_server.planning.numbers import percent
from trimtab_server.planning.page import page
from trimtab_server.planning.shares import PlanError, read_change, read_percent

SUMMARY: Final = "how many visitors and days it takes to see an effect, before you start"

SHARING: Final = "30%"
"""A guess, and said to be one: consent dialogues with an equal "no" are answered yes by few to half of all visitors."""

MOST_DAYS: Final = 90
"""A quarter: whoever waits longer tests another site than the one they began with."""

LEAST_CHANCE: Final = 1e-6
"""Nearer to 0 or 1 nobody can plan, and a float soon rounds to them."""

MOST_PER_DAY: Final = 10**10


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("policy", type=policy_file, metavar="POLICY", help="the site's folder, or its policy.py")
    parser.add_argument(
        "--base",
        action="append",
        required=True,
        metavar="SHARE",
        help="share of visitors with the answer as things are: 5%%; reading=5%% for one question, reading.read=5%% for"
        " one answer; attended=45 for the average of a number; may be repeated",
    )
    parser.add_argument(
        "--effect",
        required=True,
        metavar="CHANGE",
        help="10%%: a tenth more than the base (5%% to 5.5%%); 2pts: two points more (5%% to 7%%);"
        " less is --effect=-10%%",
    )
    parser.add_argument(
        "--segment",
        action="append",
        default=[],
        metavar="NAME=SHARE",
        help=f"visitors who are in a segment that a question is by (a guess: {percent(SEGMENT)}%); may be repeated",
    )
    parser.add_argument("--visitors-per-day", type=int, metavar="N", help="turns visitors into days")
    parser.add_argument(
        "--sharing", default=SHARING, metavar="SHARE", help="visitors who make reports (a guess: %(default)s)"
    )
    parser.add_argument(
        "--days-a-month", type=int, default=1, metavar="N", help="on how many of 30 days a visitor comes (%(default)s)"
    )
    parser.add_argument(
        "--power", default=f"{POWER:.0%}", metavar="SHARE", help="chance to see a true effect (%(default)s)"
    )
    parser.add_argument("--level", default="5%", metavar="SHARE", help="chance to see one that is none (%(default)s)")
    parser.add_argument(
        "--most-days", type=int, default=MOST_DAYS, metavar="N", help="longer is too long to wait (%(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="for machines")


def run(args: argparse.Namespace) -> int:
    """Prints the plan. Raises TrimtabError for what no plan can be made for."""
    change = read_change(args.effect)
    audience = read_audience(args)
    aim = read_aim(args)
    _check_range("--most-days", args.most_days, 1, 36_500)
    policy = load_policy(args.policy)
    wanted = planned_effects(policy, read_given(policy, args.base, args.segment, change))
    if not contrasts(policy):
        raise PlanError(f"policy {policy.name!r} has no arm that shows anything, so there is no effect; add one")
    plans = tuple(plan_policy(policy, wanted, audience, aim, args.most_days))
    if args.json:
        print(json.dumps(plan_json(policy, plans, audience, aim, args.most_days), indent=1))
    else:
        print(*page(policy, plans, audience, aim, args.most_days), sep="\n")
    return 0


def read_audience(args: argparse.Namespace) -> Audience:
    """Who comes. Raises PlanError."""
    _check_range("--days-a-month", args.days_a_month, 1, MONTH_DAYS)
    if args.visitors_per_day is not None:
        _check_range("--visitors-per-day", args.visitors_per_day, 1, MOST_PER_DAY)
    sharing = read_percent("--sharing", args.sharing, all_too=True)
    return Audience(sharing, args.days_a_month, args.visitors_per_day)


def read_aim(args: argparse.Namespace) -> Aim:
    """How sure the plan is to be. Raises PlanError."""
    power, level = read_percent("--power", args.power), read_percent("--level", args.level)
    if not level < power:
        raise PlanError(f"--power {args.power} is not above --level {args.level}; use 80% and 5%")
    if float(level) < LEAST_CHANCE or float(power) > 1 - LEAST_CHANCE:
        raise PlanError(f"--power {args.power} and --level {args.level} are too near to certainty; use 80% and 5%")
    return Aim(float(power), float(level))


def _check_range(option: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise PlanError(f"{option} {number} is not within {least:,} to {most:,}; use a number that is")
