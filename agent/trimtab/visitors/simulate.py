"""`trimtab simulate --visitor NAME --seed N`: the trace of a made-up visitor, the same to the byte for a seed."""

import argparse
import sys
from pathlib import Path
from random import Random

from trimtab.loading import load_policy, policy_file
from trimtab.values import Event
from trimtab.visitors.draws import seeded
from trimtab.visitors.pages import page_of
from trimtab.visitors.people import ALIASES, PEOPLE
from trimtab.visitors.scene import DEFAULT_PAGE, Page, lay_out
from trimtab.visitors.window import Window
from trimtab.visitors.writing import write_trace


def configure(parser: argparse.ArgumentParser) -> "argparse._MutuallyExclusiveGroup":
    """Arguments of the command. Gives those of which one is needed: the bundler's command adds a crowd to them."""
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--visitor", choices=[*PEOPLE, *ALIASES], help="who comes")
    who.add_argument("--list", action="store_true", help="say who they are")
    parser.add_argument("--seed", type=int, default=1, help="the same number gives the same visitor (default: 1)")
    parser.add_argument("--policy", type=policy_file, help="lay out this policy's targets (default: a page of our own)")
    parser.add_argument("-o", "--out", type=Path, help="where to write the trace (default: the terminal)")
    return who


def run(args: argparse.Namespace) -> int:
    """Writes the trace, or the list of those who could come."""
    if args.list:
        sys.stdout.write("".join(f"{name:<18}{person.who}\n" for name, person in PEOPLE.items()))
        return 0
    page = page_of(load_policy(args.policy)) if args.policy else DEFAULT_PAGE
    lines = write_trace(simulate(args.visitor, page, seeded(args.seed)), [name for name, _ in page.targets])
    text = "".join(f"{line}\n" for line in lines)
    if args.out:
        args.out.write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)
    return 0


def simulate(visitor: str, page: Page, rng: Random) -> list[Event]:
    """One visit to the page, as events in time order; `visitor` is a name of PEOPLE or of ALIASES."""
    person = PEOPLE[ALIASES.get(visitor, visitor)]
    window = Window(lay_out(page, rng, phone=person.phone))
    person.visit(window, rng)
    return window.events
