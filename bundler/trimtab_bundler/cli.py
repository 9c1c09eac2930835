"""The `trimtab` command. Its commands are found by entry points, so that bundler, agent and server never meet here."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, entry_points, version
from typing import Final, Protocol

from trimtab.errors import TrimtabError

GROUP: Final = "trimtab.commands"
EXIT_MISTAKE: Final = 2
EXIT_INTERRUPTED: Final = 130


class Command(Protocol):
    """What a module must have to be a command of `trimtab`."""

    SUMMARY: str

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it, and return the exit code. Raises TrimtabError for whatever a person can mend."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 2 for a mistake that is told in one line, 130 when interrupted."""
    try:
        words = sys.argv[1:] if argv is None else argv
        args = make_parser(find_commands(words[:1])).parse_args(words)
        command: Command = args.command
        return command.run(args)
    except TrimtabError as error:
        return _tell(str(error))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _tell(f"{place}{error.strerror or error}; check the path, its permissions and the disk's space")
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def find_commands(asked: Sequence[str] = ()) -> Mapping[str, Command]:
    """The commands of all installed distributions, by name; those `asked` for alone, if there are any of these names.

    To import all of them takes longer than to begin to serve.
    """
    entries = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return {entry.name: entry.load() for entry in [each for each in entries if each.name in asked] or entries}


def make_parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The parser with a subcommand for each command."""
    parser = argparse.ArgumentParser(prog="trimtab", description="Pages that adapt to the person who is reading them.")
    parser.add_argument("--version", action="version", version=f"trimtab {_version()}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, command in commands.items():
        subparser = subparsers.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        subparser.set_defaults(command=command)
        command.configure(subparser)
    return parser


def _tell(line: str) -> int:
    print(f"trimtab: {' '.join(line.split())}", file=sys.stderr)
    return EXIT_MISTAKE


def _version() -> str:
    try:
        return version("trimtab-bundler")
    except PackageNotFoundError:
        return "of a checkout that is not installed"
