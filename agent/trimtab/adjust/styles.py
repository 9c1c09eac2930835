"""What a target looks like: plain styles of a list, its scale, its size, and larger images."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from trimtab.adjust.doing import Do, is_within
from trimtab.places import Place, here

PROPERTIES: Final = re.compile(
    r"font-(family|size|style|weight)|line-height|(letter|word)-spacing|"
    r"text-(align|decoration-line|indent|transform|wrap)|hyphens|((accent|background)-)?color|"
    r"outline-(color|offset|style|width)|(margin|padding)-(bottom|left|right|top)|(column|row)-gap|"
    r"((max|min)-)?(height|width)|border-(bottom|left|right|top)-(color|style|width)|"
    r"border-(bottom|top)-(left|right)-radius|column-(count|width)|object-(fit|position)|aspect-ratio"
)
"""What neither hides nor moves anything out of its place. The page has the same list."""
VALUE: Final = re.compile(r"(?!.*/\*)[\w #%.,+*/()-]{1,100}", re.ASCII)
CALL: Final = re.compile(r"([\w-]*)\(")
CALLS: Final = re.compile(
    r"calc|min|max|clamp|rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|var|fit-content|"
)
"""Functions that a value may call: none of them loads anything. Empty: a bracket of a sum."""
SIDES: Final = ("top", "right", "bottom", "left")
SHORT: Final[Mapping[str, Sequence[str]]] = {
    "margin": [f"margin-{side}" for side in SIDES],
    "padding": [f"padding-{side}" for side in SIDES],
    "gap": ["row-gap", "column-gap"],
    "border-radius": [f"border-{v}-{h}-radius" for v, h in (("top", "left"), ("top", "right"))]
    + [f"border-{v}-{h}-radius" for v, h in (("bottom", "right"), ("bottom", "left"))],
}
"""Properties that stand for several, in the order of their values."""
IMAGE: Final = (
    *(f"style {name}" for name in ("width", "height", "max-width", "aspect-ratio")),
    *("attribute src", "attribute srcset"),
)
MIN_FACTOR: Final = 0.5
MAX_FACTOR: Final = 3


def style(**properties: str | float) -> Do:
    """Lay plain styles over the page's own, such as `style(font_size="1.2em", line_height=1.7)`."""
    place = here()
    if not properties:
        raise place.mistake("style: no property", 'give one such as style(font_size="1.2em")')
    styles = dict(pair for name, value in properties.items() for pair in _longhands(place, name, value))
    for name, value in styles.items():
        if not PROPERTIES.fullmatch(name):
            raise place.mistake(f"style: {name} is not on the list", "use a class, and say it in your stylesheet")
        if not VALUE.fullmatch(value) or not all(CALLS.fullmatch(call) for call in CALL.findall(value)):
            raise place.mistake(f"style: {name}: {value!r} is no plain value", "use lengths, colours and words")
    ordered = tuple(sorted(styles.items()))
    return Do("style", (("style", ordered),), tuple(f"style {name}" for name, _ in ordered))


def _longhands(place: Place, name: str, value: str | float) -> Iterator[tuple[str, str]]:
    """The property as CSS spells it, or those that it stands for: margin="1em 2em" is four of them."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise place.mistake(f"style: {name}={value!r}", "give a text or a number")
    plain, said = name.replace("_", "-"), str(value)
    longhands = SHORT.get(plain)
    if longhands is None:
        yield plain, said
        return
    values = said.split()
    if "(" in said or not 1 <= len(values) <= len(longhands):
        raise place.mistake(f"style: {name}={value!r}", f"give 1 to {len(longhands)} values, or each side by itself")
    for index, longhand in enumerate(longhands):  # as CSS does: what is missing is as on the opposite side
        yield longhand, values[index] if index < len(values) else values[max(0, index - 2) % len(values)]


def scale(factor: float) -> Do:
    """Draw the target so many times as large where it is: nothing moves, so leave room around it."""
    return Do("scale", (("factor", _factor("scale", factor)),), ("style scale",))


def size(factor: float) -> Do:
    """Make the target so many times as large, with all that is in it; what is around it makes room."""
    return Do("size", (("factor", _factor("size", factor)),), ("style zoom",))


def enlarge(factor: float = 1.5) -> Do:
    """Show an <img> so many times as wide, at most as wide as its container, in its proportions.

    Its larger source, `data-large`, is shown if the page has loaded it already (`<link rel="preload">`): fetched now,
    it would tell its server what was decided here.
    """
    return Do("enlarge", (("factor", _factor("enlarge", factor, least=1)),), IMAGE)


def _factor(kind: str, factor: object, *, least: float = MIN_FACTOR) -> float:
    if not is_within(factor, least, MAX_FACTOR) or factor == 1:
        raise here().mistake(f"{kind}: factor is {factor!r}", f"use a number from {least} to {MAX_FACTOR}, but 1")
    return float(factor)
