"""Where a site owner wrote what, so that a mistake can be told with its file and line."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Final

from trimtab.errors import PolicyError

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,47}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the site owner's file something was declared."""

    file: str
    line: int

    def mistake(self, what: str, mend: str) -> PolicyError:
        """The error to raise for a mistake that was made here."""
        return PolicyError(what, mend=mend, file=self.file, line=self.line)


def here() -> Place:
    """The innermost caller outside of this package: the line that the site owner wrote."""
    package = __name__.partition(".")[0]
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == package:
        frame = frame.f_back
    return Place(file_name(frame.f_code.co_filename), frame.f_lineno)


def file_name(path: str) -> str:
    """The last part of a path; `pathlib` would bring much of the library into every visitor's browser."""
    return re.split(r"[/\\]", path)[-1]


def mistake_from(
    error: BaseException, path: "Path", *, before: str = "", line: int = 0, mend: str = "correct the line"
) -> PolicyError:
    """What the site owner's code raised, as one line, with the line in this file (`line` if there is none)."""
    said: object = error
    if isinstance(error, SyntaxError) and error.filename == str(path):
        said, line = error.msg, error.lineno or line
    else:
        lines = list(_lines_in(str(path), error.__traceback__))
        line = lines[-1] or line if lines else line
    what = " ".join(f"{before}{type(error).__name__}: {said}".split()).removesuffix(":")
    return PolicyError(what, mend=mend, file=path.name, line=line)


def _lines_in(file: str, trace: TracebackType | None) -> Iterator[int]:
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            yield trace.tb_lineno
        trace = trace.tb_next


def check_count(place: Place, what: str, given: object, *, most: int = 1000) -> None:
    """Raises PolicyError unless `given` is a whole number from 1 to `most`."""
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= most:
        raise place.mistake(f"{what} is {given!r}", f"use a whole number from 1 to {most}")


def check_name(place: Place, what: str, name: object) -> None:
    """Raises PolicyError unless `name` can stand in a report, a URL and a log without quoting."""
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise place.mistake(f"{what} name {name!r}", "use a-z, 0-9, - and _, starting with a letter, at most 48 signs")


INTO_SHADOW: Final = ">>>"
"""Between two selectors: the second is looked for in the open shadow roots of what the first finds."""


def is_target(given: str) -> bool:
    """Whether it may be a CSS selector of elements, or several with INTO_SHADOW between.

    Of a list of selectors nobody could say which of them is in the shadow.
    """
    parts = given.split(INTO_SHADOW)
    return all(is_selector(part) for part in parts) and (len(parts) == 1 or not any(_is_list(part) for part in parts))


def _is_list(selector: str) -> bool:
    """Whether there is a comma outside of brackets."""
    depth = 0
    for sign in selector:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            return True
    return False


def is_selector(given: str) -> bool:
    """Whether it may be a CSS selector of elements; the browser has the last word."""
    strange = any(sign in given for sign in ("{", "}", ";", "\n", "::", INTO_SHADOW))
    return bool(given.strip()) and not strange and not _is_open(given)


def _is_open(selector: str) -> bool:
    """Whether a bracket or a quotation mark in it has no partner."""
    pairs = (("[", "]"), ("(", ")"))
    return any(selector.count(a) != selector.count(b) for a, b in pairs) or any(selector.count(q) % 2 for q in "\"'")
