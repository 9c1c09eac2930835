"""Numbers as JavaScript writes and reads them.

Source: ECMA-262, sections Number::toString and StringToNumber. Both languages write the fewest digits that are read
back as the same number, so that only the layout differs.
"""

import math
import re
from typing import Final

from trimtab.experiments.conditions.plain import double

LONGEST_WHOLE: Final = 21
MOST_ZEROS: Final = 6
SPACE: Final = (
    "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What JavaScript trims."""
DECIMAL: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
INFINITE: Final = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}
WITH_BASE: Final = re.compile(r"0(?:[xX](?P<x>[0-9a-fA-F]+)|[oO](?P<o>[0-7]+)|[bB](?P<b>[01]+))")
BASES: Final = {"x": 16, "o": 8, "b": 2}


def number_text(number: float) -> str:
    """The number as `String(number)` writes it: "5" for 5.0, "1e+21", "0.000001", "1e-7"."""
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    # The point stands so many digits to the right of the first one that counts.
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    if not digits:
        return "0"
    return ("-" if number < 0 else "") + _laid_out(digits, point)


def _laid_out(digits: str, point: int) -> str:
    if 0 < point <= LONGEST_WHOLE:
        whole, fraction = digits[:point].ljust(point, "0"), digits[point:]
        return f"{whole}.{fraction}" if fraction else whole
    if -MOST_ZEROS < point <= 0:
        return "0." + "0" * -point + digits
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{mantissa}e{point - 1:+d}"


def read_number(text: str) -> float:
    """The number that `Number(text)` reads; not a number if it is none. White space alone is 0."""
    inner = text.strip(SPACE)
    if DECIMAL.fullmatch(inner):
        return float(inner)
    if based := WITH_BASE.fullmatch(inner):
        name = str(based.lastgroup)
        return double(int(based[name], BASES[name]))
    return INFINITE.get(inner, math.nan) if inner else 0.0
