"""Regular expressions as JavaScript matches them, without flags or with `i`.

Python reads many patterns in another way (`$`, `\\s`, `\\a`, `{,3}`, `a++`, characters beyond U+FFFF). So the pattern
is read as JavaScript does and written anew, in sets of UTF-16 code units. What Python cannot match alike is refused.
"""

import re
from functools import lru_cache
from typing import Final

from trimtab.experiments.conditions.conversions import to_text
from trimtab.experiments.conditions.errors import ConditionError
from trimtab.experiments.conditions.plain import Plain
from trimtab.experiments.conditions.reading import NotAPattern, PatternReader
from trimtab.hashing import code_units

REMEMBERED: Final = 256


def matches_pattern(actual: Plain, pattern: Plain, *, fold: bool = False) -> bool:
    """Whether the value, as a text, matches anywhere. What JavaScript does not take for a pattern matches nothing.

    `fold` is the `i` flag. Raises ConditionError for a pattern that cannot be matched as JavaScript does.
    """
    if not isinstance(pattern, str):
        return False
    compiled = _compiled(pattern, fold)
    return compiled is not None and compiled.search(_as_units(to_text(actual))) is not None


@lru_cache(REMEMBERED)
def _compiled(pattern: str, fold: bool) -> re.Pattern[str] | None:
    try:
        return re.compile(PatternReader(_as_units(pattern), fold=fold).translate())
    except NotAPattern:
        return None
    except re.PatternError as error:
        raise ConditionError(f"pattern {pattern!r}: {error.msg}; write it without") from None


def _as_units(text: str) -> str:
    return "".join(map(chr, code_units(text)))
