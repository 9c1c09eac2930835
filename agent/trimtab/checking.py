"""Checks of what a site owner gives to a policy. Each says what is wrong at the place where it was written."""

from collections.abc import Mapping, Sequence
from typing import Final

from trimtab.declared import OUTSIDE, Adjustment, Duration, Experiment, Question, Segment, Target
from trimtab.places import Place, check_name

MAX_NOISE: Final = 1000


def is_noise(given: object) -> bool:
    """Whether it is (a, b) of the noise: whole numbers a > b > 0."""
    match given:
        case (int(a), int(b)):
            return 0 < b < a <= MAX_NOISE
    return False


def shares_of(place: Place, name: str, arms: int, weights: Sequence[float] | None) -> tuple[float, ...]:
    """The share of each arm; the same for all if no weights are given."""
    if not (weights is None or (isinstance(weights, list | tuple) and all(_is_number(each) for each in weights))):
        what = f"experiment {name!r}: weights are {weights!r}"
        raise place.mistake(what, "give a list of shares, such as [0.5, 0.5]")
    shares = tuple(weights) if weights is not None else (1 / arms,) * arms
    if len(shares) != arms or not all(share > 0 for share in shares) or abs(sum(shares) - 1) > 1e-9:
        what = f"experiment {name!r}: weights {list(shares)} do not sum to 1"
        raise place.mistake(what, "give one share for each arm")
    return shares


def _is_number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)


def namespace_of(place: Place, name: str, given: object) -> tuple[str, float, float] | None:
    """The part of a namespace that an experiment takes, if it takes one."""
    match given:
        case None:
            return None
        case (str(space), int() | float() as start, int() | float() as end) if 0 <= start < end <= 1:
            check_name(place, f"experiment {name!r}: namespace", space)
            return space, start, end
    raise place.mistake(
        f"experiment {name!r}: namespace {given!r}", 'give a name and a part, such as ("layout", 0, 0.5)'
    )


def duration_ms(place: Place, what: str, given: Duration, *, least_ms: float = 0) -> float:
    """Milliseconds of a length of time that has a unit and is not too short."""
    if not isinstance(given, Duration):
        raise place.mistake(f"{what} is {given!r} without a unit", f"write seconds({given}) or minutes({given})")
    if given.ms < least_ms:
        raise place.mistake(f"{what} is {given.ms / 1000:g} s", f"use {least_ms / 1000:g} s or more")
    return given.ms


def check_new(
    place: Place, what: str, name: str, taken: Sequence[Target | Segment | Adjustment | Experiment | Question]
) -> None:
    """A name that is one, and that nothing else of its kind has."""
    check_name(place, what, name)
    if any(item.name == name for item in taken):
        raise place.mistake(f"{what} {name!r} is declared twice", "give one of them another name")


def check_arms(
    place: Place,
    name: str,
    arms: Mapping[str, Sequence[Adjustment]],
    known: Sequence[Adjustment],
    others: Sequence[Experiment],
) -> None:
    """Refuses arms that would compare nothing, or adjustments that nobody knows or that another experiment has."""
    if len(arms) < 2 or all(arms.values()):
        raise place.mistake(f"experiment {name!r} has no control", "give two arms or more, one of them empty: []")
    for arm, adjustments in arms.items():
        check_name(place, f"experiment {name!r}: arm", arm)
        if arm == OUTSIDE:
            raise place.mistake(f"experiment {name!r}: arm {arm!r} means to take no part", "use another name")
        for adjustment in adjustments:
            _check_experimental(place, name, adjustment, known, others)
        if twice := [each.name for each in adjustments if list(adjustments).count(each) > 1]:
            raise place.mistake(f"experiment {name!r}: arm {arm!r} names {twice[0]!r} twice", "name it once")


def _check_experimental(
    place: Place, name: str, adjustment: Adjustment, known: Sequence[Adjustment], others: Sequence[Experiment]
) -> None:
    if adjustment not in known:
        raise place.mistake(f"experiment {name!r}: {adjustment!r} is no adjustment of this policy", "use one that is")
    for other in others:
        if adjustment.index in other.adjustments:
            what = f"adjustment {adjustment.name!r} is in the experiments {other.name!r} and {name!r}"
            raise place.mistake(what, "keep it in one of them, or nobody could tell which one worked")
