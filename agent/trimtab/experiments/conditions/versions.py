"""Comparing versions such as `v1.2.3-rc.1+build5`: part by part, whole numbers by their size.

Source: section `paddedVersionString` of GrowthBook's SDK specification. Its limits are kept: numbers of six digits
and more are compared as texts, and only a version of exactly three parts comes after its own pre-releases.
"""

import re
from typing import Final

from trimtab.experiments.conditions.conversions import to_text
from trimtab.experiments.conditions.order import compare_texts
from trimtab.experiments.conditions.plain import Plain, is_number

IGNORED: Final = re.compile(r"^v|\+[^\n\r\u2028\u2029]*\Z")
BETWEEN: Final = re.compile(r"[-.]")
DIGITS: Final = re.compile(r"[0-9]+")
WIDTH: Final = 5
PARTS_OF_A_RELEASE: Final = 3
AFTER_ALL_LETTERS: Final = "~"
NO_VERSION: Final = "0"


def padded(version: Plain) -> str:
    """The version as a text that is ordered as versions are. What is no text or number counts as "0"."""
    text = to_text(version) if isinstance(version, str) or is_number(version) else ""
    parts = BETWEEN.split(IGNORED.sub("", text or NO_VERSION))
    if len(parts) == PARTS_OF_A_RELEASE:
        parts.append(AFTER_ALL_LETTERS)
    return "-".join(part.rjust(WIDTH) if DIGITS.fullmatch(part) else part for part in parts)


def compare_versions(first: Plain, second: Plain) -> int:
    """-1, 0 or 1 if the first version is older, equal or newer."""
    return compare_texts(padded(first), padded(second))
